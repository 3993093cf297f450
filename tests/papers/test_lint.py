"""What is found before attest."""

import datetime as dt

import pytest

from papers.documents.model import Contact, Signatory
from papers.domain.content import AttestContent, Header
from papers.domain.lint import LintPaper, LintSection, lint, names_itself
from papers.enums import SectionKind

MEETING = dt.date(2023, 8, 31)
HEADER = Header(
    title="Svar på remiss",
    dnr="HV 2023/1",
    meeting_on=MEETING,
    dated_on=dt.date(2023, 8, 9),
    handlaggare=(Contact("Anna", ""),),
    signatures=(Signatory("Bo", "Chef", ""),),
    recipients=("Kommunstyrelsen",),
)
SUMMARY = LintSection(1, "sammanfattning", "Sammanfattning", SectionKind.TEXT, "<p>Bra.</p>", True)


def words(sections=(SUMMARY,), header: dict | None = None, **more) -> list[str]:
    changed = Header(**{**HEADER.__dict__, **(header or {})})
    return [found.words for found in lint(LintPaper(changed, tuple(sections), **more))]


def section(body: str, key: str = "sammanfattning", **more) -> LintSection:
    more.setdefault("required", True)
    return LintSection(3, key, more.pop("heading", "Text"), SectionKind.TEXT, body, **more)


def test_a_whole_paper_has_nothing_to_mend():
    assert words() == []


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"dnr": " "}, "Nämndens diarienummer saknas."),
        ({"title": ""}, "Rubriken saknas."),
        ({"handlaggare": ()}, "Ingen handläggare är angiven."),
        ({"meeting_on": None}, "Sammanträdet är inte angivet."),
        (
            {"dated_on": dt.date(2023, 9, 1)},
            "Papperets datum 2023-09-01 är efter sammanträdet 2023-08-31.",
        ),
        (
            {"title": "Klicka här och skriv rubrik"},
            "Rubriken har kvar text från en mall: ”Klicka här och skriv rubrik”.",
        ),
    ],
)
def test_what_is_wrong_in_the_header(header, said):
    assert words(header=header) == [said]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>Klicka här för att ange text</p>", "Klicka här för att ange text"),
        ("<p>Nämnden [nämndens namn] anser</p>", "[nämndens namn]"),
        ("<p>Den XXX möttes de</p>", "XXX"),
        ("<p>Mötet åååå-mm-dd</p>", "åååå-mm-dd"),
    ],
)
def test_text_that_a_template_left_is_found(body, left):
    assert words([section(body)]) == [f"Avsnittet ”Text” har kvar text från en mall: ”{left}”."]


def test_guidance_left_as_text_is_found():
    left = section("<p>Skriv kort  om läget.</p>", guidance="Skriv kort om läget.")
    assert words([left]) == ["Avsnittet ”Text” har kvar mallens vägledning som text."]


def test_footnotes_with_and_without_text():
    assert words([section("<p>Så är det [Fotnot: se bilagan].</p>")]) == []
    assert words([section("<p>Så är det [Fotnot: ].</p>")]) == [
        "Avsnittet ”Text” har en fotnot utan text."
    ]


def test_required_sections_that_are_empty_or_gone():
    equality = section("", "jamstalldhetsanalys", heading="Jämställdhetsanalys")
    children = section("<p> </p>", "barnrattsperspektiv", heading="Barnrättsperspektiv")
    assert words([equality, children, section("", required=False)]) == [
        "Jämställdhetsanalysen är inte skriven.",
        "Barnrättsperspektivet är inte skrivet.",
    ]
    asked = (("sammanfattning", "Sammanfattning"), ("jamstalldhetsanalys", "Jämställdhetsanalys"))
    assert words(asked_for=(*asked, ("bakgrund", "Bakgrund"))) == [
        "Jämställdhetsanalysen saknas, och mallen kräver den.",
        "Avsnittet ”Bakgrund” saknas, och mallen kräver det.",
    ]


def test_an_opinion_that_is_answered_proposal_by_proposal_is_not_empty():
    opinion = LintSection(2, "synpunkter", "Synpunkter", SectionKind.YTTRANDE, "", True)
    assert words([opinion], opinion_is_written=True) == []
    assert words([opinion]) == ["Avsnittet ”Synpunkter” är tomt."]


def test_days_that_contradict_each_other():
    assert words(due_on=dt.date(2023, 8, 30)) == [
        "Svaret ska vara inne 2023-08-30, före sammanträdet 2023-08-31."
    ]
    assert words(attests=(AttestContent("Bo", "", dt.date(2023, 9, 1)),)) == [
        "Bo attesterade 2023-09-01, efter sammanträdet."
    ]
    group = section("<p>Gruppen behandlade det 6 september 2023.</p>", "arendets_beredning")
    assert words([group]) == [
        "Avsnittet ”Text” nämner 2023-09-06, som är efter sammanträdet 2023-08-31."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Remissen har även skickats till remissinstanserna Farsta stadsdelsnämnd, "
            "socialnämnden och Roks.",
            True,
        ),
        ("Kommunstyrelsen har remitterat motionen till socialnämnden.", False),
        ("Motionen har också remitterats till Farsta stadsdelsnämnd och Roks.", False),
        ("Socialnämnden och övriga anser att det är bra.", False),
    ],
)
def test_the_own_nämnd_among_the_others(text, expected):
    assert names_itself(text, ("Socialnämnden",)) is expected


def test_errors_come_first_and_each_knows_its_place():
    bad = LintPaper(
        Header(**{**HEADER.__dict__, "handlaggare": ()}), (section(""),), unanswered=(2,)
    )
    assert [(f.is_error, f.place, f.proposal) for f in lint(bad)] == [
        (True, 3, 0),
        (False, 0, 0),
        (False, 0, 2),
    ]
