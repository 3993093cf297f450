"""What is taken out of Samlad loads back to the same bytes: the demo's programmes, and any."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.demo import indicators, life, organisation, programme, responsibility
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme, plan_programme
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import Indicator, IndicatorSuccession
from programme.models import Activity, Goal, Programme
from tests.indicators.programme_sheets import as_yaml, small
from trace.uploads import WORKBOOK, YAML, open_upload

pytestmark = pytest.mark.django_db
SLUG = "prov-2026-2030"


def taken_out(slug: str) -> bytes:
    return programme_yaml(read_existing(slug))


def take_away(slug: str) -> None:
    """The programme, and the indicators that no other programme has."""
    goals = Goal.objects.filter(programme__slug=slug)
    alone = Indicator.objects.filter(goals__in=goals).exclude(
        pk__in=Indicator.objects.exclude(goals__in=goals).values("pk")
    )
    alone = alone.exclude(goals__in=Goal.objects.exclude(programme__slug=slug))
    pks = list(alone.values_list("pk", flat=True))
    IndicatorSuccession.objects.filter(predecessor__in=pks).delete()
    IndicatorSuccession.objects.filter(successor__in=pks).delete()
    Indicator.objects.filter(pk__in=pks).delete()
    Activity.objects.filter(goal__in=goals).delete()
    goals.filter(parent__isnull=False).delete()
    Programme.objects.filter(slug=slug).delete()


def check_round_trip(slug: str) -> None:
    """Taken out it is what is there, and taken away and loaded it is taken out as the same bytes;
    the workbook says the same."""
    first, book = taken_out(slug), programme_xlsx(read_existing(slug))
    for name, data, kind in (("p.yaml", first, YAML), ("p.xlsx", book, WORKBOOK)):
        assert plan_programme(open_upload(name, data, [kind])).changes == ()
    with transaction.atomic():
        take_away(slug)
        load_programme(open_upload("p.yaml", first, [YAML]))
        assert taken_out(slug) == first
        transaction.set_rollback(True)


def test_the_programmes_of_the_demo_come_back_as_they_were():
    organisation.load_namnder()
    programme.load_programme()
    indicators.load_indicators()
    life.load_life()
    responsibility.load_responsibilities()
    slugs = list(Programme.objects.order_by("slug").values_list("slug", flat=True))
    assert len(slugs) > 2
    for slug in slugs:
        check_round_trip(slug)


# Any programme -----------------------------------------------------------------------------------

ODD = [
    "Fråga", "=1+1", "nej", "null", "~", "1.0", "0x1F", "2026-01-31", "- a: b", "# c", "'d\"",
    "é😀", "e\u0301", "12:30", "&amp;", "<b>", "%", "@x", "a;b", "[x]", "{y}", "\\n", "ÅÄÖ", "!x",
]  # fmt: skip
lines = st.lists(st.sampled_from(ODD), min_size=1, max_size=4).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
days = st.dates(dt.date(2026, 1, 2), dt.date(2030, 12, 31))
spans = st.lists(days, min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A programme in which texts look like something else, and much has days."""
    document = small()
    document["Program"][0] |= {"Namn": draw(texts), "Vision": draw(texts), "Källa": draw(lines)}
    goals = [str(n) for n in range(1, draw(st.integers(1, 4)) + 1)]
    parts = [f"{goal}.{n}" for goal in goals for n in range(1, draw(st.integers(0, 2)) + 1)]
    document["Mål"] = []
    for code in [*goals, *parts]:
        first, last = draw(st.just((None, None)) | spans)
        document["Mål"].append(
            {"Mål": code, "Text": draw(texts), "Källa": draw(lines)}
            | ({"Gäller från": first, "Gäller till": last} if first else {})
        )
    anywhere = st.sampled_from([*goals, *parts])
    document["Förutsättningar"] = [
        {"Mål": code, "Ordning": n, "Text": draw(texts), "Exempel": True}
        for code in goals
        for n in range(1, draw(st.integers(0, 2)) + 1)
    ]
    codes = [f"a-{n}" for n in range(draw(st.integers(0, 4)))]
    document["Aktiviteter"] = [
        {"Kod": code, "Mål": draw(anywhere), "Text": draw(texts), "Exempel": draw(st.just(True))}
        | {"Ordning": draw(st.integers(0, 3)), "Källa": draw(lines)}
        for code in codes
    ]
    document["Lydelser"] = [
        {"Aktivitet": code, "Gäller från": day, "Text": draw(texts)}
        | draw(
            st.sampled_from(
                [{"Beslut": "KF § 1"}, {"Rättelse": True, "Varför": "Ett skrivfel: ett ord."}]
            )
        )
        for code in codes
        for day in draw(st.lists(days, max_size=2, unique=True))
    ]
    document["Märkning"] = [
        {"Mål": code, tag: word, "Gäller från": first, "Gäller till": last, "Källa": draw(lines)}
        for code in goals
        for tag, word in draw(
            st.lists(
                st.sampled_from([("Våldstyp", "hot"), ("Perspektiv", "barnratt")]),
                max_size=2,
                unique=True,
            )
        )
        for first, last in [draw(spans)]
    ]
    document["Ansvar"] = [
        {"Aktivitet": code, "Nämnd eller grupp": who, "Gäller från": first, "Gäller till": last}
        for code in codes
        for who in draw(st.sets(st.sampled_from(["Farsta", "Alla nämnder", "Socialnämnden"])))
        for first, last in [draw(spans)]
    ]
    document["Indikatorer"][0]["Mål"] = draw(
        st.lists(st.sampled_from(goals), min_size=1, max_size=3, unique=True)
    )
    document["Definitioner"][0] |= {"Namn": draw(lines), "Definition": draw(texts)}
    return document


@settings(max_examples=2, deadline=None, derandomize=True, database=None)
@given(documents())
def test_any_programme_comes_back_as_it_was(document):
    check_any(document)


@pytest.mark.deep
@settings(max_examples=100, deadline=None, database=None)
@given(documents())
def test_so_it_is_of_many_programmes(document):
    check_any(document)


def check_any(document: dict[str, Any]) -> None:
    with transaction.atomic():
        organisation.load_namnder()
        load_programme(as_yaml(document))
        check_round_trip(SLUG)
        transaction.set_rollback(True)
