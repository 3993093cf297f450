"""Texts that change while a programme runs: from a day, by a decision.

The row itself keeps the wording that the programme began with. Each change is a row beside it,
so that what was followed up is always shown in the words of its time.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Wording:
    """What a text says on a day, and since when and by which decision it says so."""

    text: str
    since: dt.date | None = None
    """None: the wording that it began with."""
    decision: str = ""
    source: str = ""
    reason: str = ""
    """Why it was corrected; "" for what was decided."""


class WordingBase(models.Model):
    """A new wording, from the first day it holds until the next takes over.

    By a decision; or a slip of the pen put right, where what has been followed up and locked goes
    on reading as it was written. Then it says why.
    """

    text = models.TextField("ny lydelse")
    valid_from = models.DateField("gäller från")
    decision = models.CharField(
        "beslut",
        max_length=250,
        blank=True,
        help_text="Vem som beslutade, när och i vilken paragraf.",
    )
    is_correction = models.BooleanField(
        "rättelse",
        default=False,
        help_text="Ett skrivfel rättas; ingen har beslutat om något nytt.",
    )
    reason = models.CharField("varför texten rättades", max_length=250, blank=True)
    source = models.CharField("källa", max_length=250, blank=True)

    class Meta:
        abstract = True
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.text}"


def wording_constraints(of: str) -> list[models.BaseConstraint]:
    """One change a day, and none without words, or without its decision or its reason."""
    return [
        models.UniqueConstraint(
            fields=[of, "valid_from"],
            name=f"{of}_reworded_once_a_day",
            violation_error_message="Texten ändras redan den dagen.",
        ),
        models.CheckConstraint(
            name=f"{of}_wording_has_text_and_decision",
            condition=~Q(text="")
            & (
                (Q(is_correction=False, reason="") & ~Q(decision=""))
                | Q(is_correction=True, reason__regex=r"\S")
            ),
            violation_error_message="Ange den nya lydelsen, och beslutet eller varför den rättas.",
        ),
    ]


class Worded:
    """For a model with `text` and `wordings`. Prefetch `wordings` where there are many rows."""

    def wording_on(self, day: dt.date) -> Wording:
        """What the text says on `day`: the latest change not after it, or the original."""
        begun = [w for w in self.wordings.all() if w.valid_from <= day]  # type: ignore[attr-defined]
        if not begun:
            return Wording(self.text)  # type: ignore[attr-defined]
        latest = max(begun, key=lambda wording: wording.valid_from)
        return Wording(
            latest.text, latest.valid_from, latest.decision, latest.source, latest.reason
        )

    def text_on(self, day: dt.date) -> str:
        return self.wording_on(day).text
