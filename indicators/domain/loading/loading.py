"""Loading a programme from a file: looked through whole, shown, and then written or not at all."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from indicators.domain.errors import NotAllowed, Refused
from indicators.domain.loading import tables as t
from indicators.domain.loading.checking import check
from indicators.domain.loading.cleaning import clean
from indicators.domain.loading.comparing import Plan, compare
from indicators.domain.loading.existing import Existing, read_existing
from indicators.domain.loading.guarding import guard
from indicators.domain.loading.handing_on import hand_on
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.raw_rows import RawBook
from indicators.domain.loading.rows import Book
from indicators.domain.loading.saving import save
from indicators.domain.loading.workbook_source import read_sheets
from indicators.domain.loading.yaml_source import read_yaml
from indicators.rules import may_load_programmes
from organisation.domain.names import NamndNames
from organisation.models import User
from programme.models import Programme
from trace.domain import acting, record
from trace.uploads import WORKBOOK, YAML, CheckedFile, UnsafeFile
from trace.uploads.workbook import read_workbook

KINDS = (WORKBOOK, YAML)
ONLY_THE_COORDINATOR = "Bara samordnaren läser in program."
# Two who load at once would each see a database that the other is about to change.
LOCK = int.from_bytes(hashlib.sha256(b"samlad.load_programme").digest()[:8], "big", signed=True)


class PlanChanged(Refused):
    """Between preview and confirmation something else changed what the file would do.

    plan: what it would do now.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "Sedan du granskade filen har något ändrats i Samlad. Granska ändringarna igen."
        )
        self.plan = plan


@dataclass(frozen=True)
class Loaded:
    """What was done. programme: None in a dry run and where nothing was there to change."""

    plan: Plan
    programme: Programme | None


def plan_programme(file: CheckedFile) -> Plan:
    """What loading the file would do. Changes nothing.

    Raises BadFile with every fault of the file.
    """
    return _prepare(file)[0]


def load_programme(
    file: CheckedFile,
    *,
    actor: User | None = None,
    expected_digest: str | None = None,
) -> Loaded:
    """Make the programme in Samlad what the file says: all of it, or nothing.

    actor: None for a command run from the shell. expected_digest: of the plan that the person
    saw; None when nobody looked.
    Raises BadFile with every fault, NotAllowed, and PlanChanged when the plan is another now.
    The same file again changes nothing.
    Side effects: an event on the programme, and the history of each row.
    """
    check_right(actor)
    try:
        with transaction.atomic(), acting(actor=actor, through=f"import:{file.name}"[:100]):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            plan, existing = _prepare(file)
            if expected_digest is not None and plan.digest != expected_digest:
                raise PlanChanged(plan)
            if not plan.changes:
                return Loaded(plan, existing.programme)
            programme = save(plan, existing)
            record(
                programme,
                actor=actor,
                verb="program-inlast",
                summary=f"Läste in {programme} ur ”{file.name}”: {plan.sentence}",
            )
            # The constraints of the database speak now, not after the answer has been given.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as clash:
        problems = Problems()
        problems.add(
            Place(),
            "Ändringarna krockar med varandra eller med något i Samlad "
            f"({_constraint(clash)}). Läs in dem i två steg, eller be systemförvaltaren om hjälp.",
        )
        problems.stop_if_any()
        raise
    return Loaded(plan, programme)


def check_right(actor: User | None) -> None:
    """Raises NotAllowed for everybody but the coordinator (and commands from the shell)."""
    if actor is not None and not may_load_programmes(actor):
        raise NotAllowed(ONLY_THE_COORDINATOR)


def _constraint(clash: IntegrityError) -> str:
    diagnosis = getattr(clash.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or "villkor i databasen"


def _prepare(file: CheckedFile) -> tuple[Plan, Existing]:
    problems = Problems()
    raw = _read(file, problems)
    names = NamndNames.read(former=True)
    book = clean(raw, names, problems)
    check(book, names, problems)
    problems.stop_if_any()
    handed = [*raw.notes, *hand_on(book, names)]
    existing = read_existing(_slug(book), named=book)
    plan = compare(book, existing, handed)
    notes = guard(plan, book, existing, problems)
    problems.stop_if_any()
    return compare(book, existing, [*handed, *notes]) if notes else plan, existing


def _read(file: CheckedFile, problems: Problems) -> RawBook:
    if file.kind is YAML:
        return read_yaml(file.data, problems)
    try:
        return read_sheets(read_workbook(file), problems)
    except UnsafeFile as why:
        problems.add(Place(), str(why))
        problems.stop_if_any()
        raise


def _slug(book: Book) -> str:
    return str(next(iter(book[t.PROGRAMME.title].values())).values["slug"])
