"""What the database itself holds of the follow-up as a report.

Its state moves along its table. A fixed version never changes, and its digest is of what it holds.
What is written in the report is written while it is a draft.
"""

from django.db import migrations

from trace.freezing import hold_transitions

TRANSITIONS = [
    ("utkast", "faststalld"),
    ("faststalld", "beslutad"),
    ("faststalld", "utkast"),
    ("beslutad", "utkast"),
]

REPORT = """
CREATE FUNCTION indicators_followupreport_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'utkast' THEN
            RAISE EXCEPTION 'a follow-up begins as utkast, not %', NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'utkast' THEN
            RAISE EXCEPTION 'follow-up % is fixed and is not removed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.kind, NEW.namnd_id, NEW.period_id) IS DISTINCT FROM
        (OLD.kind, OLD.namnd_id, OLD.period_id)
    THEN
        RAISE EXCEPTION 'follow-up % keeps its kind, its nämnd and its period', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'faststalld' AND OLD.state <> 'faststalld' AND NOT EXISTS (
        SELECT 1 FROM indicators_followupversion v WHERE v.report_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'follow-up % is fixed as a version', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'beslutad' AND OLD.state <> 'beslutad' AND NOT EXISTS (
        SELECT 1 FROM indicators_followupdecision d
        JOIN indicators_followupversion v ON v.id = d.version_id
        WHERE v.report_id = OLD.id AND v.number = (
            SELECT max(w.number) FROM indicators_followupversion w WHERE w.report_id = OLD.id
        )
    ) THEN
        RAISE EXCEPTION 'nobody has decided on the latest version of follow-up %', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_followupreport_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_followupreport FOR EACH ROW EXECUTE FUNCTION indicators_followupreport_held();
"""

# A version is made of a draft, and stands from then on.
VERSION = """
CREATE FUNCTION indicators_followupversion_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'version % of a follow-up is fixed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.sha256 <> encode(sha256(NEW.content), 'hex') THEN
        RAISE EXCEPTION 'the digest is not of what the version holds'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM indicators_followupreport r
        WHERE r.id = NEW.report_id AND r.state = 'utkast'
    ) OR NEW.number <> 1 + (
        SELECT COALESCE(max(v.number), 0) FROM indicators_followupversion v
        WHERE v.report_id = NEW.report_id
    ) THEN
        RAISE EXCEPTION 'a draft is fixed as its next version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_followupversion_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_followupversion FOR EACH ROW EXECUTE FUNCTION indicators_followupversion_held();

CREATE TRIGGER indicators_followupdecision_held BEFORE DELETE OR UPDATE OF version_id
    ON indicators_followupdecision FOR EACH ROW EXECUTE FUNCTION indicators_stands();
"""

CONTENT = """
CREATE FUNCTION indicators_followup_content_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    report bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.report_id ELSE OLD.report_id END;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND NEW.report_id <> OLD.report_id OR NOT EXISTS (
        SELECT 1 FROM indicators_followupreport r WHERE r.id = report AND r.state = 'utkast'
    ) THEN
        RAISE EXCEPTION 'what is written in follow-up % stands', report
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_followuptext_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_followuptext FOR EACH ROW EXECUTE FUNCTION indicators_followup_content_held();
CREATE TRIGGER indicators_citygrade_held BEFORE INSERT OR UPDATE OR DELETE
    ON indicators_citygrade FOR EACH ROW EXECUTE FUNCTION indicators_followup_content_held();

CREATE FUNCTION indicators_followupcomment_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        NEW.report_id, NEW.chapter, NEW.goal_id, NEW.reply_to_id, NEW.text,
        NEW.written_by_id, NEW.written_at
    ) IS DISTINCT FROM (
        OLD.report_id, OLD.chapter, OLD.goal_id, OLD.reply_to_id, OLD.text,
        OLD.written_by_id, OLD.written_at
    ) THEN
        RAISE EXCEPTION 'what was said at follow-up % stands', OLD.report_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicators_followupcomment_held BEFORE UPDATE OR DELETE
    ON indicators_followupcomment FOR EACH ROW EXECUTE FUNCTION indicators_followupcomment_held();
"""

LET_GO = """
DROP TRIGGER indicators_followupcomment_held ON indicators_followupcomment;
DROP FUNCTION indicators_followupcomment_held();
DROP TRIGGER indicators_citygrade_held ON indicators_citygrade;
DROP TRIGGER indicators_followuptext_held ON indicators_followuptext;
DROP FUNCTION indicators_followup_content_held();
DROP TRIGGER indicators_followupdecision_held ON indicators_followupdecision;
DROP TRIGGER indicators_followupversion_held ON indicators_followupversion;
DROP FUNCTION indicators_followupversion_held();
DROP TRIGGER indicators_followupreport_held ON indicators_followupreport;
DROP FUNCTION indicators_followupreport_held();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0016_followup_reports"),
        ("trace", "0002_functions"),
    ]
    operations = [
        migrations.RunSQL(REPORT + VERSION + CONTENT, LET_GO),
        hold_transitions("indicators_followupreport", TRANSITIONS),
    ]
