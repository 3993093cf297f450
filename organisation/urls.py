from django.urls import path

from organisation.views import acting, sign_in

urlpatterns = [
    path("logga-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("logga-ut/", sign_in.SignOut.as_view(), name="sign-out"),
    path("agera/", acting.act_for, name="act-for"),
]
