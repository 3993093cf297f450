"""What the database holds of a programme, as the same rows that a file gives."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q

from indicators.domain.loading import tables as t
from indicators.domain.loading.rows import Book, Row, empty_book, goal_order, tidy
from indicators.domain.loading.same_counts import COLUMNS as SAME_COUNTS
from indicators.domain.loading.tables import Kind, Table
from indicators.models import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    Target,
)
from organisation.enums import NamndGroup
from programme.models import (
    Activity,
    ActivityWording,
    Goal,
    GoalLink,
    GoalWording,
    Perspective,
    Precondition,
    Programme,
    Responsibility,
    ViolenceType,
)
from programme.models.tags import TagLink

# A link of an indicator to a goal that says no more than that it is there: a word in a column.
ALL_THE_TIME: dict[str, Any] = {
    "valid_from": None,
    "valid_to": None,
    "decision": "",
    "end_decision": "",
    "source": "",
}
TAG_LINKS = ("violence_type_links__violencetype", "perspective_links__perspective")
TAG_MODELS: dict[str, Any] = {
    t.VIOLENCE_TYPES.title: ViolenceType,
    t.PERSPECTIVES.title: Perspective,
}


@dataclass
class Existing:
    """One programme as rows.

    programme: None when it is not there yet; then only `shared` things are.
    shared: indicators (by code) that stand in goals of other programmes too.
    """

    programme: Programme | None
    book: Book = field(default_factory=empty_book)
    shared: set[str] = field(default_factory=set)

    def add(self, table: Table, pk: int, values: dict[str, Any]) -> None:
        """A row of the database, with its texts tidied as a file's are."""
        for column in table.columns:
            if column.kind in (Kind.LINE, Kind.TEXT) and isinstance(values[column.key], str):
                values[column.key] = tidy(values[column.key], column.kind)
        row = Row(table, values, pk=pk)
        self.book[table.title][row.key] = row


def read_existing(slug: str, *, named: Book | None = None) -> Existing:
    """The programme at `slug`; a fixed number of queries.

    named: the rows of a file, whose indicators and tags may stand in other programmes only.
    """
    programme = Programme.objects.filter(slug=slug).first()
    existing = Existing(programme)
    tags: dict[str, list[Any]] = {title: [] for title in TAG_MODELS}
    if named is not None:
        for title, model in TAG_MODELS.items():
            tags[title] += model._default_manager.filter(code__in=[key[0] for key in named[title]])
    if programme is not None:
        _read_programme(existing, programme, tags)
    for title, found in tags.items():
        table = next(table for table in t.TABLES if table.title == title)
        for tag in sorted(set(found), key=lambda tag: (tag.order, tag.code)):
            existing.add(table, tag.pk, _fields(table, tag))
    also = [key[0] for key in named[t.INDICATORS.title]] if named is not None else []
    _read_indicators(existing, programme, also)
    return existing


def _fields(table: Table, of: Model, **more: Any) -> dict[str, Any]:
    """The values that have a field of their own name, and the others as given."""
    return {
        column.key: more[column.key] if column.key in more else getattr(of, column.key)
        for column in table.columns
    }


def _tags(rows: Iterable[Any]) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda tag: (tag.order, tag.code))
    return tuple(tag.code for tag in ordered)


def _is_always(link: TagLink) -> bool:
    """Whether it says no more than that the tag is there: a word in a column."""
    return link.valid_from is None and link.valid_to is None and not link.source


def _always(thing: Any) -> dict[str, tuple[str, ...]]:
    """The tags of a goal or an activity that stand in its own row."""
    types = [link.violencetype for link in thing.violence_type_links.all() if _is_always(link)]
    perspectives = [link.perspective for link in thing.perspective_links.all() if _is_always(link)]
    return {"violence_types": _tags(types), "perspectives": _tags(perspectives)}


def _tagged(existing: "Existing", thing: Any, goal: str = "", activity: str = "") -> None:
    """The tags that have days or a source of their own."""
    found = [
        *((0, link.violencetype, link) for link in thing.violence_type_links.all()),
        *((1, link.perspective, link) for link in thing.perspective_links.all()),
    ]
    found.sort(key=lambda e: (e[0], e[1].order, e[1].code, str(e[2].valid_from or "")))
    for kind, tag, link in found:
        if _is_always(link):
            continue
        codes = {"violence_type": "" if kind else tag.code, "perspective": tag.code if kind else ""}
        values = _fields(t.TAGGED, link, goal=goal, activity=activity, **codes)
        existing.add(t.TAGGED, link.pk, values)


