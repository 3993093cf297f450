from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        # Registers what listens to signals, and the checks; models must be loaded first.
        from organisation import checks  # noqa: F401, PLC0415
        from organisation.sign_in import adapters, sessions  # noqa: F401, PLC0415
