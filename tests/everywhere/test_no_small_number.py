"""A number that points at a person is in no output for others: not on a page, in a title or label
of a chart, in a file, in the API, in a draft's sentence, in a history or a mail.

Counts of people are whole, but nothing stops a half one: so these can be looked for in everything.
"""

import io
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from indicators.domain.followup_report.fixing import fix, reopen
from indicators.models import Correction, GoalGrade, IndicatorVersion, ReportVersion, Value
from organisation.domain.api_tokens import create_token
from organisation.enums import ApiScope
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import CLOSED, City
from tests.everywhere.test_downloads import everything_in
from tests.factories import make_namnd, make_report, make_value, triggers_asleep
from trace.models import Mail

pytestmark = pytest.mark.django_db

SMALL, LARGE, BEFORE = "2.75", "7319.25", "3.25"
"""Södermalm's number, what hides it at Bromma, and what Södermalm's was before it was corrected."""
WORDS = ("kvittersund", "gnisselberga", "prasselköping")
"""In the comments and analyses beside them, and in the reason for the correction."""


@pytest.fixture
def planted(city: City) -> City:
    """The numbers of 2024 count people, and one was corrected; all of it fixed a third time."""
    coordinator = city.people["coordinator"]
    assert coordinator is not None
    definition = IndicatorVersion.objects.get(indicator__code="i-1")
    with triggers_asleep():
        IndicatorVersion.objects.filter(pk=definition.pk).update(counts_people=True)
        ReportVersion.objects.filter(approved_of__period__code=CLOSED).update(
            approved_at=timezone.now()
        )
        for code, number, word in (("sodermalm", SMALL, WORDS[0]), ("bromma", LARGE, WORDS[1])):
            of = {"version__approved_of__period__code": CLOSED}
            of |= {"version__report__namnd__code": code}
            Value._default_manager.filter(**of).update(number=Decimal(number), comment=word)
            GoalGrade._default_manager.filter(**of).update(analysis=word)
        value = Value._default_manager.get(
            version__approved_of__period__code=CLOSED, version__report__namnd__code="sodermalm"
        )
        Correction.objects.create(
            version=value.version,
            definition=definition,
            category=value.category,
            value=value,
            number=Decimal(BEFORE),
            corrected_on=timezone.localdate(),
            reason=WORDS[2],
        )
    # A third, so that a total may be shown.
    report = make_report(make_namnd("farsta"), city.report(period=CLOSED).period, "godkand")
    make_value(report, definition, 640)
    report = city.followup(period=CLOSED)
    report = reopen(
        report, actor=coordinator, expected_version=report.revision, reason="Siffror har rättats"
    )
    fix(report, actor=coordinator, expected_version=report.revision, reason="Siffror har rättats")
    return city


def forms(number: str) -> set[str]:
    """As it may be written: in Swedish and in data, with whatever groups its thousands."""
    whole, part = number.split(".")
    return {number, f"{whole},{part}", f"{whole[:1]} {whole[1:]},{part}"} if whole[1:] else {
        number, f"{whole},{part}"
    }  # fmt: skip


def text_of(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        held = " ".join(pages)
    else:
        held = everything_in(content).decode("utf-8", "replace")
    return re.sub(r"[\s\u00a0\u202f\u2009]|&nbsp;", " ", held)


def outputs(client: Client, city: City, **headers) -> Iterator[tuple[str, str]]:
    """All that one who reads gets, and what it is called."""
    for address in ADDRESSES:
        answer = client.get(address.path(city), headers=headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield f"{address.label} ({answer.status_code})", text_of(content)


def found(client: Client, city: City, secrets: set[str], **headers) -> list[tuple[str, str]]:
    return [
        (where, secret)
        for where, text in outputs(client, city, **headers)
        for secret in secrets
        if re.search(rf"(?<![\d,.]){re.escape(secret)}(?!\d)", text)
    ]


def signed_in(city: City, who: str) -> Client:
    client = Client(raise_request_exception=False)
    person = city.someone if who == "someone" else city.people[who]
    if person is not None:
        client.force_login(person)
    return client


SECRETS = forms(SMALL) | forms(LARGE) | forms(BEFORE) | set(WORDS)


def test_they_are_there_for_the_namnd_itself(planted: City):
    """The walk would see them: Södermalm's own people read theirs."""
    seen = {secret for _, secret in found(signed_in(planted, "filler"), planted, SECRETS)}
    assert seen >= {"2,75", WORDS[0]}


# Farsta's läsare, who is of neither; nobody; and who gives an account of the whole city elsewhere.
@pytest.mark.parametrize(
    "who",
    ["someone", *(pytest.param(who, marks=pytest.mark.deep) for who in ("anonymous", "officer"))],
)
def test_they_are_in_no_output_for_others(planted: City, who: str):
    assert found(signed_in(planted, who), planted, SECRETS) == []


@pytest.mark.deep
def test_the_other_namnd_reads_its_own_and_no_more(planted: City):
    own = forms(LARGE) | {WORDS[1]}
    assert found(signed_in(planted, "stranger"), planted, SECRETS - own) == []


def test_a_key_to_the_api_opens_none_of_them(planted: City):
    _, secret = create_token(
        actor=planted.people["admin"],
        name="Power BI",
        namnd=None,
        scopes=ApiScope.values,
        valid_from=timezone.localdate(),
        valid_to=timezone.localdate(),
    )
    client = Client(raise_request_exception=False)
    head = {"Authorization": f"Bearer {secret}"}
    assert found(client, planted, SECRETS, **head) == []
    answer = client.get(reverse("api-values"), {"period": CLOSED}, headers=head)
    assert answer.status_code == 200
    told = text_of(answer.content)
    assert "640" in told
    assert [secret for secret in SECRETS if secret in told] == []


def test_no_mail_holds_them(planted: City):
    written = " ".join(f"{mail.subject} {mail.body}" for mail in Mail.objects.all())
    assert [secret for secret in SECRETS if secret in written] == []
