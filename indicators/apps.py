from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indikatorer"

    def ready(self) -> None:
        # Says until when a programme's texts are settled: models must be loaded first.
        import_module("indicators.domain.settled")
