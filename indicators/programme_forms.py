"""The form that a programme's file is uploaded in."""

from django import forms

from indicators.domain.loading.loading import KINDS
from organisation.forms import ProblemsMixin
from trace.uploads.field import UploadField


class ProgrammeFileForm(ProblemsMixin, forms.Form):
    file = UploadField(
        KINDS,
        label="Fil med programmet",
        help_text="Excel (.xlsx, högst 5 MB) eller YAML (.yaml, högst 2 MB).",
        error_messages={
            "required": "Välj en fil.",
            "invalid": "Filen kom inte fram. Välj den igen.",
            "missing": "Filen kom inte fram. Välj den igen.",
        },
    )
