"""Submitting a version and deciding on it.

Every move of a version's state goes through ``change_status``, whose UPDATE names the state that
was read: of two managers at once only the first one decides, on SQLite and PostgreSQL alike.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.findings import Severity
from core.text import date_text, isolated
from notifications.services import mark_answered, notify
from strategies.domain.answers import SCHEMA, Answers, load_answers, to_snapshot
from strategies.domain.checks import AnswerFinding, run_checks
from strategies.domain.questionnaire import STEP_BY_CODE
from strategies.enums import VERSION_TRANSITIONS, VersionState
from strategies.models import ReviewRequest, StepComment, Strategy, StrategyVersion
from strategies.services.roadmap import apply_roadmap
from strategies.services.settling import settle
from workspaces.models import Membership, MembershipQuerySet, Workspace
from workspaces.permissions import Permission

LONGEST_TEXT = 4_000


class Blocked(Refusal):
    """Something must be fixed before the strategy can be submitted; ``findings`` says what."""

    def __init__(self, findings: Sequence[AnswerFinding]) -> None:
        super().__init__(
            ngettext(
                "One thing must be fixed before you can submit.",
                "%(count)d things must be fixed before you can submit.",
                len(findings),
            )
            % {"count": len(findings)}
        )
        self.findings = findings


class NotWaiting(Refusal):
    """The version no longer waits for a decision; the sentence says who decided, and how."""

    def __init__(self, version: StrategyVersion) -> None:
        self.version = version
        facts = {"person": isolated(version.decided_by), "number": version.number}
        match version.state:
            case VersionState.APPROVED | VersionState.SUPERSEDED:
                sentence = _("%(person)s has already approved version %(number)d.") % facts
            case VersionState.CHANGES_REQUESTED:
                sentence = (
                    _("%(person)s has already asked for changes to version %(number)d.") % facts
                )
            case VersionState.WITHDRAWN:
                sentence = _("Version %(number)d was withdrawn in the meantime.") % facts
            case _other:
                sentence = _("Version %(number)d waits for review.") % facts
        super().__init__(sentence)


# --- who --------------------------------------------------------------------------------------


def who_can_review(
    workspace: Workspace, *, author: User, at: datetime | None = None
) -> MembershipQuerySet:
    """Return those who may decide ``at`` (now) on what ``author`` submits: never the author."""
    return (
        Membership.objects.for_workspace(workspace)
        .active(at)
        .who_can(Permission.REVIEW_STRATEGY)
        .exclude(user=author)
        .by_name()
    )


def may_approve_alone(workspace: Workspace, *, author: User) -> bool:
    """Whether ``author`` may approve an own version because nobody else can."""
    return (
        _has(workspace, author, Permission.APPROVE_ALONE)
        and not who_can_review(workspace, author=author).exists()
    )


def can_be_decided(workspace: Workspace, *, author: User) -> bool:
    """Whether anybody at all can decide on what ``author`` submits."""
    return who_can_review(workspace, author=author).exists() or may_approve_alone(
        workspace, author=author
    )


def may_withdraw(version: StrategyVersion, *, by: User) -> bool:
    """Whether ``by`` may withdraw: who submitted, or who looks after people's work (an admin)."""
    workspace = version.strategy.workspace
    if version.submitted_by_id == by.pk:
        return _has(workspace, by, Permission.EDIT_STRATEGY)
    return _has(workspace, by, Permission.MANAGE_MEMBERS)


def _has(workspace: Workspace, user: User, permission: Permission) -> bool:
    return (
        Membership.objects.for_workspace(workspace)
        .active()
        .who_can(permission)
        .filter(user=user)
        .exists()
    )


# --- submitting -------------------------------------------------------------------------------


