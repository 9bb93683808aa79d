"""Operator's view of what is learnt: versions with their cards, and which of them is at work."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import Trained
from profiles.sequence.versions import Impossible, back, switch, try_on, watch_beside
from profiles.sequence.watching import figures_of

TENTH = 0.1


@admin.register(Trained)
class TrainedAdmin(admin.ModelAdmin):
    """Versions: what they learnt from, how they were judged, how they do, which one is live."""

    list_display = ["kind", "version", "state", "quality", "foresees", "deeds", "why", "made_at"]
    list_filter = ["kind", "live", "shadow"]
    ordering = ["kind", "-version"]
    fields = readonly_fields = (
        "kind", "version", "state", "share", "quality", "foresees", "why", "made_at", "whole_card",
    )  # fmt: skip
    actions = ["make_live", "go_back", "on_a_tenth", "on_nobody", "beside", "not_beside"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: versions are taught."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Trained | None = None) -> bool:
        """Refuse: old versions go by themselves."""
        return False

    @admin.display(description=gettext_lazy("At work"))
    def state(self, made: Trained) -> str:
        """Say who meets a version."""
        if made.live:
            return _("live")
        if made.share:
            return _("on %(share)d%% of shoppers") % {"share": round(100 * made.share)}
        return _("watched, not shown") if made.shadow else "—"

    @admin.display(description=gettext_lazy("Judged NDCG@10"))
    def quality(self, made: Trained) -> str:
        """Return how a version was judged before it was shown."""
        found = made.card.get("quality")
        return "—" if found is None else f"{found:.4f}"

    @admin.display(description=gettext_lazy("NDCG@10 lately"))
    def foresees(self, made: Trained) -> str:
        """Return how well it foresaw what people did in the last week. One query."""
        found = figures_of(made)
        return f"{found.ndcg:.4f}" if found.deeds else "—"

    @admin.display(description=gettext_lazy("Deeds"))
    def deeds(self, made: Trained) -> int:
        """Return on how many deeds that is."""
        return figures_of(made).deeds

    @admin.display(description=gettext_lazy("Not live because"))
    def why(self, made: Trained) -> str:
        """Say why a version was held back or taken back."""
        return str(made.card.get("held_back") or made.card.get("taken_back") or "")

    @admin.display(description=gettext_lazy("Model card"))
    def whole_card(self, made: Trained) -> str:
        """Return the card as it is stored."""
        return format_html("<pre>{}</pre>", json.dumps(made.card, ensure_ascii=False, indent=2))

    # --- What is done ---------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Put live"), permissions=["change"])
    def make_live(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """Have everybody meet one version."""
        self.do(request, queryset, switch)

    @admin.action(description=gettext_lazy("Go back to the version before"), permissions=["change"])
    def go_back(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """Put back what was live before, of the chosen one's kind."""
        self.do(request, queryset, lambda made: back(made.kind))

    @admin.action(description=gettext_lazy("Try on a tenth of shoppers"), permissions=["change"])
    def on_a_tenth(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """Let a tenth of shoppers meet a version, always the same ones."""
        self.do(request, queryset, lambda made: try_on(made, TENTH))

    @admin.action(description=gettext_lazy("Try on nobody any more"), permissions=["change"])
    def on_nobody(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """End a trial."""
        self.do(request, queryset, lambda made: try_on(made, 0.0))

    @admin.action(description=gettext_lazy("Watch without showing"), permissions=["change"])
    def beside(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """Score and log with a version."""
        self.do(request, queryset, watch_beside)

    @admin.action(description=gettext_lazy("Watch no longer"), permissions=["change"])
    def not_beside(self, request: HttpRequest, queryset: QuerySet[Trained]) -> None:
        """End the watch."""
        self.do(request, queryset, lambda made: watch_beside(made, on=False))

    def do(
        self, request: HttpRequest, queryset: QuerySet[Trained], what: Callable[[Trained], object]
    ) -> None:
        """Do something with one version and say so, or why not."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            messages.error(request, _("Choose one version."))
            return
        try:
            what(chosen[0])
        except Impossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done; lists follow from the next request on."))