def _who(row: Responsibility | IndicatorResponsibility) -> str:
    return str(NamndGroup(row.group).label) if row.namnd is None else row.namnd.name


def _read_programme(existing: Existing, programme: Programme, tags: dict[str, list[Any]]) -> None:
    types, perspectives = tags[t.VIOLENCE_TYPES.title], tags[t.PERSPECTIVES.title]
    goals = {
        goal.pk: goal
        for goal in Goal.objects.filter(programme=programme)
        .select_related("parent")
        .prefetch_related(*TAG_LINKS, "wordings")
        .in_order()
    }
    activities = list(
        Activity.objects.filter(goal__programme=programme)
        .prefetch_related(*TAG_LINKS, "wordings")
        .order_by("order", "code")
    )
    codes = {pk: goal.code for pk, goal in goals.items()}
    activities.sort(key=lambda a: (goal_order(codes[a.goal_id]), a.order, a.code))
    # A tag that only a goal or an activity has belongs to the file as well.
    types += programme.violence_types.all()
    perspectives += programme.perspectives.all()
    for thing in (*goals.values(), *activities):
        types += (link.violencetype for link in thing.violence_type_links.all())
        perspectives += (link.perspective for link in thing.perspective_links.all())
    existing.add(
        t.PROGRAMME,
        programme.pk,
        _fields(
            t.PROGRAMME,
            programme,
            violence_types=_tags(programme.violence_types.all()),
            perspectives=_tags(programme.perspectives.all()),
        ),
    )
    for goal in goals.values():
        existing.add(
            t.GOALS,
            goal.pk,
            _fields(
                t.GOALS,
                goal,
                goal=goal.code,
                **_always(goal),
            ),
        )
    for goal in goals.values():
        _wordings(existing, goal.wordings.all(), goal=goal.code)
    for activity in activities:
        existing.add(
            t.ACTIVITIES,
            activity.pk,
            _fields(
                t.ACTIVITIES,
                activity,
                goal=codes[activity.goal_id],
                **_always(activity),
            ),
        )
        _wordings(existing, activity.wordings.all(), activity=activity.code)
    for goal in goals.values():
        _tagged(existing, goal, goal=goal.code)
    for activity in activities:
        _tagged(existing, activity, activity=activity.code)
    _read_preconditions(existing, codes)
    _read_links(existing, codes)
    place = {activity.pk: n for n, activity in enumerate(activities)}
    answering = Responsibility.objects.filter(activity__in=place).select_related("namnd")
    for row in sorted(answering, key=lambda r: (place[r.activity_id], *_in_order(r))):
        code = activities[place[row.activity_id]].code
        existing.add(
            t.RESPONSIBILITIES,
            row.pk,
            _fields(t.RESPONSIBILITIES, row, activity=code, who=_who(row)),
        )


def _in_order(row: Responsibility | IndicatorResponsibility) -> tuple:
    """Groups first, then nämnder in Swedish order, each from its first day."""
    groups = list(NamndGroup.values)
    who = (0, groups.index(row.group), "") if row.namnd is None else (1, 0, row.namnd.sort_key)
    return (*who, str(row.valid_from or ""))


def _wordings(
    existing: Existing,
    wordings: Iterable[GoalWording | ActivityWording],
    goal: str = "",
    activity: str = "",
) -> None:
    for wording in sorted(wordings, key=lambda w: w.valid_from):
        values = _fields(t.WORDINGS, wording, goal=goal, activity=activity)
        existing.add(t.WORDINGS, wording.pk, values)


def _read_preconditions(existing: Existing, codes: dict[int, str]) -> None:
    found = list(Precondition.objects.filter(goal__in=codes).order_by("order", "pk"))
    found.sort(key=lambda row: goal_order(codes[row.goal_id]))
    numbers = Counter((row.goal_id, row.order) for row in found)
    unclear = {goal_id for (goal_id, _), many in numbers.items() if many > 1}
    counted: dict[int, int] = defaultdict(int)
    for row in found:
        counted[row.goal_id] += 1
        # Where two have the same place in the order, they are counted as they come.
        order = counted[row.goal_id] if row.goal_id in unclear else row.order
        values = _fields(t.PRECONDITIONS, row, goal=codes[row.goal_id], order=order)
        existing.add(t.PRECONDITIONS, row.pk, values)


