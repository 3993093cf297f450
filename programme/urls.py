from django.urls import path

from programme import converters  # noqa: F401 - what a goal looks like in an address
from programme.views import editing, pages

IN_GOAL = "<slug:programme_slug>/mal/<goal:code>/"
IN_ACTIVITY = "<slug:programme_slug>/aktivitet/<slug:code>/"

# The pages of one programme, goal and activity stand in desk/urls.py.
urlpatterns = [
    path("", pages.programme_list, name="programme-list"),
    path("nytt/", editing.programme_new, name="programme-new"),
    path("<slug:programme_slug>/andra/", editing.programme_change, name="programme-change"),
    path(
        "<slug:programme_slug>/ladda-ned/<slug:file_format>/",
        pages.programme_export,
        name="programme-export",
    ),
    path("<slug:programme_slug>/mal/nytt/", editing.goal_new, name="goal-new"),
    path(f"{IN_GOAL}andra/", editing.goal_change, name="goal-change"),
    path(f"{IN_GOAL}ny-lydelse/", editing.goal_wording, name="goal-wording"),
    path(f"{IN_GOAL}ta-bort/", editing.goal_remove, name="goal-remove"),
    path(f"{IN_GOAL}forutsattning/ny/", editing.precondition_new, name="precondition-new"),
    path(
        f"{IN_GOAL}forutsattning/<int:pk>/",
        editing.precondition_change,
        name="precondition-change",
    ),
    path(
        f"{IN_GOAL}forutsattning/<int:pk>/ta-bort/",
        editing.precondition_remove,
        name="precondition-remove",
    ),
    path(f"{IN_GOAL}motsvarar/", editing.goal_link, name="goal-link"),
    path(f"{IN_GOAL}motsvarar/<int:pk>/", editing.goal_unlink, name="goal-unlink"),
    path(f"{IN_GOAL}aktivitet/ny/", editing.activity_new, name="activity-new"),
    path(f"{IN_ACTIVITY}andra/", editing.activity_change, name="activity-change"),
    path(f"{IN_ACTIVITY}ny-lydelse/", editing.activity_wording, name="activity-wording"),
    path(f"{IN_ACTIVITY}ta-bort/", editing.activity_remove, name="activity-remove"),
]
