"""What was sent out to a meeting, and what the nämnd decided on it, stands.

A paper is utskickad when its current version is on an agenda, and decided when a decision says so.
"""

from django.db import migrations

from trace.freezing import hold_transitions

PAPER_TRANSITIONS = [
    ("utkast", "under-attest"),
    ("utkast", "attesterad"),  # read in with its attests
    ("under-attest", "utkast"),
    ("under-attest", "attesterad"),
    ("attesterad", "utkast"),
    ("attesterad", "utskickad"),
    ("utskickad", "utkast"),
    ("utskickad", "beslutad"),
    ("utskickad", "bordlagd"),
    ("utskickad", "aterremitterad"),
    ("bordlagd", "utskickad"),
    ("bordlagd", "utkast"),
    ("aterremitterad", "utkast"),
]

HOLD = """
CREATE FUNCTION papers_agendaitem_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.paper_id IS NOT NULL THEN
            RAISE EXCEPTION 'agenda item % was sent out, and is not removed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF to_jsonb(NEW) - ARRAY['decision_id', 'asked']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['decision_id', 'asked']
        OR OLD.decision_id IS NOT NULL
    THEN
        RAISE EXCEPTION 'agenda item % stands as it was sent out and decided', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_agendaitem_held BEFORE UPDATE OR DELETE ON papers_agendaitem
    FOR EACH ROW EXECUTE FUNCTION papers_agendaitem_held();

CREATE FUNCTION papers_agendaitem_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM papers_paper p, organisation_meeting m
        WHERE p.id = NEW.paper_id AND p.current_id = NEW.version_id
            AND p.state IN ('attesterad', 'bordlagd')
            AND m.id = NEW.meeting_id AND m.namnd_id = p.namnd_id
    ) THEN
        RAISE EXCEPTION 'paper % is not ready to be sent out to meeting %', NEW.paper_id,
            NEW.meeting_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_agendaitem_added BEFORE INSERT ON papers_agendaitem
    FOR EACH ROW WHEN (NEW.paper_id IS NOT NULL)
    EXECUTE FUNCTION papers_agendaitem_added();

CREATE FUNCTION papers_paper_on_agenda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'utskickad' AND NOT EXISTS (
        SELECT 1 FROM papers_agendaitem i
        WHERE i.paper_id = NEW.id AND i.version_id = NEW.current_id AND i.decision_id IS NULL
    ) THEN
        RAISE EXCEPTION 'paper % is on no agenda', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state IN ('beslutad', 'bordlagd', 'aterremitterad') AND NOT EXISTS (
        SELECT 1 FROM papers_agendaitem i
        JOIN organisation_decision d ON d.id = i.decision_id
        JOIN organisation_meeting m ON m.id = d.meeting_id
        WHERE i.paper_id = NEW.id AND i.version_id = NEW.current_id AND i.meeting_id = m.id
            AND NEW.state = CASE d.outcome
                WHEN 'bordlagt' THEN 'bordlagd'
                WHEN 'aterremitterat' THEN 'aterremitterad'
                ELSE 'beslutad'
            END
    ) THEN
        RAISE EXCEPTION 'no decision says that paper % is %', NEW.id, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.current_id IS DISTINCT FROM OLD.current_id AND NEW.state NOT IN ('utkast', 'attesterad')
    THEN
        RAISE EXCEPTION 'paper % is %, and keeps its version', NEW.id, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_paper_on_agenda BEFORE UPDATE ON papers_paper
    FOR EACH ROW WHEN (NEW.state NOT IN ('utkast', 'attesterad')
        AND (OLD.state, OLD.current_id) IS DISTINCT FROM (NEW.state, NEW.current_id))
    EXECUTE FUNCTION papers_paper_on_agenda();
"""
LET_GO = """
DROP TRIGGER papers_paper_on_agenda ON papers_paper;
DROP TRIGGER papers_agendaitem_added ON papers_agendaitem;
DROP TRIGGER papers_agendaitem_held ON papers_agendaitem;
DROP FUNCTION papers_paper_on_agenda();
DROP FUNCTION papers_agendaitem_added();
DROP FUNCTION papers_agendaitem_held();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0009_agenda"), ("organisation", "0008_statements_held")]
    operations = [
        migrations.RunSQL(HOLD, LET_GO),
        hold_transitions("papers_paper", PAPER_TRANSITIONS, once="OLD.current_id IS NOT NULL"),
    ]
