"""What a systemförvaltare may ask to read: one nämnd's report, or its answer to a remiss."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from indicators.models import Period, Report
from organisation.domain.errors import Invalid
from organisation.domain.insight import ask_for_insight
from organisation.models import InsightGrant, Namnd, User
from papers.models import Paper
from remisser.models import Answer, Remiss


@dataclass(frozen=True)
class OpenInsight:
    """Something that may be read now."""

    grant: InsightGrant
    what: str
    url: str


def ask_to_read_report(namnd: Namnd, period: Period, *, actor: User, reason: str) -> InsightGrant:
    """Raises as `ask_for_insight`, and Invalid when nobody has begun the report."""
    report = Report.objects.filter(namnd=namnd, period=period).first()
    if report is None:
        raise Invalid("Nämnden har inte påbörjat någon rapport för perioden.", field="period")
    return ask_for_insight(report, namnd=namnd, actor=actor, reason=reason)


def ask_to_read_answer(namnd: Namnd, remiss: Remiss, *, actor: User, reason: str) -> InsightGrant:
    """Raises as `ask_for_insight`, and Invalid when nobody has begun the answer."""
    paper = Paper.objects.filter(namnd=namnd, answer__instance__remiss=remiss).first()
    if paper is None:
        raise Invalid("Nämnden har inte påbörjat något svar på remissen.", field="remiss")
    return ask_for_insight(paper, namnd=namnd, actor=actor, reason=reason)


def open_insights(user: User) -> Sequence[OpenInsight]:
    """What the person may read now, with the way there; newest first."""
    grants = list(InsightGrant.objects.open_to(user))
    reports = {
        r.pk: r
        for r in Report.objects.inside(user)
        .filter(pk__in=[g.subject_id for g in grants if g.subject == Report._meta.label_lower])
        .select_related("namnd", "period")
    }
    answers = {
        a.paper_id: a
        for a in Answer.objects.inside(user)
        .filter(paper__in=[g.subject_id for g in grants if g.subject == Paper._meta.label_lower])
        .select_related("paper__namnd", "instance__remiss")
    }
    found = []
    for grant in grants:
        if grant.subject == Report._meta.label_lower and grant.subject_id in reports:
            report = reports[grant.subject_id]
            url = reverse("report", args=[report.namnd.code, report.period.code])
            found.append(OpenInsight(grant, f"{report.period.label}, {report.namnd}", url))
        elif grant.subject == Paper._meta.label_lower and grant.subject_id in answers:
            answer = answers[grant.subject_id]
            remiss, namnd = answer.instance.remiss, answer.paper.namnd
            url = reverse("answer", args=[remiss.slug, namnd.code])
            found.append(OpenInsight(grant, f"{namnd.genitive} svar på {remiss.dnr}", url))
    return found
