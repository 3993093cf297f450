"""Addresses of reporting, of the consolidated follow-up, of verksamhetsplaner and the register."""

from django.urls import path, re_path

from indicators.views import (
    adoption,
    checks,
    followup,
    life,
    open_data,
    periods,
    programme_files,
    register,
    report_files,
    reporting,
    responsibility,
    review,
)

urlpatterns = [
    # Reporting: one nämnd fills in, submits and reviews.
    path("inrapportering/", reporting.reporting, name="reporting"),
    # The coordinator's desk. Before the nämnder's own: no nämnd is called "perioder".
    path("inrapportering/perioder/", periods.period_list, name="period-list"),
    path("inrapportering/perioder/<str:code>/", periods.period, name="period"),
    path("inrapportering/perioder/<str:code>/tabell/", periods.period_table, name="period-table"),
    path("inrapportering/perioder/<str:code>/datum/", periods.period_due, name="period-due"),
    path("inrapportering/perioder/<str:code>/flytta/", periods.period_move, name="period-move"),
    path(
        "inrapportering/perioder/<str:code>/forlang/", periods.period_extend, name="period-extend"
    ),
    path(
        "inrapportering/perioder/<str:code>/forlangning/<int:pk>/ta-tillbaka/",
        periods.extension_withdraw,
        name="extension-withdraw",
    ),
    path(
        "inrapportering/perioder/<str:code>/rattelser/<int:pk>/",
        periods.correction_answer,
        name="correction-answer",
    ),
    path("inrapportering/perioder/<str:code>/paminn/", periods.period_remind, name="period-remind"),
    path("inrapportering/<slug:namnd_code>/<str:period_code>/", reporting.report, name="report"),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/mal/<str:goal_code>/",
        reporting.report_goal,
        name="report-goal",
    ),
    # The report as a workbook, out and in.
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/excel/",
        report_files.report_files,
        name="report-files",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/excel/hamta/",
        report_files.report_workbook,
        name="report-export",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/excel/<int:pk>/",
        report_files.report_file,
        name="report-file",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/excel/<int:pk>/las-in/",
        report_files.report_file_load,
        name="report-file-load",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/excel/<int:pk>/kasta/",
        report_files.report_file_discard,
        name="report-file-discard",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/historik/",
        reporting.report_history,
        name="report-history",
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
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/kommentarer/",
        review.report_comments,
        name="report-comments",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/kommentarer/<int:pk>/",
        review.comment_dealt,
        name="comment-dealt",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/ta-tillbaka/",
        review.report_recall,
        name="report-recall",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/ratta/",
        review.report_correct,
        name="report-correct",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/avbryt-rattelse/",
        review.report_give_up,
        name="report-give-up",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/version/<int:number>/",
        review.report_version,
        name="report-version",
    ),
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/beslut/",
        review.report_decision,
        name="report-decision",
    ),
    # Follow-up: what the reports say together.
    path("oppna-data/katalog.jsonld", open_data.open_data_catalogue, name="open-data-catalogue"),
    path(
        "oppna-data/<str:code>/version-<int:number>.csv",
        open_data.open_data_csv,
        name="open-data-csv",
    ),
    path("uppfoljning/", followup.followup_list, name="followup-list"),
    path("uppfoljning/<str:code>/", followup.followup, name="followup"),
    path(
        "uppfoljning/<str:code>/rattelser/",
        followup.followup_corrections,
        name="followup-corrections",
    ),
    path(
        "uppfoljning/<str:code>/mal/<slug:programme_slug>/<str:goal_code>/",
        followup.followup_goal,
        name="followup-goal",
    ),
    path(
        "uppfoljning/<str:code>/indikator/<slug:indicator_code>/",
        followup.followup_indicator,
        name="followup-indicator",
    ),
    path("uppfoljning/<str:code>/urval/", followup.followup_selection, name="followup-selection"),
    path("uppfoljning/<str:code>/saknas/", followup.followup_missing, name="followup-missing"),
    path(
        "uppfoljning/<str:code>/avvikelser/",
        followup.followup_deviations,
        name="followup-deviations",
    ),
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
    path("indikatorer/<slug:code>/kontroller/", checks.indicator_checks, name="indicator-checks"),
    path("indikatorer/<slug:code>/mal/", life.indicator_goals, name="indicator-goals"),
    path(
        "indikatorer/<slug:code>/definition/",
        life.indicator_definition,
        name="indicator-definition",
    ),
    path("indikatorer/<slug:code>/uppehall/", life.indicator_gap, name="indicator-gap"),
    path(
        "indikatorer/<slug:code>/uppehall/<int:pk>/slut/",
        life.indicator_resume,
        name="indicator-resume",
    ),
    path("indikatorer/<slug:code>/ersatt/", life.indicator_succession, name="indicator-succession"),
    path("indikatorer/<slug:code>/arsmal/", life.indicator_target, name="indicator-target"),
    path(
        "indikatorer/<slug:code>/hamta/<str:file_format>/",
        register.indicator_export,
        name="indicator-export",
    ),
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
