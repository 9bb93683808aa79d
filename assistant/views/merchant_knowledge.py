"""A shop's knowledge base: the list, new articles, uploads, the test box, gaps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistant.knowledge.answering import answer
from assistant.knowledge.articles import TooMany, write
from assistant.knowledge.forms import ArticleForm, UploadForm
from assistant.knowledge.gaps import close_gap
from assistant.knowledge.importing import import_file
from assistant.knowledge.reading import ask_reader
from assistant.knowledge.showing import article_row
from assistant.models import Article, Gap, PassagePart
from assistant.models.article import LANGUAGES, Kind, State
from catalog.feeds.problems import Refused
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.tasks import query_vector
from catalog.views._portal import member_view, page_of, role_in
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant, Role
from shopguide.accounts.tenancy import as_merchant

WRITERS = (Role.OWNER, Role.EDITOR, Role.AGENT)
STATES = ("waiting", *State.values)
MOST_GAPS = 100
WAITING = ExpressionWrapper(
    Q(state=State.RETIRED) | Q(latest__lte=F("live")), output_field=BooleanField()
).asc()


@require_safe
@member_view()
def merchant_knowledge(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List articles, what waits for approval first; narrowed by words, state, kind, language."""
    asked = {
        "q": clean_text(request.GET.get("q", ""), 200),
        "state": _one_of(request, "state", STATES),
        "kind": _one_of(request, "kind", Kind.values),
        "language": _one_of(request, "language", dict(LANGUAGES)),
    }

    def url(number: int) -> str:
        kept = {**asked, "page": str(number) if number > 1 else ""}
        said = urlencode({name: value for name, value in kept.items() if value})
        return reverse("merchant_knowledge", args=[merchant.slug]) + (f"?{said}" if said else "")

    with as_merchant(merchant):
        mine = Article.objects.filter(merchant=merchant)
        rows = mine.waiting() if asked["state"] == "waiting" else mine
        if asked["state"] in State.values:
            rows = rows.filter(state=asked["state"])
        for name in ("kind", "language"):
            rows = rows.filter(**{name: asked[name]}) if asked[name] else rows
        rows = rows.filter(title__icontains=asked["q"]) if asked["q"] else rows
        found, total, pages = page_of(request, rows.order_by(WAITING, "title", "pk"), url)
        page = {
            "rows": [article_row(one) for one in found],
            "total": total,
            "any": total > 0 or mine.exists(),
            "pages": pages,
            "waiting": mine.waiting().count(),
            "gaps": Gap.objects.filter(merchant=merchant, closed_at=None).count(),
            "unread": PassagePart.objects.filter(merchant=merchant)
            .needing(settings.ENCODER_ID)
            .count(),
            "asked": asked,
            "kinds": Kind.choices,
            "languages": LANGUAGES,
        }
    return render(request, "assistant/merchant/knowledge.html", _around(request, merchant, page))


def _one_of(request: HttpRequest, name: str, values: Any) -> str:
    found = request.GET.get(name, "")
    return found if found in values else ""


def _around(request: HttpRequest, merchant: Merchant, page: dict[str, Any]) -> dict[str, Any]:
    role = role_in(request)
    return {
        "merchant": merchant,
        "nav": "knowledge",
        "page": page,
        "may_edit": role in CATALOGUE_EDITORS,
        "may_write": role in WRITERS,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(WRITERS)
def merchant_article_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Write an article or paste one: a draft until somebody approves it."""
    with as_merchant(merchant):
        gap = _gap(request, merchant)
        start = (
            {"title": gap.question, "language": gap.language} if gap else {"language": "zh-hans"}
        )
        form = ArticleForm(request.POST or None, initial=start)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                article = write(merchant, by=request.user, **said)  # type: ignore[arg-type]
            except TooMany:
                form.add_error(None, _("The shop has too many articles. Delete some first."))
            else:
                if gap:
                    close_gap(gap, article=article)
                messages.success(
                    request, _("Kept as a draft. Shoppers get it once it is approved.")
                )
                url = reverse("merchant_article", args=[merchant.slug, article.pk])
                return HttpResponseRedirect(url)
    wrong = form.is_bound and not form.is_valid()
    page = {"form": form, "gap": gap}
    context = _around(request, merchant, page)
    return render(
        request, "assistant/merchant/article_new.html", context, status=422 if wrong else 200
    )


def _gap(request: HttpRequest, merchant: Merchant) -> Gap | None:
    number = clean_number(request.GET.get("gap", ""), LARGEST_ID)
    rows = Gap.objects.filter(merchant=merchant)
    return rows.filter(pk=int(number)).first() if number else None


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_knowledge_upload(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Take a file's articles in as drafts; what is known becomes a new version."""
    form = UploadForm(request.POST or None, request.FILES or None)
    report, wrong, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                report = import_file(
                    merchant, file.name or "", file.read(), live=False,
                    language=form.cleaned_data["language"], kind=form.cleaned_data["kind"],
                    by=request.user,  # type: ignore[arg-type]
                )  # fmt: skip
                status = 200
            except Refused as refused:
                wrong = str(refused)
    if report and not report.failed:
        count = report.created + report.updated
        text = ngettext(
            "%(count)s article waits for approval.", "%(count)s articles wait for approval.", count
        ) % {"count": count}
        messages.success(request, text)
        url = reverse("merchant_knowledge", args=[merchant.slug]) + "?state=waiting"
        return HttpResponseRedirect(url)
    errors = [
        {**one, "reason": _(one["reason"]), "remedy": _(one["remedy"])}
        for one in (report.errors if report else ())
    ]
    page = {"form": form, "report": report, "errors": errors, "wrong": wrong}
    context = _around(request, merchant, page)
    return render(request, "assistant/merchant/knowledge_upload.html", context, status=status)


@require_safe
@member_view()
def merchant_knowledge_test(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Ask as a shopper would; show the answer and every passage that was found."""
    question = clean_text(request.GET.get("q", ""), 500)
    language = _one_of(request, "language", dict(LANGUAGES)) or (
        "zh-hans" if str(request.LANGUAGE_CODE).startswith("zh") else "en"
    )
    found, vector = None, None
    if question:
        vector = query_vector(question)
        found = answer(
            question, merchants=[merchant], language=language, vector=vector, read=ask_reader
        )
    page = {
        "question": question,
        "language": language,
        "languages": LANGUAGES,
        "found": found,
        "percent": round(100 * found.confidence) if found else 0,
        "by_words": bool(question) and vector is None,
        "passages": [
            {
                "passage": one,
                "before": one.text[: one.start],
                "marked": one.text[one.start : one.end],
                "after": one.text[one.end :],
            }
            for one in (found.passages if found else ())
        ],
    }
    return render(
        request, "assistant/merchant/knowledge_test.html", _around(request, merchant, page)
    )


@require_safe
@member_view()
def merchant_knowledge_gaps(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List questions without an answer, the most frequent first."""
    with as_merchant(merchant):
        rows = Gap.objects.filter(merchant=merchant, closed_at=None)
        page = {
            "rows": list(rows[:MOST_GAPS]),
            "total": rows.count(),
            "most": max((one.times for one in rows[:1]), default=1),
        }
    return render(
        request, "assistant/merchant/knowledge_gaps.html", _around(request, merchant, page)
    )


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_gap_close(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Say that a question needs no answer here."""
    with as_merchant(merchant):
        gap = row_of(Gap.objects.all(), merchant, pk=pk)
    close_gap(gap)
    messages.success(request, _("It is off the list. If it is asked again, it comes back."))
    return HttpResponseRedirect(reverse("merchant_knowledge_gaps", args=[merchant.slug]))
