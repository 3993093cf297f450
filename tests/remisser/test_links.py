"""What a remiss is about: links with goals and uppdrag, from both their pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.domain.errors import Invalid, NotAllowed
from organisation.enums import Role
from remisser.domain.links import (
    link_assignment,
    link_goal,
    remisser_of_assignment,
    unlink_assignment,
    unlink_goal,
)
from remisser.models import RemissAssignment, RemissGoal
from tests.factories import (
    make_assignment,
    make_goal,
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
PAGE = "/remisser/ks-2025-1/"


@pytest.fixture
def remiss():
    remiss = make_remiss("KS 2025/1", remitter_namnd=make_namnd("kommunstyrelsen"))
    make_instance(remiss, make_namnd("sodermalm"))
    return remiss


@pytest.fixture
def secretary(remiss):
    return make_user(Role.NAMNDSEKRETERARE, make_namnd("sodermalm"))


@pytest.mark.parametrize(
    ("role", "namnd", "may"),
    [
        (Role.NAMNDSEKRETERARE, "sodermalm", True),
        (Role.SAMORDNARE, "socialnamnden", True),
        (Role.REMITTENT, "kommunstyrelsen", True),
        (Role.REMITTENT, "bromma", False),
        (Role.NAMNDSEKRETERARE, "bromma", False),
        (Role.CHEF, "sodermalm", False),
        (Role.LASARE, "sodermalm", False),
    ],
)
def test_who_may_say_what_a_remiss_is_about(client: Client, remiss, role, namnd, may):
    actor, goal, assignment = make_user(role, make_namnd(namnd)), make_goal(1), make_assignment()
    client.force_login(actor)
    assert ("Koppla till ett mål" in client.get(PAGE).content.decode()) is may
    if may:
        link_goal(remiss, goal, actor=actor, source="Motionen")
        link_assignment(remiss, assignment, actor=actor, source="Motionen")
        return
    with pytest.raises(NotAllowed):
        link_goal(remiss, goal, actor=actor, source="Motionen")
    with pytest.raises(NotAllowed):
        link_assignment(remiss, assignment, actor=actor, source="Motionen")
    assert not RemissGoal.objects.exists()
    assert not RemissAssignment.objects.exists()


def test_a_goal_is_linked_and_unlinked_from_the_page_of_the_remiss(client, remiss, secretary):
    goal = make_goal(4, text="Målet lyder så.")
    client.force_login(secretary)
    sent = client.post(f"{PAGE}mal/", {"goal": goal.pk, "source": "Att-sats 1"})
    assert sent.headers["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "Mål 4. Målet lyder så." in page
    assert "Källa: Att-sats 1" in page
    assert "Kopplingen till Program mot våld 2021–2025, mål 4" in page
    assert 'href="/remisser/ks-2025-1/"' in client.get("/program/vald-2021-2025/mal/4/").text
    client.post(f"{PAGE}mal/{RemissGoal.objects.get().pk}/ta-bort/")
    assert not RemissGoal.objects.exists()
    assert [e.verb for e in Event.objects.order_by("pk")][-2:] == ["mal-kopplat", "mal-bortkopplat"]


def test_an_uppdrag_is_linked_and_shown_on_both_pages(client, remiss, secretary):
    assignment = make_assignment(title="Modellen", slug="modellen")
    client.force_login(secretary)
    client.post(f"{PAGE}uppdrag/", {"assignment": assignment.pk, "source": "Samlads tolkning"})
    page = client.get(PAGE).content.decode()
    assert '<a class="row-head" href="/uppdrag/modellen/">Modellen</a>' in page
    theirs = client.get("/uppdrag/modellen/").content.decode()
    assert "Remisser som hör ihop med uppdraget" in theirs
    assert 'href="/remisser/ks-2025-1/"' in theirs
    assert "Källa: Samlads tolkning" in theirs
    client.post(f"{PAGE}uppdrag/{RemissAssignment.objects.get().pk}/ta-bort/")
    assert "ks-2025-1" not in client.get("/uppdrag/modellen/").content.decode()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "Ange var det står"),
        ("  ", "Ange var det står"),
        ("x" * 251, "högst 250 tecken"),
        ("Anna 19121212-1212", "personnummer"),
    ],
)
def test_a_link_says_where_it_is_said(remiss, secretary, source, says):
    for link, what in ((link_goal, make_goal(1)), (link_assignment, make_assignment())):
        with pytest.raises(Invalid) as refused:
            link(remiss, what, actor=secretary, source=source)
        assert refused.value.field == "source"
        assert says in refused.value.message
    assert not RemissGoal.objects.exists()
    assert not RemissAssignment.objects.exists()


def test_the_same_link_once(remiss, secretary):
    goal, assignment = make_goal(1), make_assignment()
    one = link_goal(remiss, goal, actor=secretary, source="Motionen")
    two = link_assignment(remiss, assignment, actor=secretary, source="Motionen")
    with pytest.raises(Invalid, match="redan kopplad till målet"):
        link_goal(remiss, goal, actor=secretary, source="Motionen")
    with pytest.raises(Invalid, match="redan kopplad till uppdraget"):
        link_assignment(remiss, assignment, actor=secretary, source="Motionen")
    for _ in range(2):
        unlink_goal(one, actor=secretary)
        unlink_assignment(two, actor=secretary)
    assert Event.objects.filter(verb="mal-bortkopplat").count() == 1


def test_who_pulls_a_link_away_has_a_right_to_it(remiss, secretary):
    one = link_goal(remiss, make_goal(1), actor=secretary, source="Motionen")
    two = link_assignment(remiss, make_assignment(), actor=secretary, source="Motionen")
    stranger = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    with pytest.raises(NotAllowed):
        unlink_goal(one, actor=stranger)
    with pytest.raises(NotAllowed):
        unlink_assignment(two, actor=stranger)


def test_the_pages_ask_no_more_when_there_is_more_on_them(client, remiss, secretary):
    assignment = make_assignment(slug="modellen")
    client.force_login(secretary)

    def add(number: int) -> None:
        source = "Motionen"
        link_goal(remiss, make_goal(number), actor=secretary, source=source)
        link_assignment(remiss, make_assignment(), actor=secretary, source=source)
        other = make_remiss(f"KS 2026/{number}")
        RemissAssignment.objects.create(remiss=other, assignment=assignment, source=source)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(1)
    client.get(PAGE)
    with_one = [queries(PAGE), queries("/uppdrag/modellen/")]
    add(2)
    add(3)
    assert [queries(PAGE), queries("/uppdrag/modellen/")] == with_one
    assert len(remisser_of_assignment(assignment.pk, user=secretary)) == 3
