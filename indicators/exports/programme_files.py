"""The formats that a programme can be had in."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.domain.loading.existing import Existing
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ProgrammeFormat:
    content_type: str
    write: Callable[[Existing], bytes]


PROGRAMME_FORMATS = {
    "xlsx": ProgrammeFormat(XLSX_TYPE, programme_xlsx),
    "yaml": ProgrammeFormat("application/yaml", programme_yaml),
}
