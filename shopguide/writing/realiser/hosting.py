"""Telling of the site itself: who answers, what is kept of a person, who may buy, who reviews.

Each sentence says what the code does; whoever changes that changes it here (docs/privacy.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import capital, listed
from shopguide.writing.plan import Plan

# By topic: sentences in Chinese, in English.
_TOLD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bot": (
        ("我是 AI 导购，不是真人。", "想和真人说话，说一声“转人工”，我就请店里的同事来。"),
        ("I'm an AI assistant, not a person.",
         "If you'd rather talk to a person, say so and I'll get somebody from the shop."),
    ),
    "abilities": (
        ("我可以帮您找商品、做比较、看尺码，也能查订单、办取消和退换货、开发票。",
         "规则和商品上的问题，我按店家写明的内容回答；不清楚的，我请店里的同事来。"),
        ("I find and compare products, help with sizes, look up orders, and hand in cancellations, "
         "returns and invoices for you.",
         "Questions about rules and products I answer by what the shops state; for the rest I get "
         "a person."),
    ),
    "selling": (
        ("不会卖给别人，这里也没有第三方广告和统计。",
         "店家只看得到处理您订单需要的信息，以及您转人工的那段对话。"),
        ("No: nothing is sold, and there are no third-party ads or trackers here.",
         "A shop sees what it needs for your order, and a chat only once you hand it over to its "
         "people."),
    ),
    "erase": (
        ("在“隐私”页面就能删：输入密码确认，可以马上删，也可以选过些天再删。",
         "订单和退款是账目，会留着，但姓名、地址、邮箱都会抹掉。"),
        ("You can do that on the Privacy page: confirm with your password, and choose whether it "
         "happens now or later.",
         "Orders and refunds stay as bookkeeping records, with your name, address and email "
         "written over."),
    ),
    "export": (
        ("可以，在“隐私”页面申请，会生成一份包含您全部数据的文件供您下载。",),
        ("Yes: ask for it on the Privacy page, and you get a file with everything.",),
    ),
    "watching": (
        ("没有您的同意不会。",
         "看过什么只记在您自己浏览器的 Cookie 里；"
         "要您在“隐私”页面同意以后，推荐才会用到浏览记录。"),
        ("Not without your consent.",
         "What you viewed last is remembered in a cookie of your own browser only; recommendations "
         "use it only after you have agreed on the Privacy page."),
    ),
    "data": (
        ("我看得到的是这段对话、您自己的订单和购物车。",
         "没有您的同意，这里不建画像、不做个性化；在“隐私”页面可以自己决定，也可以导出或删除数据。"),
        ("What I can see is this conversation, your own orders and your cart.",
         "Without your consent no profile is made; the Privacy page is where you decide that, take "
         "your data along or have it deleted."),
    ),
    "chat": (
        ("店家看不到这段对话；转人工以后，接手的那家店的同事才看得到。",
         "在“隐私”页面删除数据时，对话也会一起删掉。"),
        ("Shops don't see this conversation, until you ask for a person: then the people of that "
         "shop read it.",
         "It goes with the rest when you have your data deleted on the Privacy page."),
    ),
    "card": (
        ("在这个网站上不需要填卡号，我们也不保存卡的信息。", "别在聊天里发卡号或密码，我用不着。"),
        ("You are asked for no card number on this site, and none is kept.",
         "Please never send a card number or password in this chat; I don't need them."),
    ),
    "ordering": (
        ("在商品页选好规格，放进购物车；到购物车点结账，填地址、选配送和付款方式，提交就下单了。",
         "不注册也能下单；也可以让我帮您放进购物车。"),
        ("Choose what you want on its page and put it into the cart; at checkout you give the "
         "address, choose how it is sent and paid, and order.",
         "It works without an account, and I can put things into the cart for you."),
    ),
    "payment_once": (
        ("下单和付款是一起完成的：付成了，订单马上就在“我的订单”里；没有订单，就是没有下成。",
         "同一次结账提交两遍，也只下一次单、付一次款；账单上真多扣了，说一声“转人工”，我请店里的同事查。"),
        ("Ordering and paying are one step: once it is paid, the order is under “Your orders”; if "
         "there is no order, none was placed.",
         "A checkout that is sent twice is ordered and paid once; if your statement shows more, "
         "ask for a person and the shop will look into it."),
    ),
    "several_shops": (
        ("每家店自己发货、自己收运费，所以在几家店买就分几份算。",
         "某家店满额包邮的，只算您在那一家买的；除了各家的运费，没有别的费用，结算时会分店列出来。"),
        ("Each shop sends its own parcel and charges its own postage, so you pay it once for every "
         "shop you buy from.",
         "A shop that delivers free from a certain sum counts what you buy there. There is no "
         "other charge, and checkout lists it shop by shop."),
    ),
    "guest": (
        ("不用，不注册也能下单。", "有账号的好处是换台设备也能看到订单。"),
        ("No, you can order as a guest.",
         "With an account you see your orders on other devices as well."),
    ),
    "guest_order": (
        ("不用账号下的单，记在下单时的那个浏览器里：用它打开这里，“我的订单”就能看到，我也能帮您查和办。",
         "换了设备的话，把订单号告诉店里的同事，说一声“转人工”，我请他们来。"),
        ("An order placed without an account is kept in the browser it was placed with: open this "
         "site there and “Your orders” shows it, and I can look it up and see to it.",
         "If you can't, the shop's people can help with your order number: ask for a person."),
    ),
    "password": (
        ("在登录页点“忘记密码”，按邮件里的链接重设就行。", "我没法替您看或改密码。"),
        ("On the sign-in page, say that you forgot it and follow the link in the email.",
         "I can neither see nor change it for you."),
    ),
    "reviews": (
        ("带“本店购买”标记的评价，是在这里下过单的人写的；没有标记的，我没法确认是谁写的。",
         "我报的评价条数和好坏都是按原文数出来的，差评也算在内。"),
        ("Reviews marked “Bought here” were written by people who ordered it here; of the others I "
         "can't tell who wrote them.",
         "The counts I give are of all of them, bad ones included."),
    ),
    "believing": (
        ("价格、库存、订单和规则，我每次都从店里的数据现查；查不到的，我会直说不知道。",
         "拿不准的时候，可以点开引用看原文，或者让我请店里的同事来。"),
        ("Prices, stock, orders and rules I look up in the shops' data each time; what I can't "
         "find I say I don't know.",
         "If in doubt, open the source I quote, or let me get a person."),
    ),
    "genuine": (
        ("商品由店家自己供货，我没法替他们做鉴定，也没查到可以担保的说明。",
         "收到后如果和描述不符，可以按质量问题的规则退。"),
        ("The goods come from the shops themselves; I can't certify them, and I find no statement "
         "I could vouch for.",
         "If it isn't as described when it arrives, it can go back under the rules for faults."),
    ),
    "shops": (
        ("这里是多家店一起的商城，每家店自己发货、自己定售后规则。",
         "下单前，商品页上写着是哪家店在卖。"),
        ("This is a market place of several shops; each sends its own goods and has its own rules.",
         "The product page says which shop sells it."),
    ),
    "orders": (
        ("在“我的订单”里能看到全部订单和进度；没登录的话，先登录下单时的账号。",
         "也可以把订单号告诉我，我来查。"),
        ("Under “Your orders” you find all of them with their progress; sign in first if you have "
         "an account.",
         "Or tell me an order number and I'll look it up."),
    ),
    "paid": (
        ("我挑商品只看您说的条件、店家写明的参数、买家评价和库存，没有付费排位。",),
        ("I choose by what you ask for, what the shops state, reviews and stock; places in the "
         "list can't be bought.",),
    ),
    "saving": (
        ("收藏要您自己点一下：打开商品页，点“收藏”，在“收藏夹”里就能再找到它。",
         "不登录也行，会存在这个浏览器里，登录后归您的账号；这段对话里看过的，也可以随时问我。"),
        ("Saving is one click of yours: open the product's page and choose “Save for later”, and "
         "you find it again under “Favourites”.",
         "It works without an account, too; and you can ask me at any time what we looked at."),
    ),
    "training": (
        ("没有您的同意不会；“隐私”页面里有这一项，默认是关着的。",),
        ("Not without your consent: there is a switch for that on the Privacy page, and it is off "
         "until you turn it on.",),
    ),
    "email": (
        ("登录后在账号的邮箱设置里就能换，新邮箱要点一下确认邮件。", "我没法替您改。"),
        ("Sign in and change it on your account's email page; the new address has to be confirmed "
         "by a mail.", "I can't change it for you."),
    ),
    "place": (
        ("这里是网上商城，各家店都在线上卖，没有可以去逛的门店。",
         "要寄回东西的话，退货申请通过以后会告诉您寄到哪里。"),
        ("This is an online market place: the shops here sell online, and there is no shop floor "
         "to visit.",
         "Where to send something back is told once a return has been accepted."),
    ),
    "points": (
        ("这里没有积分和会员等级。", "优惠看商品页上写的和各店的优惠券。"),
        ("There are no points or membership levels here.",
         "What is on offer stands on the product's page; shops may give coupons."),
    ),
    "taxes": (
        ("标价就是要付的价，结算时只加运费，不再另外加税。",
         "寄到国外的，当地海关收不收税，这里不知道。"),
        ("The price you see is the price you pay: nothing but delivery is added at checkout.",
         "What customs may ask for in another country is not known here."),
    ),
    "pausing": (
        ("好的，您慢慢考虑，不着急。", "想好了或者还有想问的，随时叫我。"),
        ("Of course, take your time.", "Ask me whenever you have decided or want to know more."),
    ),
    "made_by": (
        ("我是这个商城自己的 AI 导购。",
         "价格、库存、规则都由程序从店里的数据查出来再核对一遍；"
         "每条回答是谁写的、依据是什么，点“为什么这样回答”就能看到。"),
        ("I'm the AI assistant of this market place.",
         "Prices, stock and rules are looked up and checked by code against the shops' data; who "
         "phrased an answer, and from what, stands under “Why this answer?”."),
    ),
    "sells": (
        ("这里是多家店一起的商城。", "说说您想要什么、给谁用、大概多少预算，我来帮您挑。"),
        ("This is a market place of several shops.",
         "Tell me what it is for, who it is for and roughly how much it may cost, and I'll look."),
    ),
    "knowing": (
        ("在这里我只按您说的条件、店家写明的内容和评价来挑，每一款后面都写着理由。",
         "网站上的个性化推荐，要您在“隐私”页面同意以后才会用到您看过、买过的；随时可以关掉。"),
        ("Here I go by what you tell me, what the shops state and reviews; each line says why.",
         "Personal suggestions on the site use what you viewed or bought only after you have "
         "agreed on the Privacy page, and you can turn that off at any time."),
    ),
    "matching": (
        ("价格是各店自己定的，我改不了，也没法跟别处比价。",
         "有优惠的话，商品页上会写；您也可以问我现在有没有能用的优惠券。"),
        ("The shops set their prices themselves: I can't lower them or match another site's.",
         "What is on offer stands on the product's page, and you can ask me for coupons that can "
         "be used now."),
    ),
    "app": (
        ("我没听说这里有 App；用手机浏览器打开这个网站，功能都一样。",),
        ("I know of no app; in a phone's browser this site does all the same.",),
    ),
    "fault": (
        ("不好意思，给您添麻烦了。", "先刷新一下页面，购物车里的东西还在。",
         "还是不行的话，说一声“转人工”，告诉店里的同事您做到哪一步、看到了什么。"),
        ("I'm sorry about that.", "Reload the page first; what is in your cart stays there.",
         "If it goes on, ask for a person and say what you did and what you saw."),
    ),
    "languages": (
        ("中文和英文都可以，您用哪种，我就用哪种回答。",),
        ("Chinese and English are both fine; I answer in the one you write.",),
    ),
}  # fmt: skip
TOPICS = frozenset(_TOLD)


def told(topic: str, *, chinese: bool) -> list[str]:
    """Return the sentences of a topic: facts of the code, for the plan that says them."""
    return list(_TOLD[topic][0 if chinese else 1])


def site(plan: Plan) -> Iterator[str]:
    """Tell what holds on this site, and which kinds of goods there are, where that is asked."""
    says = [one if plan.chinese else capital(one) for one in plan.texts("says")]
    yield from says[:1]
    if kinds := plan.texts("kinds"):
        named = listed(kinds, chinese=plan.chinese)
        yield f"有{named}。" if plan.chinese else f"You'll find {named}."
    yield from says[1:]


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {"site": site}
