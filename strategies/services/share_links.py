"""Links by which somebody without an account reads one version: made, opened, revoked."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.text import date_text
from strategies.enums import VersionState
from strategies.models import ShareLink, StrategyVersion
from strategies.models.share_link import token_hash

#: How often it is written down at most that a link was opened.
NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_link(
    version: StrategyVersion, *, label: str, days: int, by: User, uid: uuid.UUID | None = None
) -> ShareLink:
    """Make a link to ``version`` that ends in ``days`` days; the same ``uid`` again makes nothing.

    Raises Refusal for a version that was withdrawn, and when ``by`` made too many in 24 hours.
    """
    if uid and (made := ShareLink.objects.filter(uid=uid, version=version).first()):
        return made
    if version.state == VersionState.WITHDRAWN:
        raise Refusal(_("This version was withdrawn. Make a link to another one."))
    _refuse_too_many(by)
    now = timezone.now()
    link = ShareLink(
        uid=uid or uuid.uuid4(),
        version=version,
        label=label,
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    link.token_hash = token_hash(link.token)
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:  # both presses at once
        return ShareLink.objects.get(uid=link.uid, version=version)
    last_day = date_text(link.expires_at.astimezone(version.strategy.workspace.zone).date())
    _record(
        link,
        "strategies.link_made",
        by=by,
        changes={"whom": ["", link.label], "expires_on": ["", last_day]},
    )
    return link


@transaction.atomic
def revoke_link(link: ShareLink, *, by: User) -> None:
    """End ``link`` at once; raises Refusal when it has ended already."""
    now = timezone.now()
    ended = ShareLink.objects.open(now).filter(pk=link.pk).update(revoked_at=now, revoked_by=by)
    if not ended:
        raise Refusal(_("This link has ended already."))
    _record(link, "strategies.link_revoked", by=by, changes={"whom": [link.label, ""]})


def link_of(token: str) -> ShareLink | None:
    """Return the open link whose secret ``token`` is, or None, whatever is wrong with it."""
    return ShareLink.objects.open().for_reading().filter(token_hash=token_hash(token)).first()


def note_opened(link: ShareLink) -> None:
    """Write down that the link was opened, so that who made it sees whether it is used."""
    now = timezone.now()
    earlier = Q(last_opened_at__isnull=True) | Q(last_opened_at__lt=now - NOTED_EVERY)
    ShareLink.objects.filter(earlier, pk=link.pk).update(last_opened_at=now)


def _refuse_too_many(by: User) -> None:
    since, most = timezone.now() - timedelta(days=1), settings.SHARE_LINKS_A_DAY
    if ShareLink.objects.filter(created_by=by, created_at__gt=since).count() >= most:
        raise Refusal(
            ngettext(
                "You can make %(number)d link a day. Go on tomorrow.",
                "You can make %(number)d links a day. Go on tomorrow.",
                most,
            )
            % {"number": most}
        )


def _record(link: ShareLink, verb: str, *, by: User, changes: dict[str, list[Any]]) -> None:
    version = link.version
    record(
        version.strategy.workspace,
        by=by,
        verb=verb,
        subject=("strategies.share_link", str(link.uid)),
        label=_("%(strategy)s, version %(number)d")
        % {"strategy": version.strategy.name, "number": version.number},
        changes=changes,
    )
