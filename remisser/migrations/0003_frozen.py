"""What an answer says is frozen with the version of the paper that it stands in."""

from django.db import migrations

from trace.freezing import freeze_content

# Which paper answers for whom is settled once the paper is no draft.
ANSWER = """
CREATE FUNCTION remisser_answer_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM papers_paper p WHERE p.id = OLD.paper_id AND p.state <> 'utkast'
    ) THEN
        RAISE EXCEPTION 'answer % is no draft', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER remisser_answer_held BEFORE UPDATE OR DELETE ON remisser_answer
    FOR EACH ROW EXECUTE FUNCTION remisser_answer_held();
"""
DROP_ANSWER = """
DROP TRIGGER remisser_answer_held ON remisser_answer;
DROP FUNCTION remisser_answer_held();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("remisser", "0002_history"),
        ("papers", "0003_frozen"),
    ]
    operations = [
        freeze_content(
            "remisser_answerversion", version="r.version_id", refuse="papers_refuse_frozen"
        ),
        freeze_content(
            "remisser_position",
            version="(SELECT a.version_id FROM remisser_answerversion a "
            "WHERE a.id = r.answer_version_id)",
            refuse="papers_refuse_frozen",
        ),
        migrations.RunSQL(ANSWER, DROP_ANSWER),
    ]
