"""What was handed in or approved cannot change, and states move along their tables.

A version is open for writing in two cases: the transaction that writes is the one that opened it
(a report being laid in, or sent back, in whatever order the command works); or it is the current
version of a report that is a draft or was sent back, in a period that is not locked, and it was
never handed in. At the end of the transaction the newest version must be the current one.

The report is held while this is looked at: whoever hands it in waits for whoever is writing, and
the other way round. Held as a writer does (FOR NO KEY UPDATE): two who both only shared it and then
both wanted to write would stop each other.
"""

from django.db import migrations

from trace.freezing import freeze_content, hold_transitions, remember_versions

REPORT_TRANSITIONS = [
    ("utkast", "inlamnad"),
    ("inlamnad", "atersand"),
    ("atersand", "inlamnad"),
    ("inlamnad", "godkand"),
    ("godkand", "last"),
]
# A closed period may be opened again until it is locked, which may happen without closing first.
PERIOD_TRANSITIONS = [
    ("planerad", "oppen"),
    ("oppen", "stangd"),
    ("oppen", "last"),
    ("stangd", "oppen"),
    ("stangd", "last"),
]

REFUSE_FROZEN = """
CREATE FUNCTION indicators_refuse_frozen(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    frozen bigint;
BEGIN
    PERFORM 1 FROM indicators_report r
        WHERE r.id IN (SELECT v.report_id FROM indicators_reportversion v WHERE v.id = ANY (ids))
        ORDER BY r.id FOR NO KEY UPDATE;
    SELECT v.id INTO frozen
        FROM indicators_reportversion v
        JOIN indicators_report r ON r.id = v.report_id
        JOIN indicators_period p ON p.id = r.period_id
        WHERE v.id = ANY (ids) AND v.opened_in <> trace_this_transaction() AND (
            v.id IS DISTINCT FROM r.current_id OR v.closed OR v.submitted_at IS NOT NULL
            OR r.state NOT IN ('utkast', 'atersand') OR p.state = 'last'
        )
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the content of report version % is frozen', frozen
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
"""

# The row of a version: who handed it in and who approved it is filled in once, when it happens.
VERSION = """
CREATE FUNCTION indicators_reportversion_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    report record;
    newest boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM indicators_refuse_frozen(ARRAY[OLD.id]);
        RETURN OLD;
    END IF;
    IF (NEW.report_id, NEW.number) IS DISTINCT FROM (OLD.report_id, OLD.number) THEN
        RAISE EXCEPTION 'report version % keeps its report and its number', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.opened_in := OLD.opened_in;
    NEW.closed := OLD.closed OR NEW.closed;
    IF OLD.opened_in = trace_this_transaction() THEN
        RETURN NEW;
    END IF;
    SELECT r.state, r.current_id INTO report
        FROM indicators_report r WHERE r.id = OLD.report_id FOR NO KEY UPDATE;
    IF (NEW.reason, NEW.created_at) IS DISTINCT FROM (OLD.reason, OLD.created_at) THEN
        PERFORM indicators_refuse_frozen(ARRAY[OLD.id]);
    END IF;
    newest := OLD.id = report.current_id;
    IF (NEW.submitted_at, NEW.submitted_by_id)
            IS DISTINCT FROM (OLD.submitted_at, OLD.submitted_by_id)
        AND NOT (
            newest AND OLD.submitted_at IS NULL AND OLD.submitted_by_id IS NULL
            AND report.state IN ('utkast', 'atersand', 'inlamnad')
        )
    OR (NEW.approved_at, NEW.approved_by_id)
            IS DISTINCT FROM (OLD.approved_at, OLD.approved_by_id)
        AND NOT (
            newest AND OLD.approved_at IS NULL AND OLD.approved_by_id IS NULL
            AND report.state IN ('inlamnad', 'godkand')
        )
    THEN
        RAISE EXCEPTION 'who handed in and approved report version % stands', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_reportversion_held BEFORE UPDATE OR DELETE ON indicators_reportversion
    FOR EACH ROW EXECUTE FUNCTION indicators_reportversion_held();

CREATE FUNCTION indicators_reportversion_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM indicators_reportversion v
        JOIN indicators_report r ON r.id = v.report_id
        LEFT JOIN indicators_reportversion c ON c.id = r.current_id
        WHERE v.id = NEW.id AND (c.id IS NULL OR c.number < v.number)
    ) THEN
        RAISE EXCEPTION 'report version % is newest but not current', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER indicators_reportversion_newest AFTER INSERT ON indicators_reportversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION indicators_reportversion_newest();
"""

