"""What is taken out as a file: an attachment with a safe name, and nothing in it of who made it."""

import io
import re
import zipfile

import docx
import pytest
from pypdf import PdfReader

from organisation.models import User
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import PEOPLE, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in

pytestmark = pytest.mark.django_db

NAME = re.compile(
    r'attachment; filename="[a-z0-9][a-z0-9-]*(?:-[A-Z0-9]+)?\.(?:csv|pdf|docx|xlsx|yaml|json)"'
)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "json": "application/json",
}


# Each address that gives a file, and somebody who gets it.
FILES = [
    (address, list(PEOPLE)[TABLE[address.label][0].index("o")])
    for address in ADDRESSES
    if address.name.endswith("-export") and "o" in TABLE[address.label][0]
]


def files(city: City):
    """Each file, and who asked for it."""
    for address, who in FILES:
        yield address.label, who, sign_in(city, who).get(address.path(city))


def everything_in(data: bytes) -> bytes:
    """The bytes themselves; of a zip what is in its parts."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [name.encode() + package.read(name) for name in package.namelist()]
    return b"".join(parts)


def author_of(kind: str, data: bytes) -> list:
    """Every property that could tell of who or where; none of them does."""
    if kind == "pdf":
        reader = PdfReader(io.BytesIO(data))
        told = reader.metadata or {}
        xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        return [told.get("/Author"), *re.findall(r"<dc:creator>.*?</dc:creator>", xmp, re.DOTALL)]
    if kind == "docx":
        word = docx.Document(io.BytesIO(data)).core_properties
        return [word.author, word.last_modified_by, word.comments, word.category]
    if kind in ("csv", "yaml", "json"):
        return []  # nothing but its text, which is looked through below
    # Read as it stands: the library fills in its own name where there is none.
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core = package.read("docProps/core.xml").decode()
    return re.findall(r"<(?:dc:creator|cp:lastModifiedBy|dc:description)>([^<]+)<", core)


def test_there_are_files_to_look_at():
    assert len(FILES) >= 6


def test_each_is_an_attachment_with_a_safe_name_and_type(city: City):
    User.objects.update(name='Pelle"; filename=x.exe\r\nX-Evil: 1')
    for label, _, answer in files(city):
        said = answer.headers["Content-Disposition"]
        assert NAME.fullmatch(said), f"{label}: {said}"
        ending = said.rstrip('"').rpartition(".")[2]
        assert answer.headers["Content-Type"] == TYPES[ending], label
        assert answer.headers["X-Content-Type-Options"] == "nosniff", label


def test_none_tells_of_who_made_it_or_where(city: City):
    User.objects.update(name="Undertecknad Testperson")
    for label, who, answer in files(city):
        kind = answer.headers["Content-Disposition"].rstrip('"').rpartition(".")[2]
        assert [value for value in author_of(kind, answer.content) if value] == [], label
        inside = everything_in(answer.content)
        for trace in (
            b"/root",
            b"/home",
            b"/usr",
            b"/tmp",
            b"C:\\",
            b"Undertecknad Testperson",
            b"openpyxl",
            b"python-docx",
        ):
            assert trace not in inside, f"{label} ({who}): {trace!r}"
