"""The entry form: what it asks for, what it refuses and in which words, and what it keeps."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from indicators.domain.checks import MAX_ANALYSIS, MAX_COMMENT, GradeInput, ValueInput
from indicators.domain.sheet import entry_sheet
from indicators.enums import Aggregation, Category, Grade, MissingReason
from indicators.forms import EntryForm
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)

pytestmark = pytest.mark.django_db


def fill(report, **fields):
    """The form with `fields` typed; "__" in a name stands for "-"."""
    data = QueryDict(mutable=True)
    for name, text in fields.items():
        data[name.replace("__", "-")] = text
    return EntryForm(entry_sheet(report), data)


def problems(form):
    return [(problem["target"], problem["message"]) for problem in form.problems]


@pytest.fixture
def report():
    return make_report()


def test_the_form_asks_for_each_indicator_once_under_its_first_goal(report):
    goals = [make_goal(number) for number in (1, 2, 3)]
    shared = make_indicator("origo", goal=goals[1])
    shared.indicator.goals.add(goals[2])
    make_indicator("egen", goal=goals[2])
    make_activity(goal=goals[0])

    sheet = entry_sheet(report)

    assert [
        (g.goal.number, [r.code for r in g.rows], [r.code for r in g.asked_elsewhere])
        for g in sheet.goals
    ] == [(1, [], []), (2, ["origo"], []), (3, ["egen"], ["origo"])]
    assert [g.number for g in sheet.goals[1].rows[0].also_under] == [3]
    assert list(EntryForm(sheet).fields) == [
        "a-a-1-lage",
        "a-a-1-kommentar",
        "a-a-1-nytt-datum",
        "g-vald-2021-2025-1-bedomning",
        "g-vald-2021-2025-1-analys",
        "v-origo-totalt-utfall",
        "v-origo-totalt-prognos",
        "v-origo-totalt-saknas",
        "v-origo-totalt-kommentar",
        "g-vald-2021-2025-2-bedomning",
        "g-vald-2021-2025-2-analys",
        "v-egen-totalt-utfall",
        "v-egen-totalt-prognos",
        "v-egen-totalt-saknas",
        "v-egen-totalt-kommentar",
        "g-vald-2021-2025-3-bedomning",
        "g-vald-2021-2025-3-analys",
    ]


def test_what_is_asked_of_other_namnder_only_is_not_in_the_form(report):
    make_indicator("annan", namnd=make_namnd("farsta"))
    assert EntryForm(entry_sheet(report)).fields == {}


def test_a_filled_form_becomes_values_and_grades(report):
    goal = make_goal()
    count = make_indicator("antal", goal=goal, split_by_sex=True, order=1)
    ratio = make_indicator("kvot", goal=goal, aggregation=Aggregation.RATIO, order=2)
    yes_no = make_indicator("rutin", goal=goal, aggregation=Aggregation.SHARE_YES, order=3)
    missing = make_indicator("saknad", goal=goal, order=4)
    form = fill(
        report,
        v__antal__totalt__utfall="1 000",
        v__antal__kvinnor__utfall="600,5",
        v__kvot__totalt__taljare="9",
        v__kvot__totalt__namnare="14",
        v__rutin__totalt__utfall="0",
        v__saknad__totalt__saknas="mats-inte",
        v__saknad__totalt__kommentar="Ny rutin\r\nfrån 2026",
        **{"g-vald-2021-2025-1-bedomning": "delvis", "g-vald-2021-2025-1-analys": "  En bit. "},
    )
    assert problems(form) == []
    assert form.values == [
        ValueInput(count.pk, number=Decimal(1000)),
        ValueInput(count.pk, Category.KVINNOR, number=Decimal("600.5")),
        ValueInput(count.pk, Category.MAN),
        ValueInput(ratio.pk, numerator=Decimal(9), denominator=Decimal(14)),
        ValueInput(yes_no.pk, number=Decimal(0)),
        ValueInput(missing.pk, missing=MissingReason.MATS_INTE, comment="Ny rutin\nfrån 2026"),
    ]
    assert form.grades == [GradeInput(goal.pk, Grade.DELVIS, "En bit.")]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("tolv", "”tolv” är inte ett tal. Skriv med siffror."),
        ("1.000", "”1.000” kan betyda 1 000 eller 1,0. Skriv 1 000 eller 1,0."),
        ("-1", "Utfallet kan inte vara negativt."),
        ("2,5", "Skriv ett heltal, utan decimaler."),
        ("1" * 40, "Talet har för många siffror. Det får vara högst 12."),
        ("1\x002", "Texten innehåller osynliga tecken som inte kan sparas. Skriv om den delen."),
        ("9" * 5000, "Talet får ha högst 200 tecken. Nu har den 5\u00a0000."),
    ],
)
def test_a_bad_number_is_said_at_its_field_and_stays_typed(report, typed, message):
    make_indicator("antal", whole_numbers=True)
    form = fill(report, v__antal__totalt__utfall=typed)
    assert problems(form) == [("id_v-antal-totalt-utfall", message)]
    assert form["v-antal-totalt-utfall"].value() == typed


def test_a_percentage_entered_as_such_is_at_most_a_hundred(report):
    make_indicator("andel", unit="%", aggregation=Aggregation.LATEST)
    assert problems(fill(report, v__andel__totalt__utfall="100")) == []
    assert problems(fill(report, v__andel__totalt__utfall="100,1")) == [
        ("id_v-andel-totalt-utfall", "En andel kan inte vara större än 100 procent.")
    ]


def test_a_ratio_needs_both_parts_and_the_part_is_not_larger_than_the_whole(report):
    make_indicator(
        "kvot",
        aggregation=Aggregation.RATIO,
        numerator_label="Fullföljda",
        denominator_label="Påbörjade",
    )
    assert problems(fill(report, v__kvot__totalt__taljare="9")) == [
        ("id_v-kvot-totalt-namnare", "Fyll i påbörjade också. Båda talen behövs.")
    ]
    assert problems(fill(report, v__kvot__totalt__namnare="9")) == [
        ("id_v-kvot-totalt-taljare", "Fyll i fullföljda också. Båda talen behövs.")
    ]
    assert problems(fill(report, v__kvot__totalt__taljare="15", v__kvot__totalt__namnare="14")) == [
        (
            "id_v-kvot-totalt-taljare",
            "15 är fler än 14. ”Fullföljda” kan inte vara fler än ”Påbörjade”.",
        )
    ]


def test_a_reason_and_a_number_exclude_each_other(report):
    make_indicator("antal", split_by_sex=True)
    both = (
        "Både ett utfall och en orsak till att uppgift saknas är ifyllda. Ta bort det ena av dem."
    )
    for field in ("v__antal__totalt__utfall", "v__antal__man__utfall"):
        form = fill(report, **{field: "0", "v-antal-totalt-saknas": "sekretess"})
        assert problems(form) == [("id_v-antal-totalt-saknas", both)]


def test_a_comment_needs_something_to_comment_on(report):
    make_indicator("antal")
    assert problems(fill(report, v__antal__totalt__kommentar="Hm")) == [
        (
            "id_v-antal-totalt-kommentar",
            "Kommentaren kan sparas först när det finns ett utfall, "
            "eller en orsak till att uppgiften saknas.",
        )
    ]


@pytest.mark.parametrize(
    ("women", "men", "expected"),
    [
        ("6", "4", []),
        ("6", "", []),
        ("3", "4", []),
        (
            "6",
            "5",
            [
                (
                    "id_v-antal-totalt-utfall",
                    "Kvinnor och män är tillsammans 11, fler än totalen 10.",
                )
            ],
        ),
    ],
)
def test_women_and_men_are_together_at_most_the_total(report, women, men, expected):
    make_indicator("antal", split_by_sex=True)
    form = fill(
        report,
        v__antal__totalt__utfall="10",
        v__antal__kvinnor__utfall=women,
        v__antal__man__utfall=men,
    )
    assert problems(form) == expected


def test_women_and_men_need_a_total(report):
    make_indicator("antal", split_by_sex=True)
    assert problems(fill(report, v__antal__kvinnor__utfall="3")) == [
        (
            "id_v-antal-totalt-utfall",
            "Fyll i totalen också, när du har delat upp på kvinnor och män.",
        )
    ]


def test_percentages_of_women_and_men_are_not_added(report):
    make_indicator("andel", unit="%", aggregation=Aggregation.LATEST, split_by_sex=True)
    form = fill(
        report,
        v__andel__totalt__utfall="70",
        v__andel__kvinnor__utfall="80",
        v__andel__man__utfall="60",
    )
    assert problems(form) == []


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb"])
def test_characters_that_cannot_be_stored_are_said(report, text):
    make_indicator("antal")
    form = fill(
        report,
        v__antal__totalt__utfall="1",
        v__antal__totalt__kommentar=text,
        **{"g-vald-2021-2025-1-analys": text},
    )
    rest = "innehåller osynliga tecken som inte kan sparas. Skriv om den delen."
    assert problems(form) == [
        ("id_v-antal-totalt-kommentar", f"Texten {rest}"),
        ("id_g-vald-2021-2025-1-analys", f"Texten {rest}"),
    ]


def test_texts_that_are_too_long_are_said_with_their_length(report):
    make_indicator("antal")
    form = fill(
        report,
        v__antal__totalt__utfall="1",
        v__antal__totalt__kommentar="å" * (MAX_COMMENT + 1),
        **{"g-vald-2021-2025-1-analys": "å" * (MAX_ANALYSIS + 1)},
    )
    assert problems(form) == [
        (
            "id_v-antal-totalt-kommentar",
            "Kommentaren får ha högst 2\u00a0000 tecken. Nu har den 2\u00a0001.",
        ),
        (
            "id_g-vald-2021-2025-1-analys",
            "Analysen får ha högst 10\u00a0000 tecken. Nu har den 10\u00a0001.",
        ),
    ]


def test_a_choice_that_does_not_exist_is_refused(report):
    make_indicator("rutin", aggregation=Aggregation.SHARE_YES)
    form = fill(
        report,
        v__rutin__totalt__utfall="kanske",
        v__rutin__totalt__saknas="lat",
        **{"g-vald-2021-2025-1-bedomning": "toppen"},
    )
    assert [target for target, _ in problems(form)] == [
        "id_v-rutin-totalt-utfall",
        "id_v-rutin-totalt-saknas",
        "id_g-vald-2021-2025-1-bedomning",
    ]


def test_what_stands_beside_a_field_is_the_namnds_own_earlier_outcome(report):
    definition = make_indicator("kvot", aggregation=Aggregation.RATIO, unit="%", counts_people=True)
    before = make_report(report.namnd, make_period("2024-VB"))
    make_value(before, definition, numerator=1, denominator=3)
    other = make_report(make_namnd("farsta"), make_period("2024-T1"))
    make_value(other, definition, numerator=8, denominator=9)

    (row,) = entry_sheet(report).rows

    assert [(e.label, e.text) for e in row.earlier] == [
        ("Verksamhetsberättelse 2024", "33,3\u00a0% (1 av 3)"),
        ("Tertialrapport 1 2024", "–"),
    ]


def test_what_stands_beside_a_field_is_split_where_it_was_split(report):
    definition = make_indicator(split_by_sex=True)
    before = make_report(report.namnd, make_period("2024-VB"))
    make_value(before, definition, 20)
    make_value(before, definition, 12, category=Category.KVINNOR)
    make_value(before, definition, 8, category=Category.MAN)
    make_value(make_report(report.namnd, make_period("2024-T1")), definition, 9)

    (row,) = entry_sheet(report).rows

    assert [(e.text, e.sexes_text) for e in row.earlier] == [("20", "Kvinnor 12, män 8"), ("9", "")]


def test_after_a_conflict_what_one_did_not_touch_follows_and_the_rest_is_shown_beside(report):
    goal = make_goal()
    one = make_indicator("ett", goal=goal, order=1)
    two = make_indicator("tva", goal=goal, order=2)
    three = make_indicator("tre", goal=goal, order=3)
    make_value(report, three, "12.5")
    opened = EntryForm(entry_sheet(report))
    mine = QueryDict(mutable=True)
    mine.update(
        {
            "seen": opened.seen,
            "revision": "0",
            "v-ett-totalt-utfall": "6",
            "v-tva-totalt-utfall": "",
            "v-tre-totalt-utfall": "12.5",
            "v-ett-totalt-kommentar": "Min",
        }
    )
    make_value(report, one, 5, comment="Min")
    make_value(report, two, 9)
    report.revision = 1

    form = EntryForm.after_conflict(entry_sheet(report), mine)

    assert form["v-ett-totalt-utfall"].value() == "6"
    assert form["v-tva-totalt-utfall"].value() == "9"
    assert form["v-tre-totalt-utfall"].value() == "12,5"
    assert form.theirs == {"v-ett-totalt-utfall": "5"}
    assert form.revision == "1"
    assert problems(form) == []
