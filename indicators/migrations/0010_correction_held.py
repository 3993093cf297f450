"""What may move when a report is recalled or corrected, and what is said about it that stands.

An approved report goes on in a newer version, as a draft; the approved one counts until the newer
is approved by somebody else. In a locked period that takes a permission for that very version. A
correction that is given up goes back to the version that counts.
"""

from django.db import migrations

from trace.freezing import hold_transitions

REPORT_TRANSITIONS = [
    ("utkast", "inlamnad"),
    ("inlamnad", "atersand"),
    ("inlamnad", "utkast"),
    ("atersand", "inlamnad"),
    ("inlamnad", "godkand"),
    ("godkand", "last"),
    ("godkand", "utkast"),
    ("last", "utkast"),
    ("utkast", "godkand"),
    ("atersand", "godkand"),
]

REFUSE_FROZEN = """
CREATE OR REPLACE FUNCTION indicators_refuse_frozen(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
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
        LEFT JOIN indicators_reportversion a ON a.id = r.approved_id
        WHERE v.id = ANY (ids) AND v.opened_in <> trace_this_transaction() AND (
            v.id IS DISTINCT FROM r.current_id OR v.closed OR v.submitted_at IS NOT NULL
            OR r.state NOT IN ('utkast', 'atersand')
            OR p.state = 'last' AND NOT EXISTS (
                SELECT 1 FROM indicators_correctionrequest c
                JOIN indicators_reportversion o ON o.id = c.version_id
                WHERE c.report_id = r.id AND c.state = 'oppnad' AND o.number > a.number
            )
        )
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the content of report version % is frozen', frozen
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
"""

# A correction that was given up is closed, and need not be the current version.
NEWEST = """
CREATE OR REPLACE FUNCTION indicators_reportversion_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM indicators_reportversion v
        JOIN indicators_report r ON r.id = v.report_id
        LEFT JOIN indicators_reportversion c ON c.id = r.current_id
        WHERE v.id = NEW.id AND NOT v.closed AND (c.id IS NULL OR c.number < v.number)
    ) THEN
        RAISE EXCEPTION 'report version % is newest but not current', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

# How a version came about stands, as why does.
VERSION = """
CREATE FUNCTION indicators_reportversion_origin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_in <> trace_this_transaction() THEN
        RAISE EXCEPTION 'how report version % came about stands', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_reportversion_origin BEFORE UPDATE ON indicators_reportversion
    FOR EACH ROW WHEN (
        (OLD.origin, OLD.opened_by_id) IS DISTINCT FROM (NEW.origin, NEW.opened_by_id)
    )
    EXECUTE FUNCTION indicators_reportversion_origin();
"""

REPORT = """
CREATE OR REPLACE FUNCTION indicators_report_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given_up boolean;
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
    given_up := OLD.state IN ('utkast', 'atersand') AND NEW.state = 'godkand'
        AND OLD.approved_id IS NOT NULL AND OLD.current_id <> OLD.approved_id
        AND NEW.approved_id = OLD.approved_id AND NEW.current_id = OLD.approved_id;
    IF OLD.state IN ('utkast', 'atersand') AND NEW.state = 'godkand' AND NOT given_up THEN
        RAISE EXCEPTION 'what is approved of report % has been handed in', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.current_id IS DISTINCT FROM OLD.current_id AND NOT given_up AND NOT (
        (NEW.state = 'atersand' OR NEW.state = 'utkast' AND OLD.state <> 'utkast') AND EXISTS (
            SELECT 1 FROM indicators_reportversion n, indicators_reportversion o
            WHERE n.id = NEW.current_id AND o.id = OLD.current_id
                AND n.report_id = OLD.id AND n.number > o.number AND NOT n.closed
        )
    ) THEN
        RAISE EXCEPTION 'report % goes on in a newer version, when it is opened again', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'utkast' AND OLD.state IN ('inlamnad', 'godkand', 'last')
        AND NEW.current_id = OLD.current_id
    THEN
        RAISE EXCEPTION 'report % goes on in a newer version, when it is opened again', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state = 'last' AND NEW.state = 'utkast' AND NOT EXISTS (
        SELECT 1 FROM indicators_correctionrequest c
        WHERE c.report_id = OLD.id AND c.version_id = NEW.current_id AND c.state = 'oppnad'
    ) THEN
        RAISE EXCEPTION 'report % is locked, and nobody has let it be corrected', OLD.id
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

