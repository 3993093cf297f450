"""What python-docx has no words for: styles from nothing, numbering, footnotes, fields, links."""

import re
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from papers.documents.model import Footnote, Run

FONT = "Arial"
ACCENT, MUTED, RULE = RGBColor(0x07, 0x42, 0x4B), RGBColor(0x4A, 0x55, 0x60), "B4BEC8"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# Order of w:settings' children that stand before w:footnotePr in the schema and may be present.
_AFTER_FOOTNOTE_PR = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr")


def prepare_package(docx: Docx, language: str) -> None:
    """Removes what python-docx's template brings along and nobody asked for."""
    package = docx.part.package
    for holder in (package, docx.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects")):
                del holder.rels[key]
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _APP_XML
    settings = docx.settings.element
    for name in ("w:rsids", "w:proofState", "w:savePreviewPicture"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    for element in settings.iter(qn("w:useFELayout")):
        element.getparent().remove(element)
    for element in settings.findall(qn("w:zoom")):
        element.set(qn("w:percent"), "100")  # the schema asks for it
    for element in settings.findall(qn("w:themeFontLang")):
        element.attrib.clear()
        element.set(qn("w:val"), language)
    for name, value in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        for element in settings.findall(qn(name)):
            element.set(qn("w:val"), value)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # or Word opens the file in compatibility mode


_APP_XML = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>Microsoft Office Word</Application></Properties>'
)


# --- styles --------------------------------------------------------------------------------

# name: (based on, size in points, bold, italic, colour, points before, points after)
_STYLES: dict[str, tuple[str | None, float, bool, bool, RGBColor | None, float, float]] = {
    "Normal": (None, 10.5, False, False, None, 0, 7),
    "Title": ("Normal", 19, True, False, ACCENT, 0, 5),
    "Subtitle": ("Normal", 11.5, False, False, MUTED, 0, 10),
    "Heading 1": ("Normal", 13.5, True, False, ACCENT, 17, 4),
    "Heading 2": ("Normal", 11.5, True, False, None, 13, 4),
    "Heading 3": ("Normal", 10.5, True, False, None, 11, 3),
    "Heading 4": ("Normal", 10.5, False, True, None, 10, 3),
    "Lead": ("Normal", 11.5, False, False, None, 0, 8),
    "Quote": ("Normal", 10.5, False, False, None, 2, 8),
    "Note": ("Normal", 8.5, False, False, MUTED, 3, 10),
    "List Bullet": ("Normal", 10.5, False, False, None, 0, 4),
    "List Number": ("Normal", 10.5, False, False, None, 0, 4),
    "List Continue": ("Normal", 10.5, False, False, None, 0, 4),
    "Caption": ("Normal", 9.5, True, False, None, 8, 4),
    "Figure": ("Normal", 10.5, False, False, None, 8, 4),
    "Table Text": ("Normal", 9, False, False, None, 2, 2),
    "Table Heading": ("Table Text", 9, True, False, None, 2, 2),
    "Letterhead": ("Normal", 10, False, False, None, 0, 2),
    "Letterhead Strong": ("Letterhead", 10, True, False, None, 0, 2),
    "Letterhead Small": ("Letterhead", 8.5, False, False, MUTED, 0, 2),
    "Space": ("Normal", 6, False, False, None, 0, 6),
    "Header": ("Normal", 8.5, False, False, MUTED, 0, 0),
    "Footer": ("Normal", 8.5, False, False, MUTED, 0, 0),
    "footnote text": ("Normal", 8.5, False, False, None, 0, 2),
}
_TABLE_STYLES = {"Paper Table": "85", "Layout Table": "0"}  # cell margin, twentieths of a point


def prepare_styles(docx: Docx, language: str) -> None:
    """Gives the document its styles; those of the template that are not used are removed."""
    root = docx.styles.element
    kept = {"Default Paragraph Font", "Normal Table", "No List"}
    for style in list(root.findall(qn("w:style"))):
        if style.name_val not in kept:
            root.remove(style)
    _defaults(root, language)
    for name, values in _STYLES.items():
        _paragraph_style(docx, name, *values)
    docx.styles["Normal"].element.get_or_add_rPr().append(
        parse_xml(_language(language).replace("<w:lang", f"<w:lang {nsdecls('w')}"))
    )
    for level in range(1, 5):
        style = docx.styles[f"Heading {level}"]
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.keep_together = True
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        style.element.get_or_add_pPr().append(outline)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = docx.styles[name]
        style.next_paragraph_style = docx.styles["Normal"]
        style.paragraph_format.line_spacing = 1.08
    docx.styles["Quote"].paragraph_format.left_indent = Mm(8)
    docx.styles["Quote"].paragraph_format.right_indent = Mm(8)
    for name in ("Table Text", "Table Heading", "footnote text", "Letterhead", "Space", "Header"):
        docx.styles[name].paragraph_format.line_spacing = 1.08
    _character_style(docx, "Hyperlink", "<w:color w:val='07424B'/><w:u w:val='single'/>")
    _character_style(docx, "footnote reference", "<w:vertAlign w:val='superscript'/>")
    for name, margin in _TABLE_STYLES.items():
        _table_style(root, name, margin)


def _defaults(root: Any, language: str) -> None:
    defaults = root.find(qn("w:docDefaults"))
    root.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts()}"
            f'<w:sz w:val="21"/><w:szCs w:val="21"/>{_language(language)}</w:rPr></w:rPrDefault>'
            '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="288" w:lineRule="auto"/>'
            "</w:pPr></w:pPrDefault></w:docDefaults>"
        ),
    )


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _language(language: str) -> str:
    return f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'


