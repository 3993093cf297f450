"""A text changes from a day, by a decision: the same rule for goals and activities."""

import datetime as dt

from organisation.domain.days import ONE_DAY
from organisation.models import User
from programme.domain.errors import Invalid
from programme.domain.parts import check_right, check_texts
from programme.domain.settled import settled_until
from programme.models import Activity, Goal, Programme


def why_settled(last: dt.date) -> str:
    """Why a text may not change on or before the day `last`."""
    return (
        f"Perioderna till och med {last:%Y-%m-%d} är låsta, och deras uppföljning läses med den "
        f"lydelse som gällde då. En ändring kan gälla tidigast från {last + ONE_DAY:%Y-%m-%d}."
    )


def check_wording(
    row: Goal | Activity,
    programme: Programme,
    *,
    actor: User,
    text: str,
    valid_from: dt.date,
    decision: str,
    source: str,
) -> None:
    """Raises NotAllowed; Invalid for a change that is none, or on a day that cannot be: outside the
    programme, or before the end of what has been settled in the words of its time.

    The wording that a text began with holds from its first day, so a change comes after it.
    """
    check_right(actor)
    check_texts(text=text, decision=decision, source=source)
    if not text.strip():
        raise Invalid("Skriv den nya lydelsen.", field="text")
    if not decision.strip():
        raise Invalid("Ange beslutet: vem, när och vilken paragraf.", field="decision")
    began = row.valid_from or programme.first_day
    ceases = row.valid_to or programme.last_day
    if not began < valid_from <= ceases:
        raise Invalid(
            f"Ändringen ska gälla från en dag efter {began:%Y-%m-%d} och senast {ceases:%Y-%m-%d}.",
            field="valid_from",
        )
    settled = settled_until(programme)
    if settled is not None and valid_from <= settled:
        raise Invalid(why_settled(settled), field="valid_from")
    if row.text_on(valid_from) == text:
        raise Invalid("Texten lyder redan så den dagen.", field="text")
