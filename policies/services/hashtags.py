"""Looking hashtags up: nothing else writes a check, and no check is ever changed."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from core.exceptions import Refusal
from core.text import isolated
from networks.text_parts import HASHTAG_AT_MOST, find_hashtags, hashtag_key
from policies.enums import HashtagVerdict
from policies.models import Hashtag, HashtagCheck
from policies.rules.draft import KnownTag
from policies.rules.hashtags import DEFAULT_HOURS
from policies.services.judging import ActiveRule, rules_in_force
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace
from workspaces.permissions import Permission

LASTING_HOLDS = timedelta(days=365)
LASTING_AT_ONCE = 200  # hashtags in one list


@dataclass(frozen=True)
class Looked:
    """What a person found about a hashtag.

    ``avoid_until`` is the last day of a verdict to avoid; without it, it stands until somebody says
    otherwise. ``is_lasting``: None leaves the tag what it is.
    """

    verdict: HashtagVerdict
    about: str
    evidence: str = ""
    avoid_until: date | None = None
    is_lasting: bool | None = None


def may_approve_lasting(member: Membership) -> bool:
    """Whether ``member`` may say that a hashtag lasts, or no longer does."""
    return member.can(Permission.APPROVE_POSTS)


@transaction.atomic
def check_hashtag(
    workspace: Workspace, tag: str, looked: Looked, *, by: Membership, uid: uuid.UUID | None = None
) -> HashtagCheck:
    """Note what ``by`` found about a hashtag; the same ``uid`` is noted once.

    It holds for the hours that the rule in force says, for a lasting tag for a year. Raises Refusal
    for what is no hashtag, for who may not say that it lasts, and for an avoided tag unless ``by`` is
    a manager or said so.
    """
    found = HashtagCheck.objects.for_workspace(workspace).filter(uid=uid).first() if uid else None
    if found:
        return found
    now = timezone.now()
    hashtag = _hashtag_of(workspace, tag)
    newest = hashtag.checks.select_related("by").first()
    _refuse_to_lift(hashtag, newest, by=by, now=now)
    is_lasting = hashtag.is_lasting if looked.is_lasting is None else looked.is_lasting
    changes: dict[str, list[object]] = {
        "verdict": [newest.verdict if newest else "", str(looked.verdict)],
        "about": [newest.about if newest else "", looked.about],
    }
    if is_lasting != hashtag.is_lasting:
        if not may_approve_lasting(by):
            raise Refusal(_("Only a manager can say whether a hashtag lasts."))
        changes["is_lasting"] = [hashtag.is_lasting, is_lasting]
        hashtag.is_lasting = is_lasting
        hashtag.save(update_fields=["is_lasting"])
    made = HashtagCheck.objects.create(
        uid=uid or uuid.uuid4(),
        hashtag=hashtag,
        verdict=looked.verdict,
        about=looked.about,
        evidence=looked.evidence,
        until=_until(workspace, looked, is_lasting=is_lasting, now=now),
        at=now,
        by=by.user,
        is_by_external=by.engagement == Engagement.EXTERNAL,
    )
    record(
        workspace,
        by=by.user,
        verb="policies.hashtag_checked",
        subject=("hashtag", str(hashtag.uid)),
        label=str(hashtag),
        changes=changes,
    )
    return made


@transaction.atomic
def approve_lasting(
    workspace: Workspace, tags: Iterable[str], *, about: str, by: Membership
) -> list[Hashtag]:
    """Approve lasting tags for a year, each once; return those. Raises as ``check_hashtag`` does."""
    names = {hashtag_key(tag): tag for tag in tags}
    if len(names) > LASTING_AT_ONCE:
        raise Refusal(
            _("Approve %(number)d hashtags or fewer at once.") % {"number": LASTING_AT_ONCE}
        )
    looked = Looked(HashtagVerdict.SAFE, about, is_lasting=True)
    return [check_hashtag(workspace, name, looked, by=by).hashtag for name in names.values()]


def tag_in(text: str) -> str:
    """Return the one hashtag that a text is, without its sign, or raise Refusal."""
    bare = text.strip().lstrip("#＃").strip()
    if len(bare) > HASHTAG_AT_MOST or find_hashtags(f"#{bare}") != [bare]:
        raise Refusal(
            _("Write one hashtag of letters, digits and underscores, for example #Fjordlys.")
        )
    return bare


def _hashtag_of(workspace: Workspace, tag: str) -> Hashtag:
    """Return the hashtag, held until the transaction ends."""
    name = tag_in(tag)
    hashtag, _is_new = Hashtag.objects.get_or_create(
        workspace=workspace, key=hashtag_key(name), defaults={"name": name}
    )
    return Hashtag.objects.select_for_update().get(pk=hashtag.pk)


def _refuse_to_lift(
    hashtag: Hashtag, newest: HashtagCheck | None, *, by: Membership, now: datetime
) -> None:
    """Let *avoid* stand: by a second *avoid* somebody else could shorten it, and then lift it."""
    if newest is None or newest.verdict != HashtagVerdict.AVOID or not newest.holds_at(now):
        return
    may_lift = newest.by_id == by.user_id or may_approve_lasting(by)
    if not may_lift:
        raise Refusal(
            _("%(person)s marked %(tag)s to avoid. Only a manager, or who said so, changes that.")
            % {"person": isolated(newest.by), "tag": isolated(hashtag)}
        )


def _until(
    workspace: Workspace, looked: Looked, *, is_lasting: bool, now: datetime
) -> datetime | None:
    if looked.verdict == HashtagVerdict.AVOID:
        if looked.avoid_until is None:
            return None
        if looked.avoid_until < workspace.today(now):
            raise Refusal(_("Choose a last day from today on, or leave it empty."))
        return datetime.combine(looked.avoid_until, time(23, 59, 59), tzinfo=workspace.zone)
    return now + (LASTING_HOLDS if is_lasting else hours_of(rules_in_force(workspace)))


# --- what is known ------------------------------------------------------------------------------


def hours_of(rules: Iterable[ActiveRule]) -> timedelta:
    """Return how long a check holds: the shortest time of the rules in force."""
    hours = [one.parameters.number("hours") for one in rules if one.rule.code == "hashtags"]
    return timedelta(hours=min(hours, default=DEFAULT_HOURS))


def known_tags(workspace: Workspace, texts: Iterable[str]) -> Mapping[str, KnownTag]:
    """Return what is known of the hashtags in ``texts``, by their keys: one query, none without."""
    keys = {
        hashtag_key(tag)
        for text in texts
        if "#" in text or "＃" in text
        for tag in find_hashtags(text)
    }
    if not keys:
        return {}
    checks = HashtagCheck.objects.for_workspace(workspace).filter(hashtag__key__in=keys).newest()
    known: dict[str, KnownTag] = {}
    zone = workspace.zone
    for check in checks.select_related("hashtag", "by").order_by("pk"):
        before = known.get(check.hashtag.key)
        holds_until = None if check.verdict == HashtagVerdict.AVOID else check.until
        known[check.hashtag.key] = KnownTag(
            verdict=check.verdict,
            about=check.about,
            by=str(check.by),
            at=check.at.astimezone(zone),
            until=check.until,
            employed_until=(before.employed_until if before else None)
            if check.is_by_external
            else holds_until,
        )
    return known