def _paragraph_style(
    docx: Docx,
    name: str,
    base: str | None,
    size: float,
    bold: bool,
    italic: bool,
    colour: RGBColor | None,
    before: float,
    after: float,
) -> None:
    style = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in _BUILT_IN)
    if name == "Normal":
        style.element.set(qn("w:default"), "1")
    style.base_style = docx.styles[base] if base else None
    style.hidden, style.quick_style = False, name in _BUILT_IN
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold or None, italic or None
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


_BUILT_IN = {
    *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Quote"),
    *("List Bullet", "List Number", "List Continue", "Caption", "Header", "Footer"),
    "footnote text",
}


def _character_style(docx: Docx, name: str, properties: str) -> None:
    style = docx.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.hidden = False
    run = parse_xml(f"<w:rPr {nsdecls('w')}>{properties}</w:rPr>")
    style.element.append(run)


def _table_style(root: Any, name: str, margin: str) -> None:
    root.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" '
            f'w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblCellMar>'
            f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        )
    )


# --- numbering -----------------------------------------------------------------------------


class Numbering:
    """Two patterns (bullets, numbers) and one ``w:num`` per list, so that each starts anew."""

    BULLETS, NUMBERS = 1, 2
    STEP = 340  # indent per level, twentieths of a point

    def __init__(self, docx: Docx) -> None:
        self.root = docx.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        signs = ("•", "–", "·")
        bullets = [("bullet", signs[level % 3]) for level in range(9)]
        forms = ("decimal", "lowerLetter", "lowerRoman")
        numbers = [(forms[level % 3], f"%{level + 1}.") for level in range(9)]
        for identity, levels in ((self.BULLETS, bullets), (self.NUMBERS, numbers)):
            self.root.append(self._pattern(identity, levels))
        self.count = 0

    def indent(self, level: int) -> int:
        """Left indent of a list's text at a level, in EMU."""
        return (level + 1) * self.STEP * 635

    def new_list(self, ordered: bool, level: int, start: int) -> int:
        """A new list's number id. Its first item at ``level`` counts from ``start``."""
        self.count += 1
        override = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        self.root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.count}"><w:abstractNumId '
                f'w:val="{self.NUMBERS if ordered else self.BULLETS}"/>'
                f"{override if ordered else ''}</w:num>"
            )
        )
        return self.count

    def _pattern(self, identity: int, levels: list[tuple[str, str]]) -> Any:
        parts = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{(level + 1) * self.STEP}" w:hanging="{self.STEP}"/></w:pPr>'
            f"<w:rPr>{_fonts()}</w:rPr></w:lvl>"
            for level, (form, text) in enumerate(levels)
        )
        return parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">'
            f'<w:multiLevelType w:val="multilevel"/>{parts}</w:abstractNum>'
        )


# --- footnotes -----------------------------------------------------------------------------


