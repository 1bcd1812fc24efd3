"""Writing, publishing and archiving policies: nothing else does.

What was published is never changed. A version comes into force by its time alone; nothing has to
run at that moment.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.placeholders import placeholders
from core.rows import claim_revision
from core.text import isolated
from core.text_input import is_changed
from networks.models import Channel
from notifications.services import cancel, notify
from policies.domain.publishing import AFTER_PUBLISHING, AfterPublishing
from policies.enums import CONCERNING
from policies.models import Policy, PolicyVersion
from workspaces.models import Membership, MembershipQuerySet, Workspace

FIELDS = ("title", "concerned", "channels", "text")
DAYS_TO_READ = 7
POLICIES_AT_MOST = 100  # that are not archived


@dataclass(frozen=True)
class Publication:
    """How a policy is to be published.

    Without ``on`` at once. ``read_by_on`` is for a major version; without it a week after ``on``.
    """

    is_major: bool = True
    summary: str = ""
    on: date | None = None
    read_by_on: date | None = None


@transaction.atomic
def add_policy(
    workspace: Workspace, values: Mapping[str, Any], *, by: User, uid: uuid.UUID | None = None
) -> Policy:
    """Begin a policy. The same ``uid`` again gives the same policy."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    policies = Policy.objects.for_workspace(workspace)
    found = policies.filter(uid=uid).first() if uid else None
    if found:
        return found
    _refuse_too_many(workspace)
    policy = Policy.objects.create(
        workspace=workspace,
        uid=uid or uuid.uuid4(),
        title=values["title"],
        text=values.get("text", ""),
        created_by=by,
        updated_by=by,
        **({"concerned": values["concerned"]} if values.get("concerned") else {}),
    )
    _record(policy, "policies.policy_added", by=by)
    return policy


@transaction.atomic
def save_policy(policy: Policy, values: Mapping[str, Any], *, expected: int, by: User) -> Policy:
    """Write what differs in ``values``; the versions stay as they were published.

    Raises Conflict when somebody saved after ``expected``, and Refusal when it is archived.
    """
    now = Policy.objects.select_related("workspace").get(pk=policy.pk)
    _refuse_archived(now)
    changes: dict[str, list[Any]] = {}
    fields = [name for name in FIELDS if name != "channels" and name in values]
    for name in fields:
        if is_changed(now, name, values[name]):
            changes[name] = [getattr(now, name), values[name]]
            setattr(now, name, values[name])
    channels: list[Channel] | None = None
    if "channels" in values:
        before, channels = list(now.channels.in_order()), list(values["channels"])
        if {one.pk for one in before} == {one.pk for one in channels}:
            channels = None
        else:
            changes["channels"] = [[str(one) for one in before], [str(one) for one in channels]]
    if not changes:
        return now
    claim_revision(now, expected)
    if channels is not None:
        now.channels.set(channels)
    now.updated_by, now.updated_at = by, timezone.now()
    written = [name for name in fields if name in changes]
    now.save(update_fields=[*written, "updated_by", "updated_at"])
    _record(now, "policies.policy_saved", by=by, changes=changes)
    return now


@transaction.atomic
def record_conflict(policy: Policy, *, both: Mapping[str, list[str]], by: User) -> None:
    """Keep in the log both texts of fields that two people changed: {field: [saved, typed]}."""
    _record(policy, "policies.policy_conflict", by=by, changes=dict(both))


@transaction.atomic
def publish_policy(
    policy: Policy, publication: Publication, *, expected: int, by: User
) -> PolicyVersion:
    """Publish the text as it stands, and tell those who have to read it.

    Raises Conflict when the policy is no longer as it was read at revision ``expected``, and
    Refusal where something is left to fill in, nothing has changed, or a day does not fit.
    """
    now = timezone.now()
    policy = Policy.objects.select_related("workspace").get(pk=policy.pk)
    claim_revision(policy, expected)
    workspace, channels = policy.workspace, list(policy.channels.all())
    latest = policy.versions.standing().first()
    _refuse_archived(policy)
    _refuse_unfinished(policy)
    if latest:
        _refuse_after(latest, policy, channels, publication, now)
    elif not publication.is_major:
        raise Refusal(_("Nobody has read this policy yet. Publish the first version for reading."))
    today = workspace.today(now)
    on = publication.on or today
    if on < today:
        raise Refusal(_("Choose today or a later day to publish it."))
    read_by_on = None
    if publication.is_major:
        read_by_on = publication.read_by_on or on + timedelta(days=DAYS_TO_READ)
        if read_by_on < on:
            raise Refusal(_("Nobody can read it before it is published. Choose a later day."))
    last = policy.versions.first()
    version = PolicyVersion.objects.create(
        policy=policy,
        number=(last.number if last else 0) + 1,
        title=policy.title,
        concerned=policy.concerned,
        text=policy.text,
        summary=publication.summary,
        is_major=publication.is_major,
        in_force_at=now if on == today else datetime.combine(on, time(), tzinfo=workspace.zone),
        read_by_on=read_by_on,
        published_at=now,
        published_by=by,
    )
    version.channels.set(channels)
    _record(
        policy,
        "policies.version_published",
        by=by,
        changes={
            "version": [None, version.number],
            "in_force_on": [None, on.isoformat()],
            "read_by_on": [None, read_by_on.isoformat() if read_by_on else None],
        },
    )
    if read_by_on:
        _tell(version, on=on, read_by_on=read_by_on, by=by)
    for action in AFTER_PUBLISHING:
        action(workspace, by=by)
    return version


