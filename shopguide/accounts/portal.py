"""The portal's and the account's tables of contents: a line a page, in one place.

For whoever adds a page: its line in `GROUPS` (or `ACCOUNT`) brings it into the navigation, the way
above the page, the palette, the list of keys and, where it says so, the actions. A page whose
address does not exist is left out. It knows addresses by their names only and asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Role

ALL = (Role.OWNER, Role.EDITOR, Role.AGENT, Role.ANALYST)
EDITORS = (Role.OWNER, Role.EDITOR)
OWNERS = (Role.OWNER,)


@dataclass(frozen=True)
class Entry:
    """One page. ``code`` is what its view passes as ``nav``; ``keys`` are pressed after ``g``.

    ``words``: what else somebody may type to find it, in both languages.
    """

    code: str
    label: str | Promise
    page: str
    icon: str = "list"
    roles: tuple[Role, ...] = ALL
    keys: str = ""
    words: str = ""

    def url(self, *args: str) -> str:
        """Return the page's address, nothing where there is none."""
        try:
            return reverse(self.page, args=args)
        except NoReverseMatch:
            return ""

    @property
    def drawing(self) -> str:
        """Return the template of the entry's icon."""
        return f"components/icon_{self.icon}.svg"


@dataclass(frozen=True)
class Group:
    """Pages that belong to one kind of work."""

    code: str
    label: str | Promise
    entries: tuple[Entry, ...]


GROUPS: tuple[Group, ...] = (
    Group("today", _("Today"), (
        Entry("today", _("Overview"), "merchant_today", "home", keys="t",
              words="dashboard figures today 今日 概览 数据"),
        Entry("start", _("First steps"), "merchant_start", "done", keys="b",
              words="checklist begin 入门 清单"),
    )),
    Group("orders", _("Orders"), (
        Entry("orders", _("Orders"), "merchant_orders", "truck", keys="o",
              words="ship pack 发货 打包"),
        Entry("returns", _("Returns"), "merchant_returns", "undo", keys="u",
              words="refund exchange 退货 换货 退款"),
        Entry("policies", _("Returns and warranty"), "merchant_policies", "shield", EDITORS,
              words="policy rules 政策 保修 规则"),
        Entry("terms", _("Shipping and coupons"), "merchant_terms", "tag", EDITORS, keys="c",
              words="discount delivery freight 运费 优惠券 折扣"),
    )),
    Group("catalogue", _("Catalogue"), (
        Entry("products", _("Products"), "merchant_products", "box", keys="p",
              words="price stock 价格 库存"),
        Entry("proposals", _("Facts to confirm"), "merchant_proposals", "check", keys="f",
              words="attributes 属性 信息"),
        Entry("categories", _("Categories"), "merchant_categories", "branch", keys="a",
              words="tree 分类 类目"),
        Entry("attributes", _("Attributes"), "merchant_attributes", "filter",
              words="values fields 属性 参数"),
        Entry("imports", _("Imports"), "merchant_imports", "upload", keys="i",
              words="csv feed file export 导出 文件"),
    )),
    Group("search", _("Search"), (
        Entry("search", _("Search in your shop"), "merchant_search", "search", keys="s",
              words="pin boost synonym 置顶 同义词"),
        Entry("insights", _("What shoppers search for"), "merchant_insights", "eye", keys="w",
              words="queries no result 搜索词 无结果 洞察"),
        Entry("recommended", _("Recommendations"), "merchant_recommended", "heart",
              words="for you figures fairness 推荐 指标 公平"),
    )),
    Group("reviews", _("Reviews"), (
        Entry("reviews", _("Reviews"), "merchant_reviews", "star", keys="r",
              words="opinions stars 评价 星级"),
    )),
    Group("marketing", _("Marketing"), (
        Entry("copy", _("Copy"), "merchant_copy", "pen", keys="y",
              words="write text title ad 文案 标题 广告 描述"),
        Entry("improve", _("Texts to improve"), "merchant_improve", "spark",
              words="weak description optimise 优化 描述"),
        Entry("trials", _("Experiments"), "merchant_trials", "flask", keys="v",
              words="a/b test bandit 实验 测试 对比"),
        Entry("segments", _("Segments"), "merchant_segments", "group", EDITORS, keys="d",
              words="audience customers 人群 分群"),
        Entry("campaigns", _("Campaigns"), "merchant_campaigns", "mail", keys="h",
              words="mail push outreach 营销 活动 邮件"),
    )),
    Group("numbers", _("Numbers"), (
        Entry("figures", _("Figures"), "merchant_figures", "chart", keys="1",
              words="funnel conversion report csv 报表 转化 漏斗"),
        Entry("voices", _("What people say"), "merchant_voices", "quote", keys="q",
              words="opinion monitoring alert mentions 舆情 预警 口碑"),
        Entry("stock", _("Stock advice"), "merchant_stock", "trend", keys="z",
              words="forecast reorder demand 库存 预测 补货"),
        Entry("parcels", _("Delivery texts"), "merchant_parcels", "pin",
              words="address parse delivery note customs 地址 物流 报关"),
        Entry("copilot", _("Ask your numbers"), "merchant_copilot", "prompt", keys="j",
              words="copilot question sql 提问 助手"),
    )),
    Group("assistant", _("Assistant"), (
        Entry("inbox", _("Inbox"), "merchant_inbox", "chat",
              (Role.OWNER, Role.EDITOR, Role.AGENT), keys="x",
              words="chat customer service reply 客服 会话 回复 转人工"),
        Entry("knowledge", _("Knowledge"), "merchant_knowledge", "book", keys="k",
              words="faq help policy manual answers 知识库 问答 帮助 手册"),
    )),
    Group("settings", _("Settings"), (
        Entry("settings", _("Shop settings"), "merchant_settings", "settings", OWNERS, keys="e",
              words="name logo contact hours holidays currency 名称 联系 营业时间 节假日 币种"),
        Entry("team", _("Team"), "merchant_team", "user", OWNERS, keys="m",
              words="members roles invite 成员 角色 邀请"),
        Entry("keys", _("Keys"), "merchant_keys", "lock", OWNERS, words="api token 密钥 接口"),
        Entry("webhooks", _("Webhooks"), "merchant_webhooks", "link", OWNERS,
              words="events delivery integration 回调 推送"),
        Entry("log", _("Log"), "merchant_log", "clock", OWNERS, keys="l",
              words="audit history who 审计 日志 记录"),
    )),
)  # fmt: skip

