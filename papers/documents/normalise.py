"""Makes a document into what the writers want: clean, in order, with nothing empty in it."""

from collections.abc import Iterable
from dataclasses import replace

from papers.documents.model import (
    Block,
    Cell,
    Column,
    Contact,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    Letterhead,
    ListBlock,
    Paragraph,
    Run,
    Signatory,
    Signatures,
    Table,
    clean_text,
    one_line,
    plain,
    safe_link,
)

UNTITLED = "Dokument utan titel"


def normalise(document: Document) -> Document:
    """The document as the writers want it; doing it twice changes nothing.

    * text is cleaned (:func:`clean_text`), neighbouring runs in one style are joined, links that
      are not safe lose their address;
    * headings, paragraphs, list items and lists without text are left out, and so are left-over
      footnotes;
    * heading levels never skip one on the way down, and the first is 1 (PDF/UA asks for it);
    * table rows have exactly as many columns as the table;
    * an empty title becomes the kind of paper, or says that it is missing.
    """
    head = _letterhead(document.letterhead) if document.letterhead else None
    return replace(
        document,
        title=one_line(document.title) or (head.kind if head else "") or UNTITLED,
        subtitle=one_line(document.subtitle),
        subject=one_line(document.subject),
        keywords=tuple(filter(None, (one_line(word) for word in document.keywords))),
        publisher=one_line(document.publisher),
        running_head=one_line(document.running_head),
        letterhead=head,
        blocks=_relevel(_blocks(document.blocks)),
    )


def _letterhead(head: Letterhead) -> Letterhead | None:
    contacts = (Contact(one_line(c.name), one_line(c.telephone)) for c in head.handlaggare)
    cleaned = replace(
        head,
        forvaltning=one_line(head.forvaltning),
        avdelning=one_line(head.avdelning),
        kind=one_line(head.kind),
        dnr=one_line(head.dnr),
        address=tuple(filter(None, (one_line(line) for line in head.address))),
        handlaggare=tuple(c for c in contacts if c.name or c.telephone),
        till=one_line(head.till),
    )
    return None if cleaned == Letterhead() else cleaned


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(result for block in blocks if (result := _block(block)) is not None)


def _block(block: Block) -> Block | None:
    if isinstance(block, Heading):
        parts = _inline(block.runs, single_line=True)
        return Heading(min(max(block.level, 1), 4), parts) if plain(parts).strip() else None
    if isinstance(block, Paragraph):
        parts = _inline(block.runs)
        return replace(block, runs=parts) if _has_content(parts) else None
    if isinstance(block, ListBlock):
        items = tuple(blocks for item in block.items if (blocks := _blocks(_list_item(item))))
        return replace(block, items=items, start=max(block.start, 0)) if items else None
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        caption, alt = one_line(block.caption), one_line(block.alt)
        return replace(block, alt=alt or caption or "Diagram", caption=caption)
    if isinstance(block, Signatures):
        people = (
            Signatory(one_line(p.name), one_line(p.title), one_line(p.unit)) for p in block.people
        )
        kept = tuple(p for p in people if p.name or p.title or p.unit)
        return Signatures(kept) if kept else None
    return block


def _list_item(blocks: Iterable[Block]) -> Iterable[Block]:
    """Only paragraphs and lists live inside a list; a heading there becomes a bold paragraph."""
    for block in blocks:
        if isinstance(block, Paragraph | ListBlock):
            yield block
        elif isinstance(block, Heading):
            yield Paragraph(
                tuple(replace(p, bold=True) if isinstance(p, Run) else p for p in block.runs)
            )


def _table(block: Table) -> Table | None:
    rows_ = (*block.header, *block.rows)
    count = max([len(block.columns), *(sum(max(c.colspan, 1) for c in row) for row in rows_)])
    if not count or not rows_:
        return None
    columns = block.columns + (Column(),) * (count - len(block.columns))
    return replace(
        block,
        columns=columns,
        header=tuple(_row(row, count) for row in block.header),
        rows=tuple(_row(row, count) for row in block.rows),
        caption=one_line(block.caption),
        note=one_line(block.note),
    )


def _row(row: tuple[Cell, ...], count: int) -> tuple[Cell, ...]:
    cells = tuple(Cell(_inline(cell.runs), max(cell.colspan, 1)) for cell in row)
    return cells + (Cell(()),) * (count - sum(cell.colspan for cell in cells))


def _has_content(parts: tuple[Inline, ...]) -> bool:
    return any(isinstance(part, Footnote) or part.text.strip() for part in parts)


def _inline(parts: Iterable[Inline], *, single_line: bool = False) -> tuple[Inline, ...]:
    result: list[Inline] = []
    for part in parts:
        if isinstance(part, Footnote):
            note = tuple(run for run in _inline(part.runs) if isinstance(run, Run))
            if not part.left_over and plain(note).strip():
                if result and isinstance(before := result[-1], Run):
                    # The number stands against the word it belongs to.
                    result[-1] = replace(before, text=before.text.rstrip(" "))
                result.append(Footnote(note))
            continue
        text = clean_text(part.text).replace("\t", " ")
        text = text.replace("\n", " ") if single_line else text
        run = replace(part, text=text, link=safe_link(part.link))
        last = result[-1] if result else None
        if isinstance(last, Run) and replace(last, text="") == replace(run, text=""):
            result[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            result.append(run)
    return _trimmed([part for part in result if isinstance(part, Footnote) or part.text])


def _trimmed(parts: list[Inline]) -> tuple[Inline, ...]:
    """Without white space first and last."""
    while parts and isinstance(first := parts[0], Run) and first.text[:1].isspace():
        text = first.text.lstrip()
        parts[:1] = [replace(first, text=text)] if text else []
    while parts and isinstance(last := parts[-1], Run) and last.text[-1:].isspace():
        text = last.text.rstrip()
        parts[-1:] = [replace(last, text=text)] if text else []
    return tuple(parts)


def _relevel(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Heading levels without gaps: equal levels stay equal, deeper ones stay deeper."""
    result: list[Block] = []
    open_levels: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            open_levels.append(block.level)
            result.append(replace(block, level=len(open_levels)))
        else:
            result.append(block)
    return tuple(result)