@transaction.atomic
def submit_strategy(
    strategy: Strategy,
    *,
    reviewers: Sequence[Membership],
    note: str,
    by: User,
    uid: uuid.UUID | None = None,
) -> StrategyVersion:
    """Freeze the answers as the next version and ask ``reviewers`` for a decision.

    The same ``uid`` again gives the version it made, as long as that waits, and asks nobody.
    Raises Blocked with what must be fixed first, and Refusal when a version waits already or
    somebody asked may not decide. Overlap with another strategy is refused only at approval.
    """
    now = timezone.now()
    # The lock gives numbers one after the other; without one (SQLite) writers queue anyway.
    strategy = (
        Strategy.objects.select_for_update(of=("self",), no_key=True)
        .select_related("workspace")
        .get(pk=strategy.pk)
    )
    workspace = strategy.workspace
    uid = uid or uuid.uuid4()
    if made := strategy.versions.filter(uid=uid).first():
        if made.state == VersionState.SUBMITTED:
            return made
        uid = uuid.uuid4()  # that one was dealt with; this is a new one
    _refuse_unless_submittable(strategy)
    _refuse_unless_reviewers(workspace, reviewers, author=by)
    answers = load_answers(strategy)
    blockers = [
        finding
        for finding in run_checks(
            answers,
            strategy,
            reviewers_available=can_be_decided(workspace, author=by),
            today=workspace.today(),
        )
        if finding.severity is Severity.BLOCKER
    ]
    if blockers:
        raise Blocked(blockers)
    version = StrategyVersion.objects.create(
        uid=uid,
        strategy=strategy,
        number=_next_number(strategy),
        schema=SCHEMA,
        snapshot=to_snapshot(answers),
        note=note.strip(),
        submitted_by=by,
        submitted_at=now,
        answer_by_on=workspace.today(now) + timedelta(days=workspace.review_days),
        **_frozen(answers),
    )
    ReviewRequest.objects.bulk_create(
        ReviewRequest(version=version, reviewer=reviewer, asked_by=by, asked_at=now)
        for reviewer in reviewers
    )
    _record(version, by=by, verb="strategies.version_submitted")
    _tell_asked(version, reviewers, by=by)
    return version


def _refuse_unless_submittable(strategy: Strategy) -> None:
    if not strategy.is_open:
        raise Refusal(_("This strategy is archived. Reopen it before you submit it."))
    waiting = strategy.versions.filter(state=VersionState.SUBMITTED).first()
    if waiting:
        raise Refusal(
            _("Version %(number)d waits for review already. Withdraw it before you submit again.")
            % {"number": waiting.number}
        )


def _refuse_unless_reviewers(
    workspace: Workspace, reviewers: Sequence[Membership], *, author: User
) -> None:
    able = {member.pk for member in who_can_review(workspace, author=author)}
    for reviewer in reviewers:
        if reviewer.pk not in able:
            raise Refusal(
                _("%(person)s cannot review this strategy. Ask somebody else.")
                % {"person": isolated(reviewer.name)}
            )
    if able and not reviewers:
        raise Refusal(_("Choose at least one person to review it."))


def _next_number(strategy: Strategy) -> int:
    latest = strategy.versions.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1


def _frozen(answers: Answers) -> dict[str, Any]:
    """Return what the database holds to fit together, out of answers without a blocker."""
    period, mix = answers.period, answers.content_plan
    parts = (mix.promotional, mix.informative, mix.engagement)
    if period.starts_on is None or period.ends_on is None:
        raise Refusal(_("Say from when to when the strategy holds before you submit it."))
    if None in parts:
        raise Refusal(_("Fill in all three parts of the mix before you submit the strategy."))
    return {
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "promotional": mix.promotional,
        "informative": mix.informative,
        "engagement": mix.engagement,
    }


def overlap_of(strategy: Strategy, starts_on: date, ends_on: date) -> StrategyVersion | None:
    """Return an approved version of another strategy that holds on one of these days, or None."""
    return (
        StrategyVersion.objects.for_workspace(strategy.workspace)
        .approved()
        .overlapping(starts_on, ends_on)
        .exclude(strategy=strategy)
        .select_related("strategy")
        .without_snapshot()
        .order_by("starts_on")
        .first()
    )


# --- states -----------------------------------------------------------------------------------


def change_status(
    version: StrategyVersion, to: VersionState, *, by: User, **fields: Any
) -> StrategyVersion:
    """Move ``version`` to ``to`` and set ``fields`` with it, or raise NotWaiting, changing nothing.

    The UPDATE names the state we read, so of two people at once only the first one wins.
    """
    if to in {VersionState.APPROVED, VersionState.CHANGES_REQUESTED}:
        fields |= {"decided_by": by, "decided_at": timezone.now()}
    changes = {"state": to, **fields}
    is_allowed = to in VERSION_TRANSITIONS[VersionState(version.state)]
    still = StrategyVersion.objects.filter(pk=version.pk, state=version.state)
    if not is_allowed or not still.update(**changes):
        raise NotWaiting(StrategyVersion.objects.with_people().get(pk=version.pk))
    for name, value in changes.items():
        setattr(version, name, value)
    mark_answered(
        version.strategy.workspace, kind="strategies.review_asked", subject=("version", version.uid)
    )
    return version


# --- deciding ---------------------------------------------------------------------------------


