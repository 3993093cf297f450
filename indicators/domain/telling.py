"""Who is told of a correction: the coordinators, and those who have used what was corrected."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from indicators.domain.corrected import Corrected
from indicators.models import CorrectionNotice, Indicator, Period, Report, ReportVersion
from organisation.enums import Role
from organisation.models import Membership, User
from programme.models import Programme
from trace.domain import ReadKind
from trace.domain.outbox import post_mail
from trace.models import ReadLog


def tell_of_correction(
    report: Report,
    before: ReportVersion,
    version: ReportVersion,
    corrected: Corrected,
    *,
    actor: User,
) -> None:
    """Tell the coordinators, and all who took out what was corrected since `before` counted.

    They may have taken out the period's follow-up, the file of a corrected indicator, or the
    programme of a goal or an activity of which something else is said now.

    On their start page, and by mail; without any number, for what each may see differs.
    """
    programmes = [goal.programme_id for goal in corrected.goals]
    programmes += [activity.goal.programme_id for activity in corrected.activities]
    subjects = (
        (Period, [report.period_id]),
        (Indicator, [definition.indicator_id for definition in corrected.definitions]),
        (Programme, programmes),
    )
    used = Q()
    for model, ids in subjects:
        used |= Q(subject=model._meta.label_lower, subject_id__in=ids)
    exported = ReadLog.objects.filter(
        used, kind__in=(ReadKind.EXPORT, ReadKind.DOWNLOAD), actor__isnull=False
    )
    if before.approved_at:
        exported = exported.filter(happened_at__gte=before.approved_at)
    readers = User.objects.filter(
        Q(pk__in=exported.order_by().values("actor")) | Q(pk__in=[p.pk for p in coordinators()]),
        is_active=True,
    )
    people = [person for person in readers.order_by("pk") if person.pk != actor.pk]
    CorrectionNotice.objects.bulk_create(
        [CorrectionNotice(version=version, person=person) for person in people]
    )
    listed = "\n".join(f"– {name}" for name in corrected.names)
    for person in people:
        mail(
            person,
            key=f"rattelse:{version.pk}:{person.pk}",
            subject=f"Rättade uppgifter i {report.period.label.lower()}: {report.namnd.name}",
            body=(
                f"{report.namnd.name} har rättat sin rapport för {report.period.label.lower()}. "
                f"Rättelsen är godkänd och räknas från och med nu. Det gäller:\n\n{listed}\n\n"
                "Du får det här för att du följer perioden eller har tagit ut dess uppgifter. "
                "Logga in i Samlad för att se vad som har ändrats, och ta ut uppgifterna igen "
                "om du har använt dem."
            ),
            report=report,
            actor=actor,
        )


@transaction.atomic
def see_notices(user: User, period_id: int) -> int:
    """The person has read what was corrected in the period. Answers how many notices it was."""
    notices = CorrectionNotice.objects.visible_to(user).filter(
        version__report__period=period_id, seen_at__isnull=True
    )
    return notices.update(seen_at=timezone.now())


def unread_notices(user: User, period_id: int) -> int:
    """How many corrections of the period the person has been told of and has not read."""
    return (
        CorrectionNotice.objects.visible_to(user)
        .filter(version__report__period=period_id, seen_at__isnull=True)
        .count()
    )


def coordinators() -> Sequence[User]:
    """Those who coordinate the programme today."""
    today = timezone.localdate()
    memberships = Membership.objects.valid_on(today).filter(role=Role.SAMORDNARE)
    people = User.objects.filter(pk__in=memberships.values("user"), is_active=True)
    return list(people.order_by("pk"))


def mail(
    person: User, *, key: str, subject: str, body: str, report: Report, actor: User | None
) -> None:
    """What concerns a person stands on their start page too: without an address, only there."""
    if person.email:
        post_mail(
            key=key,
            person=person,
            subject=subject,
            body=body,
            posted_by=actor,
            scope=report.namnd.code,
        )
