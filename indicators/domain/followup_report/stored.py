"""What a fixed version holds, read back from its bytes; and what it hides."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db.models import QuerySet

from indicators.domain.followup_report.codec import NotReadable, decode, digest_of
from indicators.domain.followup_report.hiding import Hidden, hidden_in
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.models import FollowupVersion

KEPT_VERSIONS = 8
"""How many versions are kept read in a process; each is one to a few megabytes."""

_HIDDEN: dict[str, frozenset[Hidden]] = {}
"""By digest, what each version that this process has read hides: it never changes."""


def read_version(version: FollowupVersion) -> Snapshot:
    """What the version holds. Raises NotReadable when it is not what was fixed.

    Asks the database for nothing but the version's own row.
    """
    return _read(bytes(version.content), version.sha256)


@lru_cache(maxsize=KEPT_VERSIONS)
def _read(content: bytes, sha256: str) -> Snapshot:
    if digest_of(content) != sha256:
        raise NotReadable("the version does not have its digest")
    return decode(content)


def hidden_by_versions(
    period_id: int, digests: Mapping[int, str] | None = None
) -> frozenset[Hidden]:
    """Everything that a version of that period hides, the city's or any nämnd's.

    digests: of those versions, by their ids, when the caller has just read them.
    """
    return _hidden_by(FollowupVersion.objects.filter(report__period=period_id), digests)


def hidden_by_versions_of(period_ids: Collection[int]) -> frozenset[Hidden]:
    """Everything that a version of any of the periods hides."""
    return _hidden_by(FollowupVersion.objects.filter(report__period__in=period_ids), None)


def _hidden_by(
    versions: QuerySet[FollowupVersion], digests: Mapping[int, str] | None
) -> frozenset[Hidden]:
    versions = versions.order_by()
    if digests is None:
        digests = dict(versions.values_list("pk", "sha256"))
    unread = [pk for pk, sha256 in digests.items() if sha256 not in _HIDDEN]
    if unread:
        for version in versions.filter(pk__in=unread):
            held = read_version(version)
            _HIDDEN[version.sha256] = hidden_in(held.followup, held.namnd_code)
    return frozenset().union(*(_HIDDEN[sha256] for sha256 in digests.values()))
