"""What a file may not remove or change: things that something else rests on.

What has been reported stays as it was asked for; a row that is no longer wanted gets a last day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Model

from indicators.domain.loading import tables as t
from indicators.domain.loading.comparing import Change, ChangeKind, Plan
from indicators.domain.loading.existing import TAG_MODELS, Existing
from indicators.domain.loading.locking import guard_locked
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.rows import Book, Row
from indicators.domain.loading.tables import Table
from indicators.models import (
    ActivityStatus,
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    Target,
    Value,
)
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.models import (
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
    Goal,
    GoalLink,
    GoalPerspective,
    GoalViolenceType,
    GoalWording,
    Precondition,
    Programme,
    Responsibility,
)
from trace.tracking import Change as HistoryRow

# Tables whose rows other things may rest on, and what to do instead of removing such a row.
REMOVABLE: dict[str, tuple[type[Model], str]] = {
    t.GOALS.title: (Goal, "Ta med raden, och skriv en sista dag i kolumnen Gäller till."),
    t.ACTIVITIES.title: (Activity, "Ta med raden, och skriv en sista dag i kolumnen Gäller till."),
    t.PRECONDITIONS.title: (
        Precondition,
        "Ta med raden, och skriv en sista dag i kolumnen Gäller till.",
    ),
    t.INDICATORS.title: (
        Indicator,
        "Ta med raden, och skriv en sista dag för ansvaret i bladet Ansvar indikatorer.",
    ),
    t.DEFINITIONS.title: (IndicatorVersion, "Ta med raden, och lägg till en ny version."),
    t.RESPONSIBILITIES.title: (
        Responsibility,
        "Ta med raden, och skriv en sista dag i kolumnen Gäller till.",
    ),
    t.INDICATOR_RESPONSIBILITIES.title: (
        IndicatorResponsibility,
        "Ta med raden, och skriv en sista dag i kolumnen Gäller till.",
    ),
}
# What the file itself says; how its parts fit together has been checked.
IN_THE_FILE: tuple[type[Model], ...] = (
    Goal,
    GoalWording,
    GoalLink,
    Precondition,
    Activity,
    ActivityWording,
    GoalViolenceType,
    GoalPerspective,
    ActivityViolenceType,
    ActivityPerspective,
    Responsibility,
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorVersion,
    IndicatorResponsibility,
    Target,
)
# What a value rests on in its definition.
FIXED_WITH_VALUES = (
    "valid_from",
    "definition",
    "unit",
    "scale",
    "aggregation",
    "accumulation",
    "counts_people",
    "split_by_sex",
    "whole_numbers",
)


def guard(plan: Plan, book: Book, existing: Existing, problems: Problems) -> list[str]:
    """Adds to `problems` what may not be done. Answers notes: what may, but wants a thought."""
    _guard_removals(plan, existing, problems)
    codes = {key[0] for key in existing.book[t.INDICATORS.title]}
    reported = _reported(codes)
    _guard_definitions(plan, reported, problems)
    activities = {key[0] for key in existing.book[t.ACTIVITIES.title]}
    for table, key, answered in (
        (t.INDICATOR_RESPONSIBILITIES, "indicator", reported),
        (t.RESPONSIBILITIES, "activity", _told(activities)),
    ):
        _guard_responsibilities(table, key, plan, book, existing, answered, problems)
    guard_locked(plan, book, existing, problems)
    return _notes(plan, existing)


# Removing ----------------------------------------------------------------------------------------


def _guard_removals(plan: Plan, existing: Existing, problems: Problems) -> None:
    removed: dict[str, list[Change]] = defaultdict(list)
    for change in plan.changes:
        if change.kind is ChangeKind.REMOVED and change.table.title in REMOVABLE:
            removed[change.table.title].append(change)
    for title, changes in removed.items():
        model, instead = REMOVABLE[title]
        leaves_only = existing.shared if title == t.INDICATORS.title else set()
        pks = {
            change.old.pk: change
            for change in changes
            if change.old and change.key[0] not in leaves_only
        }
        for pk, resting in sorted(_what_rests_on(model, pks).items()):
            problems.add(
                Place(title),
                f"”{pks[pk].title}” finns inte i filen, men kan inte tas bort: "
                f"{', '.join(resting)} hör till raden. {instead}",
            )


def _what_rests_on(model: type[Model], pks: Collection[int]) -> dict[int, list[str]]:
    """Rows outside the file that point at these: key → "3 värden"."""
    found: dict[int, list[str]] = defaultdict(list)
    if not pks:
        return found
    for name, related in _relations(model):
        counted = (
            related._base_manager.filter(**{f"{name}__in": pks})
            .order_by()
            .values_list(name)
            .annotate(many=Count("pk"))
        )
        for pk, many in counted:
            words = related._meta
            word = words.verbose_name if many == 1 else words.verbose_name_plural
            found[pk].append(f"{many} {word}")
    return found


def _relations(model: type[Model]) -> Iterator[tuple[str, Any]]:
    """Fields of other tables that point at `model`: (name of the field, its model)."""
    for other in apps.get_models(include_auto_created=True):
        meta = other._meta
        if meta.proxy or not meta.managed or issubclass(other, (HistoryRow, *IN_THE_FILE)):
            continue
        for column in meta.local_fields:
            if column.related_model is model and not _is_link_in_the_file(other):
                yield column.name, other


def _is_link_in_the_file(model: type[Model]) -> bool:
    """A hidden table of links between two things of the file: their tags."""
    made_for = model._meta.auto_created
    return bool(made_for) and made_for in IN_THE_FILE


# What has been reported --------------------------------------------------------------------------


@dataclass(frozen=True)
class Reported:
    """That a nämnd has answered for a period: an indicator (a value, or why there is none), or how
    far an activity has come."""

    subject: str
    """Code of the indicator or the activity."""
    namnd: Namnd
    period: str
    day: dt.date
    """The period's last day."""


