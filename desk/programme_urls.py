"""Addresses of the reading pages of programmes, under /program/, after the programmes' own."""

from django.urls import path

from desk.views import programme
from programme import converters  # noqa: F401 - what a goal looks like in an address

urlpatterns = [
    path("<slug:programme_slug>/", programme.programme, name="programme"),
    path(
        "<slug:programme_slug>/ladda-ned/<slug:file_format>/",
        programme.programme_export,
        name="programme-export",
    ),
    path("<slug:programme_slug>/mal/<goal:code>/", programme.goal, name="goal"),
    path("<slug:programme_slug>/aktivitet/<slug:code>/", programme.activity, name="activity"),
]
