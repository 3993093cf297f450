"""Addresses of the follow-up as a report: the city's, and each nämnd's tertialrapport."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path, register_converter

from indicators.views import followup_autosave as autosave
from indicators.views import followup_paper as laying
from indicators.views import followup_paper_attest as attest
from indicators.views import followup_report as reading
from indicators.views import followup_writing as writing
from papers.views.versions import FileFormatConverter

register_converter(FileFormatConverter, "layingformat")

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("", reading.report_home, ""),
    ("hela/", reading.report_whole, "whole"),
    ("nytt/", reading.report_news, "news"),
    ("paborja/", writing.report_begin, "begin"),
    ("kapitel/<slug:key>/", writing.report_chapter, "chapter"),
    ("kapitel/<slug:key>/spara/", autosave.report_autosave_chapter, "autosave"),
    ("kapitel/<slug:key>/bedomning/", writing.report_grade, "grade"),
    ("kapitel/<slug:key>/kommentar/", writing.report_comment, "comment"),
    ("kommentar/<int:pk>/", writing.report_resolve, "resolve"),
    ("faststall/", writing.report_fix, "fix"),
    ("oppna/", writing.report_reopen, "reopen"),
    ("version/<int:number>/", reading.report_version, "version"),
    ("version/<int:number>/hela/", reading.report_version_whole, "version-whole"),
    (
        "version/<int:number>/kapitel/<slug:key>/",
        reading.report_version_chapter,
        "version-chapter",
    ),
    ("version/<int:number>/andrat/", reading.report_version_since, "version-since"),
    ("version/<int:number>/pdf/", reading.report_version_pdf, "pdf"),
    ("version/<int:number>/word/", reading.report_version_word, "word"),
    ("version/<int:number>/beslut/", writing.report_version_decision, "decision"),
    ("version/<int:number>/tjansteutlatande/", laying.paper_begin, "paper"),
    ("jamfor/<int:first>/<int:second>/", reading.report_compare, "compare"),
    ("historik/", reading.report_history_page, "history"),
]
PLACES = [
    ("uppfoljning/<str:code>/rapport/", "followup-report"),
    ("inrapportering/<slug:namnd_code>/<str:code>/tertialrapport/", "tertial-report"),
]
PAPER = "uppfoljning/tjansteutlatande/<int:pk>/"
urlpatterns = [
    path(f"{place}{page}", view, name=f"{name}-{which}" if which else name)
    for place, name in PLACES
    for page, view, which in PAGES
] + [
    # A nämnd's own figures stand in the city's files.
    path(
        "uppfoljning/<str:code>/rapport/version/<int:number>/siffror/<str:file_format>/",
        reading.report_version_data,
        name="followup-report-data",
    ),
    path(PAPER, laying.paper_home, name="followup-paper"),
    path(f"{PAPER}avsnitt/<int:order>/", laying.paper_section, name="followup-paper-section"),
    path(f"{PAPER}huvud/", laying.paper_header, name="followup-paper-header"),
    path(f"{PAPER}ny-version/", laying.paper_new_version, name="followup-paper-new-version"),
    path(f"{PAPER}attest/", attest.paper_attest, name="followup-paper-attest"),
    path(f"{PAPER}attest/skicka/", attest.paper_attest_send, name="followup-paper-attest-send"),
    path(
        f"{PAPER}attest/godkann/",
        attest.paper_attest_approve,
        name="followup-paper-attest-approve",
    ),
    path(
        f"{PAPER}attest/aterlamna/",
        attest.paper_attest_return,
        name="followup-paper-attest-return",
    ),
    path(f"{PAPER}bilaga/", laying.paper_attachment, name="followup-paper-attachment"),
    path(f"{PAPER}<layingformat:file_format>/", laying.paper_export, name="followup-paper-export"),
]
