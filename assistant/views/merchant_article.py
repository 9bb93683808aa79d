"""One article in the portal: its text, its versions and what differs, its approval."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistant.knowledge.articles import Outdated, approve, delete, restore, retire, revise
from assistant.knowledge.forms import ArticleForm
from assistant.knowledge.showing import article_row, blocks_of, difference
from assistant.knowledge.tasks import encode_articles
from assistant.models import Article, ArticleVersion
from assistant.models.article import Source, State
from assistant.views.merchant_knowledge import WRITERS, _around
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.views._portal import member_view, role_in
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_VERSIONS = 50
STEPS = ("approve", "restore", "retire", "delete")


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
def merchant_article(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show an article with its versions; save the next version, a draft."""
    if request.method == "POST" and role_in(request) not in WRITERS:
        raise Http404(_("There is no such page."))
    with as_merchant(merchant):
        article = row_of(Article.objects.all(), merchant, pk=pk)
        versions = list(article.versions.select_related("made_by", "approved_by")[:MOST_VERSIONS])
        newest = versions[0]
        start = {"title": newest.title, "body": newest.body, "asked": newest.asked,
                 "kind": article.kind}  # fmt: skip
        form = ArticleForm(request.POST or None, initial=start, new=False)
        wrong, status = "", 200
        if request.method == "POST":
            if article.source == Source.TERMS:
                raise Http404(_("There is no such page."))
            status, wrong = _save(request, article, form)
            if status == 302:
                url = reverse("merchant_article", args=[merchant.slug, pk])
                return HttpResponseRedirect(url)
        live = next((one for one in versions if one.number == article.live), None)
        page = {
            "article": article_row(article),
            "public": article.state == State.APPROVED,
            "form": form,
            "wrong": wrong,
            "number": article.latest,
            "versions": [_version(one, article) for one in versions],
            "waits": article.waits,
            "changed": difference(live, newest) if article.waits and live else [],
            "blocks": blocks_of((live or newest).body),
            "shown": live or newest,
            "retired": article.state == State.RETIRED,
            "gone": live is None,
        }
    return render(
        request, "assistant/merchant/article.html", _around(request, merchant, page), status=status
    )


def _save(request: HttpRequest, article: Article, form: ArticleForm) -> tuple[int, str]:
    """Add a version; return the status, and what is wrong in words."""
    if not form.is_valid():
        return 422, ""
    after = int(clean_number(request.POST.get("number", ""), LARGEST_ID) or 0)
    try:
        revise(article, after=after, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except Outdated:
        return 409, _("Somebody else has written a version meanwhile. Reload the page to see it.")
    messages.success(request, _("Saved as a new version. Shoppers get it once it is approved."))
    return 302, ""


def _version(version: ArticleVersion, article: Article) -> dict[str, Any]:
    return {
        "number": version.number,
        "made_at": version.made_at,
        "made_by": str(version.made_by.first_name or version.made_by.email)
        if version.made_by
        else "",
        "approved_at": version.approved_at,
        "approved_by": str(version.approved_by.first_name or version.approved_by.email)
        if version.approved_by
        else "",
        "live": version.number == article.live,
        "newest": version.number == article.latest,
    }


@require_safe
@member_view()
def merchant_article_version(
    request: HttpRequest, merchant: Merchant, pk: int, number: int
) -> HttpResponse:
    """Show one version, and what it changed of the one before it."""
    with as_merchant(merchant):
        article = row_of(Article.objects.all(), merchant, pk=pk)
        rows = article.versions.filter(number__in=(number, number - 1)).order_by("-number")
        found = {one.number: one for one in rows}
        if number not in found:
            raise Http404(_("There is no such page."))
        page = {
            "article": article_row(article),
            "version": _version(found[number], article),
            "title": found[number].title,
            "changed": difference(found.get(number - 1), found[number]),
            "blocks": blocks_of(found[number].body),
            "first": number == 1,
        }
    context = _around(request, merchant, page)
    return render(request, "assistant/merchant/article_version.html", context)


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_article_step(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Approve a version, restore one as the newest, retire the article, or delete it."""
    step = request.POST.get("step", "")
    number = int(clean_number(request.POST.get("number", ""), LARGEST_ID) or 0)
    back = reverse("merchant_article", args=[merchant.slug, pk])
    with as_merchant(merchant):
        article = row_of(Article.objects.all(), merchant, pk=pk)
        known = not number or article.versions.filter(number=number).exists()
    if not known:
        raise Http404(_("There is no such page."))
    if step not in STEPS:
        return HttpResponseRedirect(back)
    by: Any = request.user
    if step == "approve":
        approve(article, number or None, by=by)
        transaction.on_commit(partial(encode_articles.delay, merchant.pk), robust=True)
        messages.success(request, _("Shoppers get this version from now on."))
    elif step == "restore":
        restore(article, number or article.latest, by=by)
        messages.success(request, _("Saved as a new version. Shoppers get it once it is approved."))
    elif step == "retire":
        retire(article)
        messages.success(request, _("Shoppers no longer get it. Its versions are kept."))
    else:
        delete(article)
        messages.success(request, _("The article is deleted."))
        back = reverse("merchant_knowledge", args=[merchant.slug])
    return HttpResponseRedirect(back)
