"""Attest is given to what was read, by who was asked, in their order, and never by who wrote it.

An attest that is read from a paper comes with the version that is read in. One that is given here
comes while the paper is under attest; its version is frozen then, so what the attest holds for
cannot change afterwards. Attesterad a paper becomes when nobody who was asked is left.
"""

from django.db import migrations

from trace.freezing import freeze_content, hold_transitions

PAPER_TRANSITIONS = [
    ("utkast", "under-attest"),
    ("utkast", "attesterad"),  # read in with its attests
    ("under-attest", "utkast"),
    ("under-attest", "attesterad"),
    ("attesterad", "utkast"),
]

ADDED = """
DROP TRIGGER papers_attestation_frozen_insert ON papers_attestation;

CREATE FUNCTION papers_attestation_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paper bigint;
BEGIN
    IF NEW.source <> 'samlad' THEN
        PERFORM papers_refuse_frozen(ARRAY[NEW.version_id]);
        RETURN NEW;
    END IF;
    SELECT p.id INTO paper FROM papers_paper p
        WHERE p.current_id = NEW.version_id AND p.state = 'under-attest'
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'paper version % is not under attest', NEW.version_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM papers_attestant a
        WHERE a.version_id = NEW.version_id AND a.person_id = NEW.by_id
            AND NOT EXISTS (
                SELECT 1 FROM papers_attestant b
                WHERE b.version_id = a.version_id AND b."order" < a."order" AND NOT EXISTS (
                    SELECT 1 FROM papers_attestation g
                    WHERE g.version_id = b.version_id AND g.by_id = b.person_id
                )
            )
    ) THEN
        RAISE EXCEPTION 'it is not for person % to attest paper version %', NEW.by_id,
            NEW.version_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM trace_event e
        WHERE e.subject = 'papers.paper' AND e.subject_id = paper AND e.actor_id = NEW.by_id
            AND e.verb IN ('started', 'saved', 'version-opened', 'sent-to-attest', 'read-in',
                'read-in-attested')
    ) THEN
        RAISE EXCEPTION 'person % has written paper %, and does not attest it', NEW.by_id, paper
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_attestation_added BEFORE INSERT ON papers_attestation
    FOR EACH ROW EXECUTE FUNCTION papers_attestation_added();

CREATE FUNCTION papers_paper_to_attest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM papers_attestant a WHERE a.version_id = NEW.current_id) THEN
        RAISE EXCEPTION 'nobody is asked to attest paper %', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_paper_to_attest BEFORE UPDATE ON papers_paper
    FOR EACH ROW WHEN (OLD.state <> 'under-attest' AND NEW.state = 'under-attest')
    EXECUTE FUNCTION papers_paper_to_attest();

CREATE FUNCTION papers_paper_attested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM papers_paper p
        WHERE p.id = NEW.id AND p.state NOT IN ('utkast', 'under-attest') AND (
            NOT EXISTS (SELECT 1 FROM papers_attestation g WHERE g.version_id = p.current_id)
            OR EXISTS (
                SELECT 1 FROM papers_attestant a
                WHERE a.version_id = p.current_id AND NOT EXISTS (
                    SELECT 1 FROM papers_attestation g
                    WHERE g.version_id = a.version_id AND g.by_id = a.person_id
                )
            )
        )
    ) THEN
        RAISE EXCEPTION 'paper % is not attested by all who were asked', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction: one that reads a paper in moves the state before its version.
CREATE CONSTRAINT TRIGGER papers_paper_attested AFTER UPDATE ON papers_paper
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state = 'under-attest' AND NEW.state <> 'under-attest')
    EXECUTE FUNCTION papers_paper_attested();
"""
REMOVED = """
DROP TRIGGER papers_paper_attested ON papers_paper;
DROP FUNCTION papers_paper_attested();
DROP TRIGGER papers_paper_to_attest ON papers_paper;
DROP FUNCTION papers_paper_to_attest();
DROP TRIGGER papers_attestation_added ON papers_attestation;
DROP FUNCTION papers_attestation_added();
CREATE TRIGGER papers_attestation_frozen_insert AFTER INSERT ON papers_attestation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION papers_attestation_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0004_attest"),
        ("trace", "0002_functions"),
    ]
    operations = [
        migrations.RunSQL(ADDED, REMOVED),
        freeze_content("papers_attestant", version="r.version_id", refuse="papers_refuse_frozen"),
        hold_transitions("papers_paper", PAPER_TRANSITIONS, once="OLD.current_id IS NOT NULL"),
    ]
