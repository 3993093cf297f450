"""Reading programmes: goals, activities, and who answers for them.

A programme is public to everyone signed in, so nothing here asks who reads. Texts are those of
the day asked for; what no longer holds, or does not yet, is there too, with its days. A day
outside the programme's years stands for the nearest of them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from organisation.models import Namnd
from programme.domain.pages import (
    ActivityPage,
    ActivityRow,
    AsOf,
    Correspondence,
    Counterpart,
    Days,
    GoalName,
    GoalPage,
    GoalRow,
    NotFound,
    PreconditionRow,
    ProgrammePage,
    Responsible,
    WordingNote,
)
from programme.enums import ResponsibilityKind
from programme.models import (
    Activity,
    Goal,
    GoalLink,
    Perspective,
    Precondition,
    Programme,
    ResponsibilityBase,
    ViolenceType,
)
from programme.models.tags import TagLink

# What is to be read with goals and activities, for the tags that hold on a day.
TAG_LINKS = ("violence_type_links__violencetype", "perspective_links__perspective")


def read_programmes() -> list[Programme]:
    """The city's programmes, the latest first, then those of others; each with `goal_count`,
    in which delmål are not counted."""
    return list(
        Programme.objects.annotate(
            goal_count=Count("goals", filter=Q(goals__parent__isnull=True))
        ).order_by("-kind", "-first_year", "slug")
    )


def read_programme(slug: str, *, on: dt.date) -> ProgrammePage:
    """One programme with its goals, in the words of the day `on`. Raises NotFound."""
    programme = _programme(slug)
    as_of = AsOf.within(programme, on)
    on = as_of.on
    rows = _goal_rows(programme, on)
    return ProgrammePage(
        programme=programme,
        violence_types=tuple(tag.name for tag in programme.violence_types.all()),
        perspectives=tuple(tag.name for tag in programme.perspectives.all()),
        goals=rows,
        activities=sum(row.activities + sum(p.activities for p in row.parts) for row in rows),
        correspondences=_correspondences(programme, on),
        as_of=as_of,
    )


def read_goal(slug: str, code: str | int, *, on: dt.date) -> GoalPage:
    """One goal of one programme as it is on the day `on`, with who answers for its activities.

    code: "4", or "4.2" for a delmål. Goals are numbered within their programme: the same number
    in another is another goal. Raises NotFound.
    """
    programme = _programme(slug)
    goals = _goals(programme)
    goal = next((goal for goal in goals if goal.code == str(code)), None)
    if goal is None:
        raise NotFound(f"{slug} has no goal {code}")
    (page,) = _goal_pages(programme, goals, [goal], AsOf.within(programme, on))
    return page


def read_activity(slug: str, code: str, *, on: dt.date) -> ActivityPage:
    """One activity, with who answers for it on the day `on`. Raises NotFound."""
    programme = _programme(slug)
    activity = _activities().filter(goal__programme=programme, code=code).first()
    if activity is None:
        raise NotFound(f"{slug} has no activity {code}")
    goal = next(goal for goal in _goals(programme) if goal.pk == activity.goal_id)
    as_of = AsOf.within(programme, on)
    on = as_of.on
    namnder = list(Namnd.objects.valid_on(on).in_order())
    (row,) = _activity_rows([activity], namnder, on)
    return ActivityPage(
        programme=programme,
        goal=goal,
        goal_name=_name(goal, on),
        found=activity,
        activity=row,
        wording=activity.wording_on(on),
        history=_history(activity),
        as_of=as_of,
    )


def read_contents(slug: str, *, on: dt.date) -> tuple[ProgrammePage, tuple[GoalPage, ...]]:
    """A whole programme, for a document: its page and those of its goals. Raises NotFound.

    The number of queries follows neither goals nor activities.
    """
    page = read_programme(slug, on=on)
    goals = _goals(page.programme)
    in_order = [
        each
        for goal in goals
        if goal.parent_id is None
        for each in (goal, *(part for part in goals if part.parent_id == goal.pk))
    ]
    return page, _goal_pages(page.programme, goals, in_order, page.as_of)


def responsible_for(
    responsibilities: Iterable[ResponsibilityBase], namnder: Iterable[Namnd], on: dt.date
) -> tuple[Responsible, ...]:
    """Who answers on the day `on`: groups with those of `namnder` who belong to them, then nämnder.

    Those who only take part come after those responsible.
    """
    namnder = [namnd for namnd in namnder if namnd.exists_on(on)]
    groups, single = [], []
    for stated in responsibilities:
        if not stated.holds_on(on):
            continue
        takes_part = stated.kind == ResponsibilityKind.MEDVERKANDE
        if stated.namnd is None:
            members = tuple(namnd for namnd in namnder if namnd.belongs_to(stated.group))
            groups.append(Responsible(stated.get_group_display(), members, None, takes_part))
        else:
            gone = stated.namnd.valid_to if not stated.namnd.exists_on(on) else None
            one = Responsible(stated.namnd.name, (), gone, takes_part)
            single.append((stated.namnd.sort_key, one))
    named = [responsible for _, responsible in sorted(single, key=lambda pair: pair[0])]
    return tuple(sorted([*groups, *named], key=lambda responsible: responsible.takes_part))


def _goal_pages(
    programme: Programme, goals: Sequence[Goal], wanted: Sequence[Goal], as_of: AsOf
) -> tuple[GoalPage, ...]:
    """The pages of the `wanted` among the programme's `goals`, read together."""
    prefetch_related_objects(
        wanted,
        *TAG_LINKS,
        Prefetch("preconditions", Precondition.objects.order_by("order", "pk")),
    )
    links = _links(programme)
    activities: dict[int, list[Activity]] = {goal.pk: [] for goal in wanted}
    for activity in _activities().filter(goal__in=wanted).order_by("order", "code"):
        activities[activity.goal_id].append(activity)
    namnder = list(Namnd.objects.valid_on(as_of.on).in_order())
    return tuple(
        _goal_page(
            programme,
            goals,
            goal,
            links,
            _activity_rows(activities[goal.pk], namnder, as_of.on),
            as_of,
        )
        for goal in wanted
    )


