"""Programmes as files for tests: one small and whole, to be changed in one place at a time."""

import copy
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import yaml
from openpyxl import Workbook

from indicators.domain.loading.tables import LISTS, TABLES
from trace.uploads import WORKBOOK, YAML, CheckedFile, open_upload

Document = dict[str, Any]

SMALL: Document = {
    "Program": [
        {
            "Adress": "prov-2026-2030",
            "Namn": "Ett program på prov",
            "Kort namn": "Program på prov",
            "Första år": 2026,
            "Sista år": 2030,
            "Källa": "Test",
            "Våldstyper": ["hot"],
            "Perspektiv": ["Barnrätt"],
        }
    ],
    "Våldstyper": [{"Kod": "hot", "Namn": "hot", "Ordning": 1}],
    "Perspektiv": [{"Kod": "barnratt", "Namn": "barnrätt", "Ordning": 1, "Källa": "Test"}],
    "Mål": [
        {"Mål": "1", "Text": "Ett första mål.", "Våldstyper": ["hot"]},
        {"Mål": "1.1", "Text": "Ett delmål."},
        {"Mål": "2", "Text": "Ett andra mål.\nPå två rader."},
    ],
    "Lydelser": [
        {
            "Aktivitet": "fraga",
            "Gäller från": dt.date(2027, 1, 1),
            "Text": "Fråga alla, alltid.",
            "Beslut": "Kommunfullmäktige 2026-11-02 § 7",
        }
    ],
    "Förutsättningar": [{"Mål": "1", "Ordning": 1, "Text": "Tid.", "Exempel": True}],
    "Motsvarande mål": [],
    "Aktiviteter": [
        {"Kod": "fraga", "Mål": "1.1", "Text": "Fråga alla.", "Källa": "Test", "Ordning": 1},
        {
            "Kod": "skydda",
            "Mål": "2",
            "Text": "Skydda.",
            "Exempel": True,
            "Perspektiv": ["barnrätt"],
        },
    ],
    "Märkning": [],
    "Ansvar": [
        {"Aktivitet": "fraga", "Nämnd eller grupp": "Alla stadsdelsnämnder"},
        {
            "Aktivitet": "fraga",
            "Nämnd eller grupp": "socialnämnden",
            "Ansvar": "medverkande",
            "Gäller från": dt.date(2026, 1, 1),
            "Gäller till": dt.date(2027, 12, 31),
            "Enligt beslut": "§ 7",
        },
        {"Aktivitet": "skydda", "Nämnd eller grupp": "Södermalms stadsdelsnämnd"},
    ],
    "Indikatorer": [
        {"Kod": "antal-fragade", "Mål": ["1", "2"], "Slag": "I", "Källa": "Test", "Ordning": 1}
    ],
    "Indikatorers mål": [],
    "Definitioner": [
        {
            "Indikator": "antal-fragade",
            "Version": 1,
            "Gäller från": dt.date(2026, 1, 1),
            "Namn": "Andel tillfrågade",
            "Enhet": "%",
            "Skala": 100,
            "Sammanläggning": "kvot",
            "Avser": "hittills",
            "Räknar personer": True,
            "Täljare": "Tillfrågade",
            "Nämnare": "Alla",
        }
    ],
    "Ansvar indikatorer": [
        {"Indikator": "antal-fragade", "Nämnd eller grupp": "Alla stadsdelsnämnder"}
    ],
    "Årsmål": [
        {"Indikator": "antal-fragade", "År": 2026, "Årsmål": Decimal("62.5"), "Exempel": True},
        {
            "Indikator": "antal-fragade",
            "År": 2026,
            "Nämnd": "Södermalm",
            "Årsmål": Decimal("70"),
            "Exempel": True,
        },
    ],
    "Uppehåll": [],
    "Efterföljare": [],
}


def small(**tables: Any) -> Document:
    """The small programme, with some tables put in place of its own."""
    document = copy.deepcopy(SMALL)
    document.update(tables)
    return document


def real_size(namnder: Sequence[str]) -> Document:
    """Seven goals, 80 activities, 70 indicators; each nämnd answers for all the indicators, and
    nine of them for each activity."""
    document = small()
    definition = document["Definitioner"][0]
    document["Mål"] = [{"Mål": str(n), "Text": f"Mål {n}."} for n in range(1, 8)]
    document["Aktiviteter"] = [
        {"Kod": f"a-{n}", "Mål": str(n % 7 + 1), "Text": f"Aktivitet {n}.", "Exempel": True}
        for n in range(80)
    ]
    document["Indikatorer"] = [
        {"Kod": f"ind-{n}", "Mål": [str(n % 7 + 1)], "Exempel": True} for n in range(70)
    ]
    document["Definitioner"] = [definition | {"Indikator": f"ind-{n}"} for n in range(70)]
    document["Ansvar"] = [
        {"Aktivitet": f"a-{n}", "Nämnd eller grupp": namnder[(n + each) % len(namnder)]}
        for n in range(80)
        for each in range(9)
    ]
    document["Ansvar indikatorer"] = [
        {"Indikator": f"ind-{n}", "Nämnd eller grupp": name} for n in range(70) for name in namnder
    ]
    document["Lydelser"], document["Årsmål"] = [], []
    return document


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def as_yaml(document: Document, name: str = "p.yaml") -> CheckedFile:
    """The document as a YAML file."""
    plain: Document = {}
    for table in TABLES:
        if table.title not in document:
            continue
        rows = [
            {
                next((c.name for c in table.columns if c.title == title), title): _plain(value)
                for title, value in row.items()
            }
            for row in document[table.title]
        ]
        plain[table.name] = rows[0] if table.single and len(rows) == 1 else rows
    text = yaml.dump(plain, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    return open_upload(name, text.encode(), [YAML])


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return float(value) if isinstance(value, Decimal) else value


def as_workbook(document: Document, name: str = "p.xlsx") -> CheckedFile:
    """The document as an Excel file, with the headings that its tables have."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in TABLES:
        if table.title not in document:
            continue
        sheet = book.create_sheet(table.title)
        titles = [column.title for column in table.columns]
        titles += sorted({t for row in document[table.title] for t in row} - set(titles))
        sheet.append(titles)
        lists = {column.title for column in table.columns if column.kind in LISTS}
        for number, row in enumerate(document[table.title], start=2):
            for at, title in enumerate(titles, start=1):
                value = row.get(title)
                if value is None:
                    continue
                if title in lists:
                    value = "; ".join(value)
                if isinstance(value, bool):
                    value = "ja" if value else "nej"
                sheet.cell(number, at, value)
    written = io.BytesIO()
    book.save(written)
    return open_upload(name, written.getvalue(), [WORKBOOK])
