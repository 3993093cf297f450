"""The pages of remisser and answers: who sees what, and what writing does."""

import datetime as dt
import re
from html import unescape
from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse

from desk.demo.organisation import load_namnder
from organisation.enums import Role
from organisation.models import Namnd
from papers.domain.content import Header
from papers.domain.papers import save_header, save_section
from remisser.domain.answers import save_collective, save_position
from remisser.domain.import_answer import import_answer
from remisser.models import Answer, Position
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_template,
    make_user,
)
from tests.remisser.seeds import ANSWERS, HASSELBY, missing, read

pytestmark = pytest.mark.django_db

SECRET = "Hemligt utkast som inte får läcka"
CODES = ["ks-2023-553", "sodermalm"]
XSS = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class _Text(HTMLParser):
    """The text of a page, without its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def in_field(response) -> tuple[str, str]:
    """What stands in the field for text: as plain markup, and as the editor takes it."""
    found = re.search(
        r'<textarea[^>]*data-rich="([^"]*)"[^>]*>\s*(.*?)</textarea>',
        response.content.decode(),
        re.S,
    )
    assert found
    return unescape(found[2]), unescape(found[1])


def text_of(response) -> str:
    parser = _Text()
    parser.feed(response.content.decode())
    return " ".join(" ".join(parser.parts).split())


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    """A draft with a secret in every place that could leak."""
    answer = make_answer(make_instance(make_remiss(), make_namnd()), secretary)
    body = f"<p>{SECRET}</p>"
    save_header(
        answer.paper,
        actor=secretary,
        expected_version=0,
        header=Header(title=SECRET, dnr="7.7.7-77/2020"),
    )
    save_section(
        answer.paper.current.sections.get(order=1), actor=secretary, expected_version=1, body=body
    )
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=2,
        stance="avstyrker",
        body=body,
    )
    answer.paper.refresh_from_db()
    return Answer.objects.get()


def pages(answer: Answer) -> dict[str, str]:
    return {
        "answer": reverse("answer", args=CODES),
        "start": reverse("answer-start", args=CODES),
        "word": reverse("answer-export", args=[*CODES, "word"]),
        "pdf": reverse("answer-export", args=[*CODES, "pdf"]),
        "section": reverse("answer-section", args=[*CODES, 1]),
        "position": reverse("answer-position", args=[*CODES, 1]),
        "collective": reverse("answer-collective", args=CODES),
        "header": reverse("answer-header", args=CODES),
    }


def post_section(client, body: str, revision: int, order: int = 1, **more):
    address = reverse("answer-section", args=[*CODES, order])
    return client.post(address, {"body": body, "revision": revision, **more})


# Who sees what ----------------------------------------------------------------------------------

WRITES = dict.fromkeys(("section", "position", "collective", "header"), 200)
FORBIDDEN = dict.fromkeys(WRITES, 403)
READS = {"answer": 200, "start": 302, "word": 200, "pdf": 200}
NOTHING = dict.fromkeys([*READS, *WRITES], 404)


@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        (Role.NAMNDSEKRETERARE, "sodermalm", {**READS, **WRITES}),
        (Role.CHEF, "sodermalm", {**READS, **FORBIDDEN}),
        (Role.LASARE, "sodermalm", {**READS, **FORBIDDEN}),
        (Role.UPPGIFTSLAMNARE, "sodermalm", {**READS, **FORBIDDEN}),
        (Role.LEDAMOT, "sodermalm", NOTHING),
        (Role.SAMORDNARE, "sodermalm", NOTHING),
        (Role.SAMORDNARE, "socialnamnden", NOTHING),
        (Role.NAMNDSEKRETERARE, "bromma", NOTHING),
        (Role.REMITTENT, "kommunstyrelsen", NOTHING),
        (Role.SYSTEMFORVALTARE, None, NOTHING),
    ],
)
def test_a_draft_is_its_own_nämnds_and_for_others_it_does_not_exist(
    client, answer, role, code, expected
):
    client.force_login(make_user(role, make_namnd(code) if code else None))
    found = {name: client.get(address).status_code for name, address in pages(answer).items()}
    assert found == expected


@pytest.mark.parametrize("role", [Role.CHEF, Role.LASARE])
def test_who_may_only_read_cannot_post(client, answer, role):
    client.force_login(make_user(role, answer.paper.namnd))
    assert post_section(client, "<p>Nej</p>", 9).status_code == 403
    new_version = reverse("answer-new-version", args=CODES)
    assert client.post(new_version, {"reason": "x", "revision": 3}).status_code == 403
    assert answer.paper.versions.count() == 1


def test_another_nämnds_secretary_cannot_post(client, answer):
    client.force_login(make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")))
    assert post_section(client, "<p>Nej</p>", 9).status_code == 404


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.SAMORDNARE, "socialnamnden"),
        (Role.REMITTENT, "kommunstyrelsen"),
        (Role.NAMNDSEKRETERARE, "bromma"),
        (Role.LEDAMOT, "sodermalm"),
    ],
)
def test_others_see_that_it_is_a_draft_and_when_it_is_due_and_no_more(client, answer, role, code):
    answer.instance.due_on = "2023-09-19"
    answer.instance.save()
    client.force_login(make_user(role, make_namnd(code)))
    response = client.get(reverse("remiss", args=["ks-2023-553"]))
    text = text_of(response)
    assert "Sodermalm stadsdelsnämnd 2023-09-19 Utkast" in text
    for secret in (SECRET, "Avstyrker", "1 av 2", "7.7.7", "Siv", "/svar/sodermalm/"):
        assert secret not in response.content.decode()
        assert secret not in client.get(reverse("remiss-list")).content.decode()


def test_nobody_sees_anything_without_signing_in(client, answer):
    for address in [*pages(answer).values(), reverse("remiss-list")]:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/logga-in/")


@pytest.mark.parametrize("version", ["2", "0x1", "-1", "99999", "1e1", "²"])
def test_a_version_that_is_not_there_is_not_found(client, answer, secretary, version):
    client.force_login(secretary)
    for name in ("answer", "pdf"):
        response = client.get(pages(answer)[name], {"version": version})
        assert response.status_code == 404, name


def test_what_the_nämnd_is_to_answer_comes_first_and_then_the_newest(client, secretary):
    namnd = secretary.memberships.get().namnd
    make_instance(make_remiss("KS 2020/9"), namnd)
    make_instance(make_remiss("KS 2021/1"), namnd, due_on=dt.date(2025, 5, 1))
    make_remiss("KS 2023/9")
    make_remiss("KS 2023/10")
    client.force_login(secretary)
    with time_machine.travel(dt.datetime(2025, 4, 30, 12, tzinfo=dt.UTC)):
        page = client.get(reverse("remiss-list")).content.decode()
    assert re.findall(r"/remisser/(ks-[\d-]+)/\"", page) == [
        "ks-2021-1",
        "ks-2023-10",
        "ks-2023-9",
        "ks-2020-9",
    ]


# Reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANSWERS)
def test_every_paragraph_of_a_real_paper_stands_on_the_page(client, seeds, name):
    load_namnder()
    slug, code = ANSWERS[name]
    import_answer((seeds / name).read_bytes(), source_name=name)
    client.force_login(make_user(Role.LASARE, Namnd.objects.get(code=code)))
    response = client.get(reverse("answer", args=[slug, code]))
    assert missing(read(seeds, name), text_of(response)) == []


def test_a_real_paper_shows_its_coverage_its_state_and_what_to_look_over(client, seeds):
    load_namnder()
    import_answer((seeds / HASSELBY).read_bytes(), source_name=HASSELBY)
    user = make_user(Role.NAMNDSEKRETERARE, Namnd.objects.get(code="hasselby-vallingby"))
    client.force_login(user)
    text = text_of(client.get(reverse("answer", args=["ks-2023-553", "hasselby-vallingby"])))
    assert "Läge Attesterad , version 1 Svar senast 19 september 2023" in text
    assert "Att-satser 8 av 8 besvarade" in text
    assert "Att se över (4)" in text
    assert "Attesterad av Toni Mellblom 2023-08-10 (enligt papperet)" in text


def test_a_replaced_version_can_be_read_and_says_that_it_no_longer_holds(client, seeds):
    load_namnder()
    import_answer((seeds / HASSELBY).read_bytes(), source_name=HASSELBY)
    user = make_user(Role.NAMNDSEKRETERARE, Namnd.objects.get(code="hasselby-vallingby"))
    client.force_login(user)
    codes = ["ks-2023-553", "hasselby-vallingby"]
    address = reverse("answer", args=codes)
    response = client.post(
        reverse("answer-new-version", args=codes), {"reason": "Ny siffra", "revision": 0}
    )
    assert response.status_code == 302
    now = text_of(client.get(address))
    assert "Utkast , version 2" in now
    assert "Inte attesterat . En tidigare version är attesterad" in now.replace(
        "attesterat.", "attesterat ."
    )
    old = client.get(address, {"version": "1"})
    assert "som inte gäller längre" in text_of(old)
    assert "attesten gäller bara den här versionen" in text_of(old)
    assert b"avsnitt/1/" not in old.content
    download = client.get(reverse("answer-export", args=[*codes, "pdf"]), {"version": "1"})
    assert download.headers["Content-Disposition"] == (
        'attachment; filename="svar-ks-2023-553-hasselby-vallingby-version-1.pdf"'
    )


@pytest.mark.parametrize(
    ("file_format", "name", "begins"),
    [
        ("word", "svar-ks-2023-553-sodermalm.docx", b"PK"),
        ("pdf", "svar-ks-2023-553-sodermalm.pdf", b"%PDF-"),
    ],
)
def test_a_file_is_downloaded_under_a_safe_name(
    client, answer, secretary, file_format, name, begins
):
    client.force_login(secretary)
    response = client.get(reverse("answer-export", args=[*CODES, file_format]))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(begins)


# Beginning --------------------------------------------------------------------------------------


def test_an_answer_that_nobody_has_begun_leads_to_where_it_begins(client, secretary):
    make_instance(make_remiss(), secretary.memberships.get().namnd)
    client.force_login(secretary)
    response = client.get(reverse("answer", args=CODES))
    assert response.status_code == 302
    assert response.url == reverse("answer-start", args=CODES)
    template = make_template()
    for _ in range(2):
        posted = client.post(response.url, {"template": template.pk})
        assert posted.url == reverse("answer", args=CODES)
    assert Answer.objects.count() == 1


def test_without_a_template_the_page_says_so_at_the_field_and_in_the_summary(client, secretary):
    make_instance(make_remiss(), secretary.memberships.get().namnd)
    make_template()
    client.force_login(secretary)
    response = client.post(reverse("answer-start", args=CODES), {})
    assert response.status_code == 200
    assert text_of(response).count("Välj en mall.") == 2
    assert not Answer.objects.exists()


def test_a_chef_cannot_begin_it_and_is_told_who_does(client, secretary):
    namnd = secretary.memberships.get().namnd
    make_instance(make_remiss(), namnd)
    client.force_login(make_user(Role.CHEF, namnd))
    address = reverse("answer-start", args=CODES)
    assert "Det gör nämndens nämndsekreterare" in text_of(client.get(address))
    assert client.post(address, {"template": make_template().pk}).status_code == 403


# Writing ----------------------------------------------------------------------------------------


def test_a_section_is_saved_and_the_page_goes_back_to_it(client, answer, secretary):
    client.force_login(secretary)
    response = post_section(client, "<p>Nytt</p>", 3)
    assert response.url == reverse("answer", args=CODES) + "#avsnitt-1"
    assert answer.paper.current.sections.get(order=1).body == "<p>Nytt</p>"


def test_saving_and_going_on_leads_to_the_next_section(client, answer, secretary):
    client.force_login(secretary)
    response = post_section(client, "<p>Nytt</p>", 3, next="1")
    assert response.url == reverse("answer-section", args=[*CODES, 2])


def test_a_form_posted_twice_is_saved_once(client, answer, secretary):
    client.force_login(secretary)
    for _ in range(2):
        assert post_section(client, "<p>Nytt</p>", 3).status_code == 302
    answer.paper.refresh_from_db()
    assert answer.paper.revision == 4


def test_plain_text_without_markup_becomes_paragraphs(client, answer, secretary):
    client.force_login(secretary)
    post_section(client, "Första stycket.\r\n\r\nAndra: 1 < 2 & 3.", 3)
    assert answer.paper.current.sections.get(order=1).body == (
        "<p>Första stycket.</p>\n<p>Andra: 1 &lt; 2 &amp; 3.</p>"
    )


def test_a_conflict_shows_both_texts_and_saving_again_is_a_choice(client, answer, secretary):
    kim = make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd, name="Kim")
    section = answer.paper.current.sections.get(order=1)
    save_section(section, actor=kim, expected_version=3, body="<p>Deras ord</p>")
    client.force_login(secretary)
    response = post_section(client, "<p>Mina ord</p>", 3)
    text = text_of(response)
    assert response.status_code == 200
    assert "Kim har ändrat här sedan du öppnade sidan." in text
    assert "Deras ord" in text
    assert in_field(response) == ("Mina ord", "<p>Mina ord</p>")
    section.refresh_from_db()
    assert section.body == "<p>Deras ord</p>"
    revision = re.search(r'name="revision" value="(\d+)"', response.content.decode())
    assert revision is not None
    assert revision[1] == "4"
    assert post_section(client, "<p>Bådas ord</p>", 4).status_code == 302


def test_a_conflict_on_a_proposal_shows_both_stances(client, answer, secretary):
    kim = make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd, name="Kim")
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=2),
        actor=kim,
        expected_version=3,
        stance="positiv",
        body="<p>Deras ord</p>",
    )
    client.force_login(secretary)
    address = reverse("answer-position", args=[*CODES, 2])
    response = client.post(address, {"stance": "avstar", "body": "<p>Mina ord</p>", "revision": 3})
    text = text_of(response)
    assert "Ställningstagande: Positiv" in text
    assert "Deras ord" in text
    assert in_field(response) == ("Mina ord", "<p>Mina ord</p>")
    assert '<option value="avstar" selected>' in response.content.decode()


def test_a_conflict_in_the_header_lists_what_differs(client, answer, secretary):
    kim = make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd, name="Kim")
    save_header(answer.paper, actor=kim, expected_version=3, header=Header(title="Deras rubrik"))
    client.force_login(secretary)
    response = client.post(
        reverse("answer-header", args=CODES), {"title": "Min rubrik", "revision": 3}
    )
    assert "Rubrik Deras rubrik" in text_of(response)
    assert 'value="Min rubrik"' in response.content.decode()


def test_a_text_for_an_attested_paper_is_refused_and_stays_in_the_field(client, seeds):
    load_namnder()
    import_answer((seeds / HASSELBY).read_bytes(), source_name=HASSELBY)
    user = make_user(Role.NAMNDSEKRETERARE, Namnd.objects.get(code="hasselby-vallingby"))
    client.force_login(user)
    address = reverse("answer-section", args=["ks-2023-553", "hasselby-vallingby", 2])
    assert client.get(address).status_code == 302
    response = client.post(address, {"body": "<p>Sena ord</p>", "revision": 0})
    assert response.status_code == 200
    assert "Handlingen är attesterad." in text_of(response)
    assert in_field(response) == ("Sena ord", "<p>Sena ord</p>")


def test_errors_stand_at_the_field_and_in_the_summary_with_everything_kept(
    client, answer, secretary
):
    client.force_login(secretary)
    response = client.post(
        reverse("answer-header", args=CODES),
        {"title": "", "meeting_on": "i går", "bilagor": "Kvar", "revision": 3},
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert text_of(response).count("Skriv en rubrik.") == 2
    assert text_of(response).count("Skriv datumet som 2025-04-30.") == 2
    assert '<a href="#id_meeting_on">' in page
    assert 'value="i går"' in page
    assert "Kvar</textarea>" in page


@pytest.mark.parametrize("body", ["x\x00y", "<p>" + "å" * 200_001 + "</p>"], ids=["nul", "long"])
def test_a_text_that_cannot_be_saved_is_refused_in_words(client, answer, secretary, body):
    client.force_login(secretary)
    response = post_section(client, body, 3)
    assert response.status_code == 200
    assert "Något behöver rättas" in text_of(response)
    assert SECRET in answer.paper.current.sections.get(order=1).body


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40])
def test_a_form_without_its_revision_is_refused_in_words(client, answer, secretary, revision):
    client.force_login(secretary)
    assert post_section(client, "<p>A</p>", revision).status_code in (200, 302)


@pytest.mark.parametrize("number", [0, 3, 999999999999])
def test_what_is_not_there_is_not_found(client, answer, secretary, number):
    client.force_login(secretary)
    for name in ("answer-section", "answer-position"):
        assert client.get(reverse(name, args=[*CODES, number])).status_code == 404


def test_answering_together_leads_away_from_the_single_proposals(client, answer, secretary):
    client.force_login(secretary)
    address = reverse("answer-collective", args=CODES)
    client.post(address, {"collective": "ja", "stance": "positiv", "revision": 3})
    assert "besvaras samlat: positiv" in text_of(client.get(reverse("answer", args=CODES)))
    position = client.get(reverse("answer-position", args=[*CODES, 1]))
    assert position.url == address
    assert Position.objects.get().stance == "avstyrker"


def test_hostile_text_is_harmless_on_every_page(client, secretary):
    namnd = secretary.memberships.get().namnd
    answer = make_answer(make_instance(make_remiss(title=XSS), namnd), secretary)
    header = Header(title=XSS, subtitle=XSS, addressee=XSS, bilagor=(XSS,), recipients=(XSS,))
    save_header(answer.paper, actor=secretary, expected_version=0, header=header)
    client.force_login(secretary)
    post_section(client, f"<p>{XSS}</p><p onclick='x()'><a href='javascript:x()'>l</a></p>", 1)
    # A row that did not come through the commands is cleaned when it is read.
    section = answer.paper.current.sections.get(order=2)
    section.body = f"<script>alert(2)</script><p>{XSS}</p>"
    section.save()
    for address in [*pages(answer).values(), reverse("remiss-list")]:
        response = client.get(address, follow=True)
        if response.headers["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            assert "<script>alert" not in page, address
            assert "<img" not in page, address
            assert 'href="javascript' not in page, address
            assert "onclick" not in page.replace("&#x27;", "").replace("&lt;p onclick", ""), address


# Queries ----------------------------------------------------------------------------------------


def test_the_list_takes_the_same_number_of_queries_for_one_and_three(
    client, secretary, count_queries
):
    namnd = secretary.memberships.get().namnd
    make_answer(make_instance(make_remiss("KS 2023/1"), namnd), secretary)
    client.force_login(secretary)
    one = count_queries(reverse("remiss-list"))
    for number in (2, 3):
        remiss = make_remiss(f"KS 2023/{number}")
        make_answer(make_instance(remiss, namnd), secretary)
        make_instance(remiss, make_namnd("bromma"))
    assert count_queries(reverse("remiss-list")) == one


def test_a_remiss_takes_the_same_number_of_queries_for_one_instance_and_three(
    client, secretary, count_queries
):
    remiss = make_remiss()
    make_answer(make_instance(remiss, secretary.memberships.get().namnd), secretary)
    client.force_login(secretary)
    one = count_queries(reverse("remiss", args=[remiss.slug]))
    for code in ("bromma", "farsta"):
        make_answer(make_instance(remiss, make_namnd(code)))
    assert count_queries(reverse("remiss", args=[remiss.slug])) == one


def test_an_answer_takes_the_same_number_of_queries_for_one_proposal_and_three(
    client, secretary, count_queries
):
    namnd = secretary.memberships.get().namnd
    counts = []
    for proposals in (1, 3):
        remiss = make_remiss(f"KS 2023/{proposals}", proposals=proposals)
        answer = make_answer(make_instance(remiss, namnd), secretary)
        for proposal in remiss.proposals.all():
            save_position(
                answer, proposal, actor=secretary, expected_version=9, stance="positiv", body=""
            )
        save_collective(answer, actor=secretary, expected_version=9, collective=False, stance="")
        client.force_login(secretary)
        counts.append(count_queries(reverse("answer", args=[remiss.slug, "sodermalm"])))
    assert counts[0] == counts[1]


@pytest.fixture
def count_queries(client, django_assert_max_num_queries):
    def count(address: str) -> int:
        with django_assert_max_num_queries(60) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
