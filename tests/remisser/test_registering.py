"""Registering a remiss: on one page, once, with what is odd said in words."""

import datetime as dt
import re
import uuid
from functools import partial

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import Role
from organisation.models import NamndSuccession
from remisser.domain.own_dnr import OwnDnr, SeriesFacts, add_series
from remisser.domain.register_parts import (
    add_instances,
    append_proposals,
    change_instance,
    change_proposal,
    register_at_namnd,
    remove_instance,
    remove_proposal,
)
from remisser.domain.registering import InstanceInput, MatterFacts, amend_remiss
from remisser.models import Proposal, Remiss, RemissFile, RemissGoal, Remissinstans
from tests.committed import committed_db  # noqa: F401
from tests.factories import make_answer, make_goal, make_namnd, make_user
from tests.pdfs import blank_pdf
from tests.remisser.registering import a_remiss, registered
from trace.models import Event, Mail

PAGE = "/remisser/registrera/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def today():
    with time_machine.travel("2026-11-20T09:00+01:00", tick=False):
        yield dt.date(2026, 11, 20)


@pytest.fixture
def secretary(db, today):
    return make_user(
        Role.NAMNDSEKRETERARE, make_namnd("sodermalm"), name="Siv", email="siv@exempel.se"
    )


@pytest.fixture
def browser(secretary, client: Client) -> Client:
    make_namnd("kommunstyrelsen", name="Kommunstyrelsen")
    client.force_login(secretary)
    return client


def fields(**more):
    return {
        "key": str(uuid.uuid4()),
        "remitter": "Kommunstyrelsen",
        "dnr": "2026/701",
        "title": "Motion om ett eget rum",
        "kind": "motion",
        "own_part": "tillfragad",
        "dnr_from": "inget",
        **more,
    }


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# The page ----------------------------------------------------------------------------------------


def test_all_that_is_known_is_registered_on_one_page(browser, secretary):
    series = add_series(
        make_namnd("sodermalm"), SeriesFacts("3.1.1-{nr}/{år}", 730), actor=secretary
    )
    make_namnd("farsta", name="Farsta stadsdelsnämnd", short_name="Farsta")
    goal = make_goal(4)
    sent = browser.post(
        PAGE,
        fields(
            dnr_from=str(series.pk),
            author="Anna Exempel",
            party="X",
            received_on="2026-11-18",
            due_on="2027-01-15",
            own_due_on="2027-01-20",
            instances="Stadsledningskontoret\nFarsta stadsdelsnämnd; 2027-01-10\nUnizon",
            proposals="1. Att ett rum inrättas\n2. Att det får\n   ett fönster",
            goals=[goal.pk],
            goals_source="Egen tolkning",
            files=[upload("motion.pdf", blank_pdf())],
        ),
    )
    assert sent.headers["Location"] == "/remisser/ks-2026-701/"
    remiss = Remiss.objects.get()
    assert (remiss.dnr, remiss.kind, remiss.author, remiss.party) == (
        "KS 2026/701", "motion", "Anna Exempel", "X",
    )  # fmt: skip
    assert remiss.remitter_namnd == make_namnd("kommunstyrelsen")
    assert [
        (i.name_as_written, i.namnd.code if i.namnd else "", str(i.due_on), i.asked)
        for i in remiss.instances.all()
    ] == [
        ("Stadsledningskontoret", "", "2027-01-15", True),
        ("Farsta stadsdelsnämnd", "farsta", "2027-01-10", True),
        ("Unizon", "", "2027-01-15", True),
        (make_namnd("sodermalm").name, "sodermalm", "2027-01-20", True),
    ]
    assert [(p.number, p.text) for p in remiss.proposals.all()] == [
        (1, "Att ett rum inrättas"),
        (2, "Att det får ett fönster"),
    ]
    assert RemissGoal.objects.get().source == "Egen tolkning"
    file = RemissFile.objects.get()
    assert (file.remiss, file.name, file.is_open) == (remiss, "motion.pdf", False)
    page = browser.get("/remisser/ks-2026-701/").content.decode()
    assert "Nämndens diarienummer är 3.1.1-730/2026." in page
    got = browser.get(f"/remisser/ks-2026-701/handlingar/{file.pk}/")
    assert got.content == blank_pdf() == bytes(file.content)
    assert got.headers["Content-Type"] == "application/pdf"


def test_the_same_form_twice_registers_once(browser):
    given = fields()
    places = {browser.post(PAGE, given).headers["Location"] for _ in range(2)}
    assert places == {"/remisser/ks-2026-701/"}
    assert Remiss.objects.count() == Remissinstans.objects.count() == 1