# What a person can begin from anywhere: found by the palette.
ACTIONS: tuple[Entry, ...] = (
    Entry("product_new", _("New product"), "merchant_product_new", "box", EDITORS, keys="n",
          words="add create 新建 添加"),
    Entry("article_new", _("New help article"), "merchant_article_new", "book",
          (Role.OWNER, Role.EDITOR, Role.AGENT), words="faq answer 新建 文章 问答"),
    Entry("import_new", _("Import a catalogue"), "merchant_import_new", "upload", EDITORS,
          words="csv upload 上传"),
    Entry("grid", _("Edit as a table"), "merchant_grid", "grid", EDITORS,
          words="grid spreadsheet paste 表格 粘贴"),
    Entry("bulk_edits", _("What was changed together"), "merchant_bulk_edits", "undo",
          words="undo bulk 撤销 批量"),
    Entry("shop", _("See the shop as shoppers do"), "shop", "shop", words="preview 预览 店铺"),
)  # fmt: skip

# The pages of a person's own account, for shoppers and everybody else.
ACCOUNT: tuple[Entry, ...] = (
    Entry("account", _("Overview"), "account", "home"),
    Entry("orders", _("Your orders"), "orders", "box"),
    Entry("returns", _("Returns"), "returns", "undo"),
    Entry("lists", _("Wish lists"), "lists", "heart"),
    Entry("shared", _("Shared"), "shared", "group"),
    Entry("for_you", _("For you"), "for_you", "spark"),
    Entry("offers", _("Messages"), "offers", "mail"),
    Entry("addresses", _("Addresses"), "addresses", "pin"),
    Entry("account_reviews", _("Your reviews"), "account_reviews", "star"),
    Entry("privacy", _("Privacy"), "privacy", "eye"),
    Entry("account_email", _("Email"), "account_email", "at"),
    Entry("account_change_password", _("Password"), "account_change_password", "lock"),
    Entry("mfa_index", _("Two-step sign-in"), "mfa_index", "shield"),
    Entry("sessions", _("Where you are signed in"), "sessions", "device"),
)


def entries_for(role: str, slug: str) -> Iterator[tuple[Group, Entry, str]]:
    """Yield what somebody in this role may open in a shop: group, entry, address."""
    for group in GROUPS:
        for entry in group.entries:
            if role in entry.roles and (url := entry.url(slug)):
                yield group, entry, url


def actions_for(role: str, slug: str) -> Iterator[tuple[Entry, str]]:
    """Yield what somebody in this role may begin in a shop: entry and address."""
    for entry in ACTIONS:
        if role in entry.roles and (url := entry.url(slug)):
            yield entry, url


def entry_of(code: str) -> Entry | None:
    """Return the page with this code."""
    return next((entry for group in GROUPS for entry in group.entries if entry.code == code), None)
