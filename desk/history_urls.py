"""Addresses of Historik, each below the page of what it is about."""

from django.urls import path

from desk.views import history
from programme import converters  # noqa: F401 - what a goal looks like in an address

urlpatterns = [
    path("program/<slug:programme_slug>/historik/", history.programme, name="programme-history"),
    path(
        "program/<slug:programme_slug>/mal/<goal:code>/historik/",
        history.goal,
        name="goal-history",
    ),
    path(
        "program/<slug:programme_slug>/aktivitet/<slug:code>/historik/",
        history.activity,
        name="activity-history",
    ),
    path("indikatorer/<slug:code>/historik/", history.indicator, name="indicator-history"),
    path("uppfoljning/<str:code>/historik/", history.followup, name="followup-history"),
    path("inrapportering/perioder/<str:code>/historik/", history.period, name="period-history"),
    path(
        "verksamhetsplaner/<slug:namnd_code>/<int:year>/historik/",
        history.plan,
        name="plan-history",
    ),
    path("insatser/<slug:code>/historik/", history.service, name="service-history"),
]