def test_two_presses_at_the_same_moment_register_once(committed_db):  # noqa: F811
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd("sodermalm"))
    series = add_series(make_namnd("sodermalm"), SeriesFacts("{nr}/{år}", 1), actor=secretary)
    given = a_remiss(series=series)
    answers = committed_db.in_threads(*[partial(registered, given, secretary)] * 6)
    assert {a.pk for a in answers} == {Remiss.objects.get().pk}
    connection.close()
    series.refresh_from_db()
    assert series.last_number == 1


def test_two_who_register_the_same_matter_at_once(committed_db):  # noqa: F811
    people = [make_user(Role.NAMNDSEKRETERARE, make_namnd("sodermalm")) for _ in range(4)]
    works = [partial(registered, a_remiss(7), by) for by in people]
    answers = committed_db.in_threads(*works)
    connection.close()
    assert sorted(type(a).__name__ for a in answers) == ["Invalid"] * 3 + ["Remiss"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "En annan rubrik"}, "samma diarienummer"),
        ({"dnr": "KS 2026/999"}, "samma rubrik och remittent"),
    ],
)
def test_a_likely_duplicate_is_said_and_can_be_explained(browser, secretary, change, why):
    registered(a_remiss(dnr="KS 2026/701", title="Motion om ett  eget rum."), secretary)
    given = fields(**change)
    page = browser.post(PAGE, given).content.decode()
    assert f"KS 2026/701 ({why})" in page
    assert 'href="/remisser/ks-2026-701/"' in page
    assert Remiss.objects.count() == 1
    sent = browser.post(PAGE, {**given, "duplicate_reason": "Ett nytt förslag i samma ämne"})
    assert sent.status_code == 302
    assert Remiss.objects.count() == 2
    found = Remiss.objects.get(duplicate_reason="Ett nytt förslag i samma ämne")
    assert Event.objects.about(found).get(verb="registered").reason == found.duplicate_reason


@pytest.mark.django_db
def test_the_database_holds_that_a_number_stands_once_unless_explained(secretary):
    registered(a_remiss(1), secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Remiss.objects.create(slug="x", dnr="KS 2026/1", title="x", remitter="x")


def test_an_instance_twice_is_said(browser):
    make_namnd("socialnamnden", name="Socialnämnden", short_name="Socialnämnden")
    given = fields(instances="Socialnämnden\nUnizon\nsocialnämndens")
    page = browser.post(PAGE, given).content.decode()
    assert "Socialnämnden står två gånger: som ”Socialnämnden”, på rad 1" in page
    assert "på rad 3" in page
    assert not Remiss.objects.exists()


def test_a_namnd_that_ceased_is_said_and_its_successor_proposed(browser):
    old = make_namnd("norrmalm", name="Norrmalms stadsdelsnämnd", short_name="Norrmalm")
    old.valid_to = dt.date(2023, 6, 30)
    old.save()
    new = make_namnd("norra-innerstaden", name="Norra innerstadens stadsdelsnämnd")
    NamndSuccession.objects.create(predecessor=old, successor=new, on=dt.date(2023, 7, 1))
    given = fields(instances="Norrmalms stadsdelsnämnd")
    page = browser.post(PAGE, given).content.decode()
    assert "Norrmalms stadsdelsnämnd har upphört (2023-06-30)." in page
    assert re.search(r'name="efter-norrmalm"[^>]*value="ny"[^>]*checked', page)
    assert not Remiss.objects.exists()
    browser.post(PAGE, {**given, "efter-norrmalm": "ny"})
    first = Remissinstans.objects.get(name_as_written="Norrmalms stadsdelsnämnd")
    assert first.namnd == new


def test_a_namnd_that_ceased_can_stand_as_it_is(browser):
    old = make_namnd("norrmalm", name="Norrmalms stadsdelsnämnd", short_name="Norrmalm")
    old.valid_to = dt.date(2023, 6, 30)
    old.save()
    page = browser.post(PAGE, fields(instances="Norrmalms stadsdelsnämnd"), follow=True)
    assert "Ingen nämnd är registrerad som efterträdare" in page.content.decode()
    assert Remissinstans.objects.filter(namnd=old).exists()


def test_a_due_date_that_has_passed_is_allowed_and_shown(browser):
    page = browser.post(PAGE, fields(own_due_on="2026-11-01"), follow=True).content.decode()
    assert "Svarsdagen 2026-11-01 har redan passerat." in page
    assert Remissinstans.objects.get().due_on == dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"instances": "Unizon; i mars"}, "Rad 1: ”i mars” är inget datum"),
        ({"proposals": "1. Ett\n3. Tre"}, "efter 1 kommer 3, men det borde vara 2"),
        ({"proposals": "2. Två"}, "har nummer 2, men det borde vara 1"),
        ({"title": ""}, "Fyll i: rubrik."),
        ({"dnr_from": "eget"}, "Skriv numret, eller välj något annat ovan."),
        ({"goals_source": "", "goals": "ett"}, "Välj mål i listan"),
        ({"due_on": "0026-01-01"}, "Kontrollera årtalet"),
        ({"key": "x"}, "Öppna sidan på nytt."),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(browser, typed, says):
    page = browser.post(PAGE, fields(author="Anna Exempel", **typed)).content.decode()
    assert says in page
    assert 'value="Anna Exempel"' in page
    assert not Remiss.objects.exists()


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        # More than is received at all: how much more makes no difference from there.
        ("stor.pdf", blank_pdf() + b"\0" * (9 * MEGABYTE), "större än 7 MB"),
        ("last.pdf", blank_pdf(password="hemligt"), "skyddad med lösenord"),
        ("bild.pdf", b"\x89PNG" + b"x" * 50, "ser ut att vara en bild"),
        ("program.exe", b"MZ", "av ett slag som inte tas emot"),
    ],
    ids=["large", "locked", "picture", "program"],
)
def test_a_file_is_refused_in_words_and_nothing_else_is_lost(browser, name, data, says):
    given = fields(author="Anna Exempel", proposals="Att")
    page = browser.post(
        PAGE, {**given, "files": [upload("motion.pdf", blank_pdf()), upload(name, data)]}
    ).content.decode()
    assert says in page
    assert 'value="Anna Exempel"' in page
    assert "motion.pdf (" in page
    assert not Remiss.objects.exists()
    kept = RemissFile.objects.get()
    sent = browser.post(PAGE, {**given, "keep": [kept.pk]})
    assert sent.status_code == 302
    kept.refresh_from_db()
    assert (kept.remiss, kept.name) == (Remiss.objects.get(), "motion.pdf")