DROP TRIGGER indicators_report_close ON indicators_report;
CREATE OR REPLACE FUNCTION indicators_report_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE indicators_reportversion SET closed = true
        WHERE NOT closed AND (
            id IN (SELECT a.current_id FROM added a WHERE a.state NOT IN ('utkast', 'atersand'))
            -- A correction that was given up, or a version that was left for a newer one.
            OR id IN (
                SELECT r.current_id FROM removed r JOIN added a ON a.id = r.id
                WHERE a.current_id <> r.current_id
            )
        );
    RETURN NULL;
END $$;
CREATE TRIGGER indicators_report_close AFTER UPDATE ON indicators_report
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_report_close();
"""

# A reviewer writes while the version is being reviewed; after that the words stand with it.
COMMENTS = """
CREATE FUNCTION indicators_rowcomment_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row indicators_rowcomment := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        NEW.version_id, NEW.definition_id, NEW.goal_id, NEW.activity_id, NEW.text,
        NEW.written_by_id, NEW.written_at
    ) IS NOT DISTINCT FROM (
        OLD.version_id, OLD.definition_id, OLD.goal_id, OLD.activity_id, OLD.text,
        OLD.written_by_id, OLD.written_at
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id OR NOT EXISTS (
        SELECT 1 FROM indicators_report r
        WHERE r.current_id = row.version_id AND r.state = 'inlamnad'
    ) THEN
        RAISE EXCEPTION 'what was said at report version % stands', row.version_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER indicators_rowcomment_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_rowcomment FOR EACH ROW EXECUTE FUNCTION indicators_rowcomment_held();
"""

# A correction is told in the moment that it is approved, and stands.
CORRECTIONS = """
CREATE FUNCTION indicators_correction_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT 1 FROM indicators_report r
        WHERE r.current_id = NEW.version_id AND r.state = 'inlamnad'
            AND r.approved_id IS NOT NULL AND r.approved_id <> NEW.version_id
    ) AND (NEW.value_id IS NULL OR EXISTS (
        SELECT 1 FROM indicators_value w
        WHERE w.id = NEW.value_id AND w.version_id = NEW.version_id
            AND w.definition_id = NEW.definition_id AND w.category = NEW.category
    )) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was corrected in a report stands'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER indicators_correction_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_correction FOR EACH ROW EXECUTE FUNCTION indicators_correction_held();

CREATE FUNCTION indicators_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % stands', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER indicators_reportdecision_held BEFORE DELETE OR UPDATE OF report_id, version_id
    ON indicators_reportdecision FOR EACH ROW EXECUTE FUNCTION indicators_stands();
CREATE TRIGGER indicators_correctionrequest_kept BEFORE DELETE
    ON indicators_correctionrequest FOR EACH ROW EXECUTE FUNCTION indicators_stands();
CREATE TRIGGER indicators_correctionrequest_held BEFORE UPDATE
    ON indicators_correctionrequest FOR EACH ROW WHEN (
        OLD.state <> 'vantar' OR (OLD.report_id, OLD.reason, OLD.asked_by_id, OLD.asked_at)
            IS DISTINCT FROM (NEW.report_id, NEW.reason, NEW.asked_by_id, NEW.asked_at)
    )
    EXECUTE FUNCTION indicators_stands();
"""
DROP = """
DROP TRIGGER indicators_correctionrequest_held ON indicators_correctionrequest;
DROP TRIGGER indicators_correctionrequest_kept ON indicators_correctionrequest;
DROP TRIGGER indicators_reportdecision_held ON indicators_reportdecision;
DROP FUNCTION indicators_stands();
DROP TRIGGER indicators_correction_held ON indicators_correction;
DROP FUNCTION indicators_correction_held();
DROP TRIGGER indicators_rowcomment_held ON indicators_rowcomment;
DROP FUNCTION indicators_rowcomment_held();
DROP TRIGGER indicators_reportversion_origin ON indicators_reportversion;
DROP FUNCTION indicators_reportversion_origin();
"""
# Until now every version after the first had been opened by sending the report back.
RETURNED = "UPDATE indicators_reportversion SET origin = 'atersand' WHERE number > 1;"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0009_review_and_correction")]
    operations = [
        migrations.RunSQL(RETURNED, migrations.RunSQL.noop),
        # Backwards the functions stay as they are here: they let through what the old ones
        # let through, and the table of transitions refuses the rest.
        migrations.RunSQL(REFUSE_FROZEN + NEWEST + REPORT, migrations.RunSQL.noop),
        migrations.RunSQL(VERSION + COMMENTS + CORRECTIONS, DROP),
        hold_transitions(
            "indicators_report", REPORT_TRANSITIONS, once="OLD.current_id IS NOT NULL"
        ),
    ]
