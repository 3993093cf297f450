"""What must hold between the rows of a file, and between them and what the database holds."""

import datetime as dt
import difflib
import itertools
from collections import defaultdict
from collections.abc import Iterable

from indicators.domain.life import FORCES_BREAK
from indicators.domain.loading import tables as t
from indicators.domain.loading.existing import TAG_MODELS
from indicators.domain.loading.problems import Place, Problems
from indicators.domain.loading.rows import Book, Row, goal_order
from indicators.domain.loading.same_counts import check_same_counts
from indicators.domain.loading.tables import Kind, Table, fold
from indicators.enums import Aggregation, GapKind
from indicators.models import Indicator
from organisation.domain.names import NamndNames
from programme.models import Activity, Goal

NEVER, ALWAYS = dt.date.min, dt.date.max


def check(book: Book, names: NamndNames, problems: Problems) -> None:
    """Adds to `problems` whatever does not go together. Puts the codes of tags for their names.

    Says nothing of what is removed or changed: see guarding.py.
    """
    _check_programme(book, problems)
    _check_tags(book, problems)
    for table in t.TABLES:
        rows = book[table.title].values()
        _check_days(table, rows, problems)
        _check_sources(table, rows, problems)
        _check_tag_names(table, rows, book, problems)
    _check_goals(book, problems)
    _check_wordings(book, problems)
    _check_tagged(book, problems)
    _check_links(book, problems)
    _check_activities(book, problems)
    _check_indicators(book, problems)
    _check_indicator_goals(book, problems)
    _check_definitions(book, problems)
    _check_targets(book, problems)
    _check_gaps(book, problems)
    _check_successions(book, problems)
    check_same_counts(book, problems)
    for table, subject, among in (
        (t.RESPONSIBILITIES, "activity", t.ACTIVITIES),
        (t.INDICATOR_RESPONSIBILITIES, "indicator", t.INDICATORS),
    ):
        _check_responsibilities(table, subject, among, book, names, problems)


def _check_programme(book: Book, problems: Problems) -> None:
    rows = list(book[t.PROGRAMME.title].values())
    if not rows and t.PROGRAMME.title not in problems.missing and not problems.found:
        problems.add(Place(t.PROGRAMME.title), "Programmet saknas. Fyll i rad 2 i bladet.")
    for row in rows[1:]:
        problems.add(row.place, "Här ska ett enda program stå. Gör en fil för varje program.")
    for row in rows:
        if not row.has("first_year", "last_year"):
            continue
        if row.values["first_year"] > row.values["last_year"]:
            problems.add(
                row.at("last_year"),
                f"Sista året {row.values['last_year']} är före det första "
                f"{row.values['first_year']}. Rätta ett av dem.",
            )


def _check_tags(book: Book, problems: Problems) -> None:
    """A name is one tag's only, in the file and beside it."""
    for title, model in TAG_MODELS.items():
        rows = book[title].values()
        taken = {fold(name): code for code, name in model._default_manager.order_by().values_list(
            "code", "name"
        )}  # fmt: skip
        for row in rows:
            taken = {key: code for key, code in taken.items() if code != row.values["code"]}
        for row in rows:
            if not row.has("name"):
                continue
            key = fold(row.values["name"])
            if key in taken:
                problems.add(
                    row.at("name"),
                    f"”{row.values['name']}” finns redan med koden {taken[key]}. Använd den koden.",
                )
            taken[key] = row.values["code"]


