"""Addresses of the API, under /api/; those of the operations are made from their table."""

from django.urls import path

from desk.api.operations import OPERATIONS
from desk.views import api

urlpatterns = [
    path("", api.api_help, name="api-help"),
    path("v1/", api.index, name="api-index"),
    path("v1/openapi.json", api.openapi, name="api-document"),
    *(path(f"v1/{one.path}", api.view_of(one), name=one.name) for one in OPERATIONS),
    path("v1/<path:rest>", api.nowhere, name="api-nowhere"),
]
