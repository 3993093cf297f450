"""What a superuser does to the tables is found: in the trace up to the seal, and beside it."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from indicators.models import Value
from tests.factories import make_indicator, make_namnd, make_report, make_user
from trace.domain import ReadKind, acting, log_read, record
from trace.models import Link, Seal

pytestmark = pytest.mark.django_db


KEY = "en-nyckel-bara-for-provning-av-forseglingen"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("AUDIT_SEAL_KEY", KEY)


@contextmanager
def as_superuser():
    """The triggers asleep, as only a superuser can have them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor.execute
        cursor.execute("SET LOCAL session_replication_role = origin")


def verify(**options) -> tuple[int, list[str]]:
    """Exit code, and what was printed about faults."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, [line for line in out.getvalue().splitlines() if line.startswith("FEL")]


def seal() -> str:
    out = StringIO()
    call_command("seal_audit", stdout=out)
    return out.getvalue().split()[1]


@pytest.fixture
def value(db):
    """A nämnd's value, changed twice by somebody, and an event; everything sealed."""
    user = make_user("uppgiftslamnare", make_namnd("bromma"))
    report = make_report(make_namnd("bromma"))
    definition = make_indicator()
    with acting(actor=user, through="sida:report"):
        value = Value.objects.create(version=report.current, definition=definition, number=12)
        Value.objects.filter(pk=value.pk).update(number=14)
        Value.objects.filter(pk=value.pk).update(number=15)
    record(report, actor=user, verb="saved", summary="Sparade", scope="bromma")
    log_read(report, actor=user, kind=ReadKind.EXPORT, summary="Exporterade", scope="bromma")
    seal()
    return value


def links() -> list[int]:
    found = Link.objects.filter(chain="bromma", source="indicators_valuechange")
    return list(found.order_by("sequence").values_list("row", flat=True))


def test_an_untouched_trace_is_whole(value):
    assert verify() == (0, [])


def test_the_seal_says_where_it_ends(value):
    record(value, actor=None, verb="x", summary="Efter")
    out = StringIO()
    call_command("verify_audit", stdout=out)
    total, sealed = Link.objects.count(), Link.objects.count() - 1
    lines = out.getvalue().splitlines()
    assert lines[0] == f"Spåret är helt. {total} länkar kontrollerade."
    assert lines[1].endswith(f"{sealed} länkar). Länkar som har kommit till sedan dess: 1.")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE indicators_valuechange SET number = 13 WHERE pgh_id = {1}", "raden är ändrad"),
        (
            """UPDATE indicators_valuechange SET pgh_context = '{{"user": 1}}' """
            "WHERE pgh_id = {1}",
            "raden är ändrad",
        ),
        ("DELETE FROM indicators_valuechange WHERE pgh_id = {1}", "raden är borttagen"),
        ("UPDATE trace_event SET summary = 'annat'", "raden är ändrad"),
        ("DELETE FROM trace_event", "raden är borttagen"),
        ("UPDATE trace_readlog SET actor_id = NULL", "raden är ändrad"),
        ("UPDATE trace_link SET role = 'annan' WHERE row = {1}", "länken är ändrad"),
        ("UPDATE trace_link SET at = at + interval '1 h' WHERE row = {1}", "länken är ändrad"),
        ("DELETE FROM trace_link WHERE row = {1}", "platsen före saknas"),
        ("UPDATE trace_seal SET body = replace(body, 'bromma', 'farsta')", "signaturen stämmer"),
        ("UPDATE trace_seal SET sealed_at = sealed_at + interval '1 h'", "tidpunkten är ändrad"),
        ("UPDATE trace_seal SET mac = repeat('0', 64)", "signaturen stämmer inte"),
        ("UPDATE indicators_value SET number = 99", "raden är ändrad vid sidan av"),
        ("DELETE FROM indicators_value", "raden är borttagen vid sidan av"),
        (
            "INSERT INTO papers_papertemplate (code, name, kind, retired) "
            "VALUES ('x', 'x', 'remissvar', false)",
            "raden har ingen historia",
        ),
    ],
)
def test_what_a_superuser_does_is_found(value, statement, what):
    rows = links()
    with as_superuser() as execute:
        execute(statement.format(*rows))
    code, faults = verify()
    assert code == 1
    assert any(what in line for line in faults), faults


def test_swapped_rows_are_found(value):
    first, second, _ = links()
    with as_superuser() as execute:
        execute(
            "UPDATE indicators_valuechange SET pgh_id = -pgh_id WHERE pgh_id IN (%s, %s)",
            [first, second],
        )
        execute(
            "UPDATE indicators_valuechange SET pgh_id = CASE pgh_id WHEN %s THEN %s::bigint "
            "ELSE %s END WHERE pgh_id < 0",
            [-first, second, first],
        )
    code, faults = verify()
    assert (code, len([f for f in faults if "raden är ändrad" in f])) == (1, 2)


def test_swapped_links_are_found(value):
    first, second, _ = links()
    with as_superuser() as execute:
        execute(
            "UPDATE trace_link SET sequence = -sequence "
            "WHERE source = 'indicators_valuechange' AND row IN (%s, %s)",
            [first, second],
        )
        execute(
            "UPDATE trace_link l SET sequence = (SELECT -sum(o.sequence) FROM trace_link o "
            "WHERE o.sequence < 0) + l.sequence WHERE l.sequence < 0"
        )
    code, faults = verify()
    assert (code, any("ordningen är ändrad" in line for line in faults)) == (1, True)