def test_a_file_that_is_unticked_does_not_come_along(browser):
    given = fields(title="")
    browser.post(PAGE, {**given, "files": [upload("a.pdf", blank_pdf())]})
    browser.post(PAGE, {**given, "title": "Motion"})
    assert RemissFile.objects.get().remiss is None


def test_papers_are_read_by_the_namnd_or_by_all_and_taken_away_with_a_reason(
    browser, secretary, client
):
    remiss = registered(a_remiss(), secretary)
    page = f"/remisser/{remiss.slug}/"
    browser.post(f"{page}handlingar/", {"files": [upload("egen.pdf", blank_pdf())]})
    browser.post(
        f"{page}handlingar/", {"files": [upload("alla.pdf", blank_pdf() + b"\n")], "is_open": "on"}
    )
    own, everyones = RemissFile.objects.order_by("pk")
    other = Client()
    other.force_login(make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")))
    seen = other.get(page).content.decode()
    assert ("egen.pdf" in seen, "alla.pdf" in seen) == (False, True)
    assert other.get(f"{page}handlingar/{own.pk}/").status_code == 404
    assert other.get(f"{page}handlingar/{everyones.pk}/").status_code == 200
    assert other.post(f"{page}handlingar/{everyones.pk}/ta-bort/", {"reason": "x"}).status_code == (
        403
    )
    browser.post(f"{page}handlingar/{own.pk}/ta-bort/", {"reason": "Fel ärende"})
    own.refresh_from_db()
    assert (bytes(own.content), own.removed_reason, own.removed_by) == (
        b"",
        "Fel ärende",
        secretary,
    )
    told = browser.get(page).content.decode()
    assert "Handlingen egen.pdf togs bort (Fel ärende)" in told
    assert browser.get(f"{page}handlingar/{own.pk}/").status_code == 410


def test_the_database_keeps_papers_as_they_came(secretary, browser):
    remiss = registered(a_remiss(), secretary)
    browser.post(f"/remisser/{remiss.slug}/handlingar/", {"files": [upload("a.pdf", blank_pdf())]})
    for change in ({"content": b"annat"}, {"name": "b.pdf"}, {"is_open": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RemissFile.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        RemissFile.objects.all().delete()


def test_some_files_are_taken_and_the_others_named(secretary, browser):
    remiss = registered(a_remiss(), secretary)
    path = f"/remisser/{remiss.slug}/handlingar/"
    given = {"files": [upload("a.pdf", blank_pdf()), upload("b.pdf", blank_pdf(password="x"))]}
    page = browser.post(path, given, follow=True).content.decode()
    assert "1 handling är mottagen." in page
    assert "b.pdf” är skyddad med lösenord" in page
    again = browser.post(path, {"files": [upload("a.pdf", blank_pdf())]}, follow=True)
    assert "finns redan här" in again.content.decode()
    assert RemissFile.objects.filter(remiss=remiss).count() == 1


# Who ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_who_registers(browser, client, role):
    namnd = None if role == Role.SYSTEMFORVALTARE else make_namnd("kommunstyrelsen")
    user = make_user(role, namnd)
    client.force_login(user)
    may = role in (Role.NAMNDSEKRETERARE, Role.REMITTENT)
    assert client.get(PAGE).status_code == (200 if may else 403)
    given = a_remiss(namnd=make_namnd("kommunstyrelsen"), answers=False)
    if may:
        assert registered(given, user).registered_by_namnd == namnd
    else:
        with pytest.raises(NotAllowed):
            registered(given, user)


def test_nobody_registers_for_another_namnd(secretary):
    with pytest.raises(NotAllowed):
        registered(a_remiss(namnd=make_namnd("bromma")), secretary)


def test_those_asked_are_told(secretary):
    bromma = make_namnd("bromma")
    theirs = make_user(Role.NAMNDSEKRETERARE, bromma, email="bror@exempel.se")
    make_user(Role.LASARE, bromma, email="lisa@exempel.se")
    remiss = registered(
        a_remiss(instances=[InstanceInput(bromma.name, bromma, dt.date(2027, 1, 9), 1)]), secretary
    )
    mail = Mail.objects.get()
    assert (mail.person, mail.scope) == (theirs, "bromma")
    assert f"{bromma} är tillfrågad om {remiss.dnr}" in mail.body
    client = Client()
    client.force_login(theirs)
    todo = client.get("/").content.decode()
    assert f"Svar på remiss {remiss.dnr}" in todo
    assert "Påbörja" in todo


# Amending ----------------------------------------------------------------------------------------


@pytest.fixture
def remiss(secretary):
    bromma = make_namnd("bromma")
    return registered(
        a_remiss(
            proposals=["Att ett", "Att två", "Att tre"],
            instances=[InstanceInput("Bromma", bromma, None, 1), InstanceInput("Unizon", line=2)],
        ),
        secretary,
    )


def facts(remiss, **change):
    names = ("dnr", "remitter", "title", "kind", "author", "party", "received_on")
    return MatterFacts(**{n: getattr(remiss, n) for n in names} | change)


def test_the_matter_is_amended_by_who_registered_it_and_by_the_remitter(remiss, secretary):
    remiss = amend_remiss(
        remiss, facts(remiss, title="Ny rubrik"), actor=secretary, expected_version=0
    )
    assert (remiss.title, remiss.revision) == ("Ny rubrik", 1)
    with pytest.raises(Conflict):
        amend_remiss(remiss, facts(remiss, title="Sen"), actor=secretary, expected_version=0)
    same = amend_remiss(remiss, facts(remiss), actor=secretary, expected_version=0)
    assert same.revision == 1
    other = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    with pytest.raises(NotAllowed):
        amend_remiss(remiss, facts(remiss, title="x"), actor=other, expected_version=1)


def test_numbers_change_places_until_somebody_answers(remiss, secretary):
    two = remiss.proposals.get(number=2)
    moved = {"actor": secretary, "text": "Att två", "abridged": False}
    change_proposal(two, expected_version=0, number=3, **moved)
    assert [p.text for p in remiss.proposals.all()] == ["Att ett", "Att tre", "Att två"]
    make_answer(remiss.instances.get(namnd__code="bromma"))
    with pytest.raises(Invalid, match="Lägg till en ny att-sats sist i stället"):
        change_proposal(two, expected_version=1, number=1, **moved)
    with pytest.raises(Invalid, match="inte tas bort"):
        remove_proposal(two, actor=secretary, expected_version=1)
    change_proposal(two, expected_version=1, number=3, **{**moved, "text": "Att två, rättad"})
    added = append_proposals(remiss, ["Att fyra"], actor=secretary, expected_version=2)
    assert [p.number for p in added] == [4]


def test_the_database_holds_numbers_that_are_answered(remiss):
    make_answer(remiss.instances.get(namnd__code="bromma"))
    two = Proposal.objects.filter(remiss=remiss, number=2)
    for change in (lambda: two.update(number=9), two.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_att_sats_is_taken_away_and_the_others_move_up(remiss, secretary):
    remove_proposal(remiss.proposals.get(number=1), actor=secretary, expected_version=0)
    assert [(p.number, p.text) for p in remiss.proposals.all()] == [(1, "Att två"), (2, "Att tre")]


def test_the_page_refuses_a_renumbering_in_words_and_offers_to_append(remiss, browser):
    make_answer(remiss.instances.get(namnd__code="bromma"))
    path = f"/remisser/{remiss.slug}/att-satser/2/"
    page = browser.post(path, {"number": "1", "text": "Att", "revision": "0"}).content.decode()
    assert "Lägg till en ny att-sats sist i stället" in page
    assert f'href="/remisser/{remiss.slug}/att-satser/"' in page


def test_instances_are_added_changed_and_taken_away(remiss, secretary):
    new = InstanceInput("Farsta stadsdelsnämnd", make_namnd("farsta"), dt.date(2027, 2, 1), 1)
    (row,) = add_instances(remiss, [new], actor=secretary, expected_version=0)
    assert (row.order, row.asked) == (4, True)
    with pytest.raises(Invalid, match="står två gånger: på remissen redan"):
        add_instances(remiss, [new], actor=secretary, expected_version=1)
    to = InstanceInput("Farsta", make_namnd("bromma"), None)
    with pytest.raises(Invalid, match="som ”Bromma”"):
        change_instance(row, to, actor=secretary, expected_version=1)
    change_instance(row, InstanceInput("Farsta", None, None), actor=secretary, expected_version=1)
    remove_instance(row, actor=secretary, expected_version=2)
    assert remiss.instances.count() == 3
    make_answer(remiss.instances.get(namnd__code="bromma"))
    theirs = remiss.instances.get(namnd__code="bromma")
    with pytest.raises(Invalid, match="redan ett svar"):
        remove_instance(theirs, actor=secretary, expected_version=3)


def test_a_namnd_answers_unasked(remiss):
    farsta = make_namnd("farsta")
    theirs = make_user(Role.NAMNDSEKRETERARE, farsta)
    client = Client()
    client.force_login(theirs)
    page = f"/remisser/{remiss.slug}/"
    path = f"{page}diarienummer/farsta/"
    assert "står inte på remissen" in client.get(page).content.decode()
    given = {"own_part": "eget-initiativ", "dnr_from": "eget", "own_dnr": "1.5.1-9/2026"}
    assert client.post(path, given).headers["Location"] == page
    told = client.get(page).content.decode()
    assert "Nämnden svarar på eget initiativ." in told
    assert "Nämndens diarienummer 1.5.1-9/2026." in told
    assert remiss.instances.get(namnd=farsta).asked is False
    other = Client()
    other.force_login(make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")))
    assert "1.5.1-9/2026" not in other.get(page).content.decode()


def test_a_namnd_keeps_its_own_due_date_and_nobody_elses(remiss):
    bromma = make_namnd("bromma")
    theirs = make_user(Role.NAMNDSEKRETERARE, bromma)
    day = dt.date(2027, 3, 1)
    register_at_namnd(remiss, bromma, actor=theirs, due_on=day)
    assert remiss.instances.get(namnd=bromma).due_on == day
    with pytest.raises(Conflict):
        register_at_namnd(remiss, bromma, actor=theirs, due_on=dt.date(2027, 4, 1))
    with pytest.raises(NotAllowed):
        register_at_namnd(remiss, make_namnd("sodermalm"), actor=theirs, due_on=day, seen=None)


def test_a_series_is_laid_up_on_the_page_of_planning(browser):
    path = "/remisser/planering/sodermalm/"
    given = {"pattern": "3.1.1-{nr}/{år}", "next_number": "12"}
    assert browser.post(f"{path}nummer/", given).headers["Location"] == path
    assert "3.1.1-{nr}/{år}" in browser.get(path).content.decode()
    assert "Nästa lediga i serien: 3.1.1-12/2026" in browser.get(PAGE).content.decode()


def test_a_number_of_a_series_given_on_the_form_stands(browser, secretary):
    series = add_series(make_namnd("sodermalm"), SeriesFacts("{nr}/{år}", 5), actor=secretary)
    remiss = registered(a_remiss(series=series), secretary)
    path = f"/remisser/{remiss.slug}/diarienummer/sodermalm/"
    assert "Nästa lediga" not in browser.get(path).content.decode()
    assert browser.post(path, {"due_on": "2027-01-01"}).status_code == 302
    assert remiss.instances.get().registration.dnr == "5/2026"
    assert OwnDnr(series).series == series
