"""What is registered stands: numbers of proposals that are answered, numbers given, papers kept."""

from django.db import migrations

HOLD = """
CREATE FUNCTION remisser_proposal_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM remisser_answer a
        JOIN remisser_remissinstans i ON i.id = a.instance_id
        WHERE i.remiss_id = OLD.remiss_id
    ) THEN
        RAISE EXCEPTION 'proposal % has answers that refer to its number', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER remisser_proposal_numbered BEFORE UPDATE ON remisser_proposal
    FOR EACH ROW WHEN (OLD.number <> NEW.number OR OLD.remiss_id <> NEW.remiss_id)
    EXECUTE FUNCTION remisser_proposal_numbered();
CREATE TRIGGER remisser_proposal_stays BEFORE DELETE ON remisser_proposal
    FOR EACH ROW EXECUTE FUNCTION remisser_proposal_numbered();

CREATE FUNCTION remisser_registration_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.series_id IS NOT NULL AND (
        TG_OP = 'DELETE'
        OR (NEW.instance_id, NEW.dnr, NEW.series_id, NEW.year, NEW.number)
            IS DISTINCT FROM (OLD.instance_id, OLD.dnr, OLD.series_id, OLD.year, OLD.number)
    ) THEN
        RAISE EXCEPTION 'number % was given out of a series, and stays', OLD.dnr
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.namnd_id IS DISTINCT FROM (
        SELECT i.namnd_id FROM remisser_remissinstans i WHERE i.id = NEW.instance_id
    ) THEN
        RAISE EXCEPTION 'registration of instance % names another namnd', NEW.instance_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remisser_registration_held BEFORE INSERT OR UPDATE OR DELETE
    ON remisser_registration FOR EACH ROW EXECUTE FUNCTION remisser_registration_held();

CREATE FUNCTION remisser_instance_registered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM remisser_registration r WHERE r.instance_id = OLD.id) THEN
        RAISE EXCEPTION 'instance % is registered at its namnd', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remisser_instance_registered BEFORE UPDATE ON remisser_remissinstans
    FOR EACH ROW WHEN (OLD.namnd_id IS DISTINCT FROM NEW.namnd_id)
    EXECUTE FUNCTION remisser_instance_registered();

CREATE FUNCTION remisser_dnrseries_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM remisser_registration r
        WHERE r.series_id = OLD.id AND (r.year, r.number) > (NEW.year, NEW.last_number)
    ) THEN
        RAISE EXCEPTION 'series % has given later numbers', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remisser_dnrseries_counts_up BEFORE UPDATE ON remisser_dnrseries
    FOR EACH ROW EXECUTE FUNCTION remisser_dnrseries_counts_up();

CREATE FUNCTION remisser_remissfile_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told text[] := ARRAY['removed_at', 'removed_by_id', 'removed_reason', 'content'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.remiss_id IS NOT NULL THEN
            RAISE EXCEPTION 'file % came with a remiss, and leaves its name', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.removed_at IS NOT NULL
        OR (OLD.remiss_id IS NOT NULL
            AND to_jsonb(NEW) - told IS DISTINCT FROM to_jsonb(OLD) - told)
        OR (NEW.content IS DISTINCT FROM OLD.content
            AND (NEW.removed_at IS NULL OR length(NEW.content) > 0))
        OR (NEW.name, NEW.size, NEW.sha256, NEW.namnd_id, NEW.by_id)
            IS DISTINCT FROM (OLD.name, OLD.size, OLD.sha256, OLD.namnd_id, OLD.by_id)
    THEN
        RAISE EXCEPTION 'file % is kept as it came', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remisser_remissfile_held BEFORE UPDATE OR DELETE ON remisser_remissfile
    FOR EACH ROW EXECUTE FUNCTION remisser_remissfile_held();
"""
LET_GO = """
DROP TRIGGER remisser_remissfile_held ON remisser_remissfile;
DROP TRIGGER remisser_dnrseries_counts_up ON remisser_dnrseries;
DROP TRIGGER remisser_instance_registered ON remisser_remissinstans;
DROP TRIGGER remisser_registration_held ON remisser_registration;
DROP TRIGGER remisser_proposal_stays ON remisser_proposal;
DROP TRIGGER remisser_proposal_numbered ON remisser_proposal;
DROP FUNCTION remisser_remissfile_held();
DROP FUNCTION remisser_dnrseries_counts_up();
DROP FUNCTION remisser_instance_registered();
DROP FUNCTION remisser_registration_held();
DROP FUNCTION remisser_proposal_numbered();
"""


class Migration(migrations.Migration):
    dependencies = [("remisser", "0006_register")]
    operations = [migrations.RunSQL(HOLD, LET_GO)]