def _check_tag_names(table: Table, rows: Iterable[Row], book: Book, problems: Problems) -> None:
    """Names (or codes) of tags become codes, in the tags' own order."""
    for column in table.columns:
        if column.kind is not Kind.TAGS or column.title in problems.missing:
            continue
        tags = list(book[column.title].values())
        known = {fold(tag.values[key]): tag for tag in tags for key in ("code", "name")}
        for row in rows:
            found = []
            for name in row.values[column.key]:
                tag = known.get(fold(name))
                if tag is not None:
                    found.append(tag)
                    continue
                near = difflib.get_close_matches(name, [tag.values["name"] for tag in tags], n=1)
                hint = f"Menar du ”{near[0]}”?" if near else f"Lägg till det i ”{column.title}”."
                problems.add(
                    row.at(column.key),
                    f"”{name[:60]}” finns inte i bladet {column.title}. {hint}",
                )
            found.sort(key=lambda tag: (tag.values["order"], tag.values["code"]))
            row.values[column.key] = tuple(dict.fromkeys(tag.values["code"] for tag in found))


def _check_days(table: Table, rows: Iterable[Row], problems: Problems) -> None:
    if "valid_to" not in {column.key for column in table.columns}:
        return
    for row in rows:
        begins, ends = _days(row)
        if row.has("valid_from", "valid_to") and begins > ends:
            problems.add(
                row.at("valid_to"),
                f"Sista dagen {ends} är före den första {begins}. Rätta en av dem.",
            )


def _days(row: Row) -> tuple[dt.date, dt.date]:
    return row.values["valid_from"] or NEVER, row.values["valid_to"] or ALWAYS


def _check_sources(table: Table, rows: Iterable[Row], problems: Problems) -> None:
    keys = {column.key for column in table.columns}
    if not {"source", "is_example"} <= keys or table is t.GOALS:
        return
    for row in rows:
        if not row.has("source", "is_example"):
            continue
        if not row.values["source"] and not row.values["is_example"]:
            problems.add(
                row.at("source"),
                "Källan saknas. Skriv var uppgiften står, eller skriv ja i kolumnen Exempel.",
            )


# Goals -------------------------------------------------------------------------------------------


def _goal_codes(book: Book) -> set[str]:
    return {row.values["goal"] for row in book[t.GOALS.title].values()}


def _no_such_goal(code: str, codes: set[str]) -> str:
    top = sorted((code for code in codes if "." not in code), key=goal_order)
    there = f"Programmet har målen {', '.join(top)}." if top else "Programmet har inga mål."
    return f"Mål {code} finns inte i bladet Mål. {there} Rätta numret, eller lägg till målet."


def _check_goals(book: Book, problems: Problems) -> None:
    if t.GOALS.title in problems.missing:
        return
    codes = _goal_codes(book)
    for row in book[t.GOALS.title].values():
        above, _, _ = row.values["goal"].rpartition(".")
        if above and above not in codes:
            problems.add(
                row.at("goal"),
                f"Delmål {row.values['goal']} hör till mål {above}, som inte finns i bladet. "
                "Lägg till målet, eller rätta numret.",
            )
    for table in (t.PRECONDITIONS, t.ACTIVITIES, t.LINKS, t.INDICATOR_GOALS):
        for row in book[table.title].values():
            if row.has("goal") and row.values["goal"] not in codes:
                problems.add(row.at("goal"), _no_such_goal(row.values["goal"], codes))
    for row in book[t.INDICATORS.title].values():
        for code in row.values["goals"]:
            if code not in codes:
                problems.add(row.at("goals"), _no_such_goal(code, codes))


def _check_wordings(book: Book, problems: Problems) -> None:
    codes, activities = _goal_codes(book), book[t.ACTIVITIES.title]
    for row in book[t.WORDINGS.title].values():
        _check_why(row, problems)
        goal, activity = row.values["goal"], row.values["activity"]
        if not row.has("goal", "activity"):
            continue
        if bool(goal) == bool(activity):
            problems.add(
                row.at("goal"), "Skriv antingen ett mål eller en aktivitets kod, inte båda."
            )
        elif goal and goal not in codes and t.GOALS.title not in problems.missing:
            problems.add(row.at("goal"), _no_such_goal(goal, codes))
        elif activity and (activity,) not in activities:
            _check_code(row, "activity", t.ACTIVITIES, book, problems)


