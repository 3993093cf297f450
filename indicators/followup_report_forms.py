"""Forms of the follow-up as a report: own words, the city's judgement, comments, fixing."""

from collections.abc import Callable

from django import forms

from indicators.domain.checks import MAX_COMMENT, check_words
from indicators.domain.followup_report.writing import MAX_REASONS, MAX_TEXT
from indicators.enums import CityGradeChoice
from indicators.fields import TextField
from organisation.forms import ProblemsMixin


def _words(most: int, what: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if problem := check_words(text, most=most, what=what):
            raise forms.ValidationError(problem)

    return check


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": "sv", "spellcheck": "true"})


class RevisionForm(ProblemsMixin, forms.Form):
    """A form that knows which revision of the report the person saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ChapterTextForm(RevisionForm):
    """People's own words in a chapter."""

    body = TextField(
        label="Egen text",
        required=False,
        validators=[_words(MAX_TEXT, "Texten")],
        help_text="En tom rad mellan två stycken. Texten står kvar när siffrorna ändras.",
        widget=_area(12),
    )


class CityGradeForm(RevisionForm):
    """How the city judges a goal."""

    grade = forms.ChoiceField(
        label="Stadens bedömning",
        required=False,
        choices=[("", "Inte bedömt"), *CityGradeChoice.choices],
        error_messages={"invalid_choice": "Välj en av bedömningarna i listan."},
    )
    reasons = TextField(
        label="Skäl", required=False, validators=[_words(MAX_REASONS, "Skälen")], widget=_area(4)
    )

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("grade") and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "Skriv skälen till bedömningen.")
        return data


class DraftCommentForm(ProblemsMixin, forms.Form):
    """What is said at a chapter of the draft."""

    text = TextField(
        label="Ny kommentar",
        validators=[_words(MAX_COMMENT, "Kommentaren")],
        error_messages={"required": "Skriv en kommentar."},
        widget=_area(3),
    )
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class FixForm(RevisionForm):
    """That the report is fixed; of a later version, why."""

    reason = TextField(
        label="Varför en ny version?",
        validators=[_words(MAX_COMMENT, "Texten")],
        error_messages={"required": "Skriv varför en ny version behövs."},
        widget=_area(3),
    )

    def __init__(self, data=None, *, is_first: bool, **kwargs) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        if is_first:
            del self.fields["reason"]


class ReopenForm(RevisionForm):
    """Why a fixed report is opened again."""

    reason = TextField(
        label="Varför öppnas rapporten igen?",
        validators=[_words(MAX_COMMENT, "Texten")],
        error_messages={"required": "Skriv varför rapporten öppnas igen."},
        widget=_area(3),
    )
