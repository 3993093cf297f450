"""A need in plain Swedish: what is read out of it, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.domain.services.ages import AgeSpan, parse_ages
from programme.domain.services.need import (
    Need,
    in_words,
    parts_of,
    together,
    understand,
    without,
)
from programme.domain.services.vocabulary import District, Vocabulary
from programme.enums import Audience, Provider
from programme.service_forms import query_of

NEAR, HONOUR, SOLD, TRADE, SEXUAL = "nara", "heder", "prostitution", "handel", "sexuellt"
WORDS = Vocabulary(
    {
        NEAR: "våld i nära relationer",
        HONOUR: "hedersrelaterat våld och förtryck",
        SOLD: "prostitution",
        TRADE: "människohandel för sexuella ändamål",
        SEXUAL: "sexuellt våld oberoende relation",
    },
    (
        District("jarva", "Järva", ("Järva", "Rinkeby-Kista", "Rinkeby", "Kista", "Tensta")),
        District("norra-innerstaden", "Norra innerstaden", ("Norra innerstaden", "Östermalm")),
        District("sodermalm", "Södermalm", ("Södermalm",)),
    ),
)
EXPOSED, PERPETRATOR = Audience.UTSATT, Audience.UTOVARE
RELATIVE, PROFESSIONAL = Audience.ANHORIG, Audience.YRKESVERKSAM


def age(low: int, high: int | None = -1) -> tuple[AgeSpan]:
    return (AgeSpan(low, low if high == -1 else high),)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (
            "17 år, hedersrelaterat, anonymt",
            Need(ages=age(17), violence_types=(HONOUR,), anonymous=True),
        ),
        (
            "17-åring i Kista som är utsatt för heder",
            Need(
                ages=age(17), violence_types=(HONOUR,), audiences=(EXPOSED,), namnder=("jarva",)
            ),
        ),
        ("flicka 17, tvångsgifte", Need(ages=age(17), violence_types=(HONOUR,))),
        ("Hon är 17 och bor i Rinkeby.", Need(ages=age(17), namnder=("jarva",))),
        ("17", Need(ages=age(17))),
        ("sjutton år", Need(ages=age(17))),
        ("13–17 år", Need(ages=age(13, 17))),
        ("över 18, anonymt", Need(ages=age(18, None), anonymous=True)),
        ("65+", Need(ages=age(65, None))),
        ("under 12 år", Need(ages=age(0, 11))),
        ("tonåring som säljer sex", Need(ages=age(13, 19), violence_types=(SOLD,))),
        ("vuxna och barn", Need(ages=(AgeSpan(18), AgeSpan(0, 17)))),
        ("man som slår sin sambo", Need(violence_types=(NEAR,), audiences=(PERPETRATOR,))),
        (
            "han slår mig, jag är 35 år och mitt barn 7 år",
            Need(ages=(AgeSpan(35, 35), AgeSpan(7, 7)), audiences=(EXPOSED,)),
        ),
        (
            "köper sex, utan att säga mitt namn",
            Need(violence_types=(SOLD,), audiences=(PERPETRATOR,), anonymous=True),
        ),
        (
            "20-årig kvinna våldtagen på Östermalms stadsdelsnämnd",
            Need(
                ages=age(20),
                violence_types=(SEXUAL,),
                audiences=(EXPOSED,),
                namnder=("norra-innerstaden",),
            ),
        ),
        ("personal som behöver konsultation", Need(audiences=(PROFESSIONAL,))),
        ("anhörig till utsatt för trafficking", Need(
            violence_types=(TRADE,), audiences=(RELATIVE, EXPOSED)
        )),
        ("sodermalm", Need(namnder=("sodermalm",))),
        ("skyddat boende", Need(words=("skyddat", "boende"))),
        ("ideell förening", Need(providers=(Provider.CIVIL,), words=("förening",))),
        ("1000 möjligheter", Need(words=("1000", "möjligheter"))),
        ("", Need()),
        ("jag behöver hjälp och stöd", Need()),
    ],
)  # fmt: skip
def test_a_need_is_read_out_of_plain_words(text: str, need: Need):
    assert understand(text, WORDS).need == need


@pytest.mark.parametrize(
    ("text", "need", "set_aside"),
    [
        ("anhörig, inte anonymt", Need(audiences=(RELATIVE,)), ("inte anonymt",)),
        ("ej prostitution, heder", Need(violence_types=(HONOUR,)), ("ej prostitution",)),
        ("slagen i 5 år", Need(audiences=(EXPOSED,)), ("i 5 år",)),
        (
            "våldtagen för två år sedan",
            Need(violence_types=(SEXUAL,), audiences=(EXPOSED,)),
            ("för två år sedan",),
        ),
        ("behöver inte vara anonym", Need(), ("inte vara anonym",)),
    ],
)
def test_what_is_denied_or_is_a_length_of_time_is_not_counted_and_is_said(text, need, set_aside):
    found = understand(text, WORDS)
    assert (found.need, found.set_aside) == (need, set_aside)


@pytest.mark.parametrize("text", ["dnr 3.1.1-730/2020", "08-508 04 099", "24/7", "200 år"])
def test_a_number_that_is_no_age_is_none(text: str):
    assert understand(text, WORDS).need.ages == ()


def test_each_part_says_its_words_and_can_be_taken_away():
    found = understand("17-åring, hedersvåld, anonym, Kista", WORDS)
    parts = parts_of(found.need, WORDS, found.said)
    assert [(part.heading, part.label, part.said) for part in parts] == [
        ("Ålder", "17 år", "17-åring"),
        ("Våldstyp", "hedersrelaterat våld och förtryck", "hedersvåld"),
        ("Anonymt", "ja", "anonym"),
        ("Stadsdel", "Järva", "Kista"),
    ]
    need = found.need
    for part in parts:
        assert part not in parts_of(without(need, part), WORDS, found.said)
        need = without(need, part)
    assert need == Need()


def test_the_same_can_be_said_by_fields():
    need = understand("13–17 år, heder, utsatt, anonymt, Kista, chatt", WORDS).need
    assert query_of(need) == [
        ("alder", "13-17"),
        ("anonym", "ja"),
        ("ord", "chatt"),
        ("roll", "utsatt"),
        ("stadsdel", "jarva"),
        ("vald", "heder"),
    ]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("17", age(17)),
        (" 13–17 år, 35", (AgeSpan(13, 17), AgeSpan(35, 35))),
        ("18+", age(18, None)),
        ("18-", age(18, None)),
        ("", ()),
    ],
)
def test_a_field_of_ages(text: str, ages: tuple[AgeSpan, ...]):
    assert parse_ages(text) == ages


@pytest.mark.parametrize("text", ["sjutton", "17-13", "121", "1e2", "-5", "17 18"])
def test_what_is_no_age_is_refused_with_an_example(text: str):
    with pytest.raises(ValueError, match=r"är ingen ålder\. Skriv till exempel 17, "):
        parse_ages(text)


def spans() -> st.SearchStrategy[AgeSpan]:
    ages = st.integers(0, 120)
    return st.one_of(
        st.builds(AgeSpan, ages),
        st.tuples(ages, ages).map(lambda pair: AgeSpan(min(pair), max(pair))),
    )


def some(values) -> st.SearchStrategy[tuple]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple)


NEEDS = st.builds(
    Need,
    ages=st.lists(spans(), unique=True, max_size=3).map(tuple),
    violence_types=some(WORDS.violence_types),
    audiences=some(Audience.values),
    anonymous=st.booleans(),
    namnder=some(district.code for district in WORDS.districts),
    providers=some(Provider.values),
    words=some(["boende", "chatt", "telefon"]),
)


@given(NEEDS)
def test_a_need_written_out_is_read_as_the_same_need(need: Need):
    assert understand(in_words(need, WORDS), WORDS).need == need


@given(NEEDS)
def test_a_need_and_itself_is_the_same_need(need: Need):
    assert together(need, need) == need
    assert together(need, Need()) == need


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str):
    found = understand(text, WORDS)
    parts_of(found.need, WORDS, found.said)
    in_words(found.need, WORDS)


@given(spans(), st.integers(0, 120), st.integers(0, 120))
def test_a_span_meets_another_when_they_share_an_age(span: AgeSpan, one: int, other: int):
    low, high = min(one, other), max(one, other)
    shared = {n for n in range(121) if span.low <= n and (span.high is None or n <= span.high)}
    assert span.meets(low, high) == bool(shared & set(range(low, high + 1)))
