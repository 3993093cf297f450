"""What a draft of an answer says of itself before attest, on its page."""

import datetime as dt

import pytest
from django.urls import reverse

from organisation.enums import Role
from papers.models import Paper, TemplateSection
from remisser.domain.lint import lint_answer
from remisser.domain.reading import answer_page
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd())


@pytest.fixture
def answer(secretary):
    return make_answer(make_instance(make_remiss(), due_on=dt.date(2026, 3, 20)), secretary)


def page_of(client, answer, user) -> str:
    client.force_login(user)
    path = reverse("answer", args=[answer.instance.remiss.slug, answer.paper.namnd.code])
    return client.get(path).content.decode()


def test_a_new_draft_says_what_is_missing_with_a_link_to_each_place(client, answer, secretary):
    page = page_of(client, answer, secretary)
    assert 'id="fore-attest"' in page
    for said in (
        '/huvud/">Nämndens diarienummer saknas.</a>',
        '<a href="#avsnitt-1">Avsnittet ”Sammanfattning” är tomt.</a>',
        '<a href="#att-sats-2">Att-sats 2 är inte besvarad.</a>',
    ):
        assert said in page
    for anchor in ("avsnitt-1", "att-sats-2"):
        assert f'id="{anchor}"' in page


def test_who_only_reads_gets_no_link_to_a_page_that_is_closed_to_them(client, answer):
    page = page_of(client, answer, make_user(Role.CHEF, make_namnd()))
    assert "Nämndens diarienummer saknas." in page
    assert '/huvud/">' not in page


def test_an_attested_answer_is_not_looked_over(client, answer, secretary):
    Paper.objects.filter(pk=answer.paper_id).update(state="attesterad")
    assert 'id="fore-attest"' not in page_of(client, answer, secretary)


def test_a_section_that_the_template_requires_now_is_missed(answer, secretary):
    TemplateSection.objects.create(
        template=answer.paper.template,
        key="barnrattsperspektiv",
        heading="Barnrättsperspektiv",
        kind="text",
        order=9,
    )
    page = answer_page(answer, secretary)
    assert page is not None
    said = [finding.words for finding in lint_answer(page).errors]
    assert "Barnrättsperspektivet saknas, och mallen kräver det." in said
