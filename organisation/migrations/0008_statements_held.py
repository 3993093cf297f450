"""A reservation or a särskilt uttalande comes with its decision, and stands like it."""

from django.db import migrations

HOLD = """
CREATE TRIGGER organisation_decisionstatement_held
    BEFORE UPDATE OR DELETE ON organisation_decisionstatement
    FOR EACH ROW EXECUTE FUNCTION organisation_decision_held();
CREATE TRIGGER organisation_decisionstatement_added
    BEFORE INSERT ON organisation_decisionstatement
    FOR EACH ROW EXECUTE FUNCTION organisation_decisionpoint_added();
"""
LET_GO = """
DROP TRIGGER organisation_decisionstatement_added ON organisation_decisionstatement;
DROP TRIGGER organisation_decisionstatement_held ON organisation_decisionstatement;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_meetings_and_statements")]
    operations = [migrations.RunSQL(HOLD, LET_GO)]
