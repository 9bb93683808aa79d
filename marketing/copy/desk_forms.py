"""What a person fills in about copy: a brief, a job for many products, the shop's voice."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketing.copy.briefing import MOST_VARIANTS
from marketing.copy.channels import CHANNELS, TONES
from marketing.models import CopyRules, Voice

LOCALES = [("zh-hans", "中文"), ("en", "English")]
SEASONS = [
    ("", _("Any time")),
    ("spring", _("Spring")),
    ("summer", _("Summer")),
    ("autumn", _("Autumn")),
    ("winter", _("Winter")),
    ("new year", _("New Year")),
    ("spring festival", _("Spring Festival")),
]
MOST_WORDS = 60
SPLIT = re.compile(r"[\n,，、;；]+")


def channel_choices() -> list[tuple[str, Any]]:
    """Return the channels as they are offered."""
    return [(one.code, one.label) for one in CHANNELS.values()]


class ToneForm(forms.Form):
    """How it shall be said, for whom and when."""

    tone = forms.ChoiceField(label=_("Tone"), choices=list(TONES.items()), initial="plain")
    season = forms.ChoiceField(label=_("Season"), choices=SEASONS, required=False)
    segment = forms.CharField(
        label=_("For whom"), max_length=60, required=False,
        help_text=_("For example: commuters, parents, gift givers."),
    )  # fmt: skip


class BriefForm(ToneForm):
    """What is to be written about one product."""

    channel = forms.ChoiceField(label=_("For which place"), choices=channel_choices)
    locale = forms.ChoiceField(label=_("Language"), choices=LOCALES)
    variants = forms.IntegerField(
        label=_("Variants"), min_value=1, max_value=MOST_VARIANTS, initial=3
    )
    field_order = ("channel", "locale", "tone", "season", "segment", "variants")

    def clean(self) -> dict[str, Any]:
        """Refuse a channel that does not exist in the language."""
        said: dict[str, Any] = super().clean() or {}
        channel = CHANNELS.get(said.get("channel", ""))
        if channel and "locale" in said and not channel.speaks(said["locale"]):
            self.add_error("locale", _("This place does not exist in this language."))
        return said


class ManyForm(ToneForm):
    """What is to be written about many products."""

    channels = forms.MultipleChoiceField(
        label=_("For which places"), choices=channel_choices, widget=forms.CheckboxSelectMultiple
    )
    locales = forms.MultipleChoiceField(
        label=_("Languages"), choices=LOCALES, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("channels", "locales", "tone", "season", "segment")


class VoiceForm(forms.Form):
    """How the shop sounds in one language."""

    tone = forms.ChoiceField(label=_("Tone"), choices=list(TONES.items()))
    words_to_use = forms.CharField(
        label=_("Words to use"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("With commas between."),
    )  # fmt: skip
    words_to_avoid = forms.CharField(
        label=_("Words to avoid"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They are marked wherever they stand."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("For those who write"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the shop stands for, in a sentence or two."),
    )  # fmt: skip

    def clean_words_to_use(self) -> list[str]:
        """Return the words one by one."""
        return words(self.cleaned_data["words_to_use"])

    def clean_words_to_avoid(self) -> list[str]:
        """Return the words one by one."""
        return words(self.cleaned_data["words_to_avoid"])

    @classmethod
    def of(cls, voice: Voice | None, locale: str, sent: Any = None) -> VoiceForm:
        """Return the form of a voice as it is kept."""
        kept = voice or Voice(locale=locale)
        initial = {
            "tone": kept.tone, "about": kept.about,
            "words_to_use": ", ".join(kept.words_to_use),
            "words_to_avoid": ", ".join(kept.words_to_avoid),
        }  # fmt: skip
        return cls(sent, initial=initial, prefix=locale)


class RulesForm(forms.ModelForm):
    """Who approves, and what may be approved together: a quality of 0 to 100, as it is shown."""

    percent = forms.IntegerField(
        label=_("Least quality for approving together"),
        min_value=0,
        max_value=100,
        help_text=_("0 to 100. What is below is opened and decided one by one."),
    )

    class Meta:
        model = CopyRules
        fields = ("four_eyes",)

    def __init__(self, sent: Any = None, *, instance: CopyRules) -> None:
        initial = {"percent": round(instance.threshold * 100)}
        super().__init__(sent, instance=instance, initial=initial)

    def save(self, commit: bool = True) -> CopyRules:
        """Keep the rules, the quality as the share that drafts are measured in."""
        self.instance.threshold = self.cleaned_data["percent"] / 100
        kept: CopyRules = super().save(commit)
        return kept


def words(text: str) -> list[str]:
    """Return words that stand with commas or lines between, each once."""
    found = (" ".join(one.split())[:MOST_WORDS] for one in SPLIT.split(text))
    return list(dict.fromkeys(one for one in found if one))