def _reported(codes: Collection[str]) -> list[Reported]:
    rows = (
        Value.objects.filter(definition__indicator__code__in=codes)
        .order_by("definition__indicator__code", "version__report__period__ends_on")
        .values_list(
            "definition__indicator__code",
            "version__report__namnd_id",
            "version__report__period__code",
            "version__report__period__ends_on",
        )
        .distinct()
    )
    return _with_namnder(rows)


def _told(codes: Collection[str]) -> list[Reported]:
    rows = (
        ActivityStatus.objects.filter(activity__code__in=codes)
        .order_by("activity__code", "version__report__period__ends_on")
        .values_list(
            "activity__code",
            "version__report__namnd_id",
            "version__report__period__code",
            "version__report__period__ends_on",
        )
        .distinct()
    )
    return _with_namnder(rows)


def _with_namnder(rows: Iterable[tuple[str, int, str, dt.date]]) -> list[Reported]:
    namnder = {namnd.pk: namnd for namnd in Namnd.objects.all()}
    return [Reported(code, namnder[pk], period, day) for code, pk, period, day in rows]


def _guard_definitions(plan: Plan, reported: list[Reported], problems: Problems) -> None:
    last: dict[str, Reported] = {row.subject: row for row in reported}
    with_values = set(
        Value.objects.filter(
            definition__in=[
                c.old.pk for c in plan.changes if c.table is t.DEFINITIONS and c.old is not None
            ]
        )
        .order_by()
        .values_list("definition_id", flat=True)
        .distinct()
    )
    for change in plan.changes:
        if change.table is not t.DEFINITIONS or change.new is None:
            continue
        row = change.new
        if change.old is not None:
            for each in change.fields:
                if change.old.pk in with_values and each.key in FIXED_WITH_VALUES:
                    problems.add(
                        row.at(each.key),
                        f"{each.label} kan inte ändras från ”{each.before}”: det finns värden "
                        "enligt definitionen. Låt raden stå, och lägg till en ny version.",
                    )
            continue
        code = row.values["indicator"]
        if code in last and row.values["valid_from"] <= last[code].day:
            problems.add(
                row.at("valid_from"),
                f"Det finns redan värden för {last[code].period}. En ny definition kan gälla "
                f"tidigast {last[code].day + dt.timedelta(days=1)}.",
            )


