"""All addresses. The names in them are the contract with people's bookmarks."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("indicators.saving_urls")),
    path("", include("desk.urls")),
    path("", include("organisation.urls")),
    path("program/", include("programme.urls")),
    path("uppdrag/", include("programme.assignment_urls")),
    path("uppdrag/", include("desk.assignment_urls")),
    path("program/", include("desk.programme_urls")),
    path("insatser/", include("programme.service_urls")),
    path("", include("indicators.followup_report_urls")),
    path("", include("indicators.urls")),
    path("remisser/", include("remisser.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "desk.views.errors.bad_request"
handler403 = "desk.views.errors.permission_denied"
handler404 = "desk.views.errors.page_not_found"
handler500 = "desk.views.errors.server_error"
