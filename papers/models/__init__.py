from papers.models.paper import Attestation, Paper, PaperVersion, Section
from papers.models.template import PaperTemplate, TemplateSection

__all__ = [
    "Attestation",
    "Paper",
    "PaperTemplate",
    "PaperVersion",
    "Section",
    "TemplateSection",
]
