"""Forms of a paper, whatever it is about: a section, the header, a new version, a beginning."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import ProseEditorWidget

from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import Namnd
from organisation.personnummer import text_of_html
from papers.documents.html import html_to_blocks
from papers.documents.markup import markup_to_html, to_markup
from papers.documents.model import Contact, Signatory
from papers.domain.content import Header, clean_body
from papers.models import PaperTemplate
from trace.domain.wording import word_diff

MAX_BODY = 200_000  # some 60 pages in one section
# What a word processor sends along may be many times what is written: it is measured when clean.
MAX_SENT = 4_000_000
# What only HTML has. A "<" that markup has a backslash before is a sign like others.
_TAG = re.compile(
    r"(?<!\\)</?(?:html|head|body|meta|style|script|p|div|span|br|h[1-6]|ul|ol|li|strong|b|em|i|u|a"
    r"|blockquote|table|t[dhr]|tbody|thead|img|font|svg|xml|o:p|section|article|pre|code|sup|sub)"
    r"\b[^>]*>",
    re.IGNORECASE,
)


TOO_LONG = (
    f"Texten är för lång för ett avsnitt (högst {MAX_BODY} tecken med formatering). "
    "Den står kvar i fältet, men är inte sparad. Dela upp den på flera avsnitt, eller korta den."
)
HOW = (
    "Så här formaterar du: # rubrik, ## underrubrik, - punkt, 1. numrerad punkt (dra in med "
    "mellanslag för en lista i listan), > citat, **fet**, *kursiv*, [ord](https://adress) och "
    "[Fotnot: texten]. En tom rad börjar ett nytt stycke."
)
CHOICE = "val-"
"""Before the name of a field: whose text is to stand in it after a conflict."""


@dataclass(frozen=True)
class Difference:
    """One field in which two people have written differently."""

    name: str
    label: str
    saved: str
    marked: SafeString
    """From the saved text to the person's own, word by word."""
    has_lines: bool
    """Whether both can stand there, one after the other."""


class RichTextWidget(ProseEditorWidget):
    """A textarea that static/samlad/editor.js makes into an editor with Swedish words.

    Of django-prose-editor we take the editor itself; its own menu and dialogs speak English and
    need an icon font and an inline style. Where no script runs the same text stands in the field
    as plain markup, with a line about how it is written.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = str(value or "")
        context["widget"]["value"] = as_plain(text)
        context["widget"]["attrs"]["data-rich"] = read_body(text)
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        # The editor takes the line away, as it needs none.
        return format_html('{}<p class="form-text" data-without-editor>{}</p>', field, HOW)

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["samlad/editor.css"]},
            js=[Script("samlad/editor.js", type="module")],  # type: ignore[list-item]
        )


class RichTextField(ProseEditorFormField):
    """Rich text, clean. Without JavaScript people write plain markup."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", MAX_SENT)
        super().__init__(
            widget=RichTextWidget(attrs={"rows": 14, "lang": "sv", "spellcheck": "true"}),
            preset="samlad",
            sanitize=read_body,
            **kwargs,
        )
        # A limit in the page would silently cut a paste; here it is said instead.
        self.widget.attrs.pop("maxlength", None)
        self.error_messages["max_length"] = TOO_LONG

    def clean(self, value: Any) -> str:
        body = super().clean(value)
        if len(body) > MAX_BODY:
            raise ValidationError(TOO_LONG, code="max_length")
        no_personnummer(text_of_html(body))
        return body


def read_body(text: str) -> str:
    """What was sent from a rich-text field as clean rich text: HTML, or plain markup."""
    return clean_body(text if _TAG.search(text) else markup_to_html(text))


def as_plain(text: str) -> str:
    """Rich text as plain markup; what is plain already, as it is."""
    return to_markup(html_to_blocks(text)) if _TAG.search(text) else text


