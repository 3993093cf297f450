"""A recorded decision stands as it was recorded; its points come with it, in one transaction."""

from django.db import migrations

HOLD = """
ALTER TABLE organisation_decision ADD COLUMN opened_in text NOT NULL DEFAULT '';

CREATE FUNCTION organisation_decision_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.opened_in := trace_this_transaction();
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_decision_opened BEFORE INSERT ON organisation_decision
    FOR EACH ROW EXECUTE FUNCTION organisation_decision_opened();

CREATE FUNCTION organisation_decision_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a recorded decision stands: % % is frozen', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER organisation_decision_held BEFORE UPDATE OR DELETE ON organisation_decision
    FOR EACH ROW EXECUTE FUNCTION organisation_decision_held();
CREATE TRIGGER organisation_decisionpoint_held BEFORE UPDATE OR DELETE ON organisation_decisionpoint
    FOR EACH ROW EXECUTE FUNCTION organisation_decision_held();

CREATE FUNCTION organisation_decisionpoint_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM organisation_decision d
        WHERE d.id = NEW.decision_id AND d.opened_in = trace_this_transaction()
    ) THEN
        RAISE EXCEPTION 'a recorded decision stands: decision % gets no more points, it is frozen',
            NEW.decision_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_decisionpoint_added BEFORE INSERT ON organisation_decisionpoint
    FOR EACH ROW EXECUTE FUNCTION organisation_decisionpoint_added();

CREATE FUNCTION organisation_meeting_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM organisation_decision d WHERE d.meeting_id = OLD.id) THEN
        RAISE EXCEPTION 'meeting % has decided, and keeps its day and its nämnd', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_meeting_held BEFORE UPDATE ON organisation_meeting FOR EACH ROW
    WHEN ((OLD.namnd_id, OLD.date) IS DISTINCT FROM (NEW.namnd_id, NEW.date))
    EXECUTE FUNCTION organisation_meeting_held();
"""
LET_GO = """
DROP TRIGGER organisation_meeting_held ON organisation_meeting;
DROP TRIGGER organisation_decisionpoint_added ON organisation_decisionpoint;
DROP TRIGGER organisation_decisionpoint_held ON organisation_decisionpoint;
DROP TRIGGER organisation_decision_held ON organisation_decision;
DROP TRIGGER organisation_decision_opened ON organisation_decision;
DROP FUNCTION organisation_meeting_held();
DROP FUNCTION organisation_decisionpoint_added();
DROP FUNCTION organisation_decision_held();
DROP FUNCTION organisation_decision_opened();
ALTER TABLE organisation_decision DROP COLUMN opened_in;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_cache_table"),
        ("trace", "0002_functions"),
    ]
    operations = [migrations.RunSQL(HOLD, LET_GO)]
