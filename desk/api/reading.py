"""What each operation of the API reads: for who is signed in and nothing more, and protected."""

from collections.abc import Iterator, Mapping

from django.db.models import Prefetch
from django.utils import timezone

from desk.api.problems import Missing, Wrong
from desk.api.shapes import (
    CityTarget,
    Definition,
    GoalReference,
    IndicatorInRegister,
    LongValue,
    PeriodInCalendar,
    ProgrammeActivity,
    ProgrammeContents,
    ProgrammeGoal,
    ProgrammeSummary,
    RemissContents,
    RemissInstance,
    RemissProposal,
    RemissSummary,
    ResponsibleNamnd,
)
from indicators.domain.consolidation import consolidate, read_periods_until
from indicators.domain.disclosure import Audience
from indicators.domain.figures import Followup, describe
from indicators.domain.register import definition_on
from indicators.exports.followup_json import (
    STATES,
    ConsolidatedFollowup,
    ReportState,
    followup_shape,
    report_state,
)
from indicators.exports.followup_rows import long_rows
from indicators.models import Indicator, IndicatorGoal, IndicatorVersion, Period, Target
from organisation.domain.api_tokens import everyone
from programme.domain import GoalPage, NotFound, Responsible, read_contents, read_programmes
from programme.models import Programme
from remisser.domain.remisser import InstanceLine, remiss_list, remiss_page
from remisser.models import Remiss

Asked = Mapping[str, str]
"""What stands in the address and the query: only names that the operation has."""
NO_PERIOD = "Perioden finns inte. Skriv den som 2025-T1, 2025-T2 eller 2025-VB."


# Programmes ---------------------------------------------------------------------------------------


def programmes(_: Asked) -> list[ProgrammeSummary]:
    return [
        ProgrammeSummary(
            slug=one.slug,
            name=one.name,
            short_name=one.short_name,
            first_year=one.first_year,
            last_year=one.last_year,
            is_reference=one.is_reference,
            goals=one.goal_count,  # type: ignore[attr-defined]  # counted by read_programmes
            source=one.source,
        )
        for one in read_programmes()
    ]


def programme(asked: Asked) -> ProgrammeContents:
    try:
        page, goals = read_contents(asked["slug"], on=timezone.localdate())
    except NotFound as missing:
        raise Missing("Det finns inget program med den koden.") from missing
    found: Programme = page.programme
    return ProgrammeContents(
        slug=found.slug,
        name=found.name,
        short_name=found.short_name,
        first_year=found.first_year,
        last_year=found.last_year,
        is_reference=found.is_reference,
        vision=found.vision,
        source=found.source,
        as_of=page.as_of.on,
        violence_types=page.violence_types,
        perspectives=page.perspectives,
        goals=tuple(_goal(goal) for goal in goals),
    )


def _goal(goal: GoalPage) -> ProgrammeGoal:
    return ProgrammeGoal(
        code=goal.code,
        label=goal.name.label,
        text=goal.text,
        is_example=goal.name.is_example,
        activities=tuple(
            ProgrammeActivity(
                code=row.code,
                text=row.text,
                source=row.source,
                is_example=row.is_example,
                holds=row.holds,
                responsible=tuple(_responsible(one) for one in row.responsible),
            )
            for row in goal.activities
        ),
    )


def _responsible(one: Responsible) -> ResponsibleNamnd:
    return ResponsibleNamnd(one.label, one.takes_part, tuple(n.code for n in one.namnder))


# Indicators and periods ---------------------------------------------------------------------------


def indicators(asked: Asked) -> list[IndicatorInRegister]:
    found = [_indicator(one) for one in _register()]
    if "programme" in asked:
        found = [i for i in found if any(g.programme == asked["programme"] for g in i.goals)]
    if "goal" in asked:
        found = [i for i in found if any(g.code == asked["goal"] for g in i.goals)]
    return found


def indicator(asked: Asked) -> IndicatorInRegister:
    found = _register().filter(code=asked["code"]).first()
    if found is None:
        raise Missing("Det finns ingen indikator med den koden.")
    return _indicator(found)


def _register():
    today = timezone.localdate()
    links = IndicatorGoal.objects.valid_on(today).select_related("goal__programme", "goal__parent")
    return Indicator.objects.order_by("order", "code").prefetch_related(
        Prefetch("versions", IndicatorVersion.objects.order_by("number")),
        Prefetch("goal_links", links.order_by("goal__programme__slug", "goal__number", "pk")),
        Prefetch("targets", Target.objects.filter(namnd=None).order_by("year", "valid_from", "pk")),
    )


