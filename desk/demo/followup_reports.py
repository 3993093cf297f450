"""The follow-up as a report: fixed and decided on for an earlier period, a draft for this one.

By the house's own commands. The words are the demo's own.
"""

from django.utils import timezone

from desk.demo.indicators import CLOSED_PERIOD, OPEN_PERIOD
from indicators.domain.deciding import ProtocolText
from indicators.domain.followup_report.finding import find_report, find_version
from indicators.domain.followup_report.fixing import decide, fix, reopen
from indicators.domain.followup_report.laying import lay_before
from indicators.domain.followup_report.stored import read_version
from indicators.domain.followup_report.writing import (
    begin_report,
    comment,
    save_text,
    set_city_grade,
)
from indicators.enums import FollowupKind
from indicators.exports.followup_report_document import report_file_name, report_pdf
from indicators.models import FollowupReport
from organisation.models import User
from papers.domain.templates import ensure_standard_templates

GOAL = "vald-2021-2025-mal-{}"
INTRODUCTION = (
    "Exempeltext. Uppföljningen bygger på det som nämnderna har godkänt. Den visar att arbetet "
    "har kommit i gång i hela staden, men att stadens delar har kommit olika långt.\n\n"
    "Skillnader mellan nämnder ska läsas med försiktighet där det gäller få personer."
)
OF_GOALS = {
    1: "Exempeltext. Fler medarbetare har utbildats än året före. Utbildningen når ännu inte alla "
    "verksamheter där den behövs.",
    4: "Exempeltext. Fler våldsutsatta söker stöd, och fler får det. Det som brister är boende på "
    "längre sikt: där räcker inte lägenheterna till.",
    6: "Exempeltext. Planerna för kompetensutveckling finns på plats i de flesta nämnder. De "
    "används inte överallt när arbetet planeras.",
}
GRADES = {
    1: ("helt", "Exempel. De flesta nämnder har nått målet, och resten är nära."),
    2: ("delvis", "Exempel. Stöd erbjuds, men inte i alla delar av staden."),
    3: ("delvis", "Exempel. Rutiner finns. De följs inte upp överallt."),
    4: ("delvis", "Exempel. Akut boende ordnas. Långsiktigt boende saknas för många."),
    5: ("ej-uppfoljd", "Exempel. För få uppgifter för att bedöma målet."),
    6: ("helt", "Exempel. Kunskapsutvecklingen är ordnad i nästan alla nämnder."),
}
SUMMARY = (
    "Exempeltext. Sammantaget går arbetet åt rätt håll. Inför nästa period behöver boende på "
    "längre sikt och uppföljningen av mål 5 få mest uppmärksamhet."
)
REMARK = "Exempel: ska vi nämna att två nämnder har slagits ihop?"
REPLY = "Exempel: ja, en mening räcker."
AGAIN = "Exempel: Södermalm har rättat en siffra sedan version 1 fastställdes."
DRAFTED = "Exempeltext. Det här är ett utkast, medan rapporterna kommer in."
ADDED = "Exempeltext. Tillagt i version 2: två nämnder delar på en verksamhet för våldsutövare."
OWN = (
    "Exempeltext. Nämnden har under perioden lagt mest kraft på att stödet ska nå dem som inte "
    "själva söker det."
)


def fix_the_first() -> int:
    """Version 1 of the city's report and of one nämnd's, before anything is corrected."""
    return sum((_citys_first(), _namnds_first()))


def go_on() -> int:
    """Version 2 after a correction, and the draft of the period that is open."""
    return sum((_citys_second(), _draft()))


def _citys_first() -> bool:
    coordinator = User.objects.get(username="samordnare")
    report = _begun(coordinator, CLOSED_PERIOD)
    if report is None:
        return False
    report = _write(report, coordinator, "inledning", INTRODUCTION)
    for number, text in OF_GOALS.items():
        report = _write(report, coordinator, GOAL.format(number), text)
    for number, (grade, reasons) in GRADES.items():
        report = set_city_grade(
            report,
            GOAL.format(number),
            actor=coordinator,
            expected_version=report.revision,
            grade=grade,
            reasons=reasons,
        )
    report = _write(report, coordinator, "sammanfattning", SUMMARY)
    version = fix(report, actor=coordinator, expected_version=report.revision)
    decide(
        version,
        actor=User.objects.get(username="sekreterare.socialnamnden"),
        on=timezone.localdate(),
        text=ProtocolText("9", ("Uppföljningen godkänns.",), "Exempel"),
        is_example=True,
    )
    return True


def _namnds_first() -> bool:
    reviewer = User.objects.get(username="granskare.sodermalm")
    report = _begun(reviewer, CLOSED_PERIOD, "sodermalm")
    if report is None:
        return False
    report = _write(report, reviewer, "inledning", OWN)
    fix(report, actor=reviewer, expected_version=report.revision)
    return True


def _citys_second() -> bool:
    coordinator = User.objects.get(username="samordnare")
    report = find_report(coordinator, CLOSED_PERIOD)
    if report is None or report.pk is None or find_version(report, 1) is None:
        return False
    if not report.is_example or report.versions.count() != 1 or report.is_draft:
        return False
    report = reopen(report, actor=coordinator, expected_version=report.revision, reason=AGAIN)
    report = _write(report, coordinator, GOAL.format(2), ADDED)
    version = fix(report, actor=coordinator, expected_version=report.revision, reason=AGAIN)
    ensure_standard_templates()
    lay_before(
        version,
        actor=User.objects.get(username="sekreterare.socialnamnden"),
        attachment=report_pdf(read_version(version), version),
        attachment_name=report_file_name(version, "pdf"),
    )
    return True


def _draft() -> bool:
    coordinator = User.objects.get(username="samordnare")
    report = _begun(coordinator, OPEN_PERIOD)
    if report is None:
        return False
    report = _write(report, coordinator, "inledning", DRAFTED)
    said = comment(report, "inledning", actor=coordinator, text=REMARK)
    comment(
        report,
        "inledning",
        actor=User.objects.get(username="sekreterare.socialnamnden"),
        text=REPLY,
        reply_to=said,
    )
    return True


def _begun(actor: User, period: str, namnd: str = "") -> FollowupReport | None:
    """The report, begun now; None when it is there already, or cannot be begun."""
    kind = FollowupKind.NAMNDEN if namnd else FollowupKind.STADEN
    there = FollowupReport.objects.filter(kind=kind, period__code=period)
    if (there.filter(namnd__code=namnd) if namnd else there).exists():
        return None
    report = find_report(actor, period, namnd)
    if report is None:
        return None
    report.is_example = True
    return begin_report(report, actor=actor)


def _write(report: FollowupReport, actor: User, key: str, text: str) -> FollowupReport:
    return save_text(report, key, actor=actor, expected_version=report.revision, body=text)
