"""Read and understood: who still has to read what, and what follows from it.

Until the day comes only a banner reminds. After it, new posts of that person wait for somebody
else; what is approved goes out, and drafting, holds and answers are never stopped.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.text import date_text, isolated
from notifications.models import Notification
from notifications.services import mark_read, notify
from policies.enums import CONCERNING
from policies.models import Acknowledgement, Policy, PolicyVersion
from policies.models.policy import PolicyVersionQuerySet
from policies.services.policies import members_concerned
from workspaces.enums import Engagement
from workspaces.models import Membership


class NotInForce(Refusal):
    """The version that was accepted is not the one in force."""


@dataclass(frozen=True)
class PostingAnswer:
    """Whether a person may post, and if not, why, and where to go."""

    allowed: bool
    why: str = ""
    url: str = ""


@dataclass(frozen=True)
class Due:
    """A policy that a member has to read by a day.

    ``version`` is the one from which on reading counts; a smaller change may have followed.
    """

    version: PolicyVersion
    by_on: date
    is_late: bool

    @property
    def url(self) -> str:
        return self.version.policy.get_absolute_url()


def unread_by(member: Membership, now: datetime) -> PolicyVersionQuerySet:
    """Return the versions that ``member`` has to read and has not, each with its policy."""
    read = Acknowledgement.objects.filter(
        member=member,
        version__policy=OuterRef("policy"),
        version__number__gte=OuterRef("number"),
    )
    return (
        PolicyVersion.objects.for_workspace(member.workspace)
        .to_be_read(now)
        .concerning(member)
        .exclude(Exists(read))
        .select_related("policy")
        .defer("text", "policy__text")
        .order_by("read_by_on", "pk")
    )


def due_for(member: Membership, now: datetime) -> list[Due]:
    """Return what ``member`` has to read, soonest first: one query."""
    found = [due_of(version, member, now) for version in unread_by(member, now)]
    return sorted(found, key=lambda due: due.by_on)


def due_of(version: PolicyVersion, member: Membership, now: datetime) -> Due:
    """Return by when ``member`` has to read a version: who joins later, on joining.

    An external who joins later reads before anything else.
    """
    workspace = member.workspace
    version.policy.workspace = workspace
    by_on = version.read_by_on or workspace.today(version.in_force_at)
    joined_later = member.joined_at > version.in_force_at
    if joined_later:
        by_on = min(by_on, workspace.today(member.joined_at))
    is_first_access = joined_later and member.engagement == Engagement.EXTERNAL
    return Due(version, by_on, is_late=is_first_access or workspace.today(now) > by_on)


def may_post(
    member: Membership, now: datetime, *, channels: Collection[UUID] | None = None
) -> PostingAnswer:
    """Say whether a new post of ``member`` goes on without somebody else.

    ``channels`` are the uids that it is for; a policy for other channels does not count. Ask only
    when a new post is planned: what is approved, drafts, holds and answers are never stopped.
    """
    late = [due for due in due_for(member, now) if due.is_late]
    if late and channels is not None:
        wanted = set(channels)
        late = [due for due in late if _is_about(due.version, wanted)]
    if not late:
        return PostingAnswer(allowed=True)
    why = _(
        "Read “%(policy)s” first: it was to be read by %(day)s. Until you have, new posts of yours "
        "wait for somebody else."
    ) % {"policy": isolated(late[0].version.title), "day": date_text(late[0].by_on)}
    return PostingAnswer(allowed=False, why=why, url=late[0].url)


def _is_about(version: PolicyVersion, channels: set[UUID]) -> bool:
    own = set(version.channels.values_list("uid", flat=True))
    return not own or bool(own & channels)


@transaction.atomic
def acknowledge(version: PolicyVersion, *, by: Membership) -> bool:
    """Note that ``by`` has read and understood ``version``; False when that stood there already.

    Raises NotInForce when another version is in force by now, and Refusal when the policy does not
    concern this person.
    """
    now = timezone.now()
    # Taken in turns with publishing: either the old version is still in force, or it is refused.
    policy = Policy.objects.select_for_update().get(pk=version.policy_id)
    if not PolicyVersion.objects.in_force(now).filter(pk=version.pk).exists():
        raise NotInForce(
            _("This policy has changed since you opened it. Read what stands here now.")
        )
    if version.concerned not in CONCERNING[by.engagement]:
        raise Refusal(_("This policy is for others; you need not accept it."))
    try:
        with transaction.atomic():
            Acknowledgement.objects.create(version=version, member=by, recorded_by=by.user, at=now)
    except IntegrityError:
        return False
    notices = Notification.objects.for_workspace(by.workspace).to(by.user).unread()
    numbers = policy.versions.filter(number__lte=version.number).values("uid")
    for notice in notices.filter(subject_kind="policy_version", subject_uid__in=numbers):
        mark_read(notice, now=now)
    record(
        by.workspace,
        by=by.user,
        verb="policies.read",
        subject=("policy", str(policy.uid)),
        label=version.title,
        changes={"version": [None, version.number]},
    )
    return True


@transaction.atomic
def record_signed_copy(
    version: PolicyVersion, *, name: str, company: str, signed_on: date, by: User, uid: UUID
) -> Acknowledgement:
    """Note that somebody without an account has signed a copy; the same ``uid`` is noted once.

    Raises NotInForce when another version is in force, and Refusal for a day to come.
    """
    now = timezone.now()
    workspace = version.policy.workspace
    Policy.objects.select_for_update().get(pk=version.policy_id)
    found = Acknowledgement.objects.for_workspace(workspace).filter(uid=uid).first()
    if found:
        return found
    if not PolicyVersion.objects.in_force(now).filter(pk=version.pk).exists():
        raise NotInForce(_("Another version is in force by now. Look at who has read that one."))
    if signed_on > workspace.today(now):
        raise Refusal(_("Write the day on which it was signed, today or earlier."))
    made = Acknowledgement.objects.create(
        uid=uid,
        version=version,
        outsider_name=name,
        outsider_company=company,
        signed_on=signed_on,
        at=now,
        recorded_by=by,
    )
    record(
        workspace,
        by=by,
        verb="policies.signed_copy",
        subject=("policy", str(version.policy.uid)),
        label=version.title,
        changes={"outsider": [None, name], "version": [None, version.number]},
    )
    return made


@dataclass(frozen=True)
class Reader:
    """A member who is concerned, with when the policy was read, or by when it must be."""

    member: Membership
    read_at: datetime | None
    number: int | None
    by_on: date
    is_late: bool


def readers_of(version: PolicyVersion, now: datetime) -> list[Reader]:
    """Return everybody whom ``version`` concerns: those who have not read it first, then by name.

    ``version`` is the one from which on reading counts. Two queries, however many people.
    """
    read: dict[int, Acknowledgement] = {}
    found = Acknowledgement.objects.filter(
        version__policy=version.policy_id, version__number__gte=version.number, member__isnull=False
    )
    for one in found.select_related("version").defer("version__text"):
        read.setdefault(one.member_id or 0, one)
    readers = []
    for member in members_concerned(version, now):
        member.workspace = version.policy.workspace
        due, done = due_of(version, member, now), read.get(member.pk)
        readers.append(
            Reader(
                member=member,
                read_at=done.at if done else None,
                number=done.version.number if done else None,
                by_on=due.by_on,
                is_late=due.is_late and done is None,
            )
        )
    return sorted(readers, key=lambda reader: reader.read_at is not None)


def signed_copies_of(version: PolicyVersion) -> Sequence[Acknowledgement]:
    """Return the signed copies on file of ``version`` and what followed it."""
    copies = Acknowledgement.objects.on_paper().filter(
        version__policy=version.policy_id, version__number__gte=version.number
    )
    return list(copies.select_related("version", "recorded_by").defer("version__text"))


@transaction.atomic
def remind_readers(version: PolicyVersion, *, by: User) -> int:
    """Remind everybody who has not read ``version``, each once a day; return how many were told."""
    now = timezone.now()
    policy = version.policy
    unread = [reader for reader in readers_of(version, now) if reader.read_at is None]
    told = 0
    for reader in unread:
        told += len(
            notify(
                workspace=policy.workspace,
                recipients=[reader.member.user],
                kind="policies.reminded",
                source=f"policy version:{version.uid}:reminded:{policy.workspace.today(now)}",
                subject=("policy_version", version.uid),
                params={
                    "policy": version.title,
                    "number": version.number,
                    "read_by_on": reader.by_on.isoformat(),
                },
                url=policy.get_absolute_url(),
                by=by,
            )
        )
    if told:
        record(
            policy.workspace,
            by=by,
            verb="policies.reminded",
            subject=("policy", str(policy.uid)),
            label=version.title,
            changes={"people": [None, told]},
        )
    return told
