"""A locked period says why it is locked.

Of one that was locked without a reason it is said that none was given, which is what is known.
"""

from django.db import migrations, models

NO_REASON = r"""
UPDATE indicators_period SET lock_reason = 'Orsaken angavs inte när perioden låstes.'
WHERE state = 'last' AND lock_reason !~ '\S';
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0010_correction_held")]
    operations = [
        migrations.RunSQL(NO_REASON, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "last"), _negated=True),
                    ("lock_reason__regex", r"\S"),
                    _connector="OR",
                ),
                name="locked_period_says_why",
            ),
        ),
    ]
