from papers.models.attest import Attestant
from papers.models.comments import Comment, CommentThread, SectionTask
from papers.models.paper import Attestation, Paper, PaperVersion, Section
from papers.models.saves import PaperSave
from papers.models.sharing import DraftShare
from papers.models.template import PaperTemplate, TemplateSection

__all__ = [
    "Attestant",
    "Attestation",
    "Comment",
    "CommentThread",
    "DraftShare",
    "Paper",
    "PaperSave",
    "PaperTemplate",
    "PaperVersion",
    "Section",
    "SectionTask",
    "TemplateSection",
]
