from papers.models.attest import Attestant
from papers.models.paper import Attestation, Paper, PaperVersion, Section
from papers.models.sharing import DraftShare
from papers.models.template import PaperTemplate, TemplateSection

__all__ = [
    "Attestant",
    "Attestation",
    "DraftShare",
    "Paper",
    "PaperTemplate",
    "PaperVersion",
    "Section",
    "TemplateSection",
]
