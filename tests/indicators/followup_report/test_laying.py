"""A fixed report is laid before its nämnd as a tjänsteutlåtande, with the report as bilaga."""

import hashlib
import re
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from docx import Document

from indicators.domain.deciding import ProtocolText
from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.followup_report.fixing import decide
from indicators.domain.followup_report.laying import lay_before
from indicators.models import FollowupPaper, FollowupVersion
from organisation.enums import Role
from papers.domain.papers import save_section
from papers.domain.templates import ensure_standard_templates
from papers.models import Paper
from tests.factories import make_user
from tests.indicators.followup_report.test_pages import page, signed_in
from tests.indicators.followup_report.world import GOAL, World
from tests.indicators.reading import pdf_text

VERSION = "/uppfoljning/2025-T1/rapport/version/1/"
FILE = b"%PDF-1.7 the report"


@pytest.fixture
def version(world: World) -> FollowupVersion:
    ensure_standard_templates()
    report = world.write(world.citys(), "sammanfattning", "Det går åt rätt håll.")
    return world.fixed(report)


def lay(version: FollowupVersion, world: World) -> FollowupPaper:
    return lay_before(
        version, actor=world.secretary, attachment=FILE, attachment_name="rapport.pdf"
    )


def bodies(laid: FollowupPaper) -> dict[str, str]:
    current = laid.paper.current
    assert current is not None
    return {
        section.key: re.sub(r"<[^>]+>", " ", section.body).strip()
        for section in current.sections.all()
        if section.body
    }


def test_its_first_words_are_the_reports_own(world: World, version: FollowupVersion):
    laid = lay(version, world)
    said = bodies(laid)
    assert set(said) == {"forslag_till_beslut", "sammanfattning", "bakgrund"}
    assert said["forslag_till_beslut"] == (
        "Socialnämnden godkänner den samlade uppföljningen för tertialrapport 1 2025, "
        "enligt bilagan."
    )
    assert "3 av 4 nämnder har godkänd rapport." in said["sammanfattning"]
    assert "Det går åt rätt håll." in said["sammanfattning"]
    assert "Godkänd rapport saknas från Järva stadsdelsnämnd." in said["bakgrund"]
    current = laid.paper.current
    assert current is not None
    assert current.bilagor == ["Samlad uppföljning, tertialrapport 1 2025, version 1"]
    assert bodies(lay(version, world)) == said


def test_only_the_nämnds_secretary_begins_it_and_once(world: World, version: FollowupVersion):
    for person in (world.coordinator, world.colleague, make_user(Role.NAMNDSEKRETERARE)):
        with pytest.raises(NotAllowed):
            lay_before(version, actor=person, attachment=FILE, attachment_name="x.pdf")
    assert lay(version, world) == lay(version, world)
    assert Paper.objects.count() == 1


def test_who_makes_the_report_is_told_that_it_is_begun_and_why_it_is_not_theirs_to_read(
    world: World, version: FollowupVersion
):
    coordinator = signed_in(make_user(Role.SAMORDNARE))
    assert "Nämndsekreteraren har påbörjat det" not in page(coordinator, VERSION)
    laid = lay(version, world)
    told = page(coordinator, VERSION)
    assert "Nämndsekreteraren har påbörjat det. Ett utkast läses bara av dem som arbetar" in told
    home = f"/uppfoljning/tjansteutlatande/{laid.pk}/"
    assert home not in told
    assert coordinator.get(home).status_code == 404
    assert home in page(signed_in(world.secretary), VERSION)


def test_without_a_template_it_says_so(world: World):
    version = world.fixed(world.citys())
    with pytest.raises(NotOpen, match="ingen mall"):
        lay(version, world)


def test_the_bilaga_stands(world: World, version: FollowupVersion):
    laid = lay(version, world)
    assert laid.sha256 == hashlib.sha256(FILE).hexdigest()
    for change in ({"attachment": b"x"}, {"attachment_name": "x"}, {"version": version.pk}):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            FollowupPaper.objects.filter(pk=laid.pk).update(**change)
    with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
        FollowupPaper.objects.filter(pk=laid.pk).delete()


def test_a_digest_of_something_else_is_refused(world: World, version: FollowupVersion):
    laid = lay(version, world)
    with pytest.raises(DatabaseError, match="not of the attachment"), transaction.atomic():
        FollowupPaper.objects.create(
            version=version,
            paper=laid.paper,
            attachment_name="x",
            attachment=b"x",
            sha256="0" * 64,
            made_by=world.secretary,
            made_at=timezone.now(),
        )


