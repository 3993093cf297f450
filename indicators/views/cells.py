"""Saving one cell of a report while it is filled in."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from indicators.cell_form import CellForm, NotACell, field_name
from indicators.domain.cells import Content, SavedCell, save_cell
from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.errors import (
    Conflict,
    InvalidContent,
    InvalidEntry,
    NotAllowed,
    NotOpen,
)
from indicators.enums import Category
from indicators.names import texts_in
from indicators.rules import may_fill_in
from indicators.views.reporting import get_report_for
from organisation.models import User
from organisation.requests import SignedInRequest

MAY_NOT = "Du kan inte längre fylla i rapporten. Vänd dig till den som ger ut roller i nämnden."


@require_POST
def report_autosave(request: SignedInRequest, namnd_code: str, period_code: str) -> HttpResponse:
    """Save one cell, and answer as JSON what it holds now.

    200 saved · 403 may not · 404 not there · 409 somebody else wrote in it · 422 breaks a rule,
    field by field · 423 closed for writing.
    """
    try:
        form = CellForm(request.POST)
    except NotACell:
        return JsonResponse({"message": "Uppgiften finns inte."}, status=400)
    if form.errors:
        report = get_report_for(request.user, namnd_code, period_code)
        if not may_fill_in(request.user, report):
            return JsonResponse({"message": MAY_NOT}, status=403)
        return JsonResponse({"problems": form.errors}, status=422)
    try:
        saved = save_cell(namnd_code, period_code, actor=request.user, given=form.given)
    except NotAllowed:
        get_report_for(request.user, namnd_code, period_code)
        return JsonResponse({"message": MAY_NOT}, status=403)
    except NotOpen as refusal:
        get_report_for(request.user, namnd_code, period_code)
        return JsonResponse({"message": refusal.message}, status=423)
    except Conflict as conflict:
        return JsonResponse(_disputed(form, conflict, request.user), status=409)
    except InvalidContent as refusal:
        problems: dict[str, str] = {}
        for problem in refusal.problems:
            name = field_name(form.name, problem.category, problem.part)
            problems[name] = f"{problems.get(name, '')} {problem.message}".strip()
        return JsonResponse({"problems": problems}, status=422)
    except InvalidEntry as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse(_saved(form, saved))


def _saved(form: CellForm, saved: SavedCell) -> dict[str, Any]:
    texts: dict[str, str] = {}
    for content in saved.content:
        texts |= texts_in(form.name, content)
    at = timezone.localtime(saved.at) if saved.at else None
    return {
        "saved": texts,
        "at": date_format(at, "H:i") if at else "",
        "revision": saved.revision,
        "filled": any(_is_filled(content) for content in saved.content),
        "mend": saved.mend,
        "warnings": saved.warnings,
        "explained": saved.explained,
    }


def _who(by: User | None, reader: User) -> str:
    """Begins a sentence. One person may have the report open in two windows."""
    if by is None:
        return "Någon annan"
    return "Du själv" if by == reader else str(by)


def _disputed(form: CellForm, conflict: Conflict, reader: User) -> dict[str, Any]:
    texts: dict[str, str] = {}
    for content in conflict.theirs.values():
        texts |= texts_in(form.name, content)
    at = timezone.localtime(conflict.at) if conflict.at else None
    return {
        "theirs": texts,
        "by": _who(conflict.by, reader),
        "at": date_format(at, "H:i") if at else "",
        "revision": conflict.revision,
    }


def _is_filled(content: Content) -> bool:
    if isinstance(content, ValueInput):
        return content.category == Category.TOTAL and content.is_filled
    if isinstance(content, GradeInput):
        return bool(content.grade)
    return bool(content.state)