def _goal_page(
    programme: Programme,
    goals: Sequence[Goal],
    goal: Goal,
    links: Sequence[GoalLink],
    activities: tuple[ActivityRow, ...],
    as_of: AsOf,
) -> GoalPage:
    on = as_of.on
    siblings = [g.code for g in goals if g.parent_id == goal.parent_id]
    place = siblings.index(goal.code)
    violence_types, perspectives = _tags(goal, on)
    return GoalPage(
        programme=programme,
        goal=goal,
        name=_name(goal, on),
        wording=goal.wording_on(on),
        history=_history(goal),
        source=goal.source or programme.source,
        preconditions=tuple(
            PreconditionRow(
                pk=row.pk,
                text=row.text,
                source=row.source,
                is_example=row.is_example,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                holds=row.holds_on(on),
            )
            for row in goal.preconditions.all()
        ),
        violence_types=violence_types,
        perspectives=perspectives,
        counterparts=_counterparts(goal, links, on),
        without_counterpart=_without_counterpart(goal, links, on),
        activities=activities,
        parent=_name(goal.parent, on) if goal.parent else None,
        parts=tuple(_name(g, on) for g in goals if g.parent_id == goal.pk),
        earlier=siblings[place - 1] if place else None,
        later=siblings[place + 1] if place + 1 < len(siblings) else None,
        days=Days(goal.valid_from, goal.valid_to, goal.holds_on(on)),
        as_of=as_of,
    )


# Parts ------------------------------------------------------------------------------------------


def _programme(slug: str) -> Programme:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise NotFound(f"no programme {slug}")
    return programme


def _goals(programme: Programme) -> list[Goal]:
    """All goals of the programme, each before its delmål, with their wordings."""
    found = (
        Goal.objects.filter(programme=programme)
        .select_related("programme", "parent__programme")
        .prefetch_related("wordings", "parent__wordings")
        .annotate(activity_count=Count("activities"))
    )
    return list(found.in_order())


def _activities():
    return Activity.objects.prefetch_related("responsibilities__namnd", "wordings", *TAG_LINKS)


def _name(goal: Goal, on: dt.date) -> GoalName:
    """What a goal is called on a day. Wants `parent`, `programme` and `wordings` at hand."""
    return GoalName(
        programme_slug=goal.programme.slug,
        programme=str(goal.programme),
        code=goal.code,
        label=goal.label,
        text=goal.text_on(on),
        is_example=goal.is_example,
    )


def _goal_rows(programme: Programme, on: dt.date) -> tuple[GoalRow, ...]:
    goals = _goals(programme)
    parts: dict[int, list[GoalRow]] = {}
    for goal in goals:
        if goal.parent_id:
            parts.setdefault(goal.parent_id, []).append(_goal_row(goal, on, ()))
    return tuple(
        _goal_row(goal, on, tuple(parts.get(goal.pk, ()))) for goal in goals if not goal.parent_id
    )


def _goal_row(goal: Goal, on: dt.date, parts: tuple[GoalRow, ...]) -> GoalRow:
    return GoalRow(
        **_name(goal, on).__dict__,
        pk=goal.pk,
        number=goal.number,
        activities=goal.activity_count,  # type: ignore[attr-defined]  # counted by _goals
        parts=parts,
    )


def _activity_rows(
    activities: Iterable[Activity], namnder: Sequence[Namnd], on: dt.date
) -> tuple[ActivityRow, ...]:
    return tuple(
        ActivityRow(
            pk=activity.pk,
            code=activity.code,
            text=activity.text_on(on),
            source=activity.source,
            is_example=activity.is_example,
            responsible=responsible_for(activity.responsibilities.all(), namnder, on),
            violence_types=tags[0],
            perspectives=tags[1],
            valid_from=activity.valid_from,
            valid_to=activity.valid_to,
            holds=activity.holds_on(on),
            history=_history(activity),
        )
        for activity in activities
        for tags in [_tags(activity, on)]
    )


