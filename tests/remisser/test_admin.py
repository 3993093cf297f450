"""The administrator keeps the registers; what nämnder write is read only, and not shown."""

import pytest
from django.urls import reverse

from organisation.enums import Role
from papers.domain.papers import save_section
from papers.domain.templates import ensure_standard_templates
from remisser.domain.answers import save_position
from remisser.models import Proposal
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db

LISTS = (
    "papers_papertemplate",
    "papers_paper",
    "papers_paperversion",
    "remisser_remiss",
    "remisser_remissinstans",
    "remisser_proposal",
    "remisser_answer",
)


@pytest.fixture(autouse=True)
def _signed_in(client):
    admin = make_user(Role.SYSTEMFORVALTARE, is_staff=True, is_superuser=True)
    client.force_login(admin)


def begin(dnr: str = "KS 2023/553", code: str = "sodermalm"):
    answer = make_answer(make_instance(make_remiss(dnr), make_namnd(code)))
    secretary = make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd)
    save_section(
        answer.paper.current.sections.get(order=1),
        actor=secretary,
        expected_version=0,
        body="<p>Hemligt utkast</p>",
    )
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=1,
        stance="positiv",
        body="<p>Hemligt utkast</p>",
    )
    return answer


@pytest.mark.parametrize("model", LISTS)
def test_every_list_answers_a_search_and_takes_as_many_queries_for_one_as_for_three(
    client, model, django_assert_max_num_queries
):
    ensure_standard_templates()
    address = reverse(f"admin:{model}_changelist")
    counts = []
    for number in (1, 2, 3):
        begin(f"KS 2023/{number}", f"namnd-{number}")
        with django_assert_max_num_queries(60) as captured:
            assert client.get(address, {"q": ""}).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[2]
    assert client.get(address, {"q": "något"}).status_code == 200


@pytest.mark.parametrize("name", ["papers_paper", "papers_paperversion", "remisser_answer"])
def test_what_a_nämnd_writes_is_neither_shown_nor_changed(client, name):
    answer = begin()
    pk = {
        "papers_paper": answer.paper_id,
        "papers_paperversion": answer.paper.current_id,
        "remisser_answer": answer.pk,
    }[name]
    page = client.get(reverse(f"admin:{name}_change", args=[pk]))
    assert page.status_code == 200
    assert "Hemligt utkast" not in page.content.decode()
    assert client.post(reverse(f"admin:{name}_change", args=[pk]), {}).status_code == 403
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403


def test_an_answered_proposal_keeps_its_number(client):
    answer = begin()
    remiss = answer.instance.remiss
    first, second = remiss.proposals.all()
    address = reverse("admin:remisser_proposal_change", args=[first.pk])
    client.post(address, {"remiss": remiss.pk, "number": 9, "text": "Rättad text"})
    first.refresh_from_db()
    assert (first.number, first.text) == (1, "Rättad text")
    # Nobody has said anything on the second, but its number stands in what others write.
    other = reverse("admin:remisser_proposal_change", args=[second.pk])
    client.post(other, {"remiss": remiss.pk, "number": 9, "text": second.text})
    assert list(Proposal.objects.values_list("number", flat=True)) == [1, 2]


def test_a_proposal_that_nobody_has_begun_to_answer_can_get_another_number(client):
    remiss = make_remiss("KS 2025/77")
    free = reverse("admin:remisser_proposal_change", args=[remiss.proposals.get(number=2).pk])
    client.post(free, {"remiss": remiss.pk, "number": 9, "text": "Rättad"})
    assert list(remiss.proposals.values_list("number", flat=True)) == [1, 9]


def test_on_the_remiss_page_too_and_it_is_said_why(client):
    remiss = begin().instance.remiss
    instance = remiss.instances.get()
    first, second = remiss.proposals.all()
    form = {
        "slug": remiss.slug,
        "dnr": remiss.dnr,
        "title": remiss.title,
        "remitter": remiss.remitter,
        "proposals-TOTAL_FORMS": 2,
        "proposals-INITIAL_FORMS": 2,
        "proposals-0-id": first.pk,
        "proposals-0-remiss": remiss.pk,
        "proposals-0-number": 7,
        "proposals-0-text": first.text,
        "proposals-1-id": second.pk,
        "proposals-1-remiss": remiss.pk,
        "proposals-1-number": 2,
        "proposals-1-text": second.text,
        "instances-TOTAL_FORMS": 1,
        "instances-INITIAL_FORMS": 1,
        "instances-0-id": instance.pk,
        "instances-0-remiss": remiss.pk,
        "instances-0-name_as_written": instance.name_as_written,
        "instances-0-namnd": instance.namnd_id,
        "instances-0-order": 0,
    }
    response = client.post(reverse("admin:remisser_remiss_change", args=[remiss.pk]), form)
    assert response.status_code == 200
    assert "Lägg till en ny att-sats sist i stället" in response.content.decode()
    first.refresh_from_db()
    assert first.number == 1
