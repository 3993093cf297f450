"""What an answer adds to the content of a version: how the proposals are answered, and each.

A version that has nothing chosen and nothing written on any proposal says nothing here, whether
its rows have been made or not.
"""

from collections.abc import Sequence
from typing import Any

from papers.domain.contents import Part, Passage, add_part, rows_at
from papers.models import PaperVersion
from remisser.enums import Stance
from remisser.models import AnswerVersion, Position, Proposal

PART = "answer"


def _read(version_id: int, revision: int | None) -> Any:
    found = rows_at(AnswerVersion, revision, version_id=version_id)
    if not found:
        return None
    content = found[0]
    answer_version_id = content.pk if revision is None else content.pgh_obj_id
    positions = [
        {
            "proposal": row.proposal_id,
            "stance": row.stance,
            "wording": row.wording,
            "body": row.body,
        }
        for row in rows_at(Position, revision, answer_version_id=answer_version_id)
        if row.stance or row.body or row.wording
    ]
    if not (positions or content.collective):
        return None
    return {
        "collective": content.collective,
        "stance": content.stance,
        "positions": sorted(positions, key=lambda one: one["proposal"]),
    }


def _passages(said: Any) -> Sequence[Passage]:
    numbers = dict(
        Proposal.objects.filter(pk__in=[one["proposal"] for one in said["positions"]])
        .order_by()
        .values_list("pk", "number")
    )
    found = []
    if said["collective"]:
        how = _label(said["stance"])
        text = f"Alla besvaras samlat: {how.lower()}." if how else "Alla besvaras samlat."
        found.append(Passage("samlat", "Hur att-satserna besvaras", text, is_rich=False))
    for one in sorted(said["positions"], key=lambda one: numbers.get(one["proposal"], 0)):
        number = numbers.get(one["proposal"], "")
        stance = f"<p>{_label(one['stance'])}.</p>" if one["stance"] else ""
        found.append(
            Passage(f"att-sats-{number}", f"Svaret på att-sats {number}", stance + one["body"])
        )
    return found


def _put(version: PaperVersion, said: Any) -> None:
    """The count begins anew: what was written on an older version's page is refused here."""
    content = AnswerVersion.objects.create(
        version=version,
        collective=said["collective"],
        stance=said["stance"],
        revision=version.header_revision,
    )
    Position.objects.bulk_create(
        Position(
            answer_version=content,
            proposal_id=one["proposal"],
            stance=one["stance"],
            wording=one["wording"],
            body=one["body"],
            revision=version.header_revision,
        )
        for one in said["positions"]
    )


def _label(stance: str) -> str:
    return str(Stance(stance).label) if stance else ""


add_part(Part(name=PART, read=_read, passages=_passages, put=_put))
