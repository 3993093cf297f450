"""Addresses of the follow-up as a report: the city's, and each nämnd's tertialrapport."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from indicators.views import followup_report as reading
from indicators.views import followup_writing as writing

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("", reading.report_home, ""),
    ("paborja/", writing.report_begin, "begin"),
    ("kapitel/<slug:key>/", writing.report_chapter, "chapter"),
    ("kapitel/<slug:key>/bedomning/", writing.report_grade, "grade"),
    ("kapitel/<slug:key>/kommentar/", writing.report_comment, "comment"),
    ("kommentar/<int:pk>/", writing.report_resolve, "resolve"),
    ("faststall/", writing.report_fix, "fix"),
    ("oppna/", writing.report_reopen, "reopen"),
    ("version/<int:number>/", reading.report_version, "version"),
    ("version/<int:number>/pdf/", reading.report_version_pdf, "pdf"),
    ("version/<int:number>/beslut/", writing.report_version_decision, "decision"),
    ("jamfor/<int:first>/<int:second>/", reading.report_compare, "compare"),
    ("historik/", reading.report_history_page, "history"),
]
PLACES = [
    ("uppfoljning/<str:code>/rapport/", "followup-report"),
    ("inrapportering/<slug:namnd_code>/<str:code>/tertialrapport/", "tertial-report"),
]
urlpatterns = [
    path(f"{place}{page}", view, name=f"{name}-{which}" if which else name)
    for place, name in PLACES
    for page, view, which in PAGES
]