class Footnotes:
    """The footnotes part, made when the first note comes: separators, then notes from 1."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.root: Any = None
        self.part: XmlPart | None = None
        self.count = 0

    def add(self, paragraph: DocxParagraph, note: Footnote) -> None:
        """Puts the note's number at the end of the paragraph, and its text in the part."""
        part = self.part or self._create()
        self.count += 1
        reference = paragraph.add_run()
        reference.style = self.docx.styles["footnote reference"]
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(self.count))
        reference._r.append(mark)
        element = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self.count}"><w:p><w:pPr>'
            f'<w:pStyle w:val="{self._style("footnote text")}"/></w:pPr><w:r><w:rPr>'
            f'<w:rStyle w:val="{self._style("footnote reference")}"/></w:rPr><w:footnoteRef/>'
            '</w:r><w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        target = DocxParagraph(element[0], self.docx._body)
        for run in note.runs:
            if run.link:
                add_hyperlink(target._p, part, run)
            else:
                added = target.add_run(run.text)
                added.bold, added.italic = run.bold or None, run.italic or None
        self.root.append(element)

    def finish(self) -> None:
        """Tells the settings of the separators, as Word asks for, when there are notes."""
        if self.part is None:
            return
        settings = self.docx.settings.element
        element = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
            "</w:footnotePr>"
        )
        for name in _AFTER_FOOTNOTE_PR:
            if (following := settings.find(qn(name))) is not None:
                following.addprevious(element)
                return
        settings.append(element)

    def _style(self, name: str) -> str:
        return self.docx.styles[name].style_id

    def _create(self) -> XmlPart:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{identity}"><w:p><w:pPr><w:spacing w:after="0" '
            f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, identity in (("separator", -1), ("continuationSeparator", 0))
        )
        self.root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{separators}</w:footnotes>")
        package = self.docx.part.package
        name = PackURI("/word/footnotes.xml")
        self.part = XmlPart(name, _FOOTNOTES_TYPE, self.root, package)
        self.docx.part.relate_to(self.part, RT.FOOTNOTES)
        return self.part


# --- inline --------------------------------------------------------------------------------


def add_field(paragraph: DocxParagraph, code: str, shown: str) -> None:
    """A field that Word fills in itself, showing ``shown`` until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_hyperlink(paragraph: Any, part: Part, run: Run) -> None:
    """A link at the end of a paragraph's element. The address lies in the part's relations."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(run.link, RT.HYPERLINK, is_external=True))
    link.set(qn("w:history"), "1")
    paragraph.append(link)
    element = OxmlElement("w:r")
    link.append(element)
    properties = OxmlElement("w:rPr")
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), "Hyperlink")
    properties.append(style)
    for wanted, name in ((run.bold, "w:b"), (run.italic, "w:i")):
        if wanted:
            properties.append(OxmlElement(name))
    element.append(properties)
    for index, line in enumerate(re.split("\n", run.text)):
        if index:
            element.append(OxmlElement("w:br"))
        text = OxmlElement("w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        element.append(text)


# --- tables --------------------------------------------------------------------------------


def set_table_look(table: Any, first_row: bool, first_column: bool, caption: str = "") -> None:
    """Says which row and column are headers; ``caption`` is the table's alternative text."""
    properties = table._tbl.tblPr
    for element in properties.findall(qn("w:tblLook")):
        properties.remove(element)
    value = 0x20 * first_row + 0x80 * first_column + 0x600  # 0x600: no bands
    properties.append(
        parse_xml(
            f'<w:tblLook {nsdecls("w")} w:val="{value:04X}" w:firstRow="{first_row:d}" '
            f'w:lastRow="0" w:firstColumn="{first_column:d}" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/>'
        )
    )
    if caption:
        element = OxmlElement("w:tblCaption")
        element.set(qn("w:val"), caption)
        properties.append(element)


def shade(cell: Any, colour: str) -> None:
    """Fills a cell with a colour (``"EEF2F6"``)."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def set_cell_borders(cell: Any, *, strong: bool) -> None:
    """A line under the cell; ``strong`` for header cells, above and below."""
    line = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
    lines = line.format("bottom", 8 if strong else 4, "07424B" if strong else RULE)
    if strong:
        lines = line.format("top", 8, "07424B") + lines
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>")
    properties = cell._tc.get_or_add_tcPr()
    shading = properties.find(qn("w:shd"))
    if shading is None:
        properties.append(borders)
    else:
        shading.addprevious(borders)
