"""Historik stands on the page of every object, in words, and nobody reads what is not theirs."""

import io
from collections import Counter
from decimal import Decimal

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from indicators.domain.entry import (
    ValueInput,
    approve_report,
    return_report,
    save_entries,
    submit_report,
)
from indicators.domain.history import report_changes
from indicators.models import Indicator, IndicatorVersion, Period, Target
from organisation.domain.history import person_history
from organisation.domain.people import change_person, give_role, set_active
from organisation.enums import Role
from organisation.models import Namnd, User
from papers.domain.history import section_history
from papers.domain.papers import open_new_version, save_section
from programme.models import Goal
from remisser.domain.answers import save_position
from remisser.domain.drafts import share_answer_draft
from remisser.domain.history import answer_history, position_history
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import ATTESTED, DRAFT, PEOPLE, SHARED, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in
from trace.domain import acting

pytestmark = pytest.mark.django_db

# The pages of an object, and somebody who may see each.
OBJECTS = {
    "a person": "admin",
    "a nämnd": "admin",
    "insight": "admin",
    "programme's history": "reader",
    "goal's history": "reader",
    "activity's history": "reader",
    "indicator's history": "reader",
    "follow-up's history": "reader",
    "service's history": "reader",
    "own plan's history": "reader",
    "city's report draft's history": "coordinator",
    "city's report history": "reader",
    "own tertialrapport draft's history": "reader",
    "their tertialrapport history": "reader",
    "period's history": "coordinator",
    "programme file": "coordinator",
    "own draft report": "reader",
    "own approved report": "reader",
    "their approved report": "reader",
    "remiss": "reader",
    "own answer": "reader",
    "own answer's plan": "reader",
    "planning of a nämnd": "reader",
    "own attested answer": "reader",
    "their sent draft": "reader",
    "own section": "secretary",
    "own position": "secretary",
    "own header": "secretary",
    "own collective": "secretary",
    "own uppdrag": "reader",
    "own account": "reader",
}
LATER = "senare-skrivet"


@pytest.mark.parametrize(("label", "who"), OBJECTS.items())
def test_the_page_has_its_history(city: City, label: str, who: str):
    address = next(a for a in ADDRESSES if a.label == label)
    page = sign_in(city, who).get(address.path(city)).content.decode()
    assert page.count('id="historik"') == 1


def work_on(city: City) -> None:
    """Södermalm goes on after what it has handed out: in all of it stands LATER, and figures."""
    filler, reviewer = city.people["filler"], city.people["reviewer"]
    secretary = city.people["secretary"]
    definition = IndicatorVersion.objects.get()
    IndicatorVersion.objects.update(counts_people=True)
    report = city.report()
    for number in (4711, 3):
        with acting(actor=filler, through="sida:report"):
            report = save_entries(
                report,
                actor=filler,
                expected_version=report.revision,
                values=[ValueInput(definition.pk, number=Decimal(number), comment=LATER)],
                grades=[],
            )
    report = submit_report(report, actor=filler, expected_version=report.revision)
    with acting(actor=reviewer, through="sida:report-return", reason=LATER):
        return_report(report, actor=reviewer, expected_version=report.revision, reason=LATER)
    for slug in (DRAFT, SHARED):
        answer = city.answer(slug)
        section = answer.paper.current.sections.get(order=1)
        with acting(actor=secretary, through="sida:answer-section"):
            paper = save_section(
                section,
                actor=secretary,
                expected_version=answer.paper.revision,
                body=f"<p>{LATER}</p>",
            )
            save_position(
                city.answer(slug),
                answer.instance.remiss.proposals.get(number=2),
                actor=secretary,
                expected_version=paper.revision,
                stance="avstyrker",
                body=f"<p>{LATER}</p>",
            )
    share_answer_draft(
        city.answer(DRAFT), to_namnd=Namnd.objects.get(code="farsta"), actor=secretary
    )


def name_everybody() -> list[str]:
    """Give each person a name that stands nowhere else; answers those of Södermalm's people."""
    for number, person in enumerate(User.objects.order_by("pk")):
        User.objects.filter(pk=person.pk).update(name=f"Namnlund{number:03}x")
    there = User.objects.filter(memberships__namnd__code="sodermalm")
    return list(there.values_list("name", flat=True))


# One who has no part in anything and one who has a part in everything each time.
OUTSIDERS = [
    "stranger",
    *(
        pytest.param(who, marks=pytest.mark.deep)
        for who in ("coordinator", "officer", "member", "admin")
    ),
]


def words_of(answer: HttpResponse) -> str:
    """What an answer says. A PDF's bytes hold numbers of its own, which nobody reads.

    The bilaga of the tests' city is words, and no PDF.
    """
    if not answer.content.startswith(b"%PDF"):
        return answer.content.decode(errors="replace")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_reads_in_a_history_what_they_may_not_see(city: City, who: str):
    names = name_everybody()
    work_on(city)
    client = sign_in(city, who)
    seen = 0
    for address in ADDRESSES:
        if TABLE[address.label][0][list(PEOPLE).index(who)] != "o":
            continue
        page = words_of(client.get(address.path(city)))
        history = page.split('id="historik"')[1] if 'id="historik"' in page else ""
        seen += bool(history)
        assert LATER not in page, address.label
        assert "4711" not in page, address.label
        assert "ändrades från 20" not in page, address.label
        # A person's own page has their own name, and so has the page's head.
        told = [n for n in names if n in history and n != str(city.people[who])]
        assert address.label in ("a person",) or told == [], address.label
    assert seen > 5


