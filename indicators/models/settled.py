"""What the database itself holds of what has been followed up and locked.

The domain refuses sooner and says why (programme/domain/settled.py); this is for whatever road a
change comes by. What nobody has answered for in a locked period may be laid in afterwards: an
older programme, loaded whole.
"""

import pgtrigger

from programme.models import Activity, ActivityWording, Goal, GoalWording

_REFUSE = (
    "RAISE EXCEPTION '{name}: a locked follow-up rests on it' "
    "USING ERRCODE = 'integrity_constraint_violation';"
)


def _wordings(of: str, programme: str) -> pgtrigger.Trigger:
    """No wording begins, goes or reads otherwise on a day that is followed up and locked."""
    return pgtrigger.Trigger(
        name="settled",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("settled", "date"), ("whose", "bigint")],
        func=(
            "IF TG_OP = 'UPDATE' AND NEW.text = OLD.text AND NEW.valid_from = OLD.valid_from "
            f"AND NEW.{of}_id = OLD.{of}_id THEN RETURN NEW; END IF; "
            f"whose := CASE WHEN TG_OP = 'DELETE' THEN OLD.{of}_id ELSE NEW.{of}_id END; "
            f"settled := indicators_followed_until(({programme})); "
            "IF (TG_OP <> 'INSERT' AND OLD.valid_from <= settled) "
            "OR (TG_OP <> 'DELETE' AND NEW.valid_from <= settled) THEN "
            f"{_REFUSE.format(name='wording_settled')} END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )


def _rows(fixed: str, programme: str) -> pgtrigger.Trigger:
    """What was there keeps its first text, its days and its place, as far as it is locked.

    A text that was not known may be told; an end may come after what is locked.
    """
    return pgtrigger.Trigger(
        name="settled",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.text IS DISTINCT FROM NEW.text OR OLD.valid_from IS DISTINCT FROM NEW.valid_from "
            f"OR OLD.valid_to IS DISTINCT FROM NEW.valid_to{fixed}"
        ),
        declare=[("settled", "date"), ("began", "date"), ("begins", "date")],
        func=(
            "settled := indicators_followed_until((PROGRAMME)); "
            "IF settled IS NULL THEN RETURN NEW; END IF; "
            "SELECT COALESCE(OLD.valid_from, make_date(p.first_year, 1, 1)), "
            "COALESCE(NEW.valid_from, make_date(p.first_year, 1, 1)) INTO began, begins "
            "FROM programme_programme p WHERE p.id = (PROGRAMME); "
            "IF LEAST(began, begins) <= settled AND (began <> begins "
            "OR LEAST(COALESCE(OLD.valid_to, settled), settled) "
            "<> LEAST(COALESCE(NEW.valid_to, settled), settled) "
            "OR (OLD.text <> '' AND OLD.text <> NEW.text)FIXED) THEN REFUSE END IF; RETURN NEW;"
        )
        .replace("PROGRAMME", programme)
        .replace("FIXED", fixed)
        .replace("REFUSE", _REFUSE.format(name="row_settled")),
    )


GUARDED = (GoalWording, ActivityWording, Goal, Activity)
"""Models of programmes whose rows are held so."""
_OF_GOAL = "SELECT g.programme_id FROM programme_goal g WHERE g.id = {}"
pgtrigger.register(_wordings("goal", _OF_GOAL.format("whose")))(GoalWording)
pgtrigger.register(
    _wordings(
        "activity",
        "SELECT g.programme_id FROM programme_activity a JOIN programme_goal g ON g.id = a.goal_id "
        "WHERE a.id = whose",
    )
)(ActivityWording)
pgtrigger.register(_rows("", "OLD.programme_id"))(Goal)
pgtrigger.register(
    _rows(" OR OLD.goal_id IS DISTINCT FROM NEW.goal_id", _OF_GOAL.format("OLD.goal_id"))
)(Activity)
