from papers.models.agenda import AgendaItem
from papers.models.attest import Attestant
from papers.models.dispatch import Dispatch, DispatchFile, DispatchRecipient
from papers.models.paper import Attestation, Paper, PaperVersion, Section
from papers.models.sharing import DraftShare
from papers.models.template import PaperTemplate, TemplateSection

__all__ = [
    "AgendaItem",
    "Attestant",
    "Attestation",
    "Dispatch",
    "DispatchFile",
    "DispatchRecipient",
    "DraftShare",
    "Paper",
    "PaperTemplate",
    "PaperVersion",
    "Section",
    "TemplateSection",
]
