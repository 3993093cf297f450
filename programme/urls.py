from django.urls import path

from programme import converters  # noqa: F401 - what a goal looks like in an address
from programme.views import edit_parts, edit_programmes, pages

IN_GOAL = "<slug:programme_slug>/mal/<goal:code>/"
IN_ACTIVITY = "<slug:programme_slug>/aktivitet/<slug:code>/"

# The pages of one programme, goal and activity stand in desk/urls.py.
urlpatterns = [
    path("", pages.programme_list, name="programme-list"),
    path("nytt/", edit_programmes.programme_new, name="programme-new"),
    path("<slug:programme_slug>/andra/", edit_programmes.programme_change, name="programme-change"),
    path("<slug:programme_slug>/mal/nytt/", edit_programmes.goal_new, name="goal-new"),
    path(f"{IN_GOAL}andra/", edit_programmes.goal_change, name="goal-change"),
    path(f"{IN_GOAL}ny-lydelse/", edit_programmes.goal_wording, name="goal-wording"),
    path(f"{IN_GOAL}ratta/", edit_programmes.goal_correct, name="goal-correct"),
    path(f"{IN_GOAL}ta-bort/", edit_programmes.goal_remove, name="goal-remove"),
    path(f"{IN_GOAL}forutsattning/ny/", edit_parts.precondition_new, name="precondition-new"),
    path(
        f"{IN_GOAL}forutsattning/<int:pk>/",
        edit_parts.precondition_change,
        name="precondition-change",
    ),
    path(
        f"{IN_GOAL}forutsattning/<int:pk>/ta-bort/",
        edit_parts.precondition_remove,
        name="precondition-remove",
    ),
    path(f"{IN_GOAL}motsvarar/", edit_parts.goal_link, name="goal-link"),
    path(f"{IN_GOAL}motsvarar/<int:pk>/", edit_parts.goal_unlink, name="goal-unlink"),
    path(f"{IN_GOAL}aktivitet/ny/", edit_parts.activity_new, name="activity-new"),
    path(f"{IN_ACTIVITY}andra/", edit_parts.activity_change, name="activity-change"),
    path(f"{IN_ACTIVITY}ny-lydelse/", edit_parts.activity_wording, name="activity-wording"),
    path(f"{IN_ACTIVITY}ratta/", edit_parts.activity_correct, name="activity-correct"),
    path(f"{IN_ACTIVITY}ta-bort/", edit_parts.activity_remove, name="activity-remove"),
]
