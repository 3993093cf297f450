from django.urls import path

from programme.views import services

urlpatterns = [
    path("", services.service_list, name="service-list"),
    path("ny/", services.service_new, name="service-new"),
    path("att-kontrollera/", services.to_verify, name="service-to-verify"),
    path("stadsdel/", services.district_list, name="service-districts"),
    path("stadsdel/<slug:namnd_code>/", services.district, name="service-district"),
    path("<slug:code>/", services.service, name="service"),
    path("<slug:code>/andra/", services.service_change, name="service-change"),
    path("<slug:code>/kontrollerad/", services.service_verify, name="service-verify"),
    path("<slug:code>/avsluta/", services.service_retire, name="service-retire"),
    path("<slug:code>/ta-tillbaka/", services.service_take_back, name="service-take-back"),
]
