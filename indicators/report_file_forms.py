"""The form that a nämnd's workbook is uploaded in."""

from django import forms

from indicators.domain.importing.review import KINDS
from organisation.forms import ProblemsMixin
from trace.uploads.field import UploadField


class ReportFileForm(ProblemsMixin, forms.Form):
    file = UploadField(
        KINDS,
        label="Arbetsbok som du har fyllt i",
        help_text="Excel (.xlsx, högst 5 MB), hämtad från den här sidan.",
        error_messages={
            "required": "Välj en fil.",
            "invalid": "Filen kom inte fram. Välj den igen.",
            "missing": "Filen kom inte fram. Välj den igen.",
        },
    )
