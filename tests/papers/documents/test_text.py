"""Reading plain-text papers: rules on small made-up texts; the real papers are in test_seeds."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.documents.model import Contact, Footnote, Heading, ListBlock, Run, Signatory, plain
from papers.documents.text import (
    MAX_CHARACTERS,
    Attest,
    ReadPaper,
    UnreadablePaper,
    decode_paper,
    normalise_dnr,
    read_text_paper,
    split_instances,
)
from papers.documents.text_lines import Joiner, Line
from tests.papers.documents.words import words_in, words_read

HEAD = """Exempelförvaltningen
Avdelningen för exempel
Tjänsteutlåtande
Dnr 3.1.1–432/2020
Sida 1 (3)
2025-04-30

Handläggare
Anna Exempel
Telefon: 08-508 00 000
Bo Exempel

Till
Exempelnämnden
2025-05-20

Svar på en exempelmotion

Svar på remiss från kommunstyrelsen, dnr KS 2025/17
"""
WIDE = "Det här är en rad som är så lång att den har brutits där marginalen tar slut i"


def paper(body: str, head: str = "En rubrik\n\n") -> ReadPaper:
    return read_text_paper(head + body)


def texts(read: ReadPaper, key: str) -> list[str]:
    section = read.section(key)
    assert section is not None
    return [plain(block.runs) for block in section.blocks if not isinstance(block, ListBlock)]


def items(block) -> list[str]:
    assert isinstance(block, ListBlock)
    return [plain(item[0].runs) for item in block.items]


def test_the_letterhead_is_read_line_by_line():
    read = paper("Sammanfattning\nText.\n", HEAD)
    head = read.letterhead
    assert (head.forvaltning, head.avdelning) == ("Exempelförvaltningen", "Avdelningen för exempel")
    assert (head.kind, head.dnr, head.date) == (
        "Tjänsteutlåtande",
        "3.1.1-432/2020",
        date(2025, 4, 30),
    )
    assert head.handlaggare == (Contact("Anna Exempel", "08-508 00 000"), Contact("Bo Exempel"))
    assert (head.till, head.meeting_date) == ("Exempelnämnden", date(2025, 5, 20))
    assert (read.title, read.subtitle) == (
        "Svar på en exempelmotion",
        "Svar på remiss från kommunstyrelsen, dnr KS 2025/17",
    )
    assert (read.remitter_dnr, read.namnd) == ("KS 2025/17", "Exempelnämnden")
    assert read.warnings == ()


def test_what_the_paper_does_not_tell_is_empty_and_a_missing_title_is_said():
    read = paper("Sammanfattning\nText.\n", "")
    assert (read.title, read.subtitle, read.namnd, read.due_date) == ("", "", "", None)
    assert [(w.line, w.text) for w in read.warnings] == [(0, "Papperets rubrik saknas i texten.")]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Förslag till beslut", "forslag_till_beslut"),
        ("Förvaltningens förslag till beslut", "forslag_till_beslut"),
        ("Stadsdelsförvaltningens synpunkter och förslag", "synpunkter"),
        ("Synpunkter och förslag", "synpunkter"),
        ("Stadsdelsnämndens yttrande", "yttrande"),
        ("Järva stadsdelsnämnds yttrande", "yttrande"),
        ("Nämndens sammanfattande bedömning", "sammanfattande_bedomning"),
        ("BAKGRUND:", "bakgrund"),
        ("2. Ärendets beredning", "arendets_beredning"),
        ("Bilaga", "bilagor"),
        ("Beslutet ska skickas till", "skickas_till"),
        ("Attesterat av", "attest"),
    ],
)
def test_sections_are_found_by_their_heading(heading, key):
    (section,) = paper(f"{heading}\nText.\n").sections
    assert (section.key, section.heading) == (key, heading)


def test_the_order_is_the_papers_and_a_word_in_the_text_is_no_heading():
    read = paper("Ärendet\nText om\nbakgrund\noch annat.\n\nSammanfattning\nKort.\n")
    assert [s.key for s in read.sections] == ["arendet", "sammanfattning"]
    assert texts(read, "arendet") == ["Text om bakgrund och annat."]


def test_the_forvaltnings_opinion_after_a_yttrande_is_the_short_one():
    read = paper("Nämndens yttrande\nA.\n\nFörvaltningens synpunkter och förslag\nB.\n")
    assert [s.key for s in read.sections] == ["yttrande", "forvaltningens_synpunkter_kort"]


def test_a_paragraph_cut_by_a_page_break_is_joined_and_said():
    read = paper("Bakgrund\n\nEnheten som\n\nföreslås finns.\n\nEtt nytt stycke.\n")
    assert texts(read, "bakgrund") == ["Enheten som föreslås finns.", "Ett nytt stycke."]
    assert [w.line for w in read.warnings] == [7]


def test_page_numbers_and_page_heads_in_the_text_are_dropped_and_kept_aside():
    read = paper(
        "Bakgrund\nTexten går\n\nTjänsteutlåtande\nDnr 1.1-2/2025\nSida 2 (3)\n\f\nvidare här.\n"
    )
    assert texts(read, "bakgrund") == ["Texten går vidare här."]
    assert read.dropped == ("Tjänsteutlåtande", "Dnr 1.1-2/2025", "Sida 2 (3)")


def test_a_sentence_that_ends_with_a_page_number_stays():
    read = paper(
        "Bakgrund\nDet framgår av tabellen på\nannan plats, se sida 4 av 10\ni rapporten.\n"
    )
    assert "se sida 4 av 10 i rapporten." in texts(read, "bakgrund")[0]


def test_an_address_block_in_the_text_moves_to_the_letterhead():
    read = paper(
        "Bakgrund\nFörsta stycket.\n\nExempels stadsdelsförvaltning\n\nExempelvägen 2\nBox 10\n"
        "123 45 Exempelstad\nVäxel 08-508 00 000\nexempel@example.org\n\nAndra stycket.\n"
    )
    assert texts(read, "bakgrund") == ["Första stycket.", "Andra stycket."]
    assert read.letterhead.forvaltning == "Exempels stadsdelsförvaltning"
    assert read.letterhead.address == (
        "Exempelvägen 2",
        "Box 10",
        "123 45 Exempelstad",
        "Växel 08-508 00 000",
        "exempel@example.org",
    )
    assert [w.line for w in read.warnings] == [6]


def test_footnotes_are_lifted_out_and_stand_where_they_are_referred_to():
    read = paper(
        "Bakgrund\nMetoden kallas Exempel1 och\nrapporten2 säger att vi\n\n \n"
        "1 En metod från\nExempelstad.\n2 Rapport 2020\n ska fortsätta.\n"
    )
    section = read.section("bakgrund")
    assert section is not None
    (block,) = section.blocks
    assert block.runs == (
        Run("Metoden kallas Exempel"),
        Footnote((Run("En metod från Exempelstad."),)),
        Run(" och rapporten"),
        Footnote((Run("Rapport 2020"),)),
        Run(" säger att vi ska fortsätta."),
    )
    assert [(n.number, n.section, n.left_over) for n in read.footnotes] == [
        (1, "bakgrund", False),
        (2, "bakgrund", False),
    ]


def test_template_text_left_in_a_footnote_is_marked_and_said():
    read = paper("Bakgrund\nProgrammet1 gäller.\n\n1 Klicka här och skriv rubrik\n")
    assert [(n.text, n.left_over) for n in read.footnotes] == [
        ("Klicka här och skriv rubrik", True)
    ]
    assert [w.line for w in read.warnings] == [6]


def test_a_numbered_list_is_not_taken_for_footnotes():
    read = paper("Förslag till beslut\n1. Nämnden godkänner.\n2. Nämnden justerar\nomedelbart.\n")
    (block,) = read.sections[0].blocks
    assert (block.ordered, items(block)) == (
        True,
        ["Nämnden godkänner.", "Nämnden justerar omedelbart."],
    )


@pytest.mark.parametrize("bullet", ["\uf0d8 ", "\uf0b7\t", "• ", "– ", "- "])
def test_bullets_of_every_kind_make_lists_and_att_clauses_are_proposals(bullet):
    read = paper(f"Ärendet\nFöljande föreslås:\n\n{bullet}Att a\nb.\n\n{bullet}Att c.\n")
    assert items(read.sections[0].blocks[1]) == ["Att a b.", "Att c."]
    assert read.proposals == ("Att a b.", "Att c.")


def test_att_clauses_without_bullets_are_a_list_too():
    read = paper("Ärendet\nMotionären föreslår:\n\natt staden gör a\n\natt staden gör b\n")
    assert read.proposals == ("att staden gör a", "att staden gör b")


def test_lost_bullets_are_understood_and_said():
    read = paper("Ärendet\nMålen är\n Första målet\n\nsom går vidare.\n Andra målet.\n Tredje.\n")
    assert items(read.sections[0].blocks[1]) == [
        "Första målet som går vidare.",
        "Andra målet.",
        "Tredje.",
    ]
    assert any("saknar punkttecken" in w.text for w in read.warnings)


def test_sub_headings_in_a_section():
    read = paper(
        f"Ärendet\n{WIDE} mitten.\n\nSyfte med detta\nSyftet är gott.\n" + f"{WIDE}.\n" * 3
    )
    blocks = read.sections[0].blocks
    assert [type(b).__name__ for b in blocks][:3] == ["Paragraph", "Heading", "Paragraph"]
    assert blocks[1] == Heading(2, (Run("Syfte med detta"),))


def test_numbered_points_of_a_yttrande_are_statements():
    read = paper(
        "Nämndens yttrande\n\nNedan följer svaren:\n\n1. *Bygga ett hus*\n\nNämnden är positiv.\n\n"
        "Mer om huset.\n\n2. *Utbilda alla*\n\nPågår redan.\n"
    )
    assert [(s.number, s.wording, len(s.blocks)) for s in read.statements] == [
        (1, "Bygga ett hus", 2),
        (2, "Utbilda alla", 1),
    ]
    assert read.sections[0].blocks[1] == Heading(2, (Run("1. "), Run("Bygga ett hus")))


def test_italics_are_italic_over_a_page_break_too():
    read = paper(
        "Bakgrund\nStyrande är *Stadens program för*\n\nallt och *Andra\n\ndelen* slut *.\n"
    )
    (block,) = read.sections[0].blocks
    assert block.runs == (
        Run("Styrande är "),
        Run("Stadens program för", italic=True),
        Run(" allt och "),
        Run("Andra delen", italic=True),
        Run(" slut *."),
    )


def test_signatures_side_by_side_and_under_each_other():
    beside = paper(
        "Synpunkter\nText.\n\nAnna Bo Exempel  Cecilia Prov\nDirektör  Avdelningschef\n"
        "Exempelförvaltningen  Provförvaltningen\n\nBilagor\nEn bilaga\n"
    )
    assert beside.signatures == (
        Signatory("Anna Bo Exempel", "Direktör", "Exempelförvaltningen"),
        Signatory("Cecilia Prov", "Avdelningschef", "Provförvaltningen"),
    )
    assert texts(beside, "synpunkter") == ["Text."]
    under = paper(
        "Synpunkter\nText.\n\nAnna Exempel\nTf. stadsdelsdirektör\nExempels\nförvaltning\n\n"
        "Cecilia Prov\nAvdelningschef\n"
    )
    assert under.signatures == (
        Signatory("Anna Exempel", "Tf. stadsdelsdirektör", "Exempels förvaltning"),
        Signatory("Cecilia Prov", "Avdelningschef"),
    )


def test_names_that_cannot_be_told_apart_are_kept_together_and_said():
    read = paper(
        "Synpunkter\nText.\n\nXerxes Yttersta Zeta Wolmar Qvist\nDirektör Avdelningschef\n"
    )
    assert [s.name for s in read.signatures] == ["Xerxes Yttersta Zeta Wolmar Qvist", ""]
    assert any("Kontrollera" in w.text for w in read.warnings)


def test_attachments_recipients_and_attests():
    read = paper(
        "Bilagor\n1. Följebrev\n2. Motion om\nexempel\n\nBeslutet ska skickas till\n"
        "Kommunstyrelsen\nSocialnämnden\n\nAttesterat av\n\n"
        "Namn\tDatum\nAnna Exempel, Direktör\t2025-04-30\n"
    )
    assert read.attachments == ("Följebrev", "Motion om exempel")
    assert read.recipients == ("Kommunstyrelsen", "Socialnämnden")
    assert read.attests == (Attest("Anna Exempel", "Direktör", date(2025, 4, 30)),)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Yttrandet ska ha kommit in senast 2025-09-19.", date(2025, 9, 19)),
        ("För yttrande senast den 2 december 2020.", date(2020, 12, 2)),
        ("Remissvar ska lämnas senast 3 maj 2024 till staden.", date(2024, 5, 3)),
        ("Huset ska stå klart senast 2030-01-01. Svar senast 2025-02-03.", date(2025, 2, 3)),
        ("Svar senast 2025-13-40.", None),
        ("Beslutet fattades 2025-09-19.", None),
    ],
)
def test_the_due_date_stands_after_senast(sentence, due):
    assert paper(f"Bakgrund\n{sentence}\n").due_date == due


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("KS 2023/553", "KS 2023/553"),
        ("Dnr  KS  2023 / 553", "KS 2023/553"),
        ("2023/553", "KS 2023/553"),
        ("3.1.1–432/2020", "3.1.1-432/2020"),
        ("dnr: 3.1.1-730/2020", "3.1.1-730/2020"),
        ("441-2011-1.5.1", "441-2011-1.5.1"),
        ("110-1166/2015", "110-1166/2015"),
    ],
)
def test_registry_numbers_get_one_spelling(written, normal):
    assert normalise_dnr(written) == normal


def test_instances_are_divided_with_care():
    listed = "samtliga stadsdelsnämnder och facknämnder, Miljö- och hälsoskyddsnämnden, ROKS, "
    found = split_instances(listed + "Riksorganisationen GAPF - Glöm aldrig Pela och Fadime")
    assert [(i.name, i.group) for i in found] == [
        ("samtliga stadsdelsnämnder", True),
        ("facknämnder", True),
        ("Miljö- och hälsoskyddsnämnden", False),
        ("ROKS", False),
        ("Riksorganisationen GAPF - Glöm aldrig Pela och Fadime", False),
    ]
    assert {i.as_written for i in found[:2]} == {"samtliga stadsdelsnämnder och facknämnder"}
    assert [i.name for i in split_instances("Talita och Unizon")] == ["Talita", "Unizon"]


@pytest.mark.parametrize(
    ("elsewhere", "lines", "joined"),
    [
        ("ett lämna-program", ["om lämna-", "program för"], "om lämna-program för"),
        ("en stadsdelsnämnd", ["vår stadsdels-", "nämnd är"], "vår stadsdelsnämnd är"),
        ("stadsdelsnämnden", ["vår stadsdels-", "nämnd är"], "vår stadsdelsnämnd är"),
        ("", ["grund- och vidare-", "och annat"], "grund- och vidare- och annat"),
        ("", ["https://a.se/b-", "c.pdf"], "https://a.se/b-c.pdf"),
        ("", ["en IT-", "strateg"], "en IT-strateg"),
        ("", ["år 2021-", "2025 gäller"], "år 2021-2025 gäller"),
        ("", ["en verksamhets-", "plan"], "en verksamhetsplan"),
        ("", ["en mini-", "kurs"], "en mini-kurs"),
    ],
)
def test_hyphens_at_line_ends(elsewhere, lines, joined):
    assert Joiner([Line(1, elsewhere)]).join(lines) == joined


def test_an_uncertain_hyphen_is_reported():
    read = paper("Bakgrund\nEn mini-\nkurs gavs.\n")
    assert any("mini-kurs" in w.text for w in read.warnings)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\n", "Bara en helt vanlig text.\n", "\x00\x01\x02" * 50, "a" * (MAX_CHARACTERS + 1)],
)
def test_what_is_no_paper_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadablePaper, match=r"^(Texten|Filen) .+\.$"):
        read_text_paper(text)


def test_bytes_are_decoded_as_what_they_are():
    assert decode_paper("Ärendet".encode()) == "Ärendet"
    assert decode_paper("\ufeffÄrendet".encode()) == "Ärendet"
    assert decode_paper("Ärendet".encode("utf-16")) == "Ärendet"
    assert decode_paper("Ärendet".encode("cp1252")) == "Ärendet"
    for data in (b"%PDF\x00\x01", b"PK\x03\x04\x00"):
        with pytest.raises(UnreadablePaper):
            decode_paper(data)


LINES = st.sampled_from(
    [
        *("", "", "", " ", "Bakgrund", "Ärendet", "Bilagor", "Nämndens yttrande", "Attesterat av"),
        *(
            "Synpunkter",
            "en rad som går",
            "vidare här.",
            "Ny mening börjar",
            "slut.",
            "Kort rubrik",
        ),
        *("1. Första punkten", "2. Andra punkten", "1 En fotnot", "ordet1 och", "annat2."),
        *(
            "\uf0d8 Att göra",
            "• punkt",
            "- streck",
            "att göra",
            " Indragen rad",
            "  Två ord",
        ),
        *("avstav-\nning", "*kursiv", "slut*", "a\tb\tc", "Anna Exempel", "Avdelningschef"),
        *(
            "Box 12",
            "Växel 08-123 45",
            "a@b.se",
            "Exempels förvaltning",
            "så här:",
            "\f",
            "KS 2023/1",
        ),
        *("senast 2025-01-01", "Klicka här", "[Fotnot: x]", "# $x$", "Ord  Ord", "Socialdirektör"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40), st.booleans())
def test_no_word_is_lost_or_doubled_whatever_the_lines(lines, wide):
    text = "\n".join(["Sammanfattning", *lines, WIDE if wide else ""])
    assert words_read(read_text_paper(text)) == words_in(text)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader(text):
    read = read_text_paper(f"Bakgrund\n{text}")
    assert read.sections[0].key == "bakgrund"
    assert re.sub(r"\W", "", read.sections[0].heading) == "Bakgrund"