def _check_why(row: Row, problems: Problems) -> None:
    """A new wording says who decided; a correction says why."""
    corrects, decision, reason = (row.values[k] for k in ("is_correction", "decision", "reason"))
    if not row.has("is_correction", "decision", "reason"):
        return
    if corrects and not reason:
        problems.add(row.at("reason"), "Varför saknas. Skriv vad som var fel.")
    elif not corrects and not decision:
        problems.add(row.at("decision"), "Beslut saknas. Vem, när och paragraf.")
    elif not corrects and reason:
        problems.add(
            row.at("reason"), "Varför hör till en rättelse. Skriv ja i Rättelse, eller lämna tomt."
        )


def _check_code(row: Row, key: str, among: Table, book: Book, problems: Problems) -> None:
    """The code in the column `key` is that of a row in the table `among`."""
    code, rows = row.values[key], book[among.title]
    if (code,) in rows or among.title in problems.missing or not row.has(key):
        return
    near = difflib.get_close_matches(code, [key[0] for key in rows], n=1)
    hint = f"Menar du ”{near[0]}”?" if near else "Lägg till den där, eller ta bort raden."
    problems.add(row.at(key), f"Koden ”{code}” finns inte i bladet {among.title}. {hint}")


def _check_tagged(book: Book, problems: Problems) -> None:
    """One goal or activity, one tag, and that no more than once at a time."""
    rows = book[t.TAGGED.title].values()
    codes, goals, activities = _goal_codes(book), book[t.GOALS.title], book[t.ACTIVITIES.title]
    for row in rows:
        goal, activity = row.values["goal"], row.values["activity"]
        kind, perspective = row.values["violence_type"], row.values["perspective"]
        if bool(goal) == bool(activity):
            problems.add(
                row.at("goal"), "Skriv antingen ett mål eller en aktivitets kod, inte båda."
            )
        elif goal and goal not in codes and t.GOALS.title not in problems.missing:
            problems.add(row.at("goal"), _no_such_goal(goal, codes))
        elif activity and (activity,) not in activities:
            _check_code(row, "activity", t.ACTIVITIES, book, problems)
        if bool(kind) == bool(perspective):
            problems.add(
                row.at("violence_type"), "Skriv antingen en våldstyp eller ett perspektiv."
            )
        elif kind:
            _check_code(row, "violence_type", t.VIOLENCE_TYPES, book, problems)
        else:
            _check_code(row, "perspective", t.PERSPECTIVES, book, problems)
        marked = goals.get((goal,)) if goal else activities.get((activity,))
        always = (
            (*marked.values["violence_types"], *marked.values["perspectives"]) if marked else ()
        )
        if (kind or perspective) in always and marked:
            problems.add(
                row.at("violence_type" if kind else "perspective"),
                f"Märkningen gäller redan hela tiden, enligt {marked.place}. Ta bort den där, "
                "eller ta bort raden här.",
            )
    _check_overlaps(rows, ("goal", "activity", "violence_type", "perspective"), problems)


def _check_links(book: Book, problems: Problems) -> None:
    rows = list(book[t.LINKS.title].values())
    if not rows:
        return
    slug = next((row.values["slug"] for row in book[t.PROGRAMME.title].values()), "")
    others: dict[str, set[str]] = defaultdict(set)
    goals = Goal.objects.filter(programme__slug__in={row.values["programme"] for row in rows})
    for goal in goals.select_related("programme", "parent"):
        others[goal.programme.slug].add(goal.code)
    for row in rows:
        there = row.values["programme"]
        if there == slug:
            problems.add(row.at("programme"), "Skriv ett annat program än det här.")
        elif there not in others:
            problems.add(
                row.at("programme"),
                f"Programmet ”{there}” finns inte eller har inga mål. Läs in det först.",
            )
        elif row.values["other"] not in others[there]:
            problems.add(
                row.at("other"), f"Programmet ”{there}” har inget mål {row.values['other']}."
            )
    _check_overlaps(rows, ("goal", "programme", "other"), problems)