def test_an_inserted_row_is_found(value):
    with as_superuser() as execute:
        execute(
            "INSERT INTO trace_event (happened_at, scope, subject, subject_id, verb, summary, "
            "reason) VALUES (now(), 'bromma', 'x', 1, 'x', 'Påhittad', '')"
        )
    code, faults = verify()
    assert (code, [f for f in faults if "saknar länk" in f] != []) == (1, True)


def test_removed_last_rows_are_found_by_the_seal(value):
    last = Link.objects.filter(chain="bromma").latest("sequence")
    with as_superuser() as execute:
        execute("DELETE FROM trace_event WHERE id = %s", [last.row])
        execute("DELETE FROM trace_link WHERE id = %s", [last.pk])
    assert verify() == (
        1,
        [f"FEL  bromma nr {last.sequence}: länken som försegling 1 slutade vid saknas"],
    )


def test_a_chain_written_anew_is_found_by_the_seal(value):
    """With everything recomputed, as by the functions themselves, only the seal disagrees."""
    last = Link.objects.filter(chain="bromma").latest("sequence")
    with as_superuser() as execute:
        execute("UPDATE trace_event SET summary = 'Annat' WHERE id = %s", [last.row])
        execute("DELETE FROM trace_link WHERE id = %s", [last.pk])
        execute(
            "SELECT trace_append('trace_event', ARRAY[e.id], ARRAY[e.scope::text], "
            "ARRAY[trace_content(e)]) FROM trace_event e WHERE id = %s",
            [last.row],
        )
    assert verify() == (
        1,
        [f"FEL  bromma nr {last.sequence}: är inte den länk som försegling 1 slutade vid"],
    )


def test_a_removed_seal_is_found_by_the_next_and_by_its_name(value):
    record(value, actor=None, verb="x", summary="Efter")
    name = seal()
    with as_superuser() as execute:
        execute("DELETE FROM trace_seal WHERE number = 1")
    assert verify()[1] == [
        "FEL  försegling 2: en försegling före den saknas",
        "FEL  försegling 2: bygger inte på förseglingen före",
    ]
    with as_superuser() as execute:
        execute("DELETE FROM trace_seal")
    assert verify() == (0, [])
    assert verify(seal=name) == (1, [f"FEL  försegling {name}: finns inte"])


def test_another_key_is_named(value, monkeypatch):
    monkeypatch.setenv("AUDIT_SEAL_KEY", KEY[::-1])
    code, faults = verify()
    assert (code, len(faults)) == (1, 1)
    assert "med en annan nyckel" in faults[0]


def test_a_guard_that_was_put_to_sleep_is_found(value):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trace_seal DISABLE TRIGGER seal_append_only")
    assert verify() == (1, ["FEL  trace_seal: vakten seal_append_only är avstängd"])


def test_a_guard_that_was_taken_away_is_found(value):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_chain_%' LIMIT 1"
        )
        name = cursor.fetchone()[0]
        cursor.execute(f"SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = '{name}'")
        table = cursor.fetchone()[0]
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
    assert verify() == (1, [f"FEL  {table}: vakten {name} saknas"])


def test_a_column_that_came_later_changes_nothing(value):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE indicators_valuechange ADD COLUMN ny integer DEFAULT 7")
    assert verify() == (0, [])


def test_the_session_s_time_zone_changes_nothing(value):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Tokyo'")
    record(value, actor=None, verb="x", summary="I Tokyo")
    assert verify() == (0, [])


def test_sealing_twice_is_one_seal(value):
    out = StringIO()
    call_command("seal_audit", stdout=out)
    assert out.getvalue() == "Inget har skrivits i spåret sedan den senaste förseglingen.\n"
    assert Seal.objects.count() == 1


# The key ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "AUDIT_SEAL_KEY saknas; sätt en slumpad nyckel på minst 32 tecken."),
        (
            {"AUDIT_SEAL_KEY": "kort"},
            "AUDIT_SEAL_KEY är för svag; sätt en slumpad nyckel på minst 32 tecken.",
        ),
        (
            {"AUDIT_SEAL_KEY_FILE": "/finns/inte"},
            "AUDIT_SEAL_KEY_FILE: filen går inte att läsa (/finns/inte).",
        ),
    ],
)
def test_production_needs_a_key(settings, monkeypatch, environment, line):
    settings.DEBUG = False
    monkeypatch.delenv("AUDIT_SEAL_KEY")
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    for command in ("seal_audit", "verify_audit"):
        with pytest.raises(CommandError) as refused:
            call_command(command)
        assert str(refused.value) == line


def test_the_key_may_lie_in_a_file(value, settings, monkeypatch, tmp_path):
    settings.DEBUG = False
    monkeypatch.delenv("AUDIT_SEAL_KEY")
    (tmp_path / "nyckel").write_text("n" * 40 + "\n")
    monkeypatch.setenv("AUDIT_SEAL_KEY_FILE", str(tmp_path / "nyckel"))
    assert "med en annan nyckel" in verify()[1][0]
