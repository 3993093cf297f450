"""The figures of a fixed version of the city's follow-up: Excel, CSV and JSON to calculate with."""

from django.utils import timezone

from indicators.domain.followup_report.snapshot import Snapshot
from indicators.exports.files import FORMATS
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import FollowupVersion
from papers.documents.model import format_date_long

DATA_FORMATS = {ending: FORMATS[ending].name for ending in ("xlsx", "csv", "json")}


def fixed_data(snapshot: Snapshot, version: FollowupVersion, file_format: str) -> bytes:
    """The figures that the version holds: the same version, the same bytes.

    file_format: a key of DATA_FORMATS. The files are those of the follow-up of today.
    """
    if file_format == "xlsx":
        fixed_on = format_date_long(timezone.localdate(version.fixed_at))
        return followup_xlsx(
            snapshot.followup, fixed=f"Version {version.number}, fastställd {fixed_on}."
        )
    return FORMATS[file_format].write(snapshot.followup)
