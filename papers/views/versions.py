"""What the page of a paper leads to: a new version, an older one, the paper as a file."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from organisation.requests import SignedInRequest
from papers.domain.errors import Conflict, NotAllowed, Refused
from papers.exports.files import FileFormat
from papers.forms import NewVersionForm
from papers.models import Paper
from papers.views.room import Room


class FileFormatConverter:
    """The last part of an export's address."""

    regex = "word|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def version_number(request: SignedInRequest) -> int | None:
    """The older version that is asked for, if any. Raises Http404 for what is no number."""
    text = request.GET.get("version", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 5):
        raise Http404
    return int(text) or None


def open_version(
    request: SignedInRequest, room: Room, form: NewVersionForm, command: Callable[..., Paper]
) -> HttpResponse:
    """Open a new version of an attested paper, and go back to it. form: valid.

    command: takes actor, expected_version and reason.
    """
    try:
        paper = command(
            actor=request.user,
            expected_version=form.cleaned_data["revision"],
            reason=form.cleaned_data["reason"],
        )
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except Conflict as refusal:
        messages.warning(request, f"{refusal.message} Läs igenom {room.it} som det är nu.")
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        number = paper.current.number if paper.current else ""
        messages.success(
            request, f"Version {number} är öppen. Attesten gäller den tidigare versionen."
        )
    return redirect(room.home)


def file_response(data: bytes, file_format: FileFormat, name: str) -> HttpResponse:
    """A file to keep, by a safe name."""
    response = HttpResponse(data, content_type=file_format.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
