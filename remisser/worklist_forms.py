"""What a person wants to see of the answers."""

from typing import Any

from django import forms

from remisser.domain.worklist import Chosen


class WorklistForm(forms.Form):
    """Everything is in the address, so that a choice can be kept as a bookmark."""

    vems = forms.ChoiceField(
        label="Vems svar",
        choices=[("", "Nämndens"), ("mina", "Mina")],
        required=False,
    )
    namnd = forms.ChoiceField(label="Nämnd", required=False)
    person = forms.ChoiceField(label="Hos", required=False)
    visa = forms.ChoiceField(
        label="Visa",
        choices=[("", "Det som pågår"), ("alla", "Också skickade och äldre")],
        required=False,
    )

    @staticmethod
    def chosen(data: Any) -> Chosen:
        """What an address says; what it cannot mean is as if it were not there."""
        person = str(data.get("person", ""))
        is_number = person.isascii() and person.isdecimal() and len(person) < 10
        return Chosen(
            namnd=str(data.get("namnd", ""))[:100],
            person=int(person) if is_number else 0,
            only_mine=data.get("vems") == "mina",
            everything=data.get("visa") == "alla",
        )

    def offer(self, namnder: Any, people: Any) -> None:
        """namnder, people: to choose from. A choice among one is none."""
        if namnder:
            self.fields["namnd"].choices = [  # type: ignore[attr-defined]
                ("", "Alla"),
                *((namnd.code, namnd.short_name) for namnd in namnder),
            ]
        else:
            del self.fields["namnd"]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Vem som helst"),
            *((person.pk, str(person)) for person in people),
        ]
