from importlib import import_module

from django.apps import AppConfig


class RemisserConfig(AppConfig):
    name = "remisser"
    verbose_name = "Remisser"

    def ready(self) -> None:
        # What listens to signals, and what papers are told of answers: models must be loaded first.
        import_module("remisser.receivers")
        import_module("remisser.domain.answer_part")
