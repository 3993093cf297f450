"""How a goal is written in an address."""

from django.urls import register_converter


class GoalCode:
    """ "4" for a goal, "4.2" for a delmål."""

    regex = r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str | int) -> str:
        return str(value)


register_converter(GoalCode, "goal")
