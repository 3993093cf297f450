from django.urls import path

from programme.views import pages

urlpatterns = [
    path("", pages.programme_list, name="programme-list"),
    path("<slug:programme_slug>/", pages.programme, name="programme"),
    path("<slug:programme_slug>/mal/<int:number>/", pages.goal, name="goal"),
]
