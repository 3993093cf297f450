"""Addresses of reporting, of the consolidated follow-up and of the register."""

from django.urls import path, re_path

from indicators.views import followup, register, reporting, responsibility

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
    # Register: the indicators themselves.
    path("indikatorer/", register.indicator_list, name="indicator-list"),
    path("indikatorer/<slug:code>/", register.indicator, name="indicator"),
    # Responsibility: what is asked of whom, and the samordnare's commands.
    path("ansvar/", responsibility.responsibility_start, name="responsibility"),
    path(
        "ansvar/period/<str:period_code>/",
        responsibility.responsibility_matrix,
        name="responsibility-matrix",
    ),
    path(
        "ansvar/period/<str:period_code>/andrat/",
        responsibility.responsibility_changes,
        name="responsibility-changes",
    ),
    path(
        "ansvar/period/<str:period_code>/utan-ansvarig/",
        responsibility.responsibility_unclaimed,
        name="responsibility-unclaimed",
    ),
    path("ansvar/namnd/<slug:namnd_code>/<str:period_code>/", responsibility.todo, name="todo"),
    re_path(
        r"^ansvar/(?P<subject>aktivitet|indikator)/(?P<code>[-\w]+)/$",
        responsibility.responsibilities,
        name="responsibilities",
    ),
    re_path(
        r"^ansvar/(?P<subject>aktivitet|indikator)/(?P<code>[-\w]+)/(?P<pk>[0-9]{1,18})/avsluta/$",
        responsibility.responsibility_end,
        name="responsibility-end",
    ),
]
