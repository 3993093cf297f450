"""The sentence on how the nämnder judge a goal, for every kind of count."""

import pytest

from indicators.domain.grades import GradeSummary, summarise, word
from indicators.enums import Grade


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "Målet berör ingen nämnd den här perioden."),
        (
            {"helt": 23, "delvis": 7},
            "23 av 30 nämnder bedömer att målet uppfylls helt, sju delvis.",
        ),
        (
            {"helt": 12, "delvis": 13, "ej": 1},
            "12 av 26 nämnder bedömer att målet uppfylls helt, 13 delvis och en ej.",
        ),
        (
            {"helt": 1, "ej": 12},
            "1 av 13 nämnder bedömer att målet uppfylls helt, tolv ej.",
        ),
        (
            {"delvis": 4, "ej": 2},
            "4 av 6 nämnder bedömer att målet uppfylls delvis, två ej.",
        ),
        (
            {"ej": 1, "not_judged": 1},
            "1 av 2 nämnder bedömer att målet inte uppfylls. Bedömning saknas ännu från en nämnd.",
        ),
        ({"helt": 30}, "Alla 30 berörda nämnder bedömer att målet uppfylls helt."),
        ({"delvis": 5}, "Alla fem berörda nämnder bedömer att målet uppfylls delvis."),
        ({"ej": 2}, "Båda berörda nämnderna bedömer att målet inte uppfylls."),
        ({"helt": 1}, "Den enda berörda nämnden bedömer att målet uppfylls helt."),
        (
            {"helt": 18, "delvis": 7, "ej_uppfoljd": 1, "not_judged": 4},
            "18 av 30 nämnder bedömer att målet uppfylls helt, sju delvis. "
            "Målet har inte följts upp av en nämnd. Bedömning saknas ännu från fyra nämnder.",
        ),
        (
            {"not_judged": 13},
            "Ingen av de 13 berörda nämnderna har lämnat bedömning än.",
        ),
        ({"not_judged": 1}, "Den enda berörda nämnden har inte lämnat någon bedömning än."),
        ({"ej_uppfoljd": 1}, "Den enda berörda nämnden har inte följt upp målet."),
        ({"ej_uppfoljd": 3}, "Ingen av de tre berörda nämnderna har följt upp målet."),
        (
            {"ej_uppfoljd": 3, "not_judged": 10},
            "Ingen av de 13 berörda nämnderna har bedömt målet. "
            "Målet har inte följts upp av tre nämnder. Bedömning saknas ännu från tio nämnder.",
        ),
    ],
)
def test_the_sentence_says_every_count_grammatically(counts, sentence):
    assert GradeSummary(**counts).sentence == sentence


def test_a_namnd_that_says_it_is_not_concerned_is_not_counted():
    grades = {1: Grade.HELT, 2: Grade.EJ_BERORD, 3: "", 9: Grade.EJ}
    assert summarise({1, 2, 3, 4}, grades) == GradeSummary(helt=1, not_judged=2)


def test_numbers_up_to_twelve_are_words():
    assert [word(n) for n in (0, 1, 12, 13, 40)] == ["ingen", "en", "tolv", "13", "40"]