class RevisionForm(ProblemsMixin, forms.Form):
    """Carries the revision of the paper that the page was made from."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SectionForm(RevisionForm):
    body = RichTextField(label="Text")

    def __init__(self, *args: Any, heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = heading or "Text"


class StartForm(ProblemsMixin, forms.Form):
    """Choosing the template that a paper begins with."""

    template = forms.ModelChoiceField(
        label="Vilken mall ska handlingen ha?",
        queryset=PaperTemplate.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en mall.", "invalid_choice": "Välj en av mallarna."},
    )

    def __init__(self, *args: Any, templates: Any, question: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        self.fields["template"].label = question or self.fields["template"].label


class NewVersionForm(RevisionForm):
    reason = forms.CharField(
        label="Varför behövs en ny version?",
        max_length=250,
        validators=[no_personnummer],
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        error_messages={"required": "Skriv varför en ny version behövs."},
    )


class ShareForm(ProblemsMixin, forms.Form):
    """Sending a draft to another nämnd for comment."""

    to_namnd = forms.ModelChoiceField(
        label="Vilken nämnd ska läsa utkastet?",
        queryset=Namnd.objects.none(),
        empty_label="Välj nämnd",
        error_messages={"required": "Välj nämnd.", "invalid_choice": "Välj en nämnd i listan."},
    )
    message = forms.CharField(
        label="Meddelande (frivilligt)",
        required=False,
        validators=[no_personnummer],
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Till exempel vad ni vill ha synpunkter på, och till när.",
    )

    def __init__(self, *args: Any, namnder: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_namnd"].queryset = namnder  # type: ignore[attr-defined]


class LinesField(forms.CharField):
    """A list, one thing on each line; parts of a thing are divided by commas."""

    widget = forms.Textarea

    def __init__(self, *, parts: int = 1, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=5000, validators=[no_personnummer], **kwargs)
        self.parts = parts
        self.widget.attrs["rows"] = rows

    def clean(self, value: Any) -> tuple[tuple[str, ...], ...]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = []
        for line in filter(None, lines):
            pieces = [piece.strip() for piece in line.split(",", self.parts - 1)]
            found.append(tuple(pieces + [""] * (self.parts - len(pieces))))
        return tuple(found)


def date_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        # Not type="date": browsers show that in the order of their own language.
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
        help_text="Till exempel 2025-04-30.",
        error_messages={"invalid": "Skriv datumet som 2025-04-30."},
    )


def line_field(label: str, length: int, *, required: bool = False, **kwargs: Any) -> forms.Field:
    return forms.CharField(
        label=label, max_length=length, required=required, validators=[no_personnummer], **kwargs
    )


class HeaderForm(RevisionForm):
    """The facts around the text. Everything but the title may be blank: blank is not known."""

    title = line_field(
        "Rubrik", 300, required=True, error_messages={"required": "Skriv en rubrik."}
    )
    subtitle = line_field("Underrubrik", 300)
    dnr = line_field("Nämndens diarienummer", 60, help_text="Till exempel 3.1.1-730/2020.")
    forvaltning = line_field("Förvaltning", 120)
    avdelning = line_field("Avdelning", 120)
    dated_on = date_field("Papperets datum")
    addressee = line_field("Till", 120, help_text="Nämnden, som den ska stå i brevhuvudet.")
    meeting_on = date_field("Nämndens sammanträde")
    handlaggare = LinesField(
        label="Handläggare", parts=2, help_text="En per rad: namn, telefonnummer."
    )
    address = forms.CharField(
        label="Adressblock",
        required=False,
        validators=[no_personnummer],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Som det ska stå i brevhuvudet, rad för rad.",
    )
    signatures = LinesField(
        label="Underskrifter", parts=3, help_text="En per rad: namn, titel, förvaltning."
    )
    bilagor = LinesField(label="Bilagor", help_text="En per rad. De numreras av sig själva.")
    recipients = LinesField(label="Beslutet ska skickas till", help_text="En per rad.")

    @staticmethod
    def values_of(header: Header) -> dict[str, Any]:
        """A header as what stands in the fields."""
        return {
            **header.__dict__,
            "handlaggare": _lines((c.name, c.telephone) for c in header.handlaggare),
            "signatures": _lines((s.name, s.title, s.unit) for s in header.signatures),
            "bilagor": "\n".join(header.bilagor),
            "recipients": "\n".join(header.recipients),
        }

    @property
    def header(self) -> Header:
        """The header that was written; the form must be valid."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "revision"}
        return Header(
            **{
                **data,
                "handlaggare": tuple(Contact(*parts) for parts in data["handlaggare"]),
                "signatures": tuple(Signatory(*parts) for parts in data["signatures"]),
                "bilagor": tuple(text for (text,) in data["bilagor"]),
                "recipients": tuple(text for (text,) in data["recipients"]),
            }
        )

    def differences(self, theirs: Header) -> list[Difference]:
        """The fields where the saved header says something else than this one."""
        mine, saved = self.values_of(self.header), self.values_of(theirs)
        return [
            Difference(
                name=name,
                label=str(field.label),
                saved=_said(saved[name]),
                marked=word_diff(_said(saved[name]), _said(mine[name])),
                has_lines=isinstance(field.widget, forms.Textarea),
            )
            for name, field in self.fields.items()
            if name != "revision" and mine[name] != saved[name]
        ]

    @classmethod
    def chosen(cls, data: Mapping[str, Any], saved: Header) -> dict[str, Any]:
        """What was typed, with the saved text in the fields where the person has chosen it.

        data: with "val-FIELD": "mina" (or nothing), "sparat", or "bada" for both texts' lines.
        """
        values, found = cls.values_of(saved), dict(data)
        for name in cls.base_fields:
            was = _said(values.get(name, ""), empty="")
            match data.get(f"{CHOICE}{name}"):
                case "sparat":
                    found[name] = was
                case "bada":
                    own = [line.strip() for line in str(data.get(name, "")).splitlines()]
                    lines = was.splitlines()
                    found[name] = "\n".join([*lines, *(o for o in own if o not in lines)])
        return found


def _said(value: Any, *, empty: str = "tomt") -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else str(value or empty)


def _lines(rows: Any) -> str:
    return "\n".join(", ".join(parts).rstrip(", ") for parts in rows)
