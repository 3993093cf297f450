"""How a reader is told who did something."""

from collections.abc import Callable
from functools import cache

from organisation.enums import INSIDE_ROLES, Role
from organisation.models import Membership, Namnd, User

SYSTEMFORVALTAREN = "systemförvaltaren"
# Of several roles in a nämnd, the one that did the work is named.
_WORKING_FIRST = (
    Role.UPPGIFTSLAMNARE,
    Role.GRANSKARE,
    Role.NAMNDSEKRETERARE,
    Role.CHEF,
    Role.SAMORDNARE,
    Role.REMITTENT,
    Role.LEDAMOT,
    Role.LASARE,
)


def who_for(reader: User) -> Callable[[User, str], str]:
    """A function (person, code of a nämnd) → words for `reader`.

    Names stay within the nämnd: for who works in it "Ulla Uppgift (uppgiftslämnare vid
    Södermalm)", for everyone else "uppgiftslämnare vid Södermalm". Whoever is of no nämnd that the
    matter belongs to is told as what they are elsewhere. Reads roles as they are today; nämnder and
    roles are read once.
    """
    inside = {namnd.code for namnd in reader.access.namnder(*INSIDE_ROLES)}
    keeps_system = reader.access.is_systemforvaltare

    @cache
    def roles() -> dict[int, list[Membership]]:
        found: dict[int, list[Membership]] = {}
        for membership in Membership.objects.select_related("namnd").order_by("pk"):
            found.setdefault(membership.user_id, []).append(membership)
        return found

    def who(person: User, code: str) -> str:
        held = roles().get(person.pk, [])
        said = _role_of(held, code)
        keeper = said == SYSTEMFORVALTAREN
        colleague = keeper or any(m.namnd and m.namnd.code in inside for m in held)
        own = code in inside and colleague
        is_told = own or person.pk == reader.pk or (keeper and keeps_system)
        return f"{person} ({said})" if is_told else said

    return who


def _role_of(memberships: list[Membership], code: str) -> str:
    here = [m for m in memberships if m.namnd is not None and m.namnd.code == code]
    for role in _WORKING_FIRST:
        for membership in here or memberships:
            if membership.role == role and membership.namnd is not None:
                return f"{_lower(membership)} vid {_short(membership.namnd)}"
    if any(m.role == Role.SYSTEMFORVALTARE for m in memberships):
        return SYSTEMFORVALTAREN
    return "en person utan roll"


def _lower(membership: Membership) -> str:
    label = membership.get_role_display()
    return label[0].lower() + label[1:]


def _short(namnd: Namnd) -> str:
    return namnd.short_name


def namnd_names() -> Callable[[int | None], str]:
    """A function from a nämnd's number to its name; all are read at the first question."""

    @cache
    def names() -> dict[int, str]:
        return dict(Namnd.objects.order_by().values_list("pk", "name"))

    return lambda pk: "" if pk is None else names().get(pk, "")
