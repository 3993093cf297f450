from importlib import import_module

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        # What listens to signals, and the checks: models must be loaded first.
        for module in (
            "checks",
            "checks_of_answers",
            "receivers",
            "sign_in.adapters",
            "sign_in.sessions",
        ):
            import_module(f"organisation.{module}")
