"""The catalogue of open data, in DCAT-AP-SE (the Swedish profile of DCAT) as JSON-LD.

A licence and a point of contact are the city's to decide: they are told when they are set, and
nothing is made up in their place.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from indicators.domain.open_data import Dataset

CONTENT_TYPE = "application/ld+json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
SWEDISH = f"{AUTHORITY}language/SWE"
SOCIETY = f"{AUTHORITY}data-theme/SOCI"
CSV = f"{AUTHORITY}file-type/CSV"
# One signs in to come to it: whether it is for everybody is the city's to say.
RESTRICTED = f"{AUTHORITY}access-right/RESTRICTED"
ABOUT = (
    "Fastställda siffror om stadens program mot våld: staden och varje nämnd, i lång form. Tal som "
    "gäller så få personer att någon skulle kunna pekas ut är skyddade."
)


def catalogue(
    datasets: Sequence[Dataset], *, home: str, address: Callable[[Dataset], str]
) -> bytes:
    """The catalogue. home: its own address; address: of a dataset's CSV file. All are absolute.

    The same datasets and settings always give the same bytes.
    """
    publisher_id = f"{home}#utgivare"
    publisher = {
        "@id": publisher_id,
        "@type": "foaf:Organization",
        "foaf:name": _swedish(datasets[0].publisher if datasets else "Staden"),
    }
    graph: list[dict[str, Any]] = [
        publisher,
        {
            "@id": home,
            "@type": "dcat:Catalog",
            "dcterms:title": _swedish("Öppna data ur Samlad"),
            "dcterms:description": _swedish(ABOUT),
            "dcterms:publisher": {"@id": publisher_id},
            "dcterms:language": {"@id": SWEDISH},
            "dcat:dataset": [{"@id": f"{home}#{one.period_code}"} for one in datasets],
            **_licence(),
        },
    ]
    for one in datasets:
        graph += _dataset(one, home, address(one), publisher_id)
    told = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _dataset(one: Dataset, home: str, csv: str, publisher: str) -> list[dict[str, Any]]:
    me = f"{home}#{one.period_code}"
    return [
        {
            "@id": me,
            "@type": "dcat:Dataset",
            "dcterms:identifier": f"samlad-uppfoljning-{one.period_code}",
            "dcterms:title": _swedish(one.title),
            "dcterms:description": _swedish(ABOUT),
            "dcterms:publisher": {"@id": publisher},
            "dcterms:language": {"@id": SWEDISH},
            "dcterms:accessRights": {"@id": RESTRICTED},
            "dcterms:issued": _day(one.first_fixed_on),
            "dcterms:modified": _day(one.fixed_on),
            "dcterms:temporal": {
                "@type": "dcterms:PeriodOfTime",
                "dcat:startDate": _day(one.starts_on),
                "dcat:endDate": _day(one.ends_on),
            },
            "dcat:theme": {"@id": SOCIETY},
            "dcat:keyword": [_swedish("uppföljning"), _swedish("våld i nära relationer")],
            "owl:versionInfo": str(one.version),
            "dcat:distribution": {"@id": f"{me}-csv"},
            **_contact(),
        },
        {
            "@id": f"{me}-csv",
            "@type": "dcat:Distribution",
            "dcterms:title": _swedish(f"{one.title}, version {one.version}, CSV"),
            "dcterms:format": {"@id": CSV},
            "dcat:mediaType": {"@id": "http://www.iana.org/assignments/media-types/text/csv"},
            "dcat:accessURL": {"@id": csv},
            "dcat:downloadURL": {"@id": csv},
            "dcterms:modified": _day(one.fixed_on),
            **_licence(),
        },
    ]


def _licence() -> dict[str, Any]:
    licence = settings.OPEN_DATA_LICENCE
    return {"dcterms:license": {"@id": licence}} if licence else {}


def _contact() -> dict[str, Any]:
    contact = settings.OPEN_DATA_CONTACT
    return {"dcat:contactPoint": {"@id": contact}} if contact else {}


def _swedish(text: str) -> dict[str, str]:
    return {"@language": "sv", "@value": text}


def _day(day: Any) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}