def _tags(row: Goal | Activity, on: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of violence and the perspectives on the day, in their order and in words."""
    kinds: Any = row.violence_type_links.all()
    perspectives: Any = row.perspective_links.all()
    return (
        _names([(link.violencetype, link) for link in kinds if link.holds_on(on)]),
        _names([(link.perspective, link) for link in perspectives if link.holds_on(on)]),
    )


def _names(tags: Iterable[tuple[ViolenceType | Perspective, TagLink]]) -> tuple[str, ...]:
    """ "barnrätt", or with what is said of the tag here: "barnrätt (från 2024-01-01, KF § 1)"."""
    found = []
    for tag, link in sorted(tags, key=lambda pair: (pair[0].order, pair[0].code)):
        notes = [f"från {link.valid_from}"] if link.valid_from else []
        notes += [f"till och med {link.valid_to}"] if link.valid_to else []
        notes += [link.source] if link.source else []
        found.append(f"{tag.name} ({', '.join(notes)})" if notes else tag.name)
    return tuple(found)


def _history(row: Goal | Activity) -> tuple[WordingNote, ...]:
    """All wordings, the latest first and the original last; empty when none has come."""
    changes = sorted(row.wordings.all(), key=lambda wording: wording.valid_from)
    if not changes:
        return ()
    ends = [change.valid_from - dt.timedelta(days=1) for change in changes]
    notes = [WordingNote(row.text, None, ends[0], "", "")]
    for change, last in zip(changes, [*ends[1:], None], strict=True):
        notes.append(
            WordingNote(
                change.text,
                change.valid_from,
                last,
                change.decision,
                change.source,
                change.reason,
            )
        )
    return tuple(reversed(notes))


def _links(programme: Programme) -> Sequence[GoalLink]:
    """Links between the programme's goals and those of others, whenever they hold."""
    ends = ("from_goal", "to_goal")
    paths = [path for end in ends for path in (f"{end}__programme", f"{end}__parent")]
    return list(
        GoalLink.objects.filter(Q(from_goal__programme=programme) | Q(to_goal__programme=programme))
        .select_related(*paths)
        .prefetch_related("from_goal__wordings", "to_goal__wordings")
        .order_by("from_goal__number", "to_goal__number", "pk")
    )


def _counterparts(goal: Goal, links: Sequence[GoalLink], on: dt.date) -> tuple[Counterpart, ...]:
    own = [link for link in links if goal.pk in (link.from_goal_id, link.to_goal_id)]
    return tuple(
        Counterpart(
            link_pk=link.pk,
            goal=_name(link.other(goal), on),
            source=link.source,
            valid_from=link.valid_from,
            valid_to=link.valid_to,
            holds=link.holds_on(on),
        )
        for link in sorted(own, key=lambda link: (str(link.other(goal).programme), link.pk))
    )


def _without_counterpart(goal: Goal, links: Sequence[GoalLink], on: dt.date) -> tuple[str, ...]:
    """Programmes whose goals correspond to others of this programme, but none to this goal."""
    if goal.parent_id:
        return ()
    others: dict[int, tuple[str, bool]] = {}
    for link in links:
        if not link.holds_on(on):
            continue
        mine, theirs = link.from_goal, link.to_goal
        if mine.programme_id != goal.programme_id:
            mine, theirs = theirs, mine
        _, found = others.get(theirs.programme_id, ("", False))
        others[theirs.programme_id] = (str(theirs.programme), found or mine.pk == goal.pk)
    return tuple(sorted(name for name, found in others.values() if not found))


def _correspondences(programme: Programme, on: dt.date) -> tuple[Correspondence, ...]:
    """For each other programme that has links with this one: goal by goal, on both sides."""
    pairs: dict[int, dict[int, list[Goal]]] = {}
    linked: dict[int, set[int]] = {}
    for link in _links(programme):
        if not link.holds_on(on):
            continue
        mine, theirs = link.from_goal, link.to_goal
        if mine.programme_id != programme.pk:
            mine, theirs = theirs, mine
        pairs.setdefault(theirs.programme_id, {}).setdefault(mine.pk, []).append(theirs)
        linked.setdefault(theirs.programme_id, set()).add(theirs.pk)
    if not pairs:
        return ()
    goals = [goal for goal in _goals(programme) if not goal.parent_id]
    others = Programme.objects.filter(pk__in=pairs).prefetch_related(
        Prefetch(
            "goals",
            Goal.objects.top()
            .select_related("programme", "parent")
            .prefetch_related("wordings")
            .order_by("number"),
        )
    )
    return tuple(
        Correspondence(
            programme=other,
            rows=tuple(
                (_name(goal, on), tuple(_name(g, on) for g in pairs[other.pk].get(goal.pk, ())))
                for goal in goals
            ),
            alone=tuple(
                _name(goal, on) for goal in other.goals.all() if goal.pk not in linked[other.pk]
            ),
        )
        for other in others.order_by("-first_year", "slug")
    )
