"""Historik of reports, periods and indicators, each as far as the reader may see it."""

from collections.abc import Callable
from typing import Any

from indicators.enums import Category, GapKind, ReportState, Rule
from indicators.models import (
    ActivityStatus,
    AdoptedActivity,
    AdoptedIndicator,
    Adoption,
    Correction,
    CorrectionNotice,
    CorrectionRequest,
    Extension,
    GoalGrade,
    Indicator,
    IndicatorCheck,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    JudgementCorrection,
    OwnActivity,
    Period,
    PeriodDueDate,
    ProgrammeFile,
    ReferenceValue,
    Report,
    ReportDecision,
    ReportFile,
    ReportVersion,
    RowComment,
    Target,
    Value,
)
from organisation.domain.who import namnd_names, who_for
from organisation.enums import NamndKind
from organisation.models import User
from programme.domain.history import responsibilities
from programme.models import Activity, Goal
from trace.domain.history import Kept, Line, Spoken, history

VALUE = {
    "number": "",
    "numerator": "täljaren",
    "denominator": "nämnaren",
    "forecast": "helårsprognosen",
    "missing": "varför uppgiften saknas",
    "sex_unknown": "krysset att uppgift om kön saknas för resten",
    "comment": "kommentaren",
}
STATUS = {"state": "", "new_date": "det nya datumet", "comment": "kommentaren"}
DEFINITION = {
    "name": "namnet",
    "definition": "texten",
    "unit": "enheten",
    "scale": "skalan",
    "aggregation": "sammanläggningen",
    "accumulation": "vad den avser",
    "direction": "riktningen",
    "counts_people": "räknar personer",
    "split_by_sex": "delas på kön",
    "whole_numbers": "bara heltal",
    "numerator_label": "täljaren",
    "denominator_label": "nämnaren",
    "valid_from": "gäller från",
    "breaks_series": "brott i serien",
    "reason": "varför den ändrades",
}
MOVES = {
    ReportState.INLAMNAD: "Rapporten lämnades in",
    ReportState.ATERSAND: "Rapporten skickades tillbaka",
    ReportState.GODKAND: "Rapporten godkändes",
    ReportState.LAST: "Rapporten låstes",
    ReportState.UTKAST: "Rapporten blev ett utkast igen",
}
BACK = {
    (ReportState.INLAMNAD, ReportState.UTKAST): "Rapporten togs tillbaka innan den godkändes",
    (ReportState.GODKAND, ReportState.UTKAST): "En rättelse påbörjades",
    (ReportState.LAST, ReportState.UTKAST): "Rapporten öppnades för rättelse",
    (ReportState.UTKAST, ReportState.GODKAND): "Rättelsen avbröts",
    (ReportState.ATERSAND, ReportState.GODKAND): "Rättelsen avbröts",
}
# What is done with a report and changes no row of it.
ACTS = frozenset(
    {
        "insyn",
        "handed-over",
        "taken-over",
        "commented",
        "dealt-with",
        "not-dealt-with",
        "correction-asked",
        "correction-declined",
        "decided",
    }
)
REMINDERS = frozenset({"reminded"})


