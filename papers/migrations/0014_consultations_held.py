"""While a paper is with the nämnd, and after, who was consulted on it stands."""

from django.db import migrations

HOLD = """
CREATE FUNCTION papers_consultation_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_paper bigint;
BEGIN
    of_paper := CASE WHEN TG_OP = 'INSERT' THEN NEW.paper_id ELSE OLD.paper_id END;
    IF TG_OP = 'UPDATE' AND NEW.paper_id <> OLD.paper_id THEN
        RAISE EXCEPTION 'consultation % stays with its paper', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM papers_paper p
        WHERE p.id = of_paper AND p.state IN ('utskickad', 'beslutad', 'expedierad')
    ) THEN
        RAISE EXCEPTION 'paper % is with the nämnd, and its consultations stand', of_paper
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER papers_consultation_held BEFORE INSERT OR UPDATE OR DELETE ON papers_consultation
    FOR EACH ROW EXECUTE FUNCTION papers_consultation_held();
"""
LET_GO = """
DROP TRIGGER papers_consultation_held ON papers_consultation;
DROP FUNCTION papers_consultation_held();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0013_consultations")]
    operations = [migrations.RunSQL(HOLD, LET_GO)]
