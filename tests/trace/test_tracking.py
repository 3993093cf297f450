"""History of every row: whatever road a change came by, and nothing that was written changes."""

import pghistory.models
import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from indicators.models import Indicator, IndicatorGoal, Value
from organisation.models import Membership, Namnd, User
from papers.models import PaperTemplate
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_report,
    make_user,
    make_value,
)
from trace.domain import acting, record
from trace.models import Event, Link, ReadLog, Seal, Shape

pytestmark = pytest.mark.django_db

WORK = ("organisation", "papers", "programme", "indicators", "remisser")


def changes_of(model: type[models.Model]) -> type[models.Model]:
    return apps.get_model(model._meta.app_label, f"{model.__name__}Change")


def labels(obj: models.Model) -> list[str]:
    found = changes_of(type(obj)).objects.filter(pgh_obj_id=obj.pk).order_by("pgh_id")
    return list(found.values_list("pgh_label", flat=True))


def sql(statement: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def tracked_models() -> list[type[models.Model]]:
    return [m.pgh_tracked_model for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]


def test_every_table_of_the_house_is_tracked_or_belongs_to_the_trace():
    tables = {
        m._meta.db_table
        for m in apps.get_models(include_auto_created=True)
        # What is not managed is a view: it holds nothing of its own.
        if m._meta.app_label in WORK and m._meta.managed
        if not issubclass(m, pghistory.models.Event)
    }
    # What Django adds to a person: groups and permissions, which nothing here uses.
    tables -= {"organisation_user_groups", "organisation_user_user_permissions"}
    # How often a key of the API was used: the machine counts, nobody works in it.
    tables -= {"organisation_apitokenuse"}
    assert {m._meta.db_table for m in tracked_models()} == tables


def test_tables_outside_the_work_are_not_tracked():
    assert not {Group, Permission, ContentType, Session} & set(tracked_models())


def test_saving_changing_and_removing_are_kept():
    namnd = make_namnd("testnamnden")
    namnd.note = "ny"
    namnd.save()
    pk = namnd.pk
    namnd.delete()
    assert labels(Namnd(pk=pk)) == ["insert", "update", "delete"]


def test_saving_without_a_change_is_not_a_change():
    namnd = make_namnd("testnamnden")
    namnd.save()
    assert labels(namnd) == ["insert"]


def test_bulk_create_bulk_update_and_update_are_kept():
    one, two = PaperTemplate.objects.bulk_create(
        PaperTemplate(code=code, name=code, kind="remissvar") for code in ("a", "b")
    )
    one.name = two.name = "annat"
    PaperTemplate.objects.bulk_update([one, two], ["name"])
    PaperTemplate.objects.filter(code="a").update(name="ett till")
    PaperTemplate.objects.filter(code="b").delete()
    assert [labels(one), labels(two)] == [
        ["insert", "update", "update"],
        ["insert", "update", "delete"],
    ]


def test_sql_is_kept_with_the_role_of_the_database():
    namnd = make_namnd("testnamnden")
    sql("UPDATE organisation_namnd SET note = 'i konsolen' WHERE id = %s", namnd.pk)
    change = changes_of(Namnd).objects.filter(pgh_obj_id=namnd.pk).latest("pgh_id")
    link = Link.objects.get(source="organisation_namndchange", row=change.pgh_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        role = cursor.fetchone()[0]
    assert (change.note, change.pgh_context, link.role) == ("i konsolen", None, role)


def test_insert_select_is_kept():
    sql(
        "INSERT INTO papers_papertemplate (code, name, kind, retired) "
        "SELECT code || '-kopia', name, kind, retired FROM papers_papertemplate"
    )
    sql(
        "INSERT INTO papers_papertemplate (code, name, kind, retired) "
        "VALUES ('x', 'x', 'remissvar', false)"
    )
    assert labels(PaperTemplate.objects.get(code="x")) == ["insert"]


def test_the_goals_of_an_indicator_are_kept():
    definition = make_indicator(goal=make_goal(1))
    Indicator.objects.get(pk=definition.indicator_id).goals.add(make_goal(2))
    found = changes_of(IndicatorGoal).objects.filter(indicator_id=definition.indicator_id)
    assert found.count() == 2


def test_passwords_and_sign_ins_are_not_kept():
    user = make_user()
    before = labels(user)
    user.set_password("ett-annat-losenord")
    user.save()
    names = {f.name for f in changes_of(User)._meta.get_fields()}
    assert (labels(user), names & {"password", "last_login"}) == (before, set())


def test_a_matter_is_chained_in_its_own_namnd():
    report = make_report(make_namnd("bromma"))
    value = make_value(report, make_indicator(), 3)
    change = changes_of(Value).objects.get(pgh_obj_id=value.pk)
    link = Link.objects.get(source="indicators_valuechange", row=change.pgh_id)
    assert link.chain == "bromma"


def test_what_was_written_in_one_go_belongs_together():
    namnd = make_namnd("bromma")
    event = record(namnd, actor=None, verb="x", summary="x", scope="bromma")
    rows = {
        "trace_event": event.pk,
        "organisation_namndchange": changes_of(Namnd).objects.last().pk,
    }
    found = [Link.objects.get(source=source, row=row) for source, row in rows.items()]
    assert found[0].transaction == found[1].transaction


def test_a_key_never_changes():
    namnd = make_namnd("testnamnden")
    with pytest.raises(IntegrityError, match="keeps its number"), transaction.atomic():
        Namnd.objects.filter(pk=namnd.pk).update(id=F("id") + 1000)


# Who, through what, why ---------------------------------------------------------------------------


def last_context(namnd: Namnd) -> dict | None:
    return changes_of(Namnd).objects.filter(pgh_obj_id=namnd.pk).latest("pgh_id").pgh_context


def test_acting_names_person_way_in_and_reason():
    namnd, user = make_namnd("testnamnden"), make_user()
    with acting(actor=user, through="import:siffror.xlsx", reason="rättelse"):
        Namnd.objects.filter(pk=namnd.pk).update(note="a")
    assert last_context(namnd) == {
        "user": user.pk,
        "through": "import:siffror.xlsx",
        "reason": "rättelse",
    }


def test_the_inner_reason_ends_with_its_block():
    namnd, user = make_namnd("testnamnden"), make_user()
    with acting(actor=user, through="kommando:x"):
        with acting(reason="bara här"):
            Namnd.objects.filter(pk=namnd.pk).update(note="a")
        Namnd.objects.filter(pk=namnd.pk).update(note="b")
    assert last_context(namnd) == {"user": user.pk, "through": "kommando:x"}


def test_after_the_block_nobody_is_named_in_the_same_transaction():
    namnd, user = make_namnd("testnamnden"), make_user()
    with acting(actor=user):
        Namnd.objects.filter(pk=namnd.pk).update(note="a")
    Namnd.objects.filter(pk=namnd.pk).update(note="b")
    assert last_context(namnd) is None


def test_a_page_is_named_by_its_url_name(client):
    client.force_login(make_user("systemforvaltare", is_staff=True, is_superuser=True))
    client.post(
        "/admin/organisation/meeting/add/",
        {"namnd": make_namnd().pk, "date": "2025-05-01", "kind": "ordinarie"},
    )
    context = apps.get_model("organisation", "MeetingChange").objects.get().pgh_context
    user = User.objects.get(memberships__role="systemforvaltare")
    assert context == {"user": user.pk, "through": "sida:admin:organisation_meeting_add"}


# Nothing that was written changes -----------------------------------------------------------------

GROWING = [
    m for m in apps.get_models() if issubclass(m, pghistory.models.Event) and m._meta.managed
]
GROWING += [Event, ReadLog, Link, Shape, Seal, apps.get_model("pghistory", "Context")]


@pytest.mark.parametrize("model", GROWING, ids=lambda m: m._meta.label)
@pytest.mark.parametrize(
    "statement",
    ['UPDATE "{table}" SET "{pk}" = "{pk}"', 'DELETE FROM "{table}"', 'TRUNCATE "{table}" CASCADE'],
    ids=["update", "delete", "truncate"],
)
def test_the_trace_refuses_change(model, statement):
    statement = statement.format(table=model._meta.db_table, pk=model._meta.pk.column)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(statement)


def test_no_session_can_switch_the_guards_off():
    sql("SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger")
    namnd = make_namnd("testnamnden")
    assert labels(namnd) == ["insert"]
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        sql("DELETE FROM organisation_namndchange")


def test_history_cannot_be_made_up():
    namnd = make_namnd("testnamnden")
    change = changes_of(Namnd)
    with pytest.raises(IntegrityError, match="written by triggers"), transaction.atomic():
        change.objects.create(
            pgh_label="update", pgh_obj_id=namnd.pk, id=namnd.pk, code="x", name="x"
        )
    with pytest.raises(IntegrityError, match="written by triggers"), transaction.atomic():
        sql("SELECT trace_append('trace_event', ARRAY[1::bigint], ARRAY[''], ARRAY['{}'::jsonb])")


@pytest.mark.parametrize("model", tracked_models(), ids=lambda m: m._meta.label)
def test_tables_of_work_are_not_emptied(model):
    with pytest.raises(IntegrityError, match="carries work"), transaction.atomic():
        sql(f'TRUNCATE "{model._meta.db_table}" CASCADE')


def test_one_saved_row_costs_no_extra_round_trip(django_assert_num_queries):
    user = make_user()
    member = Membership.objects.get(user=user)
    with acting(actor=user), django_assert_num_queries(1):
        Membership.objects.filter(pk=member.pk).update(role="granskare")


def test_the_end_of_a_chain_is_found_through_an_index():
    namnd = make_namnd("testnamnden")
    record(namnd, actor=None, verb="saved", summary="Sparade", scope="testnamnden")

    def read_through() -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, seq_scan FROM pg_stat_xact_user_tables "
                "WHERE relname IN ('trace_link', 'trace_shape') ORDER BY relname"
            )
            return cursor.fetchall()

    before = read_through()
    sql("SET LOCAL enable_seqscan = off")  # however few rows there are
    sql("DISCARD PLANS")  # those of earlier tests, made while few rows were read through
    record(namnd, actor=None, verb="saved", summary="Sparade", scope="testnamnden")
    assert read_through() == before