def test_from_the_version_to_word_and_pdf_with_the_bilaga_and_the_decision(
    world: World, version: FollowupVersion
):
    secretary = signed_in(world.secretary)
    assert "Skriv tjänsteutlåtande till nämnden" in page(secretary, VERSION)
    home = secretary.post(f"{VERSION}tjansteutlatande/").headers["Location"]
    assert secretary.post(f"{VERSION}tjansteutlatande/").headers["Location"] == home
    attached = secretary.get(f"{home}bilaga/")
    assert attached.content == secretary.get(f"{VERSION}pdf/").content
    assert attached.headers["Content-Disposition"] == (
        'attachment; filename="uppfoljningsrapport-2025-T1-version-1.pdf"'
    )
    bilaga = "Samlad uppföljning, tertialrapport 1 2025, version 1"
    word = secretary.get(f"{home}word/")
    for text in (
        "\n".join(p.text for p in Document(BytesIO(word.content)).paragraphs),
        pdf_text(secretary.get(f"{home}pdf/").content),
    ):
        assert "Socialnämnden godkänner den samlade uppföljningen" in text
        assert bilaga in text
    read = page(secretary, home)
    assert hashlib.sha256(attached.content).hexdigest() in read
    assert "inte registrerat" in read
    decide(
        version,
        actor=world.secretary,
        on=timezone.localdate(),
        text=ProtocolText("9", ("Godkänns.",), "Protokollet"),
    )
    assert ", § 9" in page(secretary, home)
    contents = page(secretary, VERSION)
    assert f'href="{home}"' in contents
    assert "Skriv tjänsteutlåtande" not in contents


def test_what_is_written_in_it_is_the_nämnds_own(world: World, version: FollowupVersion):
    laid = lay(version, world)
    current = laid.paper.current
    assert current is not None
    section = current.sections.get(key="arendet")
    save_section(
        section,
        actor=world.secretary,
        expected_version=laid.paper.revision,
        body="<p>hemligt</p>",
    )
    home = f"/uppfoljning/tjansteutlatande/{laid.pk}/"
    assert "hemligt" in page(signed_in(world.colleague), home)
    stranger = signed_in(make_user(Role.LASARE, world.namnder["bromma"]))
    assert stranger.get(home).status_code == 404
    assert "Tjänsteutlåtande" not in page(stranger, VERSION)


def test_a_tertialrapport_is_laid_before_its_own_nämnd(world: World):
    ensure_standard_templates()
    bromma = world.namnder["bromma"]
    reviewer, secretary = (
        signed_in(make_user(role, bromma)) for role in (Role.GRANSKARE, Role.NAMNDSEKRETERARE)
    )
    home = "/inrapportering/bromma/2025-T1/tertialrapport/"
    reviewer.post(f"{home}paborja/")
    reviewer.post(f"{home}faststall/", {"revision": "0"})
    assert reviewer.post(f"{home}version/1/tjansteutlatande/").status_code == 403
    paper = secretary.post(f"{home}version/1/tjansteutlatande/").headers["Location"]
    read = page(secretary, paper)
    assert "godkänner nämndens rapport för tertialrapport 1 2025" in read
    assert "tertialrapport-bromma-2025-T1-version-1.pdf" in read


def test_the_chapters_text_saves_itself(world: World):
    report = world.citys()
    client = Client()
    client.force_login(world.coordinator)
    address = f"/uppfoljning/2025-T1/rapport/kapitel/{GOAL}/spara/"

    def save(body: str, revision: int, who: Client = client):
        answer = who.post(address, {"body": body, "revision": revision})
        return answer.status_code, answer.json() if answer.status_code != 404 else {}

    status, told = save("Ett.", 0)
    assert (status, told["saved"], told["revision"]) == (200, True, 1)
    assert save("Ett.", 0)[0] == 200  # the same again is no conflict
    kim = make_user(Role.SAMORDNARE, world.socialnamnden, name="Kim")
    world.write(report, GOAL, "Kims.", actor=kim, expected_version=1)
    status, told = save("Två.", 1)
    assert status == 409
    assert told["conflict"]
    assert told["problem"].startswith("Kim har ändrat")
    status, told = save("Ring 19121212-1212", 2)
    assert status == 422
    assert not told["conflict"]
    assert told["problem"].startswith("Inte sparat. ")
    assert save("x", 2, signed_in(world.colleague))[0] == 403
    assert save("x", 2, signed_in(make_user(Role.LASARE)))[0] == 404
    world.fixed(report)
    assert save("Tre.", 2)[0] == 423
    assert f'data-autosave="{address}"' not in page(client, address.removesuffix("spara/"))
