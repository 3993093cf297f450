"""Insight: how a systemförvaltare gets to read what no role of theirs opens. Never silently."""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from organisation.domain.errors import Invalid, NotAllowed
from organisation.models import InsightGrant, Namnd, User
from organisation.personnummer import why_not_personnummer
from organisation.rules import may_administrate
from trace.domain import record

INSIGHT_LASTS = dt.timedelta(hours=4)


@transaction.atomic
def ask_for_insight(
    subject: models.Model, *, namnd: Namnd, actor: User, reason: str
) -> InsightGrant:
    """Let the systemförvaltare read one object, and nothing else, for four hours.

    subject: a report or a paper; namnd: whose it is. Reading is all it gives.
    The reason stands in the object's own history, where the nämnd sees it.
    Raises NotAllowed; Invalid without a reason, or with a personnummer in it.
    """
    if not may_administrate(actor):
        raise NotAllowed("Bara systemförvaltaren begär insyn.")
    reason = reason.strip()
    if not reason:
        raise Invalid("Skriv varför du behöver läsa.", field="reason")
    if problem := why_not_personnummer(reason):
        raise Invalid(problem, field="reason")
    now = timezone.now()
    grant = InsightGrant.objects.create(
        user=actor,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        reason=reason,
        given_at=now,
        expires_at=now + INSIGHT_LASTS,
    )
    until = timezone.localtime(grant.expires_at)
    record(
        subject,
        actor=actor,
        verb="insyn",
        summary=f"Begärde insyn som systemförvaltare, till {until:%Y-%m-%d %H:%M}",
        scope=namnd.code,
        reason=reason,
    )
    return grant
