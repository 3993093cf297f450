"""The sentences that Samlad writes: what they say, in which words, and of which cells."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.domain.disclosure import MISSING, PROTECTED, Audience, Cell, CellState
from indicators.domain.figures import (
    Cells,
    Comparison,
    Coverage,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
    ReportStatus,
    TargetResult,
)
from indicators.domain.followup_report.drafting import (
    introduction,
    of_goal,
    own_introduction,
    summary,
)
from indicators.domain.followup_report.snapshot import OwnGrade, Place, Sentence
from indicators.domain.followup_report.wording import amount, listed, quoted
from indicators.domain.grades import GradeSummary
from indicators.domain.results import not_asked
from indicators.domain.statuses import ActivityResult, NamndStatus, StatusInput

NAMES = {"bromma": "Bromma", "farsta": "Farsta", "jarva": "Järva", "sodermalm": "Södermalm"}


def value(number: str, parts: tuple[int, int] | None = None, **fields) -> Cell:
    numerator, denominator = parts or (None, None)
    return Cell(
        CellState.VALUE,
        Decimal(number),
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
        1 if parts else None,
        **fields,
    )


def part(code: str, total: Cell, reason: str = "", comment: str = "") -> Part:
    return Part(code, NAMES[code], Cells(total, MISSING, MISSING), reason, comment, False)


def indicator(total: Cell, **fields) -> IndicatorResult:
    given = {
        "code": "i-1",
        "name": "Sökande",
        "unit": "antal",
        "definition": "",
        "source": "",
        "aggregation": "Summa",
        "accumulation": "Hittills i år",
        "direction": "Ingen",
        "split_by_sex": False,
        "is_yes_no": False,
        "whole_label": "",
        "register_is_example": False,
        "is_example": False,
        "cells": Cells(total, not_asked("delas inte på kön"), not_asked("delas inte på kön")),
        "coverage": Coverage(4, 4),
        "coverage_by_sex": "",
        "comparison": None,
        "target": None,
        "references": (),
        "parts": (),
        "series": (),
        "trend": (),
    }
    return IndicatorResult(**(given | fields))


def goal(*indicators: IndicatorResult, **fields) -> GoalResult:
    given = {
        "number": 1,
        "code": "1",
        "label": "Mål 1",
        "text": "Text.",
        "programme": "Programmet",
        "programme_slug": "p",
        "grades": GradeSummary(helt=3, delvis=1),
        "indicators": indicators,
    }
    return GoalResult(**(given | fields))


def followup(*goals: GoalResult, **fields) -> Followup:
    given = {
        "period_code": "2025-T1",
        "period_label": "Tertialrapport 1 2025",
        "year": 2025,
        "ends_on": dt.date(2025, 4, 30),
        "due_on": None,
        "audience": Audience.OTHERS,
        "statuses": (),
        "goals": goals,
        "is_example": False,
        "includes_companies": False,
        "approved_until": None,
    }
    return Followup(**(given | fields))


def said(result: IndicatorResult, namnd: str = "") -> list[str]:
    """What is said of one indicator, after the judgement of its goal."""
    one = goal(result)
    return [s.text for s in of_goal(one, followup(one), namnd=namnd, told={})][1:]


EARLIER = {"period_code": "2024-T1", "label": "Tertialrapport 1 2024"}


@pytest.mark.parametrize(
    ("coverage", "sentence"),
    [
        (Coverage(4, 4), "Alla fyra nämnder har lämnat uppgift om ”Sökande”."),
        (Coverage(2, 2), "Båda nämnderna har lämnat uppgift om ”Sökande”."),
        (Coverage(18, 20), "18 av 20 nämnder har lämnat uppgift om ”Sökande”."),
        (Coverage(0, 3), "Ingen av de tre nämnderna har lämnat uppgift om ”Sökande”."),
        (Coverage(1, 1), "Den enda nämnd som ska lämna uppgift om ”Sökande” har gjort det."),
        (Coverage(0, 1), "Den enda nämnd som ska lämna uppgift om ”Sökande” har inte gjort det."),
    ],
)
def test_how_many_have_reported(coverage: Coverage, sentence: str):
    assert said(indicator(value("7"), coverage=coverage))[0] == sentence


@pytest.mark.parametrize(
    ("cells", "fields", "sentence"),
    [
        ((value("1234"), MISSING, MISSING), {}, "Utfallet är 1\u00a0234."),
        (
            (value("30"), value("20"), value("10")),
            {"split_by_sex": True},
            "Utfallet är 30: 20 för kvinnor och 10 för män.",
        ),
        (
            (value("30"), PROTECTED, PROTECTED),
            {"split_by_sex": True},
            "Utfallet är 30. Uppgifterna för kvinnor och för män är skyddade.",
        ),
        (
            (PROTECTED, PROTECTED, PROTECTED),
            {"split_by_sex": True},
            "Utfallet är en skyddad uppgift, liksom uppgifterna för kvinnor och för män.",
        ),
        (
            (PROTECTED, value("20"), PROTECTED),
            {"split_by_sex": True},
            "Utfallet är en skyddad uppgift; 20 för kvinnor och en skyddad uppgift för män.",
        ),
        (
            (value("30"), MISSING, MISSING),
            {"split_by_sex": True},
            "Utfallet är 30. Uppgift om kön saknas.",
        ),
        ((value("68", (17, 25)), MISSING, MISSING), {"unit": "%"},
         "Utfallet är 68,0 procent (17 av 25)."),
        ((value("68", (17, 25)), MISSING, MISSING), {"unit": "%", "is_yes_no": True},
         "17 av 25 svarar ja, det vill säga 68,0 procent."),
        ((value("12"), MISSING, MISSING), {"unit": "per 10 000 vuxna"},
         "Utfallet är 12 per 10 000 vuxna."),
        ((not_asked("läggs inte samman"), MISSING, MISSING), {},
         "Nämndernas uppgifter läggs inte samman."),
    ],
)  # fmt: skip
def test_the_outcome(cells: tuple[Cell, Cell, Cell], fields: dict, sentence: str):
    assert said(indicator(cells[0], cells=Cells(*cells), **fields))[1] == sentence


@pytest.mark.parametrize(
    ("comparison", "sentence"),
    [
        (
            Comparison(**EARLIER, cell=value("25"), change="+5", coverage=Coverage(4, 4)),
            "Det är 5 högre än i tertialrapport 1 2024, då det var 25.",
        ),
        (
            Comparison(
                **EARLIER,
                cell=value("32"),
                change="−2, olika många nämnder",
                coverage=Coverage(3, 4),
            ),
            "Det är 2 lägre än i tertialrapport 1 2024, då det var 32. "
            "Siffrorna kommer från olika många nämnder: 4 nu och 3 då.",
        ),
        (
            Comparison(**EARLIER, cell=value("30"), change="oförändrat", coverage=Coverage(4, 4)),
            "Det är oförändrat jämfört med tertialrapport 1 2024.",
        ),
        (
            Comparison(
                **EARLIER, cell=None, change="definitionen har ändrats", coverage=Coverage(4, 4)
            ),
            "Utfallet jämförs inte med tertialrapport 1 2024, eftersom definitionen har ändrats.",
        ),
    ],
)
def test_the_change(comparison: Comparison, sentence: str):
    assert said(indicator(value("30"), comparison=comparison))[2:] == [sentence]


def test_nothing_is_said_of_a_change_when_one_of_the_figures_is_hidden():
    comparison = Comparison(**EARLIER, cell=PROTECTED, change="", coverage=Coverage(4, 4))
    assert len(said(indicator(value("30"), comparison=comparison))) == 2


def test_the_target():
    target = TargetResult(2025, Decimal(90), "inte uppnått än", "Prov", False)
    sentences = said(indicator(value("68", (17, 25)), unit="%", target=target))
    assert sentences[2] == "Årsmålet på 90 procent är inte uppnått än."


def test_who_deviates_is_told_with_the_nämnds_own_words():
    parts = (
        part("bromma", value("40", (8, 20)), comment="Vi har  bytt ”system”"),
        part("farsta", value("79", (79, 100))),
        part("jarva", value("60", (6, 10))),
        part("sodermalm", value("77.9", (779, 1000))),
    )
    result = indicator(value("68", (17, 25)), unit="%", parts=parts)
    assert said(result)[2:] == [
        "Bromma ligger 28,0 procentenheter under staden, på 40,0 procent, och skriver: "
        "”Vi har bytt ’system’.”",
        "Farsta ligger 11,0 procentenheter över staden, på 79,0 procent, "
        "och har inte förklarat det.",
    ]


def test_who_is_missing_is_told_by_name_and_many_without_a_report_together():
    parts = (
        part("bromma", MISSING, "ingen godkänd rapport"),
        part("farsta", MISSING, "sekretess"),
        part("jarva", value("3")),
    )
    missing = Coverage(1, 3, ("Bromma", "Farsta"))
    result = indicator(value("3"), coverage=missing, parts=parts)
    assert said(result)[2] == "Uppgift saknas från Bromma och Farsta (sekretess)."
    many = tuple(part(code, MISSING, "ingen godkänd rapport") for code in NAMES)
    result = indicator(value("3"), coverage=Coverage(1, 5, tuple(NAMES.values())), parts=many)
    assert said(result)[2] == "Uppgift saknas från fyra nämnder utan godkänd rapport."


def test_an_indicator_of_several_goals_is_told_of_once():
    one = goal(indicator(value("7")))
    sentences = of_goal(one, followup(one), told={"i-1": "Mål 2"})
    assert [s.text for s in sentences][1:] == ["”Sökande” redovisas under mål 2."]


def test_an_activity_that_deviates_is_told_with_the_new_day():
    status = StatusInput(1, "avviker", "Lokalen\nblev inte klar", dt.date(2025, 9, 30))
    activity = ActivityResult(
        "a-1", "Erbjuda stöd.", "p", False, (NamndStatus("bromma", "Bromma", status),)
    )
    one = goal(activities=(activity,))
    last = of_goal(one, followup(one), told={})[-1]
    assert last == Sentence(
        "Aktiviteten ”Erbjuda stöd.” avviker i Bromma och ska i stället vara klar den "
        "30 september 2025. Nämnden skriver: ”Lokalen blev inte klar.”",
        (Place("aktivitet", "a-1", "bromma", "2025-T1"),),
    )


def test_a_sentence_is_tied_to_its_cells():
    comparison = Comparison(**EARLIER, cell=value("25"), change="+5", coverage=Coverage(4, 4))
    one = goal(
        indicator(
            value("30"),
            cells=Cells(value("30"), value("20"), value("10")),
            split_by_sex=True,
            comparison=comparison,
        )
    )
    judged, _, outcome, change = of_goal(one, followup(one), told={})
    assert judged.places == (Place("bedomning", "p-mal-1", "", "2025-T1"),)
    assert [place.anchor for place in outcome.places] == [
        "indikator-i-1-2025-T1-totalt",
        "indikator-i-1-2025-T1-kvinnor",
        "indikator-i-1-2025-T1-man",
    ]
    assert [(p.period, p.category) for p in change.places] == [
        ("2025-T1", "totalt"),
        ("2024-T1", "totalt"),
    ]


def test_the_same_data_gives_the_same_text():
    one = goal(indicator(value("30")))
    assert of_goal(one, followup(one), told={}) == of_goal(
        replace(one), followup(replace(one)), told={}
    )


def test_the_introduction_names_who_has_not_reported():
    statuses = (
        ReportStatus("bromma", "Bromma", True, False, False, "2025-05-20 § 7"),
        ReportStatus("farsta", "Farsta", False, False, True),
        ReportStatus("jarva", "Järva", False, True, False),
        ReportStatus("sodermalm", "Södermalm", False, False, False),
        ReportStatus("x", "Norrmalm", False, False, False),
    )
    assert [s.text for s in introduction(followup(statuses=statuses))] == [
        "1 av 5 nämnder har godkänd rapport.",
        "Försenad är Farstas rapport.",
        "Inlämnad men inte godkänd är Järvas rapport.",
        "Ännu inte inlämnade är rapporterna från Södermalm och Norrmalm.",
        "En nämnd har fattat beslut om sin rapport.",
    ]


def test_the_summary_counts_the_citys_judgements_and_targets():
    target = TargetResult(2025, Decimal(5), "uppnått", "Prov", False)
    missed = replace(target, verdict="inte uppnått")
    goals = (
        goal(indicator(value("7"), target=target)),
        goal(indicator(value("7"), code="i-2", target=missed), number=2, code="2", label="Mål 2"),
        goal(number=3, code="3", label="Mål 3"),
    )
    grades = {"p-mal-1": OwnGrade("helt", "x"), "p-mal-2": OwnGrade("delvis", "x")}
    sentences = [s.text for s in summary(followup(*goals), grades)]
    assert sentences[0] == ("Staden bedömer att 1 av 3 mål uppfylls helt och ett uppfylls delvis.")
    assert sentences[1] == "Mål 1: 3 av 4 nämnder bedömer att målet uppfylls helt, en delvis."
    assert sentences[-1] == (
        "Årsmålet är uppnått för en av de två indikatorer som kan jämföras med ett årsmål."
    )


def test_a_nämnds_own_report_speaks_of_the_nämnd():
    own = part("bromma", value("30"), comment="Fler söker")
    result = indicator(value("30"), parts=(own,), coverage=Coverage(1, 1))
    one = goal(result, grades=GradeSummary(delvis=1))
    assert [s.text for s in of_goal(one, followup(one), namnd="bromma", told={})] == [
        "Nämnden bedömer att målet uppfylls delvis.",
        "För ”Sökande” är utfallet 30.",
        "Nämnden skriver: ”Fler söker.”",
    ]
    without = followup(one, statuses=(ReportStatus("bromma", "Bromma", False, False, True),))
    assert [s.text for s in own_introduction(without, "Bromma")] == [
        "Bromma har ingen godkänd rapport för tertialrapport 1 2025 än."
    ]


def test_pieces_of_swedish():
    assert [listed(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a och b",
        "a, b och c",
    ]
    assert quoted(' säger "så"\n här ') == "”säger ’så’ här”"
    assert amount("7", "%") == "7 procent"