@transaction.atomic
def withdraw_version(version: PolicyVersion, *, by: User) -> bool:
    """Take back a version before its day; False when that was done already.

    Raises Refusal once it is in force.
    """
    now = timezone.now()
    coming = PolicyVersion.objects.coming(now).filter(pk=version.pk)
    if not coming.update(withdrawn_at=now):
        if PolicyVersion.objects.standing().filter(pk=version.pk).exists():
            raise Refusal(_("This version is in force already. Publish another one instead."))
        return False
    workspace = version.policy.workspace
    cancel(
        workspace=workspace,
        reason=str(_("The version was taken back.")),
        notification__subject_kind="policy_version",
        notification__subject_uid=version.uid,
    )
    _record(
        version.policy,
        "policies.version_withdrawn",
        by=by,
        changes={"version": [version.number, None]},
    )
    return True


@transaction.atomic
def archive_policy(policy: Policy, *, by: User) -> bool:
    """Put the policy away: nobody has to read it and its rules rest. False when it was so already."""
    now = timezone.now()
    found = Policy.objects.current().filter(pk=policy.pk)
    if not found.update(archived_at=now, updated_at=now, updated_by=by):
        return False
    _record(policy, "policies.policy_archived", by=by)
    return True


@transaction.atomic
def restore_policy(policy: Policy, *, by: User) -> bool:
    """Bring an archived policy back; False when it was not archived."""
    Workspace.objects.select_for_update().get(pk=policy.workspace_id)
    archived = Policy.objects.filter(pk=policy.pk, archived_at__isnull=False)
    if not archived.exists():
        return False
    _refuse_too_many(policy.workspace)
    archived.update(archived_at=None, updated_at=timezone.now(), updated_by=by)
    _record(policy, "policies.policy_restored", by=by)
    return True


def members_concerned(version: PolicyVersion, now: datetime) -> list[Membership]:
    """Return who is bound by a version and can come in, by name."""
    return list(_concerned_in(version.policy.workspace, version.concerned, now).by_name())


def number_concerned(policy: Policy, now: datetime) -> int:
    """Return how many people its text would bind, were it published now."""
    return _concerned_in(policy.workspace, policy.concerned, now).count()


def _concerned_in(workspace: Workspace, concerned: str, now: datetime) -> MembershipQuerySet:
    engagements = [kind for kind, choices in CONCERNING.items() if concerned in choices]
    members = Membership.objects.for_workspace(workspace).active(now)
    return members.filter(engagement__in=engagements)


def after_publishing(code: str, action: AfterPublishing) -> None:
    """Let an app above act whenever a policy is published, in the same transaction."""
    AFTER_PUBLISHING.register(code, action)


def _tell(version: PolicyVersion, *, on: date, read_by_on: date, by: User) -> None:
    """Write to those concerned; the email about a coming version goes out on its day."""
    now = version.published_at
    people = [member.user for member in members_concerned(version, now)]
    notify(
        workspace=version.policy.workspace,
        recipients=[user for user in people if user.pk != by.pk],
        kind="policies.published",
        source=f"policy version:{version.uid}:published",
        subject=("policy_version", version.uid),
        params={
            "policy": version.title,
            "number": version.number,
            "in_force_on": on.isoformat(),
            "read_by_on": read_by_on.isoformat(),
        },
        url=version.policy.get_absolute_url(),
        by=by,
        due_at=version.in_force_at if version.in_force_at > now else None,
    )


def _refuse_archived(policy: Policy) -> None:
    if policy.archived_at is not None:
        raise Refusal(_("This policy is archived. Bring it back to change it."))


def _refuse_too_many(workspace: Workspace) -> None:
    if Policy.objects.for_workspace(workspace).current().count() >= POLICIES_AT_MOST:
        raise Refusal(
            _("There are %(number)d policies already, the most there may be. Archive one first.")
            % {"number": POLICIES_AT_MOST}
        )


def _refuse_unfinished(policy: Policy) -> None:
    if not policy.text.strip():
        raise Refusal(_("There is no text yet. Write it, then publish it."))
    left = placeholders(policy.text)
    if left:
        raise Refusal(
            _("Something is left to fill in: %(words)s.")
            % {"words": ", ".join(isolated(words) for words in left[:5])}
        )


def _refuse_after(
    latest: PolicyVersion,
    policy: Policy,
    channels: list[Channel],
    publication: Publication,
    now: datetime,
) -> None:
    """Refuse what does not fit behind the version before."""
    if latest.is_coming(now):
        raise Refusal(
            _("Version %(number)d has not come into force yet. Take it back first.")
            % {"number": latest.number}
        )
    is_for_others = _is_for_others(latest, policy, channels)
    if not is_for_others and _says_the_same(latest, policy):
        raise Refusal(
            _("Nothing has changed since version %(number)d.") % {"number": latest.number}
        )
    if is_for_others and not publication.is_major:
        raise Refusal(
            _("It now holds for other people or channels, so they have to read it: choose that.")
        )


def is_as_published(policy: Policy, latest: PolicyVersion, channels: list[Channel]) -> bool:
    """Whether there is nothing new to publish."""
    return _says_the_same(latest, policy) and not _is_for_others(latest, policy, channels)


def _says_the_same(latest: PolicyVersion, policy: Policy) -> bool:
    return (latest.title, latest.text) == (policy.title, policy.text)


def _is_for_others(latest: PolicyVersion, policy: Policy, channels: list[Channel]) -> bool:
    before, after = {one.pk for one in latest.channels.all()}, {one.pk for one in channels}
    return latest.concerned != policy.concerned or before != after


def _record(
    policy: Policy, verb: str, *, by: User, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        policy.workspace,
        by=by,
        verb=verb,
        subject=("policy", str(policy.uid)),
        label=policy.title,
        changes=changes,
    )
