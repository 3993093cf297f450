"""The addresses that every paper has below its own, whatever matter it belongs to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.models import User
from organisation.requests import SignedInRequest
from papers.views import comments, missing, preparation, saves
from papers.views.room import Room

View = Callable[..., HttpResponse]
RoomFor = Callable[..., Room]
"""(user, **what stands in the address) → the room, if the person may read the paper whole.

Raises Http404.
"""


def paper_addresses(prefix: str, name: str, room_for: RoomFor) -> list[URLPattern]:
    """prefix: the paper's own address; name: the beginning of the names ("answer")."""

    both = require_http_methods(["GET", "HEAD", "POST"])

    def at(address: str, by: Callable[..., View], view: View, called: str) -> URLPattern:
        # The method is asked before anything else, as on every other page.
        return path(f"{prefix}{address}", by(_in_room(view, room_for)), name=f"{name}-{called}")

    return [
        at("versioner/", require_safe, saves.index, "saves"),
        at("versioner/<int:revision>/", require_safe, saves.save, "save"),
        at("versioner/<int:revision>/word/", require_safe, saves.as_word, "save-word"),
        at("versioner/<int:revision>/pdf/", require_safe, saves.as_pdf, "save-pdf"),
        at("versioner/<int:revision>/namn/", require_POST, saves.name, "save-name"),
        at("versioner/<int:revision>/aterstall/", require_POST, saves.restore_save, "save-restore"),
        at("lagg-till-avsnitt/", require_POST, missing.add_section, "section-add"),
        at("kommentarer/", both, comments.comments, "comments"),
        at("kommentarer/<int:thread>/svara/", require_POST, comments.answer_comment, "reply"),
        at("kommentarer/<int:thread>/los/", require_POST, comments.resolve_comment, "resolve"),
        at("kommentarer/<int:thread>/oppna/", require_POST, comments.reopen_comment, "reopen"),
        at("beredning/", both, preparation.preparation, "preparation"),
        at("beredning/text/", require_POST, preparation.preparation_text, "preparation-text"),
        at("beredning/<int:consultation>/", both, preparation.consultation, "consultation"),
        at(
            "beredning/<int:consultation>/fil/",
            require_safe,
            preparation.consultation_file,
            "consultation-file",
        ),
        at(
            "beredning/<int:consultation>/ta-bort/",
            require_POST,
            preparation.consultation_remove,
            "consultation-remove",
        ),
        at("fordelning/", both, comments.tasks, "tasks"),
        at("fordelning/<int:task>/klart/", require_POST, comments.finish_task, "task-done"),
        at("fordelning/<int:task>/ta-bort/", require_POST, comments.take_back_task, "task-back"),
    ]


def _in_room(view: View, room_for: RoomFor) -> View:
    """The view of one paper, found by what its matter's address says."""

    @wraps(view)
    def found(request: SignedInRequest, **parts: Any) -> HttpResponse:
        mine = {key: parts.pop(key) for key in OF_PAPER if key in parts}
        user: User = request.user
        return view(request, room_for(user, **parts), **mine)

    return found


OF_PAPER = ("revision", "thread", "task", "consultation")
"""What stands in an address for the paper's own pages; the rest names the matter."""
