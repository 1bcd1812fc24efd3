"""The daily email: what waits for it is put into one email a person and day.

What a person wants in the daily email is *held*. When its time has come, one transaction writes the
email's own notice, which is unique by person and day, and marks what is in it: of two workers one
writes it. What comes too late for it waits for the next.
"""

import logging
import uuid
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from core.database_clock import database_now
from core.site import site_address
from notifications.enums import DIGEST, EMAIL, DeliveryState, Pace
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of, type_of, was_due_words, why_of
from notifications.preferences import Preferences, preferences_of
from notifications.services import NAMESPACE
from workspaces.models import Membership

logger = logging.getLogger(__name__)

#: People whose daily email is made in one tick; the next tick goes on.
PEOPLE_AT_MOST = 500
#: So many notices stand in one email; the others are in the bell.
LONGEST = 100


def make_digests(*, now: datetime | None = None) -> int:
    """Make the daily emails that are due; return how many."""
    moment: Any = now or Now()
    waiting = Delivery.objects.held(moment).order_by().values("recipient").distinct()
    people = list(User.objects.filter(pk__in=waiting)[:PEOPLE_AT_MOST])
    return sum(_guarded(person, now=now or database_now()) for person in people)


def _guarded(user: User, *, now: datetime) -> bool:
    try:
        return make_digest(user, now=now)
    except Exception:
        # The outermost door: one email that cannot be made must not hold up the others.
        logger.exception("daily email of person %s cannot be made", user.pk)
        return False


@transaction.atomic
def make_digest(user: User, *, now: datetime) -> bool:
    """Put what is held for ``user`` into today's email; False where that is made already."""
    held = list(Delivery.objects.filter(recipient=user).held(now).order_by("next_at", "pk"))
    if not held:
        return False
    day = now.astimezone(ZoneInfo(user.timezone)).date()
    anchor = Notification(
        workspace_id=held[0].workspace_id,
        recipient=user,
        kind=DIGEST,
        source_key=uuid.uuid5(NAMESPACE, f"digest:{user.pk}:{day}"),
        is_in_app=False,
        created_at=now,
        due_at=held[0].next_at,
    )
    Notification.objects.bulk_create([anchor], ignore_conflicts=True)
    mine = Delivery.objects.filter(pk__in=[one.pk for one in held], state=DeliveryState.HELD)
    written = Notification.objects.filter(uid=anchor.uid).first()
    if written is None:
        next_one = preferences_of([user])[user.pk].next_digest(now + timedelta(microseconds=1))
        mine.update(next_at=next_one)
        return False
    email = Delivery.objects.create(
        notification=written,
        workspace_id=written.workspace_id,
        source_key=written.source_key,
        recipient=user,
        way=EMAIL,
        due_at=held[0].next_at,
        next_at=now,
    )
    mine.update(state=DeliveryState.DIGESTED, digest=email)
    return True


def wanted(digest: Notification) -> list[Notification]:
    """Return the notices in a daily email that still hold, the earliest first."""
    user = digest.recipient
    if user is None:
        return []
    preferences = preferences_of([user])[user.pk]
    workspaces = set(
        Membership.objects.active().filter(user=user).values_list("workspace_id", flat=True)
    )
    inside = Delivery.objects.filter(digest__notification=digest).select_related(
        "notification__workspace", "notification__by", "notification__recipient"
    )
    notices = [one.notification for one in inside.order_by("due_at", "pk")]
    return [one for one in notices if one.workspace_id in workspaces and _holds(one, preferences)]


def _holds(notice: Notification, preferences: Preferences) -> bool:
    kind = type_of(notice.kind)
    if notice.read_at is not None or preferences.pace_of(kind, EMAIL) == Pace.OFF:
        return False
    return not kind.recheck(notice)


def still_wanted(digest: Notification) -> "str | Promise":
    """Look whether anything of it still holds."""
    return "" if wanted(digest) else _("Nothing of it is wanted any more.")


def contents(digest: Notification) -> dict[str, Any]:
    """Return what the email lists, by workspace: each notice with its link and its reason."""
    by_workspace: dict[str, list[dict[str, str]]] = defaultdict(list)
    notices = wanted(digest)
    for notice in notices[:LONGEST]:
        by_workspace[notice.workspace.name].append(
            {
                "sentence": sentence_of(notice),
                "why": why_of(notice),
                "link": site_address(notice.url) if notice.url else "",
                "was_due": was_due_words(notice, notice.created_at),
            }
        )
    return {"parts": dict(by_workspace), "more": max(0, len(notices) - LONGEST)}
