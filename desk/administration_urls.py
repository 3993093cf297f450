"""Addresses of the systemförvaltare's pages, under /administration/."""

from django.urls import path

from desk.views import register
from organisation.views import api_tokens, namnder, people

urlpatterns = [
    path("", register.administration, name="administration"),
    path("personer/", people.person_list, name="person-list"),
    path("personer/ny/", people.person_new, name="person-new"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("personer/<int:pk>/andra/", people.person_change, name="person-change"),
    path("personer/<int:pk>/konto/", people.person_active, name="person-active"),
    path("personer/<int:pk>/ge-roll/", people.role_give, name="role-give"),
    path("roller/<int:pk>/avsluta/", people.role_end, name="role-end"),
    path("namnder/", register.namnd_list, name="namnd-list"),
    path("namnder/sla-ihop/", register.namnd_merge, name="namnd-merge"),
    path("namnder/<slug:code>/", namnder.namnd, name="namnd"),
    path("namnder/<slug:code>/flytta/", register.namnd_move_tasks, name="namnd-move-tasks"),
    path("api-nycklar/", api_tokens.api_token_list, name="api-token-list"),
    path("api-nycklar/ny/", api_tokens.api_token_new, name="api-token-new"),
    path("api-nycklar/<int:pk>/aterkalla/", api_tokens.api_token_revoke, name="api-token-revoke"),
    path("insyn/", register.insight, name="insight"),
]
