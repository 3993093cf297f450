"""Loading the demo, step by step, in one transaction."""

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction

from desk.demo import (
    assignments,
    checks,
    followup_reports,
    indicators,
    life,
    organisation,
    papers_on_their_way,
    plans,
    programme,
    remisser,
    reports,
    responsibility,
    reviewing,
    services,
)
from organisation.models import User
from programme.models import Programme
from trace.domain import record


@transaction.atomic
def load_demo(*, today: dt.date, say: Callable[[str], None]) -> None:
    """Lay in whatever of the demo content is not there; what is due is counted from `today`.

    say: is given one Swedish line for each step. All or nothing: an error leaves no trace.
    """
    say(f"Nämnder: {organisation.load_namnder()}")
    say(f"Demokonton: {organisation.load_accounts()}")
    first = not Programme.objects.filter(slug=programme.SLUG).exists()
    say(f"Programmet: {programme.load_programme()}")
    say(f"Stöd och insatser: {services.load_services(today)}")
    say(f"Indikatorer: {indicators.load_indicators()}")
    say(f"Ändrat genom åren: {life.load_life()}")
    say(f"Nya ansvar: {responsibility.load_responsibilities()}")
    say(f"Perioder: {indicators.load_periods(today)}")
    say(f"Nya rapporter: {reports.load_reports(today)}")
    say(f"Fastställda uppföljningar: {followup_reports.fix_the_first()}")
    say(f"Nya granskningar och rättelser: {reviewing.load_reviewing()}")
    say(f"Uppföljningar som skrivs: {followup_reports.go_on()}")
    say(f"Nya verksamhetsplaner: {plans.load_plans()}")
    with connection.cursor() as cursor:
        # The planner knows nothing of tables that were filled in this transaction, and without
        # figures it may choose a way that takes minutes. Only the tables of this database: what
        # the whole server shares would stay locked for everybody until the transaction ends.
        tables = connection.introspection.table_names(cursor)
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
    say(f"Att förklara i utkasten: {checks.load_checks()}")
    say(f"Remisser: {remisser.load_remisser(today)}")
    say(f"Svar på väg: {papers_on_their_way.load_papers_on_their_way(today)}")
    say(f"Uppdrag: {assignments.load_assignments()}")
    if first:
        record(
            Programme.objects.get(slug=programme.SLUG),
            actor=User.objects.get(username="admin"),
            verb="demo-inlast",
            summary="Läste in demoinnehållet",
        )
