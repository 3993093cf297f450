from django.apps import AppConfig


class RemisserConfig(AppConfig):
    name = "remisser"
    verbose_name = "Remisser"
