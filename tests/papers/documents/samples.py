"""One document with everything in it, for the tests of both writers."""

from datetime import date

from papers.documents.model import (
    Contact,
    Document,
    Figure,
    Footnote,
    Letterhead,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Signatory,
    Signatures,
    bullets,
    heading,
    paragraph,
    runs,
    table,
)

# Texts that mean something in Typst, HTML, XML, Excel, TeX or a Word field.
MARKUP = (
    "#set text(red)",
    "$x^2$",
    "*b* _i_ `c`",
    "<script>alert(1)</script>",
    "]]>",
    "&amp; &lt;",
    "=1+1",
    "@ref <label>",
    "\\ {PAGE} //x /*y*/",
    '#eval("1")',
    "https://inte-en-lank.example",
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">'
    '<rect width="300" height="100" fill="#eef2f6"/><text x="20" y="50">Diagram</text></svg>'
)
LETTERHEAD = Letterhead(
    forvaltning="Exempelförvaltningen",
    avdelning="Avdelningen för exempel",
    kind="Tjänsteutlåtande",
    dnr="1.1-2/2025",
    date=date(2025, 4, 30),
    address=("Exempelgatan 1", "111 11 Stockholm"),
    handlaggare=(Contact("Anna Exempel", "08-508 00 000"), Contact("Bo Exempel")),
    till="Exempelnämnden",
    meeting_date=date(2025, 5, 20),
)
NOTE = Footnote((Run("Se "), Run("boken", italic=True), Run(" här", link="https://example.org/a")))
DOCUMENT = Document(
    title="Svar på exempelremiss",
    subtitle="Remiss KS 2025/1",
    date=date(2025, 4, 30),
    subject="Ett exempel",
    keywords=("exempel", "remiss"),
    publisher="Exempelförvaltningen",
    letterhead=LETTERHEAD,
    blocks=(
        heading(1, "Förslag till beslut"),
        bullets("Nämnden godkänner.", "Nämnden justerar.", ordered=True),
        heading(1, "Ärendet"),
        Paragraph(runs("Text med not", NOTE, " och ", Run("fet", bold=True))),
        bullets(*MARKUP),
        heading(3, "Djupare rubrik"),
        ListBlock(((paragraph("Punkt"), bullets("a", "b", ordered=True)), (paragraph("En till"),))),
        bullets("Tredje", "Fjärde", ordered=True, start=3),
        paragraph("Ett citat", style="quote"),
        table(
            ["Indikator", "Utfall", "Årsmål"],
            [["Antal", "1 234", "1 300"], ["Andel", "76,0 %", "80 %"]],
            align="lrr",
            caption="Indikatorer",
            row_headers=True,
            note="Exempeldata.",
        ),
        Figure(SVG, "Ett diagram som visar ett exempel.", "Bildtext"),
        PageBreak(),
        heading(1, "Underskrifter"),
        Signatures((Signatory("Anna Exempel", "Direktör", "Enheten"), Signatory("Bo Exempel"))),
        table(["Namn", "Datum"], [["Anna Exempel", "2025-04-30"]]),
    ),
)
