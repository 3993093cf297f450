"""The standard templates: the forms that a tjänsteutlåtande has in the city's papers.

Which sections, in what order and where the signatures stand differs between fackförvaltningar,
stadsdelar, years and kinds of matter. So sections are found by their key, never by their place,
and administrators may change the templates; a draft that has begun keeps the sections it has.
"""

from dataclasses import dataclass

from django.db import transaction

from papers.enums import PaperKind, RequiredFrom, SectionKind
from papers.models import PaperTemplate, TemplateSection

TEXT = SectionKind.TEXT


@dataclass(frozen=True)
class StandardSection:
    key: str
    heading: str
    guidance: str = ""
    kind: SectionKind = TEXT
    required: bool = True
    required_from: RequiredFrom = RequiredFrom.ATTEST


@dataclass(frozen=True)
class StandardTemplate:
    code: str
    name: str
    kind: PaperKind
    sections: tuple[StandardSection, ...]


DECISION = StandardSection(
    "forslag_till_beslut",
    "Förvaltningens förslag till beslut",
    "Vad nämnden föreslås besluta, i en mening. Är det flera punkter, numrera dem.",
)
SUMMARY = StandardSection(
    "sammanfattning",
    "Sammanfattning",
    "Vad ärendet gäller och vad förvaltningen anser, så att den som bara läser detta förstår.",
)
BACKGROUND = StandardSection(
    "bakgrund",
    "Bakgrund",
    "Varifrån ärendet kommer, vilka fler som har fått det och när svaret ska vara inne.",
)
MATTER = StandardSection(
    "arendet", "Ärendet", "Vad förslaget innebär. Återge det utan att ta ställning."
)
PREPARATION = StandardSection(
    "arendets_beredning",
    "Ärendets beredning",
    "Vilka avdelningar, grupper och råd som har behandlat ärendet, och vilken dag.",
)
EQUALITY = StandardSection(
    "jamstalldhetsanalys",
    "Jämställdhetsanalys",
    "Hur förslaget påverkar kvinnor och män, flickor och pojkar.",
)
CHILDREN = StandardSection(
    "barnrattsperspektiv",
    "Barnrättsperspektiv",
    "Vad förslaget betyder för barn, och hur barns rätt och röst har vägts in.",
)
OPINION = StandardSection(
    "synpunkter",
    "Förvaltningens synpunkter och förslag",
    "Vad förvaltningen anser och varför. Svaren på att-satserna följer efter texten, "
    "om de inte besvaras samlat.",
    SectionKind.YTTRANDE,
)
SIGNATURES = StandardSection("underskrifter", "Underskrifter", "", SectionKind.UNDERSKRIFTER)
ATTACHMENTS = StandardSection("bilagor", "Bilagor", "", SectionKind.BILAGOR, required=False)
# To whom the decision goes is often settled at the meeting.
SENT_TO = StandardSection(
    "skickas_till",
    "Beslutet ska skickas till",
    "",
    SectionKind.MOTTAGARE,
    required_from=RequiredFrom.EXPEDIERING,
)
ATTESTED = StandardSection("attest", "Attesterat av", "", SectionKind.ATTEST, required=False)

STANDARD_TEMPLATES = (
    StandardTemplate(
        "facknamnd",
        "Fackförvaltning",
        PaperKind.REMISSVAR,
        (
            DECISION,
            SUMMARY,
            BACKGROUND,
            MATTER,
            PREPARATION,
            EQUALITY,
            CHILDREN,
            OPINION,
            SIGNATURES,
            ATTACHMENTS,
        ),
    ),
    StandardTemplate(
        "stadsdel",
        "Stadsdelsförvaltning",
        PaperKind.REMISSVAR,
        (
            StandardSection(DECISION.key, "Förslag till beslut", DECISION.guidance),
            SUMMARY,
            BACKGROUND,
            PREPARATION,
            MATTER,
            StandardSection(OPINION.key, "Synpunkter och förslag", OPINION.guidance, OPINION.kind),
            SIGNATURES,
            ATTACHMENTS,
        ),
    ),
    StandardTemplate(
        "stadsdel-eget-yttrande",
        "Stadsdelsförvaltning, med nämndens eget yttrande per förslag",
        PaperKind.REMISSVAR,
        (
            DECISION,
            SUMMARY,
            BACKGROUND,
            PREPARATION,
            StandardSection(
                "yttrande",
                "Stadsdelsnämndens yttrande",
                "En kort inledning. Svaren på att-satserna följer efter den, "
                "numrerade som i motionen.",
                SectionKind.YTTRANDE,
            ),
            StandardSection(
                "sammanfattande_bedomning",
                "Nämndens sammanfattande bedömning",
                "Nämndens hållning i stort till det som föreslås.",
            ),
            StandardSection(
                "forvaltningens_synpunkter_kort",
                "Förvaltningens synpunkter och förslag",
                "Förvaltningens förslag i en mening: att nämnden gör yttrandet till sitt.",
            ),
            SIGNATURES,
            ATTACHMENTS,
            SENT_TO,
            ATTESTED,
        ),
    ),
    StandardTemplate(
        "eget-arende",
        "Eget ärende, underskrifter direkt efter beslutet",
        PaperKind.EGET_ARENDE,
        (
            DECISION,
            SIGNATURES,
            SUMMARY,
            BACKGROUND,
            PREPARATION,
            MATTER,
            EQUALITY,
            StandardSection(
                OPINION.key, OPINION.heading, "Vad förvaltningen anser och varför.", TEXT
            ),
            ATTACHMENTS,
        ),
    ),
)


@transaction.atomic
def ensure_standard_templates() -> int:
    """Lay in the standard templates that are missing. Answers how many were new.

    One that is there stays as it is: the administrator may have changed it.
    """
    new = 0
    for given in STANDARD_TEMPLATES:
        template, created = PaperTemplate.objects.get_or_create(
            code=given.code, defaults={"name": given.name, "kind": given.kind}
        )
        if not created:
            continue
        new += 1
        TemplateSection.objects.bulk_create(
            TemplateSection(
                template=template,
                key=section.key,
                heading=section.heading,
                kind=section.kind,
                order=order,
                required=section.required,
                required_from=section.required_from,
                guidance=section.guidance,
            )
            for order, section in enumerate(given.sections, start=1)
        )
    return new
