"""The address that a field is saved at.

Asked more often than all others together, so it is looked for first: every pattern before it
would be tried in vain.
"""

from django.urls import path

from indicators.views import cells

urlpatterns = [
    path(
        "inrapportering/<slug:namnd_code>/<str:period_code>/spara/",
        cells.report_autosave,
        name="report-autosave",
    ),
]
