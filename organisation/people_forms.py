"""Forms of the systemförvaltare's pages: people, roles, nämnder."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils import timezone

from organisation.domain.errors import Refused
from organisation.enums import ApiScope, NamndKind, Role
from organisation.forms import ProblemsMixin, no_personnummer
from organisation.models import Namnd, User


def date_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Skriv datumet som 2025-04-30.",
            "required": "Ange ett datum.",
        },
    )


class RefusableForm(ProblemsMixin, forms.Form):
    """A form whose command may say no: the refusal stands at the field that it is about."""

    def refuse(self, refusal: Refused) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)


class PersonForm(RefusableForm):
    name = forms.CharField(
        label="Namn", max_length=150, error_messages={"required": "Skriv personens namn."}
    )
    title = forms.CharField(label="Titel (frivilligt)", max_length=100, required=False)
    email = forms.EmailField(
        label="E-postadress (frivilligt)",
        required=False,
        error_messages={"invalid": "Skriv e-postadressen som namn@exempel.se."},
    )
    telephone = forms.CharField(label="Telefon (frivilligt)", max_length=30, required=False)


class NewPersonForm(PersonForm):
    username = UsernameField(
        label="Användarnamn",
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": "Skriv ett användarnamn."},
    )
    password = forms.CharField(
        label="Första lösenord (frivilligt)",
        required=False,
        strip=False,
        max_length=512,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Lämna tomt för den som loggar in med stadens inloggning.",
    )
    field_order = ["name", "username", "title", "email", "telephone", "password"]


class RoleForm(RefusableForm):
    role = forms.ChoiceField(
        label="Roll",
        choices=[("", "Välj roll"), *Role.choices],
        error_messages={"required": "Välj roll.", "invalid_choice": "Välj en roll i listan."},
    )
    namnd = forms.ModelChoiceField(
        label="Nämnd",
        required=False,
        queryset=Namnd.objects.none(),
        empty_label="Ingen: hela systemet (bara systemförvaltare)",
        error_messages={"invalid_choice": "Välj en nämnd i listan."},
    )
    valid_from = date_field("Från och med (frivilligt)", help_text="Tomt: från och med nu.")
    valid_to = date_field("Till och med (frivilligt)", help_text="Tomt: tills vidare.")
    deputy_for = forms.ModelChoiceField(
        label="Ersättare för (frivilligt)",
        required=False,
        queryset=User.objects.none(),
        empty_label="Ingen: rollen är personens egen",
        help_text="Den som ersätts måste ha rollen. Ange då båda datumen.",
        error_messages={"invalid_choice": "Välj en person i listan."},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namnder = Namnd.objects.in_order().exclude(valid_to__lt=timezone.localdate())
        self.fields["namnd"].queryset = namnder  # type: ignore[attr-defined]
        others = User.objects.filter(is_active=True).exclude(pk=person.pk)
        self.fields["deputy_for"].queryset = others.order_by("name", "username")  # type: ignore[attr-defined]


class EndRoleForm(RefusableForm):
    last_day = date_field(
        "Sista dag",
        required=True,
        help_text="Rollen gäller den dagen ut. I går tar den bort rollen genast.",
    )


class NamndForm(RefusableForm):
    name = forms.CharField(
        label="Namn", max_length=120, error_messages={"required": "Skriv nämndens namn."}
    )
    short_name = forms.CharField(
        label="Kort namn", max_length=60, error_messages={"required": "Skriv ett kort namn."}
    )
    forvaltning = forms.CharField(label="Förvaltning (frivilligt)", max_length=120, required=False)
    note = forms.CharField(
        label="Anmärkning (frivilligt)",
        max_length=250,
        required=False,
        validators=[no_personnummer],
    )
    valid_from = date_field("Finns från (frivilligt)")
    valid_to = date_field("Finns till och med (frivilligt)")


class MergerForm(RefusableForm):
    """Two or more nämnder that become a new one."""

    old = forms.ModelMultipleChoiceField(
        label="Nämnder som slås ihop",
        queryset=Namnd.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst två nämnder att slå ihop.",
            "invalid_choice": "Välj nämnder i listan.",
        },
    )
    on = date_field(
        "Första dag för den nya nämnden",
        required=True,
        help_text="De gamla nämndernas sista dag är dagen före.",
    )
    name = forms.CharField(
        label="Den nya nämndens namn",
        max_length=120,
        error_messages={"required": "Skriv den nya nämndens namn."},
    )
    short_name = forms.CharField(
        label="Kort namn", max_length=60, error_messages={"required": "Skriv ett kort namn."}
    )
    code = forms.CharField(
        label="Kod",
        max_length=50,
        help_text="Står i adresser och kan inte ändras. Små bokstäver utan å, ä och ö.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": "Skriv en kod."},
    )
    kind = forms.ChoiceField(
        label="Slag",
        choices=[("", "Välj slag"), *NamndKind.choices],
        error_messages={"required": "Välj slag.", "invalid_choice": "Välj ett slag i listan."},
    )
    forvaltning = forms.CharField(label="Förvaltning (frivilligt)", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namnder = Namnd.objects.in_order()
        if not self.is_bound:
            namnder = namnder.exclude(valid_to__lt=timezone.localdate())
        # Given in, those that have ceased are known too: the same merger again is found to be done.
        self.fields["old"].queryset = namnder  # type: ignore[attr-defined]


class ApiTokenForm(RefusableForm):
    name = forms.CharField(
        label="System",
        max_length=120,
        help_text="Vad som läser, till exempel ”Power BI, stadsledningskontoret”.",
        validators=[no_personnummer],
        error_messages={"required": "Skriv vilket system nyckeln är till."},
    )
    namnd = forms.ModelChoiceField(
        label="Ägande nämnd (frivilligt)",
        required=False,
        queryset=Namnd.objects.none(),
        empty_label="Ingen: stadens gemensamma",
        error_messages={"invalid_choice": "Välj en nämnd i listan."},
    )
    scopes = forms.MultipleChoiceField(
        label="Får läsa",
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst något som nyckeln får läsa.",
            "invalid_choice": "Välj i listan.",
        },
    )
    valid_from = date_field("Från och med", required=True)
    valid_to = date_field("Till och med", required=True, help_text="Högst två år framåt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        namnder = Namnd.objects.in_order().exclude(valid_to__lt=timezone.localdate())
        self.fields["namnd"].queryset = namnder  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate()