def _read_links(existing: Existing, codes: dict[int, str]) -> None:
    links = GoalLink.objects.filter(
        Q(from_goal__in=codes) | Q(to_goal__in=codes)
    ).select_related(
        "from_goal__programme", "from_goal__parent", "to_goal__programme", "to_goal__parent"
    )  # fmt: skip
    rows = []
    for link in links:
        ours, other = (
            (link.from_goal, link.to_goal)
            if link.from_goal_id in codes
            else (link.to_goal, link.from_goal)
        )
        rows.append((codes[ours.pk], other.programme.slug, other.code, link))
    rows.sort(key=lambda r: (goal_order(r[0]), r[1], goal_order(r[2]), str(r[3].valid_from or "")))
    for code, programme, other_code, link in rows:
        values = _fields(t.LINKS, link, goal=code, programme=programme, other=other_code)
        existing.add(t.LINKS, link.pk, values)


def _read_indicators(
    existing: Existing, programme: Programme | None, also: Collection[str]
) -> None:
    wanted = Q(code__in=also)
    if programme is not None:
        wanted |= Q(pk__in=Indicator.objects.filter(goals__programme=programme).values("pk"))
    indicators = list(Indicator.objects.filter(wanted).order_by("order", "code"))
    place = {indicator.pk: n for n, indicator in enumerate(indicators)}
    here: dict[int, list[str]] = defaultdict(list)
    codes = {row.pk: row.values["goal"] for row in existing.book[t.GOALS.title].values()}
    dated: list[IndicatorGoal] = []
    for link in IndicatorGoal.objects.filter(indicator__in=place).order_by():
        if link.goal_id not in codes:
            existing.shared.add(indicators[place[link.indicator_id]].code)
        elif all(getattr(link, name) == value for name, value in ALL_THE_TIME.items()):
            here[link.indicator_id].append(codes[link.goal_id])
        else:
            dated.append(link)
    for indicator in indicators:
        goals = tuple(sorted(here[indicator.pk], key=goal_order))
        shared = {key: getattr(indicator, key) or "" for key in SAME_COUNTS}
        values = _fields(t.INDICATORS, indicator, goals=goals, **shared)
        existing.add(t.INDICATORS, indicator.pk, values)
    for link in sorted(
        dated,
        key=lambda each: (
            place[each.indicator_id],
            goal_order(codes[each.goal_id]),
            str(each.valid_from or ""),
        ),
    ):
        code = indicators[place[link.indicator_id]].code
        values = _fields(t.INDICATOR_GOALS, link, indicator=code, goal=codes[link.goal_id])
        existing.add(t.INDICATOR_GOALS, link.pk, values)
    _read_hanging(existing, place, [indicator.code for indicator in indicators])


def _read_hanging(existing: Existing, place: dict[int, int], codes: list[str]) -> None:
    """Definitions, responsibilities, targets, times in which they are not asked for and what
    follows them, in the order of the indicators.
    """

    def code(row: Any) -> str:
        return codes[place[row.indicator_id]]

    versions = IndicatorVersion.objects.filter(indicator__in=place).order_by("number")
    for version in sorted(versions, key=lambda row: place[row.indicator_id]):
        values = _fields(t.DEFINITIONS, version, indicator=code(version))
        existing.add(t.DEFINITIONS, version.pk, values)
    answering = IndicatorResponsibility.objects.filter(indicator__in=place).select_related("namnd")
    for row in sorted(answering, key=lambda r: (place[r.indicator_id], *_in_order(r))):
        values = _fields(t.INDICATOR_RESPONSIBILITIES, row, indicator=code(row), who=_who(row))
        existing.add(t.INDICATOR_RESPONSIBILITIES, row.pk, values)
    targets = (
        Target.objects.filter(indicator__in=place)
        .select_related("namnd")
        .order_by(
            "year",
            F("namnd__sort_key").asc(nulls_first=True),
            F("valid_from").asc(nulls_first=True),
        )
    )
    for target in sorted(targets, key=lambda row: place[row.indicator_id]):
        namnd = target.namnd.name if target.namnd else ""
        values = _fields(t.TARGETS, target, indicator=code(target), namnd=namnd)
        existing.add(t.TARGETS, target.pk, values)
    gaps = IndicatorGap.objects.filter(indicator__in=place).order_by("valid_from")
    for gap in sorted(gaps, key=lambda row: place[row.indicator_id]):
        existing.add(t.GAPS, gap.pk, _fields(t.GAPS, gap, indicator=code(gap)))
    followed = (
        IndicatorSuccession.objects.filter(predecessor__in=place)
        .select_related("successor")
        .order_by("on", "successor__order", "successor__code")
    )
    for one in sorted(followed, key=lambda row: place[row.predecessor_id]):
        values = _fields(
            t.SUCCESSIONS,
            one,
            indicator=codes[place[one.predecessor_id]],
            successor=one.successor.code,
        )
        existing.add(t.SUCCESSIONS, one.pk, values)