def report_changes(report: Report, *, reader: User) -> list[Line]:
    """Everything that was done in a report, its small numbers too.

    For who reads the report whole: its own nämnd, and a systemförvaltare with insight.
    """
    if report.pk is None:
        return []
    versions = {"version__report_id": report.pk}
    # All of them: a cell that was emptied again has no row left to follow.
    definitions = dict(IndicatorVersion.objects.order_by().values_list("pk", "name"))
    goals = dict(Goal.objects.order_by().values_list("pk", "number"))
    activities = dict(Activity.objects.order_by().values_list("pk", "code"))

    def value(change: Any) -> str:
        name = f"Värdet för ”{definitions.get(change.definition_id, '')}”"
        if change.category == Category.TOTAL:
            return name
        return f"{name} ({Category(change.category).label.lower()})"

    kept = [
        Kept(Report, {"id": report.pk}, lambda _: "", say=_move),
        Kept(
            ReportVersion,
            {"report_id": report.pk},
            lambda c: f"Version {c.number}",
            {"reason": "varför den öppnades"},
            only_changes=True,
        ),
        Kept(
            ReportFile,
            {"namnd_id": report.namnd_id, "period_id": report.period_id},
            lambda c: f"Arbetsboken {c.name}",
            {"state": "läget", "outcome": "vad som ändrades"},
        ),
        Kept(
            Value,
            versions,
            value,
            VALUE,
            same=lambda c: (c.definition_id, c.category),
        ),
        Kept(
            GoalGrade,
            versions,
            lambda c: f"Bedömningen av mål {goals.get(c.goal_id, '')}",
            {"grade": "", "analysis": "analysen"},
            same=lambda c: c.goal_id,
        ),
        Kept(
            ActivityStatus,
            versions,
            lambda c: f"Läget för ”{activities.get(c.activity_id, '')}”",
            STATUS,
            same=lambda c: c.activity_id,
        ),
        Kept(
            RowComment,
            versions,
            lambda _: "Granskarens kommentar vid en rad",
            {"text": "", "dealt_at": "när den åtgärdades"},
        ),
        Kept(
            CorrectionRequest,
            {"report_id": report.pk},
            lambda _: "Begäran om rättelse",
            {"state": "läget", "until": "till och med när", "answer": "svaret"},
        ),
        Kept(
            Correction,
            versions,
            lambda c: f"Rättelsen av ”{definitions.get(c.definition_id, '')}”",
        ),
        Kept(
            JudgementCorrection,
            versions,
            lambda c: (
                f"Rättelsen av bedömningen av mål {goals.get(c.goal_id, '')}"
                if c.goal_id
                else f"Rättelsen av läget för ”{activities.get(c.activity_id, '')}”"
            ),
        ),
        Kept(
            CorrectionNotice,
            versions,
            lambda _: "Meddelandet om rättelsen",
            {"seen_at": "när det lästes"},
        ),
        Kept(ReportDecision, {"report_id": report.pk}, lambda _: "Nämndens beslut om rapporten"),
    ]
    return history(kept, who=who_for(reader), spoken=[Spoken(report, ACTS)])


def approvals_of_report(report: Report, *, reader: User) -> list[Line]:
    """When versions of one report left the nämnd, for who reads only what has left it."""
    kept = Kept(Report, {"id": report.pk}, lambda _: "", say=_approval(lambda _: "Rapporten"))
    return history([kept], who=who_for(reader), with_reasons=False)


def period_history(period: Period, *, reader: User) -> list[Line]:
    """What was changed of a period, and which reports were approved. Nothing of what they say."""
    names = namnd_names()

    def whose(change: Any) -> str:
        name = names(change.namnd_id)
        return f"{name if name.endswith('s') else f'{name}s'} rapport"

    reports = Kept(Report, {"period_id": period.pk}, lambda _: "", say=_approval(whose))
    return history([*_days(period), reports], who=who_for(reader), with_reasons=False)


def desk_history(period: Period, *, reader: User) -> list[Line]:
    """What the samordnare has done with a period: its state, its days, more time, reminders."""
    names = namnd_names()
    kept = [
        *_days(period),
        Kept(
            Period,
            {"id": period.pk},
            lambda _: "Låsningen",
            {"lock_reason": "orsaken"},
            only_changes=True,
        ),
        Kept(
            Extension,
            {"period_id": period.pk},
            lambda c: f"Mer tid för {names(c.namnd_id)}",
            {"until": "till och med", "reason": "orsaken"},
        ),
    ]
    return history(kept, who=who_for(reader), spoken=[Spoken(period, REMINDERS)])


def plan_history(adoption: Adoption | None, *, reader: User) -> list[Line]:
    """What was registered of a nämnd's verksamhetsplan for a year. For the nämnd itself."""
    if adoption is None:
        return []
    rows = {"adoption_id": adoption.pk}
    activities = dict(Activity.objects.order_by().values_list("pk", "code"))
    indicators = dict(Indicator.objects.order_by().values_list("pk", "code"))
    goals = {g.pk: f"mål {g.code}" for g in _goals_with_programmes()}
    kept = [
        Kept(
            Adoption,
            {"id": adoption.pk},
            lambda _: "Verksamhetsplanen",
            {"decided_on": "beslutad", "paragraph": "paragrafen"},
        ),
        Kept(
            AdoptedActivity,
            rows,
            lambda c: f"Aktiviteten {activities.get(c.activity_id, '')} som antagen",
        ),
        Kept(
            AdoptedIndicator,
            rows,
            lambda c: f"Indikatorn {indicators.get(c.indicator_id, '')} som antagen",
        ),
        Kept(
            OwnActivity,
            rows,
            lambda c: f"Den egna aktiviteten för {goals.get(c.goal_id, 'ett mål')}",
            {"text": ""},
        ),
        Kept(
            Target,
            {"namnd_id": adoption.namnd_id, "year": adoption.year},
            lambda c: f"Nämndens årsmål för {indicators.get(c.indicator_id, '')}",
            {"value": "", "source": "källan"},
        ),
    ]
    return history(kept, who=who_for(reader))


