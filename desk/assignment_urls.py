"""Address of the page of one uppdrag, under /uppdrag/, after the uppdrag's own."""

from django.urls import path

from desk.views import assignment

urlpatterns = [
    path("<slug:slug>/", assignment.assignment, name="assignment"),
]
