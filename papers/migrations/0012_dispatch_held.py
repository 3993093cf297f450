"""What was sent stands: its files, to whom, and from then on the paper itself."""

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
    ("beslutad", "expedierad"),
]

HOLD = """
ALTER TABLE papers_dispatch ADD COLUMN opened_in text NOT NULL DEFAULT '';

CREATE FUNCTION papers_dispatch_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.opened_in := trace_this_transaction();
    IF NOT EXISTS (
        SELECT 1 FROM papers_paper p
        JOIN papers_agendaitem i ON i.id = NEW.item_id
        WHERE p.id = NEW.paper_id AND p.state = 'beslutad' AND p.current_id = NEW.version_id
            AND i.paper_id = p.id AND i.version_id = p.current_id AND i.decision_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'paper % is not decided in that version', NEW.paper_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_dispatch_opened BEFORE INSERT ON papers_dispatch
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_opened();

CREATE FUNCTION papers_dispatch_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was sent stands: % % is frozen', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER papers_dispatch_held BEFORE UPDATE OR DELETE ON papers_dispatch
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_held();
CREATE TRIGGER papers_dispatchfile_held BEFORE UPDATE OR DELETE ON papers_dispatchfile
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_held();
CREATE TRIGGER papers_dispatchrecipient_held BEFORE UPDATE OR DELETE ON papers_dispatchrecipient
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_held();

CREATE FUNCTION papers_dispatch_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM papers_dispatch d
        WHERE d.id = NEW.dispatch_id AND d.opened_in = trace_this_transaction()
    ) THEN
        RAISE EXCEPTION 'what was sent stands: sending % gets nothing more, it is frozen',
            NEW.dispatch_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_dispatchfile_added BEFORE INSERT ON papers_dispatchfile
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_added();
CREATE TRIGGER papers_dispatchrecipient_added BEFORE INSERT ON papers_dispatchrecipient
    FOR EACH ROW EXECUTE FUNCTION papers_dispatch_added();

CREATE FUNCTION papers_paper_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['changed_at', 'is_example'];
BEGIN
    IF OLD.state = 'expedierad' THEN
        IF to_jsonb(NEW) - marks IS DISTINCT FROM to_jsonb(OLD) - marks THEN
            RAISE EXCEPTION 'paper % has been sent, and is frozen', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM papers_dispatch d
        JOIN papers_dispatchrecipient r ON r.dispatch_id = d.id
        JOIN papers_dispatchfile f ON f.dispatch_id = d.id
        WHERE d.paper_id = NEW.id AND d.version_id = NEW.current_id
    ) THEN
        RAISE EXCEPTION 'paper % has not been sent to anybody', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_paper_out BEFORE UPDATE ON papers_paper
    FOR EACH ROW WHEN (NEW.state = 'expedierad' OR OLD.state = 'expedierad')
    EXECUTE FUNCTION papers_paper_out();
"""
LET_GO = """
DROP TRIGGER papers_paper_out ON papers_paper;
DROP TRIGGER papers_dispatchrecipient_added ON papers_dispatchrecipient;
DROP TRIGGER papers_dispatchfile_added ON papers_dispatchfile;
DROP TRIGGER papers_dispatchrecipient_held ON papers_dispatchrecipient;
DROP TRIGGER papers_dispatchfile_held ON papers_dispatchfile;
DROP TRIGGER papers_dispatch_held ON papers_dispatch;
DROP TRIGGER papers_dispatch_opened ON papers_dispatch;
DROP FUNCTION papers_paper_out();
DROP FUNCTION papers_dispatch_added();
DROP FUNCTION papers_dispatch_held();
DROP FUNCTION papers_dispatch_opened();
ALTER TABLE papers_dispatch DROP COLUMN opened_in;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0011_dispatch")]
    operations = [
        migrations.RunSQL(HOLD, LET_GO),
        hold_transitions("papers_paper", PAPER_TRANSITIONS, once="OLD.current_id IS NOT NULL"),
    ]