def file_history(kept: ProgrammeFile, *, reader: User) -> list[Line]:
    """What became of an uploaded file. For the samordnare."""
    one = Kept(
        ProgrammeFile,
        {"id": kept.pk},
        lambda _: "Filen",
        {"state": "läget", "outcome": "vad som ändrades"},
    )
    return history([one], who=who_for(reader))


def _days(period: Period) -> list[Kept]:
    """The state and the days of a period, which everybody may know."""
    return [
        Kept(
            Period,
            {"id": period.pk},
            lambda _: "Perioden",
            {"state": "läget", "due_on": "sista dagen att lämna in"},
        ),
        Kept(
            PeriodDueDate,
            {"period_id": period.pk},
            lambda c: f"Sista dagen för slaget {NamndKind(c.kind).label.lower()}",
            {"due_on": ""},
        ),
    ]


def indicator_history(code: str, *, reader: User) -> list[Line]:
    """What was changed of an indicator in the register: definitions, targets, who answers.

    Raises Indicator.DoesNotExist.
    """
    indicator = Indicator.objects.get(code=code)
    names = namnd_names()
    rows = {"indicator_id": indicator.pk}
    goals = {g.pk: f"{g.programme}, mål {g.code}" for g in _goals_with_programmes()}

    def target(change: Any) -> str:
        whose = names(change.namnd_id)
        return f"Årsmålet för {change.year}{f' för {whose}' if whose else ''}"

    kept = [
        Kept(
            Indicator,
            {"id": indicator.pk},
            lambda _: "Indikatorn",
            {"code": "koden", "kind": "slaget", "source": "källan", "is_example": "exempel"},
        ),
        Kept(IndicatorVersion, rows, lambda c: f"Definition {c.number}", DEFINITION),
        Kept(
            IndicatorGoal,
            rows,
            lambda c: f"Kopplingen till {goals.get(c.goal_id, 'ett mål')}",
            {
                "valid_from": "från och med",
                "valid_to": "till och med",
                "decision": "enligt",
                "end_decision": "upphör enligt",
                "source": "källan",
            },
        ),
        responsibilities(IndicatorResponsibility, rows),
        Kept(
            Target,
            rows,
            target,
            {"value": "", "valid_from": "från och med", "decision": "enligt", "source": "källan"},
        ),
        Kept(
            IndicatorGap,
            rows,
            lambda c: f"Uppehållet ({GapKind(c.kind).label.lower()})",
            {"valid_from": "från och med", "valid_to": "till och med", "reason": "orsaken"},
        ),
        *_successions(indicator),
        Kept(
            IndicatorCheck,
            rows,
            lambda c: f"Kontrollen ”{Rule(c.rule).label.lower()}”",
            {"is_on": "används", "threshold": "gränsen"},
        ),
        Kept(
            ReferenceValue,
            rows,
            lambda c: f"Referensvärdet för {_region(c)} {c.year}",
            {"value": "", "approximate": "ungefärligt", "source": "källan"},
        ),
    ]
    return history(kept, who=who_for(reader))


def _successions(indicator: Indicator) -> list[Kept]:
    """What took its place, and whose place it took."""
    codes = dict(Indicator.objects.order_by().values_list("pk", "code"))
    fields = {"kind": "", "on": "från och med", "reason": "orsaken"}

    def to(change: Any) -> str:
        return f"Övergången till ”{codes.get(change.successor_id, 'en indikator')}”"

    def since(change: Any) -> str:
        return f"Övergången från ”{codes.get(change.predecessor_id, 'en indikator')}”"

    return [
        Kept(IndicatorSuccession, {"predecessor_id": indicator.pk}, to, fields),
        Kept(IndicatorSuccession, {"successor_id": indicator.pk}, since, fields),
    ]


def _goals_with_programmes() -> Any:
    return Goal.objects.select_related("programme", "parent").order_by()


def _region(change: Any) -> str:
    return str(ReferenceValue(region=change.region).get_region_display())


def _move(before: Any | None, after: Any) -> str:
    if before is None:
        return "Rapporten påbörjades" if after.pgh_label == "insert" else ""
    if before.state == after.state:
        return ""
    if (before.state, after.state) in BACK:
        return BACK[before.state, after.state]
    return MOVES[ReportState(after.state)]


def _approval(call: Callable[[Any], str]) -> Callable[[Any | None, Any], str]:
    """Tells that a version was approved, and nothing else of what became of the report."""

    def say(before: Any | None, after: Any) -> str:
        was = before.approved_id if before is not None else None
        if after.approved_id is None or was == after.approved_id:
            return ""
        return f"{call(after)} godkändes{' på nytt' if was else ''}"

    return say