def _check_overlaps(rows: Iterable[Row], keys: tuple[str, ...], problems: Problems) -> None:
    """Rows about the same may not hold on the same day."""
    same: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if _days(row)[0] <= _days(row)[1] and row.has("valid_from", "valid_to"):
            same[tuple(row.values[key] for key in keys)].append(row)
    for together in same.values():
        together.sort(key=lambda row: _days(row)[0])
        for before, after in itertools.pairwise(together):
            if _days(before)[1] >= _days(after)[0]:
                where = (
                    f"rad {before.place.row}"
                    if before.place.sheet == after.place.sheet
                    else str(before.place)
                )
                problems.add(
                    after.at("valid_from"),
                    f"Raden överlappar {where} om samma sak. Avsluta den första dagen innan, "
                    "eller ta bort en av dem.",
                )


# Activities and indicators -----------------------------------------------------------------------


def _check_activities(book: Book, problems: Problems) -> None:
    slug = next((row.values["slug"] for row in book[t.PROGRAMME.title].values()), "")
    codes = [key[0] for key in book[t.ACTIVITIES.title]]
    elsewhere = dict(
        Activity.objects.filter(code__in=codes)
        .exclude(goal__programme__slug=slug)
        .order_by()
        .values_list("code", "goal__programme__short_name")
    )
    for row in book[t.ACTIVITIES.title].values():
        if name := elsewhere.get(row.values["code"]):
            problems.add(
                row.at("code"),
                f"Koden ”{row.values['code']}” har redan en aktivitet i ett annat program "
                f"({name}). Välj en annan kod.",
            )


def _check_indicators(book: Book, problems: Problems) -> None:
    defined = {row.values["indicator"] for row in book[t.DEFINITIONS.title].values()}
    for row in book[t.INDICATORS.title].values():
        if row.values["code"] not in defined and t.DEFINITIONS.title not in problems.missing:
            problems.add(
                row.at("code"),
                f"Indikatorn ”{row.values['code']}” har ingen definition. Lägg till en rad i "
                "bladet Definitioner.",
            )


def _check_indicator_goals(book: Book, problems: Problems) -> None:
    """Every indicator has a goal, and none of them twice at the same time."""
    rows = book[t.INDICATOR_GOALS.title].values()
    for row in rows:
        _check_code(row, "indicator", t.INDICATORS, book, problems)
    _check_overlaps(rows, ("indicator", "goal"), problems)
    dated: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        dated[row.values["indicator"]].append(row)
    for indicator in book[t.INDICATORS.title].values():
        code, goals = indicator.values["code"], indicator.values["goals"]
        for row in dated[code]:
            if row.values["goal"] in goals:
                problems.add(
                    row.at("goal"),
                    f"Indikatorn ”{code}” hör redan till mål {row.values['goal']} hela tiden, "
                    f"enligt {indicator.place}. Ta bort målet där, eller ta bort raden här.",
                )
        if (
            not goals
            and not dated[code]
            and indicator.has("goals")
            and t.INDICATOR_GOALS.title not in problems.missing
        ):
            problems.add(
                indicator.at("goals"),
                "Mål saknas. Skriv ett eller flera mål, eller en rad i bladet Indikatorers mål.",
            )


