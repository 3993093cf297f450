"""Writes a document as a Word file (.docx) with real styles, lists, table headers and footnotes.

The font is Arial: it is on every Windows and Mac, and where it is not (LibreOffice on Linux) a
font of the same measures stands in, so pages break at the same place for everyone. The paper's
own Source Sans 3 cannot be counted on in other people's Word.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph as DocxParagraph
from lxml import etree

from papers.documents.layout import running_head
from papers.documents.model import (
    Block,
    Cell,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    Letterhead,
    ListBlock,
    Paragraph,
    Run,
    Signatures,
    Table,
)
from papers.documents.normalise import normalise
from papers.documents.pictures import drawn
from papers.documents.word_parts import (
    Footnotes,
    Numbering,
    add_field,
    add_hyperlink,
    prepare_package,
    prepare_styles,
    set_cell_borders,
    set_table_look,
    shade,
)
from papers.documents.word_widths import table_widths

PAGE = (Mm(210), Mm(297))
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = Mm(28), Mm(26), Mm(22)
PARAGRAPH_STYLES = {"normal": "Normal", "lead": "Lead", "quote": "Quote", "note": "Note"}


def write_docx(document: Document) -> bytes:
    """The document as a Word file. The same document always gives the same bytes.

    Every text is written as text, whatever it begins with; the only fields are the page numbers.
    A figure without a PNG gets one made from its SVG (``ValueError`` if that cannot be drawn).
    """
    return _Writer(normalise(document)).write()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.docx: Docx = docx.Document()
        prepare_package(self.docx, document.language)
        prepare_styles(self.docx, document.language)
        self.numbering = Numbering(self.docx)
        self.footnotes = Footnotes(self.docx)
        self.pictures = 0
        self.style_ids: dict[str, str] = {}

    def write(self) -> bytes:
        self._page()
        self._properties()
        if self.document.letterhead:
            self._letterhead(self.document.letterhead)
        self.docx.add_paragraph(self.document.title, style="Title")
        if self.document.subtitle:
            self.docx.add_paragraph(self.document.subtitle, style="Subtitle")
        self._blocks(self.document.blocks)
        self.footnotes.finish()
        buffer = io.BytesIO()
        self.docx.save(buffer)
        return _repeatable(buffer.getvalue(), self.document.date)

    # --- page and properties ---------------------------------------------------------------

    def _page(self) -> None:
        section = self.docx.sections[0]
        width, height = PAGE
        if self.document.landscape:
            width, height = height, width
            section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = Mm(20) if self.document.landscape else MARGIN_X
        section.top_margin, section.bottom_margin = MARGIN_TOP, MARGIN_BOTTOM
        section.header_distance = section.footer_distance = Mm(12)
        self.text_width = section.page_width - section.left_margin - section.right_margin
        section.different_first_page_header_footer = True
        self._header(section.first_page_header, "")
        self._header(section.header, running_head(self.document))

    def _header(self, header: Any, text: str) -> None:
        paragraph = header.paragraphs[0]
        paragraph.style = self.docx.styles["Header"]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(self.text_width, alignment=2)  # right
        paragraph.add_run(f"{text}\tSida ")
        add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" (")
        add_field(paragraph, "NUMPAGES", "1")
        paragraph.add_run(")")

    def _properties(self) -> None:
        properties = self.docx.core_properties
        stamp = dt.datetime.combine(self.document.date, dt.time())
        properties.title = self.document.title[:255]
        properties.subject = self.document.subject[:255]
        properties.keywords = ", ".join(self.document.keywords)[:255]
        properties.author = properties.last_modified_by = self.document.publisher[:255]
        properties.comments = properties.category = ""
        properties.language = self.document.language
        properties.created = properties.modified = stamp
        properties.revision = 1

    # --- the first page --------------------------------------------------------------------

    def _letterhead(self, head: Letterhead) -> None:
        left = [
            *([(head.forvaltning, "Letterhead Strong")] if head.forvaltning else []),
            *([(head.avdelning, "Letterhead")] if head.avdelning else []),
            *((line, "Letterhead Small") for line in head.address),
        ]
        right = [
            *([(head.kind, "Letterhead Strong")] if head.kind else []),
            *([(f"Dnr {head.dnr}", "Letterhead")] if head.dnr else []),
            *([(f"Datum {head.date.isoformat()}", "Letterhead")] if head.date else []),
        ]
        contacts = [("Handläggare", "Letterhead Small")] if head.handlaggare else []
        for contact in head.handlaggare:
            if contact.name:
                contacts.append((contact.name, "Letterhead"))
            if contact.telephone:
                contacts.append((f"Telefon: {contact.telephone}", "Letterhead"))
        till = [("Till", "Letterhead Small")] if head.till or head.meeting_date else []
        if head.till:
            till.append((head.till, "Letterhead"))
        if head.meeting_date:
            till.append((head.meeting_date.isoformat(), "Letterhead"))
        rows = [row for row in ((left, right), (contacts, till)) if any(row)]
        share = 0.64
        for row in rows:
            self._side_by_side(row, (share, 1 - share))
            self.docx.add_paragraph(style="Space")

    def _side_by_side(
        self, columns: Iterable[list[tuple[str, str]]], shares: tuple[float, ...]
    ) -> None:
        """Texts beside each other in a table without lines, each cell read to its end."""
        cells = list(columns)
        layout = self._new_table(1, len(cells), [share * self.text_width for share in shares])
        layout.style = "Layout Table"
        set_table_look(layout, False, False)
        for cell, texts in zip(layout.rows[0].cells, cells, strict=True):
            for index, (text, style) in enumerate(texts):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paragraph.style = self.docx.styles[style]
                paragraph.add_run(text)
            if not texts:
                cell.paragraphs[0].style = self.docx.styles["Letterhead"]

    # --- blocks ----------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[Block]) -> None:
        new_page = False
        for block in blocks:
            if isinstance(block, Heading):
                paragraph = self.docx.add_paragraph(style=f"Heading {block.level}")
                self._inline(paragraph, block.runs)
                paragraph.paragraph_format.page_break_before = new_page or None
                new_page = False
                continue
            new_page = new_page and self._start_page()
            if isinstance(block, Paragraph):
                style = PARAGRAPH_STYLES[block.style]
                self._inline(self.docx.add_paragraph(style=style), block.runs)
            elif isinstance(block, ListBlock):
                self._list(block, 0)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Figure):
                self._figure(block)
            elif isinstance(block, Signatures):
                self._signatures(block)
            else:
                new_page = True

    def _start_page(self) -> bool:
        self.docx.add_paragraph(style="Space").add_run().add_break(WD_BREAK.PAGE)
        return False

    def _list(self, block: ListBlock, level: int) -> None:
        number = self.numbering.new_list(block.ordered, level, block.start)
        style = "List Number" if block.ordered else "List Bullet"
        for item in block.items:
            first = True
            for part in item:
                if isinstance(part, ListBlock):
                    if first:  # an item must have a paragraph to carry its number
                        self._list_paragraph(style, number, level)
                        first = False
                    self._list(part, min(level + 1, 8))
                elif isinstance(part, Paragraph):
                    if first:
                        paragraph = self._list_paragraph(style, number, level)
                    else:
                        paragraph = self.docx.add_paragraph(style="List Continue")
                        paragraph.paragraph_format.left_indent = self.numbering.indent(level)
                    self._inline(paragraph, part.runs)
                    first = False

    def _list_paragraph(self, style: str, number: int, level: int) -> DocxParagraph:
        paragraph = self.docx.add_paragraph(style=style)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
        return paragraph

    def _table(self, block: Table) -> None:
        if block.caption:
            caption = self.docx.add_paragraph(block.caption, style="Caption")
            caption.paragraph_format.keep_with_next = True
        widths = table_widths(block, self.text_width)
        rows = [*block.header, *block.rows]
        grid = self._new_table(len(rows), len(block.columns), widths)
        grid.style = "Paper Table"
        set_table_look(grid, bool(block.header), block.row_headers, block.caption)
        for index, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
            is_header = index < len(block.header)
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if is_header:
                properties.append(OxmlElement("w:tblHeader"))
            self._row(row.cells, cells, block, is_header)
        if block.note:
            self.docx.add_paragraph(block.note, style="Note")
        else:
            self.docx.add_paragraph(style="Space")

    def _row(
        self, places: tuple[DocxCell, ...], cells: tuple[Cell, ...], block: Table, is_header: bool
    ) -> None:
        place = 0
        for cell in cells:
            target = places[place]
            if cell.colspan > 1:
                target = target.merge(places[place + cell.colspan - 1])
            paragraph = target.paragraphs[0]
            paragraph._p.style = self._style_id("Table Heading" if is_header else "Table Text")
            align = block.columns[place].align
            paragraph.alignment = {"left": None, "center": 1, "right": 2}[align]
            bold = block.row_headers and place == 0 and not is_header
            self._inline(paragraph, cell.runs, bold=bold)
            if is_header:
                paragraph.paragraph_format.keep_with_next = True
                shade(target, "EEF2F6")
            set_cell_borders(target, strong=is_header)
            place += cell.colspan

    def _new_table(self, rows: int, columns: int, widths: list[float]) -> DocxTable:
        table = self.docx.add_table(rows, columns)
        table.autofit = not widths
        for index, width in enumerate(widths):
            table.columns[index].width = int(width)
        for row in table._tbl.tr_lst:  # `column.cells` would go through the whole table each time
            for place, width in zip(row.tc_lst, widths, strict=False):
                place.width = Length(int(width))
        return table

    def _style_id(self, name: str) -> str:
        """Looked up once: python-docx goes through all styles for each paragraph."""
        if name not in self.style_ids:
            self.style_ids[name] = self.docx.styles[name].style_id
        return self.style_ids[name]

    def _figure(self, block: Figure) -> None:
        png = block.png or drawn(block.svg)
        paragraph = self.docx.add_paragraph(style="Figure")
        picture = paragraph.add_run().add_picture(io.BytesIO(png), width=self.text_width)
        self.pictures += 1
        properties: Any = picture._inline.docPr
        properties.set("id", str(self.pictures))
        properties.set("name", f"Figur {self.pictures}")
        properties.set("descr", block.alt)
        inner: Any = picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr
        inner.set("name", f"Figur {self.pictures}")
        inner.set("descr", block.alt)
        if block.caption:
            paragraph.paragraph_format.keep_with_next = True
            self.docx.add_paragraph(block.caption, style="Caption")

    def _signatures(self, block: Signatures) -> None:
        self.docx.add_paragraph(style="Space").paragraph_format.keep_with_next = True
        for start in range(0, len(block.people), 3):
            people = block.people[start : start + 3]
            columns = [
                [
                    (text, style)
                    for text, style in (
                        (person.name, "Letterhead Strong"),
                        (person.title, "Letterhead"),
                        (person.unit, "Letterhead"),
                    )
                    if text
                ]
                for person in people
            ]
            across = min(len(block.people), 3)
            columns += [[] for _ in range(across - len(columns))]
            self._side_by_side(columns, (1 / across,) * across)
            self.docx.add_paragraph(style="Space")

    # --- text ------------------------------------------------------------------------------

    def _inline(
        self, paragraph: DocxParagraph, parts: Iterable[Inline], *, bold: bool = False
    ) -> None:
        for part in parts:
            if isinstance(part, Footnote):
                self.footnotes.add(paragraph, part)
            elif part.link:
                add_hyperlink(paragraph._p, paragraph.part, part)
            else:
                self._run(paragraph, part, bold)

    def _run(self, paragraph: DocxParagraph, part: Run, bold: bool) -> None:
        run = paragraph.add_run(part.text)  # python-docx writes "\n" as a line break
        if part.bold or bold:
            run.bold = True
        if part.italic:
            run.italic = True


def _repeatable(docx: bytes, date: dt.date) -> bytes:
    """The same package with every entry stamped with the document's date, in a fixed order."""
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        first = [name for name in ("[Content_Types].xml", "_rels/.rels") if name in names]
        for name in first + sorted(set(names) - set(first)):
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, _canonical(name, source.read(name)))
    return buffer.getvalue()


def _canonical(name: str, content: bytes) -> bytes:
    """Content types in alphabetical order: python-docx lists them as they come."""
    if name != "[Content_Types].xml":
        return content
    root = etree.fromstring(content)
    root[:] = sorted(root, key=lambda e: (e.tag, e.get("Extension") or "", e.get("PartName") or ""))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
