"""How a reader is told who did something."""

from collections.abc import Callable

from organisation.enums import Role
from organisation.models import Membership, Namnd, User

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

    Names stay within the nämnd: for who belongs to it "Ulla Uppgift (uppgiftslämnare vid
    Södermalm)", for everyone else "uppgiftslämnare vid Södermalm". Whoever is of no nämnd that the
    matter belongs to is told as what they are elsewhere. Reads roles as they are today; nämnder and
    roles are read once.
    """
    inside = {namnd.code for namnd in reader.access.namnder()}
    roles: dict[int, list[Membership]] = {}

    def who(person: User, code: str) -> str:
        if not roles:
            for membership in Membership.objects.select_related("namnd").order_by("pk"):
                roles.setdefault(membership.user_id, []).append(membership)
        said = _role_of(roles.get(person.pk, []), code)
        return f"{person} ({said})" if code in inside or person.pk == reader.pk else said

    return who


def _role_of(memberships: list[Membership], code: str) -> str:
    here = [m for m in memberships if m.namnd is not None and m.namnd.code == code]
    for role in _WORKING_FIRST:
        for membership in here or memberships:
            if membership.role == role and membership.namnd is not None:
                return f"{_lower(membership)} vid {_short(membership.namnd)}"
    if any(m.role == Role.SYSTEMFORVALTARE for m in memberships):
        return "systemförvaltaren"
    return "en person utan roll"


def _lower(membership: Membership) -> str:
    label = membership.get_role_display()
    return label[0].lower() + label[1:]


def _short(namnd: Namnd) -> str:
    return namnd.short_name