def test_the_nämnd_itself_reads_all_of_it(city: City):
    work_on(city)
    client = sign_in(city, "reader")
    page = client.get("/inrapportering/sodermalm/2025-T1/").content.decode()
    history = page.split('id="historik"')[1]
    assert "Värdet för ”Indikator i-1” ändrades från 4711 till 3 av Person" in history
    assert "(uppgiftslämnare vid Sodermalm)" in history
    assert "Rapporten skickades tillbaka" in history
    assert f"orsak: {LATER}" in history
    page = client.get(f"/remisser/{DRAFT}/svar/sodermalm/").content.decode()
    history = page.split('id="historik"')[1]
    assert "<ins>" in history
    assert LATER in history
    assert "Skickade version 1 till Farsta stadsdelsnämnd för synpunkter, Person" in history


def test_an_approval_is_told_to_everybody_and_what_was_written_on_the_way_is_not(city: City):
    work_on(city)
    report = city.report()
    filler, reviewer = city.people["filler"], city.people["reviewer"]
    report = submit_report(report, actor=filler, expected_version=report.revision)
    with acting(actor=reviewer):
        approve_report(report, actor=reviewer, expected_version=report.revision)
    client = sign_in(city, "stranger")
    page = client.get("/inrapportering/sodermalm/2025-T1/").content.decode()
    history = page.split('id="historik"')[1]
    assert "Rapporten godkändes av granskare vid Sodermalm" in history
    for secret in ("4711", "ändrades från", "skickades tillbaka", "lämnades in", "orsak"):
        assert secret not in history
    page = client.get("/uppfoljning/2025-T1/historik/").content.decode()
    assert "Sodermalm stadsdelsnämnds rapport godkändes av" in page.split('id="historik"')[1]


def test_what_a_new_version_begins_with_is_no_change(city: City):
    """A return copies everything into the next version; an answer's new version does so too."""
    reader, reviewer = city.people["reader"], city.people["reviewer"]
    report = city.report()
    report = submit_report(report, actor=city.people["filler"], expected_version=report.revision)
    before = [line.what for line in report_changes(report, reader=reader)]
    report = return_report(report, actor=reviewer, expected_version=report.revision, reason="Rätta")
    after = [line.what for line in report_changes(report, reader=reader)]
    assert after == ["Rapporten skickades tillbaka", *before]
    answer = city.answer(ATTESTED)
    told = Counter(line.what for line in answer_history(answer, reader=reader))
    open_new_version(
        answer.paper,
        actor=city.people["secretary"],
        expected_version=answer.paper.revision,
        reason="Rätta",
    )
    after = Counter(line.what for line in answer_history(city.answer(ATTESTED), reader=reader))
    assert sorted((after - told).elements()) == [
        "Läget ändrades från attesterad till utkast",
        "Version 2 påbörjades",
    ]


def test_a_sections_history_is_its_own_through_all_versions(city: City):
    work_on(city)
    reader, answer = city.people["reader"], city.answer(DRAFT)
    section = answer.paper.current.sections.get(order=1)
    lines = section_history(section, reader=reader)
    assert [line.what for line in lines] == [
        f"Avsnittet ”{section.heading}” ändrades",
        f"Avsnittet ”{section.heading}” skrevs",
    ]
    assert "<del>" in lines[0].texts[0][1]
    assert "<ins>" in lines[0].texts[0][1]
    (line,) = position_history(
        answer, answer.instance.remiss.proposals.get(number=2), reader=reader
    )
    assert line.what == "Svaret på att-sats 2 lades till: ställningstagandet Avstyrker"


def test_a_person_and_their_roles_have_a_history(city: City):
    admin, someone = city.people["admin"], city.someone
    with acting(actor=admin):
        change_person(someone, actor=admin, name="Nytt Namn", title="Chef", email="", telephone="")
        give_role(
            someone,
            actor=admin,
            role=Role.GRANSKARE,
            namnd=Namnd.objects.get(code="farsta"),
            valid_from=None,
            valid_to=None,
            deputy_for=None,
        )
        set_active(someone, actor=admin, active=False)
    lines = {line.what for line in person_history(someone, reader=admin)}
    assert {
        "Kontot stängdes",
        "Rollen granskare (Farsta stadsdelsnämnd) lades till",
        f"Personen, namnet, ändrades från {someone.name} till Nytt Namn; "
        "Personen, titeln, ändrades från tomt till Chef",
    } < lines


def test_the_registers_have_a_history_and_who_keeps_them_is_told_by_role(city: City):
    admin = city.people["admin"]
    indicator = Indicator.objects.get()
    with acting(actor=admin, through="sida:admin", reason="Beslut i KF"):
        Target.objects.create(indicator=indicator, year=2025, value=90, source="Budget 2025")
        IndicatorVersion.objects.update(definition="Antal som får stöd.")
        Goal.objects.filter(number=1).update(text="Färre utsätts för våld.")
        Period.objects.filter(code="2025-T1").update(due_on="2025-05-20")
    client = sign_in(city, "reader")

    def history(path: str) -> str:
        return client.get(path).content.decode().split('id="historik"')[1]

    page = history("/indikatorer/i-1/historik/")
    assert "Årsmålet för 2025 lades till: 90, källan Budget 2025 av systemförvaltaren" in page
    assert "orsak: Beslut i KF" in page
    assert "Antal som får stöd." in page
    assert "Mål 1 ändrades av systemförvaltaren" in history("/program/vald-2021-2025/historik/")
    assert "Målet, texten, ändrades" in history("/program/vald-2021-2025/mal/1/historik/")
    page = history("/uppfoljning/2025-T1/historik/")
    assert "Perioden, sista dagen att lämna in, ändrades från tomt till 2025-05-20" in page
    assert "Beslut i KF" not in page