def _check_definitions(book: Book, problems: Problems) -> None:
    of: dict[str, list[Row]] = defaultdict(list)
    for row in book[t.DEFINITIONS.title].values():
        code = row.values["indicator"]
        of[code].append(row)
        _check_code(row, "indicator", t.INDICATORS, book, problems)
        if row.values["aggregation"] == Aggregation.RATIO:
            for key in ("numerator_label", "denominator_label"):
                if not row.values[key] and row.has(key):
                    word = t.DEFINITIONS.column(key).title.lower()
                    problems.add(row.at(key), f"En kvot behöver ord för sin {word}. Fyll i den.")
    for rows in of.values():
        in_order = sorted(
            (row for row in rows if row.has("valid_from")), key=lambda row: row.values["number"]
        )
        for before, after in itertools.pairwise(in_order):
            if before.values["valid_from"] >= after.values["valid_from"]:
                problems.add(
                    after.at("valid_from"),
                    f"Version {after.values['number']} börjar {after.values['valid_from']}, men "
                    f"version {before.values['number']} börjar {before.values['valid_from']}. "
                    "En senare version måste börja senare.",
                )
            for key in FORCES_BREAK:
                if before.values[key] == after.values[key] or after.values["breaks_series"]:
                    continue
                problems.add(
                    after.at("breaks_series"),
                    f"{t.DEFINITIONS.column(key).title} ändras från ”{before.values[key]}” till "
                    f"”{after.values[key]}”. Då bryts serien: skriv ja, eller lämna tomt.",
                )


def _check_targets(book: Book, problems: Problems) -> None:
    for row in book[t.TARGETS.title].values():
        _check_code(row, "indicator", t.INDICATORS, book, problems)
        since = row.values["valid_from"]
        if since is None or not row.has("valid_from", "year", "decision"):
            continue
        if since.year != row.values["year"]:
            problems.add(
                row.at("valid_from"),
                f"Årsmålet för {row.values['year']} kan bara ändras under det året, inte {since}.",
            )
        if not row.values["decision"]:
            problems.add(
                row.at("decision"), "Ett årsmål ändras enligt ett beslut. Skriv vilket det är."
            )


def _check_gaps(book: Book, problems: Problems) -> None:
    rows = book[t.GAPS.title].values()
    for row in rows:
        _check_code(row, "indicator", t.INDICATORS, book, problems)
        if not row.has("kind", "valid_to"):
            continue
        if row.values["kind"] == GapKind.PAUSED and row.values["valid_to"] is None:
            problems.add(
                row.at("valid_to"),
                "Skriv till när indikatorn inte mäts. Annars har den upphört.",
            )
        elif row.values["kind"] == GapKind.ENDED and row.values["valid_to"] is not None:
            problems.add(
                row.at("valid_to"), "Det som har upphört kommer inte tillbaka. Lämna tomt."
            )
    _check_overlaps(rows, ("indicator",), problems)


def _check_successions(book: Book, problems: Problems) -> None:
    rows = list(book[t.SUCCESSIONS.title].values())
    codes = {row.values["successor"] for row in rows}
    there = set(Indicator.objects.filter(code__in=codes).values_list("code", flat=True))
    for row in rows:
        _check_code(row, "indicator", t.INDICATORS, book, problems)
        if row.values["successor"] == row.values["indicator"]:
            problems.add(row.at("successor"), "En indikator kan inte följa på sig själv.")
        elif row.values["successor"] not in there:
            _check_code(row, "successor", t.INDICATORS, book, problems)


def _check_responsibilities(
    table: Table, subject: str, among: Table, book: Book, names: NamndNames, problems: Problems
) -> None:
    namnder = {namnd.name: namnd for namnd in names.namnder}
    rows = book[table.title].values()
    for row in rows:
        _check_code(row, subject, among, book, problems)
        namnd = namnder.get(row.values["who"])
        if namnd is None or not row.has("valid_from", "valid_to"):
            continue
        begins, ends = _days(row)
        if namnd.valid_to is not None and begins > namnd.valid_to:
            after = " och ".join(str(each) for each in namnd.successors.all())
            problems.add(
                row.at("who"),
                f"{namnd} upphörde {namnd.valid_to}, innan raden börjar gälla {begins}. "
                + (f"Skriv efterträdaren: {after}." if after else "Rätta nämnden eller dagen."),
            )
        elif namnd.valid_from is not None and ends < namnd.valid_from:
            problems.add(
                row.at("who"),
                f"{namnd} finns först från {namnd.valid_from}, efter att raden har slutat gälla "
                f"{ends}. Rätta nämnden eller dagen.",
            )
    _check_overlaps(rows, (subject, "who"), problems)
