"""A nämnd's own registry numbers: taken out of a series, or typed.

A number is taken while the row of its series is held, so that those who register at the same
moment come one after the other and none gets the same; and in the transaction that registers, so
that nothing is lost when that fails. The database holds that a number stands once in a nämnd.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.models import Namnd, User
from organisation.rules import may_keep_calendar
from papers.models import Paper
from papers.rules import may_write
from remisser.domain.dnr import dnr_key, tidy_dnr
from remisser.domain.words import one_line
from remisser.models import DnrSeries, Registration, Remissinstans
from trace.domain import record

__all__ = [
    "NO_NUMBER",
    "OwnDnr",
    "SeriesFacts",
    "add_series",
    "change_series",
    "give_dnr",
    "next_in",
    "next_number_of",
    "series_of",
]

ONLY_ITS_SECRETARY = "Bara nämndens nämndsekreterare och systemförvaltaren ändrar nummerserierna."
ONLY_SECRETARIES = "Bara nämndens nämndsekreterare ger ärendet ett diarienummer."
STAYS = "Numret är taget ur nämndens serie och ändras inte."
NR, YEAR = "{nr}", "{år}"
MOST = 999_999
_PATTERN = re.compile(r"[^{}]*(?:\{nr\}[^{}]*\{år\}|\{år\}[^{}]*\{nr\})[^{}]*")


@dataclass(frozen=True)
class OwnDnr:
    """What the person chose: the next number of a series, one that they typed, or none yet."""

    series: DnrSeries | None = None
    typed: str = ""


NO_NUMBER = OwnDnr()


@dataclass(frozen=True)
class SeriesFacts:
    """pattern: how a number is written, with {nr} and {år}. next_number: of this year."""

    pattern: str
    next_number: int
    used: bool = True


def series_of(namnd_id: int) -> Sequence[DnrSeries]:
    """The series that the nämnd takes numbers from now."""
    return list(DnrSeries.objects.filter(namnd=namnd_id, used=True).order_by("pk"))


def next_number_of(series: DnrSeries) -> int:
    """The next number of this year, as far as is known before it is taken."""
    return series.last_number + 1 if series.year == timezone.localdate().year else 1


def next_in(series: DnrSeries) -> str:
    """The same, as it is written."""
    return series.number(next_number_of(series), timezone.localdate().year)


@transaction.atomic
def add_series(namnd: Namnd, facts: SeriesFacts, *, actor: User) -> DnrSeries:
    """Let the nämnd take numbers from a new series. The same again is the one that stands.

    Raises NotAllowed, Invalid (`field`).
    """
    _check_keeper(namnd, actor)
    pattern = _checked(facts)
    Namnd.objects.select_for_update(no_key=True).get(pk=namnd.pk)
    year = timezone.localdate().year
    there = DnrSeries.objects.filter(namnd=namnd, pattern=pattern).first()
    if there is not None:
        if (there.year, there.last_number + 1, there.used) == (year, facts.next_number, True):
            return there
        raise Invalid("Nämnden har redan en serie med det mönstret.", field="pattern")
    series = DnrSeries.objects.create(
        namnd=namnd, pattern=pattern, year=year, last_number=facts.next_number - 1
    )
    _record(series, actor, "nummerserie-ny", f"La upp nummerserien {pattern}")
    return series


@transaction.atomic
def change_series(
    series: DnrSeries, facts: SeriesFacts, *, actor: User, seen: SeriesFacts
) -> DnrSeries:
    """Say which number comes next, or that the series is not used. The pattern stays.

    seen: what the page showed. The same again changes nothing.
    Raises NotAllowed; Invalid for a number that has been given; Conflict when a number was taken
    meanwhile.
    """
    _check_keeper(series.namnd, actor)
    series = DnrSeries.objects.select_for_update().get(pk=series.pk)
    year = timezone.localdate().year
    last = series.last_number if series.year == year else 0
    if (last + 1, series.used) == (facts.next_number, facts.used):
        return series
    if (last + 1, series.used) != (seen.next_number, seen.used):
        raise Conflict(
            f"Nästa nummer är nu {last + 1}: någon har tagit nummer sedan du öppnade sidan.",
            field="next_number",
        )
    _checked(SeriesFacts(series.pattern, facts.next_number))
    given = Registration.objects.filter(series=series, year=year).order_by("-number").first()
    if given is not None and facts.next_number <= (given.number or 0):
        raise Invalid(
            f"Numret {given.dnr} är redan taget. Välj ett högre än {given.number}.",
            field="next_number",
        )
    series.year, series.last_number, series.used = year, facts.next_number - 1, facts.used
    series.save()
    said = f"nästa nummer {facts.next_number}" if facts.used else "används inte längre"
    _record(series, actor, "nummerserie-andrad", f"Ändrade nummerserien {series.pattern}: {said}")
    return series


@transaction.atomic
def give_dnr(instance: Remissinstans, own: OwnDnr, *, actor: User) -> Registration | None:
    """Give the matter the nämnd's own number. None when none was chosen and there is none.

    The same again changes nothing; a matter that has a number out of a series keeps it.
    Raises NotAllowed; Invalid (`field`) for another's series, a number that the nämnd has used
    already, or one that would take the place of one out of a series.
    """
    namnd = instance.namnd
    if namnd is None or not may_write(actor, Paper(namnd=namnd)):
        raise NotAllowed(ONLY_SECRETARIES)
    Remissinstans.objects.select_for_update().get(pk=instance.pk)
    there = Registration.objects.filter(instance=instance).first()
    if own.series is not None:
        if there is not None and there.series_id == own.series.pk:
            return there
        if there is not None and there.series_id is not None:
            raise Invalid(STAYS, field="dnr_from")
        return _take(instance, namnd, own.series, there, actor)
    if not own.typed.strip():
        return there
    return _typed(instance, namnd, own.typed, there, actor)


def _take(
    instance: Remissinstans,
    namnd: Namnd,
    series: DnrSeries,
    there: Registration | None,
    actor: User,
) -> Registration:
    """The next number that is free: those that were typed are passed over."""
    Namnd.objects.select_for_update(no_key=True).get(pk=namnd.pk)
    series = DnrSeries.objects.select_for_update().get(pk=series.pk)
    if series.namnd_id != namnd.pk or not series.used:
        raise Invalid("Välj en av nämndens serier.", field="dnr_from")
    year = timezone.localdate().year
    number = series.last_number if series.year == year else 0
    taken = _taken(namnd)
    while True:
        number += 1
        dnr = series.number(number, year)
        if dnr_key(dnr) not in taken:
            break
    if number > MOST:
        raise Invalid("Serien är slut. Lägg upp en ny.", field="dnr_from")
    series.year, series.last_number = year, number
    series.save(update_fields=["year", "last_number"])
    registration = there or Registration(instance=instance, namnd=namnd, by=actor)
    registration.dnr, registration.dnr_key = dnr, dnr_key(dnr)
    registration.series, registration.year, registration.number = series, year, number
    registration.save()
    _told(registration, actor)
    return registration


def _typed(
    instance: Remissinstans, namnd: Namnd, typed: str, there: Registration | None, actor: User
) -> Registration:
    dnr = tidy_dnr(
        one_line(typed, field="dnr", label="Diarienumret", most=60),
        from_ks=False,
    )
    if there is not None:
        if there.dnr == dnr:
            return there
        if there.series_id is not None:
            raise Invalid(STAYS, field="dnr")
    # Two who type the same at once: the second waits, and is told.
    Namnd.objects.select_for_update(no_key=True).get(pk=namnd.pk)
    other = (
        Registration.objects.filter(namnd=namnd, dnr_key=dnr_key(dnr))
        .exclude(instance=instance)
        .select_related("instance__remiss")
        .first()
    )
    if other is not None:
        raise Invalid(
            f"Numret {other.dnr} står redan på nämndens svar på {other.instance.remiss.dnr}.",
            field="dnr",
        )
    registration = there or Registration(instance=instance, namnd=namnd, by=actor)
    registration.dnr, registration.dnr_key = dnr, dnr_key(dnr)
    registration.save()
    _told(registration, actor)
    return registration


def _taken(namnd: Namnd) -> set[str]:
    """Keys of all numbers that stand somewhere in the nämnd."""
    registered = Registration.objects.filter(namnd=namnd).order_by()
    on_papers = Paper.objects.filter(namnd=namnd).exclude(dnr="").order_by()
    return set(registered.values_list("dnr_key", flat=True)) | {
        dnr_key(dnr) for dnr in on_papers.values_list("dnr", flat=True)
    }


def _checked(facts: SeriesFacts) -> str:
    pattern = one_line(facts.pattern, field="pattern", label="Mönstret", most=40, required=True)
    if not _PATTERN.fullmatch(pattern):
        raise Invalid(
            f"Skriv mönstret med {NR} där löpnumret ska stå och {YEAR} där året ska stå, en gång "
            f"var. Till exempel 3.1.1-{NR}/{YEAR}.",
            field="pattern",
        )
    if not 1 <= facts.next_number <= MOST:
        raise Invalid(f"Skriv ett nummer från 1 till {MOST}.", field="next_number")
    return pattern


def _check_keeper(namnd: Namnd, actor: User) -> None:
    if not may_keep_calendar(actor, DnrSeries(namnd=namnd)):
        raise NotAllowed(ONLY_ITS_SECRETARY)


def _told(registration: Registration, actor: User) -> None:
    remiss = registration.instance.remiss
    _record(registration, actor, "diarieford", f"Gav {remiss.dnr} diarienumret {registration.dnr}")


def _record(row: DnrSeries | Registration, actor: User, verb: str, said: str) -> None:
    record(row, actor=actor, verb=verb, summary=said, scope=row.namnd.code)
