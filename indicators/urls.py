"""Addresses of reporting, of the consolidated follow-up and of the register."""

from django.urls import path

from indicators.views import cells, followup, register, reporting

urlpatterns = [
    # Reporting: one nämnd fills in, submits and reviews.
    path("inrapportering/", reporting.reporting, name="reporting"),
    path("inrapportering/<slug:namnd_code>/<str:period_code>/", reporting.report, name="report"),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/mal/<str:goal_code>/",
        reporting.report_goal,
        name="report-goal",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/spara/",
        cells.report_autosave,
        name="report-autosave",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/ruta/",
        cells.report_cell,
        name="report-cell",
    ),
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
    # Register: the indicators themselves.
    path("indikatorer/", register.indicator_list, name="indicator-list"),
    path("indikatorer/<slug:code>/", register.indicator, name="indicator"),
]
