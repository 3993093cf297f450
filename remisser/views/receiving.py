"""What the pages of the register have in common: files that come with a form."""

from uuid import UUID

from organisation.domain.errors import Invalid
from organisation.models import Namnd, User
from remisser.domain.received_files import receive
from remisser.register_forms import RegisterForm
from remisser.register_part_forms import FilesForm


def receive_with(form: FilesForm | RegisterForm, key: UUID, namnd: Namnd, actor: User) -> bool:
    """Keep the files that came with a form that has been looked through; refusals stand in it."""
    try:
        receive(
            form.received.good,
            key=key,
            namnd=namnd,
            is_open=bool(form.cleaned_data.get("is_open")),
            actor=actor,
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    return True
