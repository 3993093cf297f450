"""What was attested cannot change, and a paper's state moves along its table.

A version is open for writing in three cases: its paper has no current version yet (the paper is
being laid in, within one transaction); it is newer than the current version (an edit or an import
is opening it); or it is the current version of a draft. At the end of the transaction the newest
version must be the current one, so the first two cases never outlive it.

The paper is held while this is looked at, as a writer holds it: whoever attests waits for whoever
is writing, and the other way round.
"""

from django.db import migrations

from trace.freezing import freeze_content, hold_transitions

# From attesterad back to utkast only with a new version; see papers_paper_held.
PAPER_TRANSITIONS = [
    ("utkast", "attesterad"),
    ("attesterad", "utkast"),
]

REFUSE_FROZEN = """
CREATE FUNCTION papers_refuse_frozen(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    frozen bigint;
BEGIN
    PERFORM 1 FROM papers_paper p
        WHERE p.id IN (SELECT v.paper_id FROM papers_paperversion v WHERE v.id = ANY (ids))
        ORDER BY p.id FOR NO KEY UPDATE;
    SELECT v.id INTO frozen
        FROM papers_paperversion v
        JOIN papers_paper p ON p.id = v.paper_id
        LEFT JOIN papers_paperversion c ON c.id = p.current_id
        WHERE v.id = ANY (ids) AND NOT (
            c.id IS NULL OR v.number > c.number OR (v.id = c.id AND p.state = 'utkast')
        )
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the content of paper version % is frozen', frozen
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
"""

VERSION = """
CREATE FUNCTION papers_paperversion_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM papers_refuse_frozen(ARRAY[OLD.id]);
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (NEW.paper_id, NEW.number) IS DISTINCT FROM (OLD.paper_id, OLD.number) THEN
        RAISE EXCEPTION 'paper version % keeps its paper and its number', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_paperversion_held BEFORE UPDATE OR DELETE ON papers_paperversion
    FOR EACH ROW EXECUTE FUNCTION papers_paperversion_held();

CREATE FUNCTION papers_paperversion_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM papers_paperversion v
        JOIN papers_paper p ON p.id = v.paper_id
        LEFT JOIN papers_paperversion c ON c.id = p.current_id
        WHERE v.id = NEW.id AND (c.id IS NULL OR c.number < v.number)
    ) THEN
        RAISE EXCEPTION 'paper version % is newest but not current', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER papers_paperversion_newest AFTER INSERT ON papers_paperversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION papers_paperversion_newest();
"""

PAPER = """
CREATE FUNCTION papers_paper_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    forward boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'utkast' THEN
            RAISE EXCEPTION 'paper % is no draft and is not removed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.current_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.namnd_id <> OLD.namnd_id THEN
        RAISE EXCEPTION 'paper % keeps its nämnd', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    forward := EXISTS (
        SELECT 1 FROM papers_paperversion n, papers_paperversion o
        WHERE n.id = NEW.current_id AND o.id = OLD.current_id
            AND n.paper_id = OLD.id AND n.number > o.number
    );
    IF NEW.current_id IS DISTINCT FROM OLD.current_id AND NOT forward THEN
        RAISE EXCEPTION 'paper % goes on in a newer version', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> 'utkast' AND NEW.state = 'utkast' AND NOT forward THEN
        RAISE EXCEPTION 'paper % becomes a draft again in a new version', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_paper_held BEFORE UPDATE OR DELETE ON papers_paper
    FOR EACH ROW EXECUTE FUNCTION papers_paper_held();
"""
DROP_FUNCTIONS = """
DROP TRIGGER papers_paper_held ON papers_paper;
DROP TRIGGER papers_paperversion_newest ON papers_paperversion;
DROP TRIGGER papers_paperversion_held ON papers_paperversion;
DROP FUNCTION papers_paper_held();
DROP FUNCTION papers_paperversion_newest();
DROP FUNCTION papers_paperversion_held();
DROP FUNCTION papers_refuse_frozen(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0004_history"),
        ("trace", "0005_transitions"),
    ]
    operations = [
        migrations.RunSQL(REFUSE_FROZEN + VERSION + PAPER, DROP_FUNCTIONS),
        freeze_content("papers_section", version="r.version_id", refuse="papers_refuse_frozen"),
        freeze_content("papers_attestation", version="r.version_id", refuse="papers_refuse_frozen"),
        hold_transitions("papers_paper", PAPER_TRANSITIONS, once="OLD.current_id IS NOT NULL"),
    ]