def _indicator(one: Indicator) -> IndicatorInRegister:
    versions = list(one.versions.all())
    now = definition_on(versions, timezone.localdate())
    return IndicatorInRegister(
        code=one.code,
        name=now.name if now else one.code,
        unit=now.unit if now else "",
        kind=one.kind,
        source=one.source,
        is_example=one.is_example,
        goals=tuple(
            GoalReference(link.goal.programme.slug, link.goal.code) for link in one.goal_links.all()
        ),
        definitions=tuple(_definition(version) for version in versions),
        targets=tuple(
            CityTarget(t.year, t.value, t.valid_from, t.decision, t.source, t.is_example)
            for t in one.targets.all()
        ),
    )


def _definition(version: IndicatorVersion) -> Definition:
    return Definition(
        number=version.number,
        valid_from=version.valid_from,
        name=version.name,
        definition=version.definition,
        unit=version.unit,
        scale=version.scale,
        aggregation=version.get_aggregation_display(),
        accumulation=version.get_accumulation_display(),
        direction=version.get_direction_display(),
        counts_people=version.counts_people,
        split_by_sex=version.split_by_sex,
        numerator=version.numerator_label,
        denominator=version.denominator_label,
        breaks_series=version.breaks_series,
        reason=version.reason,
    )


def periods(_: Asked) -> list[PeriodInCalendar]:
    return [
        PeriodInCalendar(
            code=one.code,
            label=one.label,
            year=one.year,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            due_on=one.due_on,
            state=one.state,
        )
        for one in Period.objects.in_order()
    ]


# Figures ------------------------------------------------------------------------------------------


def followup(asked: Asked) -> ConsolidatedFollowup:
    try:
        return followup_shape(_consolidated(asked["period"]))
    except Wrong as missing:
        raise Missing(str(missing)) from missing


def reports(asked: Asked) -> list[ReportState]:
    found = [report_state(status) for status in _consolidated(asked["period"]).statuses]
    return [
        one
        for one in found
        if asked.get("namnd", one.namnd) == one.namnd and asked.get("state", one.state) == one.state
    ]


def values(asked: Asked) -> list[LongValue]:
    wanted = {name: asked[name] for name in ("indicator", "namnd", "category") if name in asked}
    goal = asked.get("goal")
    return [
        value
        for value in _long(_consolidated(asked["period"]))
        if all(getattr(value, name) == said for name, said in wanted.items())
        and (goal is None or goal in value.goals)
    ]


def _consolidated(code: str) -> Followup:
    """The follow-up for others: a key is never the coordinator's."""
    try:
        period, history = read_periods_until(code)
    except Period.DoesNotExist as missing:
        raise Wrong(NO_PERIOD) from missing
    return consolidate(period, audience=Audience.OTHERS, history=history)


def _long(followup: Followup) -> Iterator[LongValue]:
    """The city's figure and each nämnd's, of every indicator once: the rows of the files, without
    the city's earlier periods."""
    for row in long_rows(followup):
        if row.period != followup.period_code:
            continue
        yield LongValue(
            period=row.period,
            indicator=row.result.code,
            name=row.result.name,
            unit=row.result.unit,
            goals=tuple(f"{goal.programme_slug}/{goal.code}" for goal in row.goals),
            namnd=row.namnd_code,
            namnd_name=row.whose,
            category=row.category.value,
            state=STATES[row.cell.state.value],
            value=row.cell.value,
            numerator=row.cell.numerator,
            denominator=row.cell.denominator,
            text=describe(row.cell),
            is_example=row.is_example,
        )


# Remisser -----------------------------------------------------------------------------------------


def remisser(asked: Asked) -> list[RemissSummary]:
    rows = remiss_list(everyone())
    return [
        RemissSummary(
            slug=row.remiss.slug,
            dnr=row.remiss.dnr,
            title=row.remiss.title,
            kind=row.remiss.kind or None,
            remitter=row.remiss.remitter,
            received_on=row.remiss.received_on,
            instances=row.instance_count,
            begun=row.begun_count,
            proposals=row.proposal_count,
            is_example=row.remiss.is_example,
        )
        for row in rows
        if asked.get("kind", row.remiss.kind) == row.remiss.kind
    ]


def remiss(asked: Asked) -> RemissContents:
    reader = everyone()
    found = Remiss.objects.visible_to(reader).filter(slug=asked["slug"]).first()
    if found is None:
        raise Missing("Det finns ingen remiss med den adressen.")
    page = remiss_page(found, reader)
    return RemissContents(
        slug=found.slug,
        dnr=found.dnr,
        title=found.title,
        kind=found.kind or None,
        remitter=found.remitter,
        received_on=found.received_on,
        is_example=found.is_example,
        proposals=tuple(RemissProposal(p.number, p.text, p.abridged) for p in page.proposals),
        instances=tuple(_instance(line) for line in page.instances),
    )


def _instance(line: InstanceLine) -> RemissInstance:
    return RemissInstance(
        name=line.name,
        namnd=line.namnd_code or None,
        due_on=line.due_on,
        state=line.state or None,
        is_late=line.is_late,
    )