@transaction.atomic
def approve(
    version: StrategyVersion,
    *,
    comments: Mapping[str, str],
    text: str,
    next_review_on: date | None,
    by: User,
    fixes: Collection[str] = (),
) -> StrategyVersion:
    """Put ``version`` in force for its period and derive its roadmap.

    ``comments`` is step code → text, ``fixes`` are the keys of what should be fixed and becomes a
    milestone (``fixes_of``). Raises Refusal for who submitted it or may not decide, and when another strategy is approved for some of the same days; NotWaiting when it was decided.
    """
    _refuse_unless_reviewer(version, by)
    _put_in_force(
        version, by=by, fixes=fixes, decision_text=text.strip(), next_review_on=next_review_on
    )
    _write_comments(version, comments, by=by)
    _record(version, by=by, verb="strategies.version_approved")
    _tell_decided(version, "strategies.version_approved", by=by)
    return version


@transaction.atomic
def approve_alone(
    version: StrategyVersion, *, reason: str, by: User, fixes: Collection[str] = ()
) -> StrategyVersion:
    """Let who submitted ``version`` approve it, with a reason, because nobody else can.

    Raises Refusal when somebody else can, when it is not ``by``'s own, or without a reason.
    """
    if not reason.strip():
        raise Refusal(_("Say why it is approved without a second reader."))
    if version.submitted_by_id != by.pk or not _has(
        version.strategy.workspace, by, Permission.APPROVE_ALONE
    ):
        raise Refusal(_("Only an admin who submitted the version can approve it alone."))
    other = who_can_review(version.strategy.workspace, author=by).first()
    if other:
        raise Refusal(
            _("%(person)s can review this version. Ask for a second reader instead.")
            % {"person": isolated(other.name)}
        )
    _put_in_force(version, by=by, fixes=fixes, alone_reason=reason.strip())
    _record(
        version,
        by=by,
        verb="strategies.version_approved_alone",
        changes={"reason": ["", version.alone_reason]},
    )
    return version


@transaction.atomic
def ask_for_changes(
    version: StrategyVersion, *, comments: Mapping[str, str], text: str, by: User
) -> StrategyVersion:
    """Send ``version`` back with what should change. ``text`` is needed."""
    _refuse_unless_reviewer(version, by)
    _refuse_unless_waiting(version)
    if not text.strip():
        raise Refusal(_("Say what should change."))
    change_status(version, VersionState.CHANGES_REQUESTED, by=by, decision_text=text.strip())
    _write_comments(version, comments, by=by)
    _record(version, by=by, verb="strategies.version_changes_asked")
    _tell_decided(version, "strategies.changes_asked", by=by)
    return version


@transaction.atomic
def withdraw(version: StrategyVersion, *, by: User) -> StrategyVersion:
    """Take ``version`` back before anybody has decided."""
    if not may_withdraw(version, by=by):
        raise Refusal(
            _("Only %(person)s or an admin can withdraw this version.")
            % {"person": isolated(version.submitted_by)}
        )
    change_status(version, VersionState.WITHDRAWN, by=by)
    _record(version, by=by, verb="strategies.version_withdrawn")
    _tell(
        version,
        "strategies.version_withdrawn",
        [member.user for member in _asked(version) if member.user_id != by.pk],
        by=by,
    )
    return version


def _refuse_unless_reviewer(version: StrategyVersion, by: User) -> None:
    if version.submitted_by_id == by.pk:
        raise Refusal(_("You submitted this version, so somebody else decides."))
    if not _has(version.strategy.workspace, by, Permission.REVIEW_STRATEGY):
        raise Refusal(_("Only a manager or an admin can decide on a version."))


def _put_in_force(
    version: StrategyVersion, *, by: User, fixes: Collection[str], **fields: Any
) -> None:
    """Approve under a lock on the workspace row: approved periods never overlap."""
    Workspace.objects.select_for_update(no_key=True).get(pk=version.strategy.workspace_id)
    strategy = Strategy.objects.select_related("workspace").get(pk=version.strategy_id)
    if not strategy.is_open:
        raise Refusal(_("This strategy is archived. Reopen it before you approve it."))
    # Before anything else, so that who comes second hears who was first and not of an overlap.
    if not StrategyVersion.objects.filter(pk=version.pk).waiting().exists():
        raise NotWaiting(StrategyVersion.objects.with_people().get(pk=version.pk))
    other = overlap_of(strategy, version.starts_on, version.ends_on)
    if other:
        raise Refusal(
            _(
                "“%(strategy)s” is approved from %(start)s to %(end)s. Two strategies cannot hold "
                "on the same day: ask for another period here, or submit that one again with a "
                "shorter one."
            )
            % {
                "strategy": isolated(other.strategy),
                "start": date_text(other.starts_on),
                "end": date_text(other.ends_on),
            }
        )
    for former in strategy.versions.filter(state=VersionState.APPROVED):
        change_status(former, VersionState.SUPERSEDED, by=by)
    change_status(version, VersionState.APPROVED, by=by, **fields)
    apply_roadmap(version, by=by, fixes=fixes)
    settle(version.strategy.workspace, by=by)


