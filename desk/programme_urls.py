"""Addresses of the reading pages of programmes, under /program/, after the programmes' own."""

from django.urls import path

from desk.views import final_report, programme
from programme import converters  # noqa: F401 - what a goal looks like in an address

urlpatterns = [
    path("<slug:programme_slug>/", programme.programme, name="programme"),
    path(
        "<slug:programme_slug>/ladda-ned/<slug:file_format>/",
        programme.programme_export,
        name="programme-export",
    ),
    path("<slug:programme_slug>/slutrapport/", final_report.final_report, name="final-report"),
    path(
        "<slug:programme_slug>/slutrapport/<slug:file_format>/",
        final_report.final_report_export,
        name="final-report-export",
    ),
    path("<slug:programme_slug>/mal/<goal:code>/", programme.goal, name="goal"),
    path("<slug:programme_slug>/aktivitet/<slug:code>/", programme.activity, name="activity"),
]