# The row of a report: which version counts is not the free choice of whoever can write SQL.
REPORT = """
CREATE FUNCTION indicators_report_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'utkast' OR OLD.approved_id IS NOT NULL THEN
            RAISE EXCEPTION 'report % was handed in and is not removed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.current_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF (NEW.namnd_id, NEW.period_id) IS DISTINCT FROM (OLD.namnd_id, OLD.period_id) THEN
        RAISE EXCEPTION 'report % keeps its nämnd and its period', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.current_id IS DISTINCT FROM OLD.current_id AND NOT (
        NEW.state = 'atersand' AND EXISTS (
            SELECT 1 FROM indicators_reportversion n, indicators_reportversion o
            WHERE n.id = NEW.current_id AND o.id = OLD.current_id
                AND n.report_id = OLD.id AND n.number > o.number
        )
    ) THEN
        RAISE EXCEPTION 'report % goes on in a newer version, when it is sent back', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.approved_id IS DISTINCT FROM OLD.approved_id
        AND NOT (NEW.state = 'godkand' AND NEW.approved_id = NEW.current_id)
    OR NEW.state = 'godkand' AND OLD.state <> 'godkand'
        AND NEW.approved_id IS DISTINCT FROM NEW.current_id
    THEN
        RAISE EXCEPTION 'what is approved of report % is its current version', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_report_held BEFORE UPDATE OR DELETE ON indicators_report
    FOR EACH ROW EXECUTE FUNCTION indicators_report_held();

CREATE FUNCTION indicators_report_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE indicators_reportversion SET closed = true
        WHERE id IN (SELECT a.current_id FROM added a WHERE a.state NOT IN ('utkast', 'atersand')) AND NOT closed;
    RETURN NULL;
END $$;
CREATE TRIGGER indicators_report_close AFTER UPDATE ON indicators_report
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION indicators_report_close();
"""
DROP_FUNCTIONS = """
DROP TRIGGER indicators_report_close ON indicators_report;
DROP FUNCTION indicators_report_close();
DROP TRIGGER indicators_report_held ON indicators_report;
DROP TRIGGER indicators_reportversion_newest ON indicators_reportversion;
DROP TRIGGER indicators_reportversion_held ON indicators_reportversion;
DROP FUNCTION indicators_report_held();
DROP FUNCTION indicators_reportversion_newest();
DROP FUNCTION indicators_reportversion_held();
DROP FUNCTION indicators_refuse_frozen(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_history"),
        ("trace", "0002_functions"),
    ]
    operations = [
        remember_versions(
            "indicators_reportversion",
            "SELECT current_id FROM indicators_report WHERE state NOT IN ('utkast', 'atersand')",
        ),
        migrations.RunSQL(REFUSE_FROZEN + VERSION + REPORT, DROP_FUNCTIONS),
        freeze_content(
            "indicators_value", version="r.version_id", refuse="indicators_refuse_frozen"
        ),
        freeze_content(
            "indicators_goalgrade", version="r.version_id", refuse="indicators_refuse_frozen"
        ),
        freeze_content(
            "indicators_activitystatus", version="r.version_id", refuse="indicators_refuse_frozen"
        ),
        hold_transitions(
            "indicators_report", REPORT_TRANSITIONS, once="OLD.current_id IS NOT NULL"
        ),
        hold_transitions("indicators_period", PERIOD_TRANSITIONS),
    ]