def _write_comments(version: StrategyVersion, comments: Mapping[str, str], *, by: User) -> None:
    StepComment.objects.bulk_create(
        StepComment(version=version, step=step, text=text.strip(), author=by)
        for step, text in comments.items()
        if step in STEP_BY_CODE and text.strip()
    )


# --- reviewers --------------------------------------------------------------------------------


@transaction.atomic
def add_reviewer(version: StrategyVersion, *, reviewer: Membership, by: User) -> ReviewRequest:
    """Ask one more person; whoever was asked already is not asked twice."""
    request = _ask(version, reviewer, by=by)
    _record(
        version, by=by, verb="strategies.reviewer_asked", changes={"reviewer": ["", reviewer.name]}
    )
    return request


def _ask(version: StrategyVersion, reviewer: Membership, *, by: User) -> ReviewRequest:
    _refuse_unless_waiting(version)
    workspace = version.strategy.workspace
    if not who_can_review(workspace, author=version.submitted_by).filter(pk=reviewer.pk).exists():
        raise Refusal(
            _("%(person)s cannot review this strategy. Ask somebody else.")
            % {"person": isolated(reviewer.name)}
        )
    if version.requests.filter(reviewer=reviewer, released_at__isnull=True).exists():
        raise Refusal(_("%(person)s has been asked already.") % {"person": isolated(reviewer.name)})
    request = ReviewRequest.objects.create(version=version, reviewer=reviewer, asked_by=by)
    _tell_asked(version, [reviewer], by=by)
    return request


@transaction.atomic
def swap_reviewer(request: ReviewRequest, *, to: Membership, by: User) -> ReviewRequest:
    """Ask ``to`` instead of who was asked; the released request stays in the history."""
    version = request.version
    added = _ask(version, to, by=by)
    released = ReviewRequest.objects.filter(pk=request.pk).standing()
    if not released.update(released_at=timezone.now()):
        raise Refusal(
            _("Somebody else has been asked instead of %(person)s already.")
            % {"person": isolated(request.reviewer.name)}
        )
    request.refresh_from_db(fields=["released_at"])
    _record(
        version,
        by=by,
        verb="strategies.reviewer_swapped",
        changes={"reviewer": [request.reviewer.name, to.name]},
    )
    if request.reviewer.user_id != by.pk:
        _tell(
            version,
            "strategies.reviewer_released",
            [request.reviewer.user],
            by=by,
            source=request.pk,
        )
    return added


def _refuse_unless_waiting(version: StrategyVersion) -> None:
    """Hold the version's row until the transaction ends, so that no decision slips in between."""
    StrategyVersion.objects.select_for_update(no_key=True).only("pk").get(pk=version.pk)
    current = StrategyVersion.objects.with_people().get(pk=version.pk)
    if current.state != VersionState.SUBMITTED:
        raise NotWaiting(current)


# --- log and notices --------------------------------------------------------------------------


def _record(
    version: StrategyVersion, *, by: User, verb: str, changes: dict[str, list[Any]] | None = None
) -> None:
    record(
        version.strategy.workspace,
        by=by,
        verb=verb,
        subject=("strategies.version", str(version.uid)),
        label=_("%(strategy)s, version %(number)d")
        % {"strategy": version.strategy.name, "number": version.number},
        changes=changes,
    )


def _asked(version: StrategyVersion) -> list[Membership]:
    requests = ReviewRequest.objects.filter(version=version).standing().with_people()
    return [request.reviewer for request in requests]


def _tell_asked(version: StrategyVersion, reviewers: Iterable[Membership], *, by: User) -> None:
    """Tell each of those asked; asked a second time, after a release, is told again."""
    standing = ReviewRequest.objects.filter(version=version).standing().with_people()
    for request in standing.filter(reviewer__in=list(reviewers)):
        _tell(version, "strategies.review_asked", [request.reviewer.user], by=by, source=request.pk)


def _tell_decided(version: StrategyVersion, kind: str, *, by: User) -> None:
    """Tell who submitted, and the others who were asked: nobody waits for them any more."""
    people = [version.submitted_by, *(member.user for member in _asked(version))]
    _tell(version, kind, [person for person in people if person.pk != by.pk], by=by)


def _tell(
    version: StrategyVersion, kind: str, people: Iterable[User], *, by: User, source: object = ""
) -> None:
    notify(
        workspace=version.strategy.workspace,
        recipients=people,
        kind=kind,
        source=f"version:{version.uid}:{source}",
        subject=("version", version.uid),
        params={"number": version.number, "strategy": version.strategy.name},
        url=version.get_absolute_url(),
        by=by,
    )
