from papers.models.agenda import AgendaItem
from papers.models.attest import Attestant
from papers.models.comments import Comment, CommentThread, SectionTask
from papers.models.consultations import Consultation, Preparation
from papers.models.dispatch import Dispatch, DispatchFile, DispatchRecipient
from papers.models.paper import Attestation, Paper, PaperVersion, Section
from papers.models.saves import PaperSave
from papers.models.sharing import DraftShare
from papers.models.template import PaperTemplate, TemplateSection

__all__ = [
    "AgendaItem",
    "Attestant",
    "Attestation",
    "Comment",
    "CommentThread",
    "Consultation",
    "Dispatch",
    "DispatchFile",
    "DispatchRecipient",
    "DraftShare",
    "Paper",
    "PaperSave",
    "PaperTemplate",
    "PaperVersion",
    "Preparation",
    "Section",
    "SectionTask",
    "TemplateSection",
]
