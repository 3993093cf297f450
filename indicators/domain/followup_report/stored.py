"""What a fixed version holds, read back from its bytes; and what it hides."""

from collections.abc import Mapping
from functools import lru_cache

from django.core.cache import caches

from indicators.domain.followup_report.codec import NotReadable, decode, digest_of
from indicators.domain.followup_report.hiding import Hidden, hidden_in
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.protected_cache import CACHE, tolerated
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
    if digests is None:
        versions = FollowupVersion.objects.filter(report__period=period_id).order_by()
        digests = dict(versions.values_list("pk", "sha256"))
    return frozenset().union(*hidden_of(digests).values())


def hidden_of(versions: Mapping[int, str]) -> dict[int, frozenset[Hidden]]:
    """What each version hides, by its primary key. versions: their digests.

    What this process has not read is looked for in the cache "protection", and only then in the
    versions themselves: one query and a few hundredths of a second each.
    """
    lacking = {sha256 for sha256 in versions.values() if sha256 not in _HIDDEN}
    if lacking:
        names = {f"hidden-{sha256}": sha256 for sha256 in lacking}
        with tolerated():
            kept = caches[CACHE].get_many(names)
            _HIDDEN.update({names[name]: hidden for name, hidden in kept.items()})
    unread = [pk for pk, sha256 in versions.items() if sha256 not in _HIDDEN]
    if unread:
        for version in FollowupVersion.objects.filter(pk__in=unread).order_by("pk"):
            held = read_version(version)
            _HIDDEN[version.sha256] = hidden_in(held.followup, held.namnd_code)
            with tolerated():
                caches[CACHE].set(f"hidden-{version.sha256}", _HIDDEN[version.sha256])
    return {pk: _HIDDEN[sha256] for pk, sha256 in versions.items()}
