"""The state of an uppdrag moves along its table, and what was settled does not change."""

from django.db import migrations

from trace.freezing import hold_transitions

TRANSITIONS = [
    ("pagar", "delredovisat"),
    ("pagar", "slutredovisat"),
    ("pagar", "avslutat"),
    ("delredovisat", "slutredovisat"),
    ("delredovisat", "avslutat"),
]

ASSIGNMENT = """
CREATE FUNCTION programme_assignment_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'assignment % is closed, never removed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pagar' THEN
            RAISE EXCEPTION 'an assignment begins as pagar, not %', NEW.state
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state IN ('slutredovisat', 'avslutat')
        AND to_jsonb(NEW) - 'revision' - 'state' <> to_jsonb(OLD) - 'revision' - 'state' THEN
        RAISE EXCEPTION 'assignment % is %, it is frozen', OLD.id, OLD.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state <> OLD.state AND NEW.state IN ('delredovisat', 'slutredovisat')
        AND NOT EXISTS (
            SELECT 1 FROM programme_account a
            WHERE a.assignment_id = OLD.id AND a.decision_id IS NOT NULL
                AND (NEW.state = 'delredovisat' OR a.kind = 'slut')
        ) THEN
        RAISE EXCEPTION 'assignment % becomes % by a decision on an account', OLD.id, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_assignment_held BEFORE INSERT OR UPDATE OR DELETE ON programme_assignment
    FOR EACH ROW EXECUTE FUNCTION programme_assignment_held();
"""

# A settled account may only be pointed at the decision that corrects the one it was settled by.
ACCOUNT = """
CREATE FUNCTION programme_account_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.decision_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM programme_assignment a
            WHERE a.id = NEW.assignment_id AND a.state IN ('pagar', 'delredovisat')
        ) THEN
            RAISE EXCEPTION 'an account is added open, to an open assignment'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'account % is never removed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.assignment_id <> OLD.assignment_id OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'account % keeps its assignment and its number', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.decision_id IS NOT NULL AND NOT (
        to_jsonb(NEW) - 'decision_id' = to_jsonb(OLD) - 'decision_id'
        AND (NEW.decision_id IS NOT DISTINCT FROM OLD.decision_id OR EXISTS (
            SELECT 1 FROM organisation_decision d
            WHERE d.id = NEW.decision_id AND d.corrects_id = OLD.decision_id
        ))
    ) THEN
        RAISE EXCEPTION 'account % is settled, it is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER programme_account_held BEFORE INSERT OR UPDATE OR DELETE ON programme_account
    FOR EACH ROW EXECUTE FUNCTION programme_account_held();

CREATE FUNCTION programme_obligation_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.done_on IS NULL
        AND (NEW.assignment_id, NEW.point_id, NEW.kind)
            = (OLD.assignment_id, OLD.point_id, OLD.kind) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'obligation % is done or keeps its point, it is frozen', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER programme_obligation_held BEFORE UPDATE OR DELETE ON programme_obligation
    FOR EACH ROW EXECUTE FUNCTION programme_obligation_held();

CREATE FUNCTION programme_postponement_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'postponement % stands, it is frozen', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER programme_postponement_held BEFORE UPDATE OR DELETE ON programme_postponement
    FOR EACH ROW EXECUTE FUNCTION programme_postponement_held();
"""
LET_GO = """
DROP TRIGGER programme_postponement_held ON programme_postponement;
DROP TRIGGER programme_obligation_held ON programme_obligation;
DROP TRIGGER programme_account_held ON programme_account;
DROP TRIGGER programme_assignment_held ON programme_assignment;
DROP FUNCTION programme_postponement_held();
DROP FUNCTION programme_obligation_held();
DROP FUNCTION programme_account_held();
DROP FUNCTION programme_assignment_held();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0002_history"),
        ("organisation", "0004_decision_held"),
        ("trace", "0002_functions"),
    ]
    operations = [
        migrations.RunSQL(ASSIGNMENT + ACCOUNT, LET_GO),
        hold_transitions("programme_assignment", TRANSITIONS),
    ]
