from django.urls import path

from desk.views import health, start
from desk.views.administration import administration_door

urlpatterns = [
    path("", start.start, name="start"),
    path("halsa/", health.health, name="health"),
    # One way in for everybody: the administration has no sign-in page of its own.
    path("admin/login/", administration_door),
]
