"""Marks row headers in a tagged PDF.

Typst tags the cells of a table's header rows as header cells, but the function that marks the
first cell of a row is behind a switch that its Python package does not have. So it is done here,
after the fact: the first cell of each row becomes ``TH`` with the scope ``Row``. Only the
dictionaries of those structure elements are rewritten, and the table of offsets after them.
"""

import re

_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_KIDS = re.compile(rb"/K\s*\[([^\]]*)\]|/K\s+(\d+ 0 R)")
_HEADERS = re.compile(rb"/Headers\s*\[[^\]]*\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")


def mark_row_headers(pdf: bytes, wanted: list[bool]) -> bytes:
    """The PDF with row headers in each table for which ``wanted`` is true, in reading order.

    Returns the PDF unchanged when no table wants them. Raises ``ValueError`` when the file is not
    laid out as expected (a plain cross-reference table, as many tables as ``wanted`` has).
    """
    if not any(wanted):
        return pdf
    offsets, trailer = _objects(pdf)
    starts = sorted(offsets.values())
    end = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    ends = dict(zip(starts, [*starts[1:], end], strict=True))
    bodies = {number: pdf[start : ends[start]] for number, start in offsets.items()}
    tables = _tables(bodies)
    if len(tables) != len(wanted):
        raise ValueError(f"{len(tables)} tables in the PDF, {len(wanted)} in the document")
    for number, marked in zip(tables, wanted, strict=True):
        if marked:
            for row in _rows(bodies, number):
                _mark_row(bodies, row)
    return _assemble(pdf[: min(offsets.values())], bodies, offsets, trailer)


def _objects(pdf: bytes) -> tuple[dict[int, int], bytes]:
    """Offset of every object in use, and the trailer."""
    match = _STARTXREF.search(pdf)
    if not match or not pdf.startswith(b"xref", int(match[1])):
        raise ValueError("the PDF has no plain cross-reference table")
    table, _, trailer = pdf[int(match[1]) : match.start()].partition(b"trailer")
    lines = table.split(b"\n")
    first, count = (int(part) for part in lines[1].split())
    offsets = {}
    for index in range(count):
        offset, _, state = lines[2 + index].split()
        if state == b"n":
            offsets[first + index] = int(offset)
    return offsets, trailer


def _kind(body: bytes) -> bytes:
    match = re.search(rb"/Type\s*/StructElem\s*/S\s*/(\w+)", body[:200])
    return match[1] if match else b""


def _kids(body: bytes) -> list[int]:
    match = _KIDS.search(body)
    if not match:
        return []
    return [int(number) for number in _REFERENCE.findall(match[1] or match[2] or b"")]


def _tables(bodies: dict[int, bytes]) -> list[int]:
    """Object numbers of the tables, in reading order."""
    root = next(n for n, body in bodies.items() if b"/Type/StructTreeRoot" in body[:200])
    found, waiting = [], [root]
    while waiting:
        number = waiting.pop()
        if _kind(bodies[number]) == b"Table":
            found.append(number)
        elif number == root or _kind(bodies[number]):
            waiting.extend(reversed(_kids(bodies[number])))
    return found


def _rows(bodies: dict[int, bytes], table: int) -> list[int]:
    parts = [part for part in _kids(bodies[table]) if _kind(bodies[part]) == b"TBody"]
    return [row for part in parts for row in _kids(bodies[part])]


def _mark_row(bodies: dict[int, bytes], row: int) -> None:
    """The first cell becomes a header. The cells' lists of header ids name column headers only,
    and would hide the row's: they go, and the scopes speak for both."""
    for place, number in enumerate(_kids(bodies[row])):
        body = _HEADERS.sub(b"", bodies[number], count=1)
        if place == 0 and _kind(body) == b"TD":
            body = body.replace(b"/S/TD", b"/S/TH", 1)
            body = body.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)
        bodies[number] = body


def _assemble(
    head: bytes, bodies: dict[int, bytes], offsets: dict[int, int], trailer: bytes
) -> bytes:
    parts, places, position = [head], {}, len(head)
    for number in sorted(offsets, key=lambda n: offsets[n]):
        places[number] = position
        parts.append(bodies[number])
        position += len(bodies[number])
    size = max(places) + 1
    lines = [b"xref\n", b"0 %d\n" % size]
    for number in range(size):
        if number in places:
            lines.append(b"%010d 00000 n\r\n" % places[number])
        else:
            lines.append(b"0000000000 65535 f\r\n")
    parts += [*lines, b"trailer", trailer, b"startxref\n%d\n%%%%EOF" % position]
    return b"".join(parts)
