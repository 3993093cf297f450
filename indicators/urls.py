"""Addresses of reporting, of the consolidated follow-up, of verksamhetsplaner and the register."""

from django.urls import path

from indicators.views import adoption, followup, programme_files, register, reporting

urlpatterns = [
    # Reporting: one nämnd fills in, submits and reviews.
    path("inrapportering/", reporting.reporting, name="reporting"),
    path("inrapportering/<slug:namnd_code>/<str:period_code>/", reporting.report, name="report"),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/lamna-in/",
        reporting.report_submit,
        name="report-submit",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/godkann/",
        reporting.report_approve,
        name="report-approve",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/aterlamna/",
        reporting.report_return,
        name="report-return",
    ),
    # Follow-up: what the reports say together.
    path("uppfoljning/", followup.followup_list, name="followup-list"),
    path("uppfoljning/<str:code>/", followup.followup, name="followup"),
    path(
        "uppfoljning/<str:code>/<str:file_format>/",
        followup.followup_export,
        name="followup-export",
    ),
    # Verksamhetsplaner: what each nämnd has adopted for a year.
    path("verksamhetsplaner/", adoption.plan_list, name="plan-list"),
    path("verksamhetsplaner/<int:year>/", adoption.plans_of_year, name="plans-of-year"),
    path("verksamhetsplaner/<slug:namnd_code>/<int:year>/", adoption.plan, name="plan"),
    path(
        "verksamhetsplaner/<slug:namnd_code>/<int:year>/registrera/",
        adoption.plan_change,
        name="plan-change",
    ),
    # Programmes in and out as files.
    path("programfiler/", programme_files.programme_files, name="programme-files"),
    path("programfiler/mall/", programme_files.programme_template, name="programme-template"),
    path(
        "programfiler/ta-ut/<slug:programme_slug>/<str:file_format>/",
        programme_files.programme_export,
        name="programme-file-export",
    ),
    path("programfiler/<int:pk>/", programme_files.programme_file, name="programme-file"),
    path(
        "programfiler/<int:pk>/las-in/",
        programme_files.programme_file_load,
        name="programme-file-load",
    ),
    path(
        "programfiler/<int:pk>/kasta/",
        programme_files.programme_file_discard,
        name="programme-file-discard",
    ),
    # Register: the indicators themselves.
    path("indikatorer/", register.indicator_list, name="indicator-list"),
    path("indikatorer/<slug:code>/", register.indicator, name="indicator"),
]
