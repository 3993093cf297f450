"""Whatever a text holds, it comes back from a file as it was kept."""

from decimal import Decimal

import yaml
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.loading.existing import Existing
from indicators.domain.loading.problems import Problems
from indicators.domain.loading.rows import Row, plain_number, tidy
from indicators.domain.loading.tables import ACTIVITIES, TARGETS, Kind
from indicators.domain.loading.yaml_source import read_yaml
from indicators.exports.programme_yaml import programme_yaml


@given(st.text(), st.sampled_from([Kind.TEXT, Kind.LINE]))
def test_a_tidy_text_stays_as_it_is(text, kind):
    once = tidy(text, kind)
    assert tidy(once, kind) == once
    assert kind is Kind.TEXT or "\n" not in once


@given(st.text().map(lambda text: tidy(text, Kind.TEXT)).filter(bool))
def test_a_text_comes_back_from_yaml(text):
    values = {column.key: column.blank for column in ACTIVITIES.columns}
    values |= {"code": "a", "goal": "4.10", "text": text}
    row = Row(ACTIVITIES, values)
    existing = Existing(None)
    existing.book[ACTIVITIES.title][row.key] = row
    # The programme is one row; this one has none.
    existing.book["Program"][("x",)] = Row(ACTIVITIES, values | {"text": "x"})
    problems = Problems()
    written = programme_yaml(existing)
    (read,) = read_yaml(written, problems).tables[ACTIVITIES.title]
    assert tidy(read.cells["text"].text, Kind.TEXT) == text
    assert read.cells["goal"].text == "4.10"
    # Other readers of YAML understand the same.
    assert yaml.safe_load(written)["aktiviteter"][0]["text"] == text


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_a_number_comes_back(number):
    assert Decimal(plain_number(number)) == number
    assert "E" not in plain_number(number)
    assert TARGETS.column("value").kind is Kind.NUMBER
