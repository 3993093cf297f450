from django.urls import include, path
from django.views.generic import RedirectView

from desk.views import health, outbox, start
from desk.views.administration import administration_door

urlpatterns = [
    path("", start.start, name="start"),
    path("halsa/", health.health, name="health"),
    # Before the pages that they are about: an indicator's file is not called "historik".
    path("", include("desk.history_urls")),
    path("utkorg/", outbox.outbox, name="outbox"),
    path("api/", include("desk.api_urls")),
    path("administration/", include("desk.administration_urls")),
    # One way in for everybody: the administration has no sign-in page of its own.
    path("admin/login/", administration_door),
    # And one page for one's password, with its limits and its end to all other sessions.
    path("admin/password_change/", RedirectView.as_view(pattern_name="password-change")),
]
