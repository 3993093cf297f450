"""Carrying out a plan: a fixed number of statements, however many rows."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from indicators.domain.loading import tables as t
from indicators.domain.loading.comparing import Change, ChangeKind, Plan
from indicators.domain.loading.existing import ALL_THE_TIME, TAG_MODELS, Existing
from indicators.domain.loading.rows import Row
from indicators.domain.loading.same_counts import COLUMNS as SAME_COUNTS
from indicators.domain.loading.tables import LISTS, Table
from indicators.models import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    Target,
)
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.models import (
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
    Goal,
    GoalLink,
    GoalPerspective,
    GoalViolenceType,
    GoalWording,
    Precondition,
    Programme,
    Responsibility,
)

GROUPS = {str(group.label): group.value for group in NamndGroup}
# Tables that nothing else in the file points at, each after what it points at.
LEAVES = (
    t.WORDINGS,
    t.TAGGED,
    t.PRECONDITIONS,
    t.LINKS,
    t.RESPONSIBILITIES,
    t.INDICATOR_GOALS,
    t.DEFINITIONS,
    t.INDICATOR_RESPONSIBILITIES,
    t.TARGETS,
    t.GAPS,
    t.SUCCESSIONS,
)
BULK = 500


def save(plan: Plan, existing: Existing) -> Programme:
    """Write what a checked plan says, inside the caller's transaction.

    Removes first what hangs on others, so that what takes its place has room.
    """
    return _Saver(plan, existing).run()


@dataclass
class _Saver:
    plan: Plan
    existing: Existing
    by_table: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    pks: dict[str, dict[Any, int]] = field(default_factory=dict)
    """Title of a table → first part of a row's key → primary key."""

    def run(self) -> Programme:
        for change in self.plan.changes:
            self.by_table[change.table.title].append(change)
        for title, rows in self.existing.book.items():
            self.pks[title] = {key[0]: row.pk for key, row in rows.items()}
        self.namnder = dict(Namnd.objects.order_by().values_list("name", "pk"))
        for table in reversed(LEAVES):
            self.remove_leaves(table)
        for title, model in TAG_MODELS.items():
            table = next(table for table in t.TABLES if table.title == title)
            self.put(table, model, self.plain(table))
        programme = self.put_programme()
        self.put_goals(programme)
        self.put(t.ACTIVITIES, Activity, self.activity)
        self.put(t.INDICATORS, Indicator, self.indicator)
        self.link()
        for table, model in ((t.ACTIVITIES, Activity), (t.INDICATORS, Indicator)):
            self.remove(table, model)
        self.remove_goals()
        self.put_leaves()
        return programme

    # What rows hang on ---------------------------------------------------------------------------

    def put_programme(self) -> Programme:
        self.put(t.PROGRAMME, Programme, self.plain(t.PROGRAMME))
        return Programme.objects.get(slug=self.plan.slug)

    def put_goals(self, programme: Programme) -> None:
        """Goals before their delmål, which need their keys."""

        def attributes(row: Row) -> dict[str, Any]:
            above, _, number = row.values["goal"].rpartition(".")
            return self.plain(t.GOALS)(row) | {
                "programme_id": programme.pk,
                "parent_id": self.pks[t.GOALS.title][above] if above else None,
                "number": int(number),
            }

        self.put(t.GOALS, Goal, attributes, lambda row: "." not in row.key[0])
        self.put(t.GOALS, Goal, attributes, lambda row: "." in row.key[0])

    def activity(self, row: Row) -> dict[str, Any]:
        goal_id = self.pks[t.GOALS.title][row.values["goal"]]
        return self.plain(t.ACTIVITIES)(row) | {"goal_id": goal_id}

    def indicator(self, row: Row) -> dict[str, Any]:
        shared = {key: row.values[key] or None for key in SAME_COUNTS}
        return self.plain(t.INDICATORS)(row) | shared

    # Leaves --------------------------------------------------------------------------------------

    def put_leaves(self) -> None:
        def goal(row: Row) -> dict[str, Any]:
            return {"goal_id": self.pks[t.GOALS.title][row.values["goal"]]}

        def activity(row: Row) -> dict[str, Any]:
            return {"activity_id": self.pks[t.ACTIVITIES.title][row.values["activity"]]}

        def indicator(row: Row) -> dict[str, Any]:
            return {"indicator_id": self.pks[t.INDICATORS.title][row.values["indicator"]]}

        def who(row: Row) -> dict[str, Any]:
            group = GROUPS.get(row.values["who"], "")
            return {
                "group": group,
                "namnd_id": None if group else self.namnder[row.values["who"]],
            }

        def both(table: Table, *parts: Callable[[Row], dict[str, Any]]):
            def attributes(row: Row) -> dict[str, Any]:
                values = self.plain(table)(row)
                for part in parts:
                    values |= part(row)
                return values

            return attributes

        wording = t.WORDINGS
        self.put(wording, GoalWording, both(wording, goal), lambda row: bool(row.values["goal"]))
        self.put(
            wording,
            ActivityWording,
            both(wording, activity),
            lambda row: bool(row.values["activity"]),
        )
        self.put_tagged(goal, activity, both)
        self.put(t.PRECONDITIONS, Precondition, both(t.PRECONDITIONS, goal))
        self.put_links()
        table = t.RESPONSIBILITIES
        self.put(table, Responsibility, both(table, activity, who))
        table = t.INDICATOR_GOALS
        self.put(table, IndicatorGoal, both(table, indicator, goal))
        self.put(t.DEFINITIONS, IndicatorVersion, both(t.DEFINITIONS, indicator))
        table = t.INDICATOR_RESPONSIBILITIES
        self.put(table, IndicatorResponsibility, both(table, indicator, who))

        def namnd(row: Row) -> dict[str, Any]:
            name = row.values["namnd"]
            return {"namnd_id": self.namnder[name] if name else None}

        self.put(t.TARGETS, Target, both(t.TARGETS, indicator, namnd))
        self.put(t.GAPS, IndicatorGap, both(t.GAPS, indicator))
        self.put_successions()

    def put_successions(self) -> None:
        """What follows an indicator may belong to another programme."""
        here = self.pks[t.INDICATORS.title]
        codes = {c.new.values["successor"] for c in self.by_table[t.SUCCESSIONS.title] if c.new}
        others = dict(
            Indicator.objects.filter(code__in=codes - here.keys()).values_list("code", "pk")
        )

        def ends(row: Row) -> dict[str, Any]:
            return {
                **self.plain(t.SUCCESSIONS)(row),
                "predecessor_id": here[row.values["indicator"]],
                "successor_id": (here | others)[row.values["successor"]],
            }

        self.put(t.SUCCESSIONS, IndicatorSuccession, ends)

    def put_tagged(self, goal: Any, activity: Any, both: Any) -> None:
        """Tags with days or a source of their own; four tables, of what has the tag and which."""
        of: dict[str, Any] = {"goal": goal, "activity": activity}

        def tag(key: str, table: Table) -> Callable[[Row], dict[str, Any]]:
            field = f"{_TAG_FIELDS[key]}_id"
            return lambda row: {field: self.pks[table.title][row.values[key]]}

        def only(*keys: str) -> Callable[[Row], bool]:
            return lambda row: all(row.values[key] for key in keys)

        for (of_what, key), model in _TAGGED.items():
            table = t.VIOLENCE_TYPES if key == "violence_type" else t.PERSPECTIVES
            values = both(t.TAGGED, of[of_what], tag(key, table))
            self.put(t.TAGGED, model, values, only(of_what, key))

    def put_links(self) -> None:
        """A link that is there keeps its direction; a new one goes from this programme."""
        slugs = {c.new.values["programme"] for c in self.by_table[t.LINKS.title] if c.new}
        others = {
            (goal.programme.slug, goal.code): goal.pk
            for goal in Goal.objects.filter(programme__slug__in=slugs).select_related(
                "programme", "parent"
            )
        }

        def ends(row: Row) -> dict[str, Any]:
            values = {key: row.values[key] for key in ("source", "valid_from", "valid_to")}
            if row.pk:
                return values
            return values | {
                "from_goal_id": self.pks[t.GOALS.title][row.values["goal"]],
                "to_goal_id": others[row.values["programme"], row.values["other"]],
            }

        self.put(t.LINKS, GoalLink, ends)

    def remove_leaves(self, table: Table) -> None:
        removed = self.removed(table)
        if table is t.WORDINGS:
            for model, key in ((GoalWording, "goal"), (ActivityWording, "activity")):
                pks = [row.pk for row in removed if row.values[key]]
                model._default_manager.filter(pk__in=pks).delete()
            return
        if table is t.TAGGED:
            for (of_what, key), model in _TAGGED.items():
                pks = [row.pk for row in removed if row.values[of_what] and row.values[key]]
                model._default_manager.filter(pk__in=pks).delete()
            return
        models: dict[str, Any] = {
            t.PRECONDITIONS.title: Precondition,
            t.LINKS.title: GoalLink,
            t.RESPONSIBILITIES.title: Responsibility,
            t.INDICATOR_GOALS.title: IndicatorGoal,
            t.DEFINITIONS.title: IndicatorVersion,
            t.INDICATOR_RESPONSIBILITIES.title: IndicatorResponsibility,
            t.TARGETS.title: Target,
            t.GAPS.title: IndicatorGap,
            t.SUCCESSIONS.title: IndicatorSuccession,
        }
        if removed:
            models[table.title]._default_manager.filter(pk__in=[r.pk for r in removed]).delete()

    # Steps that all tables share -----------------------------------------------------------------

    def plain(self, table: Table) -> Callable[[Row], dict[str, Any]]:
        """The values that have a field of their own name."""

        def attributes(row: Row) -> dict[str, Any]:
            model_keys = {
                column.key
                for column in table.columns
                if column.kind not in LISTS and column.key not in _ELSEWHERE
            }
            return {key: row.values[key] for key in model_keys}

        return attributes

    def put(
        self,
        table: Table,
        model: Any,
        attributes: Callable[[Row], dict[str, Any]],
        only: Callable[[Row], bool] = lambda _: True,
    ) -> None:
        """Change and make the rows of a table: what ends first leaves room for what begins."""
        changes = [c for c in self.by_table[table.title] if c.new is not None and only(c.new)]
        self._change(model, attributes, changes)
        new = [c.new for c in changes if c.kind is ChangeKind.ADDED and c.new]
        made = model._default_manager.bulk_create(
            [model(**attributes(row)) for row in new], batch_size=BULK
        )
        for row, thing in zip(new, made, strict=True):
            row.pk = thing.pk
            self.pks[table.title][row.key[0]] = thing.pk

    def _change(
        self,
        model: Any,
        attributes: Callable[[Row], dict[str, Any]],
        changes: Collection[Change],
    ) -> None:
        changed = [c.new for c in changes if c.kind is ChangeKind.CHANGED and c.new]
        if not changed:
            return
        things = model._default_manager.select_for_update(of=("self",)).in_bulk(
            [row.pk for row in changed]
        )
        names: set[str] = set()
        for row in changed:
            thing = things[row.pk]
            for name, value in attributes(row).items():
                setattr(thing, name, value)
                names.add(model._meta.get_field(name.removesuffix("_id")).name)
            if hasattr(thing, "revision"):
                thing.revision += 1
                names.add("revision")
        model._default_manager.bulk_update(things.values(), sorted(names), batch_size=BULK)

    def removed(self, table: Table) -> list[Row]:
        changes = self.by_table[table.title]
        return [c.old for c in changes if c.kind is ChangeKind.REMOVED and c.old is not None]

    def remove(self, table: Table, model: Any) -> None:
        """What is shared with other programmes only leaves this one; see `link`."""
        rows = self.removed(table)
        if table is t.INDICATORS:
            rows = [row for row in rows if row.key[0] not in self.existing.shared]
        if rows:
            model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()

    def remove_goals(self) -> None:
        rows = self.removed(t.GOALS)
        for is_part in (True, False):
            pks = [row.pk for row in rows if ("." in row.key[0]) is is_part]
            if pks:
                Goal.objects.filter(pk__in=pks).delete()

    # Links between rows: tags, and the goals of indicators ---------------------------------------

    def link(self) -> None:
        for table, model, key, target in (
            (t.PROGRAMME, Programme, "violence_types", t.VIOLENCE_TYPES),
            (t.PROGRAMME, Programme, "perspectives", t.PERSPECTIVES),
            (t.GOALS, Goal, "violence_types", t.VIOLENCE_TYPES),
            (t.GOALS, Goal, "perspectives", t.PERSPECTIVES),
            (t.ACTIVITIES, Activity, "violence_types", t.VIOLENCE_TYPES),
            (t.ACTIVITIES, Activity, "perspectives", t.PERSPECTIVES),
            (t.INDICATORS, Indicator, "goals", t.GOALS),
        ):
            self._link(table, model, key, target)

    def _link(self, table: Table, model: Any, key: str, target: Table) -> None:
        relation = model._meta.get_field(key)
        through = relation.remote_field.through
        here, there = relation.m2m_column_name(), relation.m2m_reverse_name()
        there_pks = self.pks[target.title]
        gone: dict[int, Collection[int]] = {}
        come: list[Any] = []
        for change in self.by_table[table.title]:
            before = set(change.old.values[key]) if change.old else set()
            after = set(change.new.values[key]) if change.new else set()
            row = change.new or change.old
            if row is None or before == after:
                continue
            if before - after:
                gone[row.pk] = [there_pks[name] for name in before - after]
            for name in sorted(after - before):
                come.append(through(**{here: row.pk, there: there_pks[name]}))
        if gone:
            pairs = through._default_manager.filter(**{f"{here}__in": list(gone)})
            pairs = pairs.filter(**_said_by_a_word(through))
            pks = [
                pk
                for pk, one, other in pairs.order_by().values_list("pk", here, there)
                if other in gone[one]
            ]
            through._default_manager.filter(pk__in=pks).delete()
        through._default_manager.bulk_create(come, batch_size=BULK)


# Columns whose value is said in another way in the database.
_ELSEWHERE = {
    "goal", "activity", "indicator", "who", "namnd", "programme", "other", "violence_type",
    "perspective", "successor",
}  # fmt: skip
_TAG_FIELDS = {"violence_type": "violencetype", "perspective": "perspective"}
_TAGGED: dict[tuple[str, str], Any] = {
    ("goal", "violence_type"): GoalViolenceType,
    ("goal", "perspective"): GoalPerspective,
    ("activity", "violence_type"): ActivityViolenceType,
    ("activity", "perspective"): ActivityPerspective,
}


def _said_by_a_word(through: Any) -> dict[str, Any]:
    """What a link is like that stands as a word in a column: it has no days and no source."""
    names = {column.name for column in through._meta.get_fields()}
    return {name: value for name, value in ALL_THE_TIME.items() if name in names}
