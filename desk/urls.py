from django.urls import path
from django.views.generic import RedirectView

from desk.views import health, start

urlpatterns = [
    path("", start.start, name="start"),
    path("halsa/", health.health, name="health"),
    # One way in for everybody: the administration has no sign-in page of its own.
    path("admin/login/", RedirectView.as_view(pattern_name="sign-in", query_string=True)),
]
