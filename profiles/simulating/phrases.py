"""What shoppers of a type search for, in both languages; written for this purpose.

``{kind}`` is what a kind of product is called. Every third wording of a list is kept from training:
who is judged speaks in words that no training has seen.
"""

from __future__ import annotations

PLAIN = ("{kind}", "{kind}", "{kind} 推荐", "好用的{kind}", "{kind} online", "a {kind}")

WORDINGS: dict[str, tuple[str, ...]] = {
    "deal": (
        "便宜的{kind}", "{kind} 打折", "{kind} 白菜价", "{kind} 特价", "{kind} 性价比高",
        "学生党{kind}",
        "{kind} 优惠券", "平价{kind}", "{kind} 清仓", "百元以内{kind}", "{kind} 最低价",
        "实惠的{kind} 包邮",
        "cheap {kind}", "{kind} on sale", "bargain {kind}", "{kind} discount", "budget {kind}",
        "inexpensive {kind}", "{kind} under 20", "lowest price {kind}", "{kind} clearance",
        "{kind} coupon", "affordable {kind}", "good value {kind}",
    ),
    "quality": (
        "高端{kind}", "最好的{kind}", "{kind} 大师款", "{kind} 旗舰", "专业级{kind}",
        "一步到位的{kind}",
        "{kind} 奢华", "顶级{kind}", "耐用的{kind}", "{kind} 手工 精品", "进口{kind}",
        "{kind} 高品质",
        "best {kind}", "premium {kind}", "finest {kind}", "high end {kind}", "professional {kind}",
        "buy it for life {kind}", "luxury {kind}", "top quality {kind}",
        "durable {kind} that lasts",
        "{kind} flagship", "handmade {kind}", "{kind} pro grade",
    ),
    "gift": (
        "送妈妈的{kind}", "生日礼物 {kind}", "送同事的小礼品", "送男朋友 {kind}", "{kind} 礼盒",
        "{kind} 可以包装成礼物吗", "结婚礼物", "送长辈 {kind}", "母亲节 {kind}", "节日送礼 {kind}",
        "送闺蜜的{kind}", "乔迁礼物",
        "gift for mom {kind}", "birthday present {kind}", "stocking filler", "{kind} gift set",
        "christmas gift for him", "{kind} for my girlfriend's birthday", "wedding present",
        "present for my boss", "something nice for a friend", "{kind} gift wrapped",
        "anniversary gift {kind}", "housewarming gift",
    ),
    "explorer": (
        "新品", "有什么好玩的", "有趣的东西", "最近流行什么", "好看的{kind}", "今年流行的{kind}",
        "{kind} 新款",
        "随便看看", "小众{kind}", "创意小物", "设计感 {kind}", "网红 {kind}",
        "new arrivals", "what's trending", "something different", "cool stuff",
        "interesting {kind}",
        "inspiration", "new {kind}", "unusual {kind}", "stylish {kind}", "ideas for the home",
        "fun gadgets", "popular {kind} this year",
    ),
    "comparer": (
        "{kind} 哪个好", "{kind} 对比", "{kind} 型号 差别", "{kind} 评测", "{kind} 怎么选",
        "{kind} 真实测评",
        "{kind} 参数", "{kind} 区别", "{kind} 选购指南", "{kind} 优缺点", "{kind} 排行榜",
        "{kind} 值得买吗",
        "{kind} comparison", "{kind} reviews", "{kind} test results", "which {kind} is better",
        "{kind} specs", "{kind} difference between models", "{kind} vs", "how to choose {kind}",
        "{kind} buying guide", "{kind} pros and cons", "{kind} ratings", "is this {kind} worth it",
    ),
    "regular": (
        "再买一次{kind}", "同款{kind}", "{kind} 续购", "上次买的{kind}", "{kind} 补货",
        "和以前一样的{kind}",
        "{kind} 家庭装", "常用{kind}", "回购{kind}", "老款{kind}", "{kind} 囤货", "{kind} 替换装",
        "same {kind} as last time", "reorder {kind}", "monthly {kind}", "{kind} refill",
        "{kind} again", "{kind} I bought before", "my usual {kind}", "{kind} family pack",
        "another {kind}", "{kind} restock", "{kind} replacement", "{kind} bulk",
    ),
}  # fmt: skip
TYPES = tuple(WORDINGS)


def wordings(code: str, *, held_out: bool) -> list[str]:
    """Return the wordings of a type that training sees, or those it does not."""
    return [one for place, one in enumerate(WORDINGS[code]) if (place % 3 == 2) is held_out]