def _guard_responsibilities(
    table: Table,
    key: str,
    plan: Plan,
    book: Book,
    existing: Existing,
    answered: list[Reported],
    problems: Problems,
) -> None:
    """Whoever has answered for a period was responsible then, also afterwards.

    key: the column of the table that names what it is a responsibility for.
    """
    touched = {c.key[0] for c in plan.changes if c.table is table}
    before, after = _by_subject(existing.book, table, key), _by_subject(book, table, key)
    said = set()
    for row in reversed(answered):  # the latest period says the earliest last day
        if row.subject not in touched or (row.subject, row.namnd.pk) in said:
            continue
        if any(_asks(r, row) for r in before[row.subject]) and not any(
            _asks(r, row) for r in after[row.subject]
        ):
            said.add((row.subject, row.namnd.pk))
            problems.add(
                Place(table.title),
                f"{row.namnd} har lämnat ”{row.subject}” för {row.period}, men filen ger den "
                f"inget ansvar då. Ta med raden, och avsluta den tidigast {row.day}.",
            )


def _by_subject(book: Book, table: Table, key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in book[table.title].values():
        found[row.values[key]].append(row)
    return found


_GROUPS = {str(group.label): group.value for group in NamndGroup}


def _asks(row: Row, reported: Reported) -> bool:
    values = row.values
    if (values["valid_from"] and reported.day < values["valid_from"]) or (
        values["valid_to"] and reported.day > values["valid_to"]
    ):
        return False
    group = _GROUPS.get(values["who"])
    if group is not None:
        return reported.namnd.belongs_to(group)
    return bool(values["who"] == reported.namnd.name)


# What wants a thought ----------------------------------------------------------------------------


def _notes(plan: Plan, existing: Existing) -> list[str]:
    notes = []
    for change in plan.changes:
        keys = {each.key for each in change.fields}
        if change.table in (t.GOALS, t.ACTIVITIES) and "text" in keys:
            notes.append(
                f"{change.table.title}, {change.title}: den ursprungliga lydelsen rättas, också i "
                "tidigare uppföljningar. Gäller den nya texten från ett datum, låt den gamla stå "
                "och skriv den nya i bladet Lydelser."
            )
    shared = sorted(
        {
            change.key[0]
            for change in plan.changes
            if change.key and change.key[0] in existing.shared and _is_of_indicator(change)
        }
    )
    notes += [
        f"Indikatorn ”{code}” finns också i andra program. Definitioner, ansvar och årsmål "
        "gäller även där."
        for code in shared
    ]
    for change in plan.changes:
        if change.table is t.INDICATORS and change.key[0] in existing.shared:
            labels = [each.label for each in change.fields if each.key != "goals"]
            if labels:
                notes.append(
                    f"Indikatorn ”{change.key[0]}” finns också i andra program. Det nya i "
                    f"{_and(labels)} gäller även där."
                )
    return [*notes, *_notes_on_tags(plan, existing)]


def _notes_on_tags(plan: Plan, existing: Existing) -> list[str]:
    """A tag is one for all: what is changed of it is changed wherever it is used."""
    notes = []
    for change in plan.changes:
        if change.table.title not in TAG_MODELS or change.old is None or not change.fields:
            continue
        if _used_elsewhere(TAG_MODELS[change.table.title], change.old.pk, existing):
            labels = [each.label for each in change.fields]
            was = change.old.values["name"]
            notes.append(
                f"{change.table.title}, ”{was}” används också utanför det här programmet. Det "
                f"nya i {_and(labels)} gäller även där."
            )
    return notes


def _used_elsewhere(model: Any, pk: int, existing: Existing) -> bool:
    """Whether anything that is not this programme's has the tag."""
    programme = {Programme: "pk", Goal: "programme", Activity: "goal__programme"}
    for relation in model._meta.related_objects:
        if not relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: pk})
        field = programme.get(relation.related_model)
        if field and existing.programme is not None:
            rows = rows.exclude(**{field: existing.programme.pk})
        if rows.exists():
            return True
    return False


def _and(words: list[str]) -> str:
    return " och ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _is_of_indicator(change: Change) -> bool:
    return change.table in t.OF_INDICATORS
