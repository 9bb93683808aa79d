"""Addresses of what shops know: in the portal, and for everybody."""

from django.urls import URLPattern, path

from assistant.views import help, merchant_article, merchant_knowledge

BASE = "merchant/<slug:slug>/knowledge/"
ARTICLE = f"{BASE}<int:pk>/"

knowledge_urls: list[URLPattern] = [
    path("s/<slug:slug>/help/", help.shop_help, name="shop_help"),
    path("s/<slug:slug>/help/<int:pk>/", help.article, name="article"),
    path(BASE, merchant_knowledge.merchant_knowledge, name="merchant_knowledge"),
    path(f"{BASE}new/", merchant_knowledge.merchant_article_new, name="merchant_article_new"),
    path(
        f"{BASE}upload/",
        merchant_knowledge.merchant_knowledge_upload,
        name="merchant_knowledge_upload",
    ),
    path(
        f"{BASE}test/", merchant_knowledge.merchant_knowledge_test, name="merchant_knowledge_test"
    ),
    path(
        f"{BASE}gaps/", merchant_knowledge.merchant_knowledge_gaps, name="merchant_knowledge_gaps"
    ),
    path(
        f"{BASE}gaps/<int:pk>/close/",
        merchant_knowledge.merchant_gap_close,
        name="merchant_gap_close",
    ),
    path(ARTICLE, merchant_article.merchant_article, name="merchant_article"),
    path(f"{ARTICLE}step/", merchant_article.merchant_article_step, name="merchant_article_step"),
    path(
        f"{ARTICLE}versions/<int:number>/",
        merchant_article.merchant_article_version,
        name="merchant_article_version",
    ),
]
