"""Why a post goes on although a rule that asks why has something to say of it.

A reason is for the post as it was read (``domain.fingerprint``): another text asks anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import record
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.post_finding import PostFinding
from content_calendar.models import Post, PostReason
from core.exceptions import Refusal
from policies.enums import GoodReason


@dataclass(frozen=True)
class Reason:
    """One of the ready reasons; ``words`` for another one, or to say more."""

    kind: GoodReason
    words: str = ""


class NeedsReasons(Refusal):
    """A rule asks why, and nobody has said so yet."""


def reasons_of(post: Post) -> dict[str, PostReason]:
    """Return the reasons that were given for the post as it is now, by the codes of the rules."""
    given = PostReason.objects.filter(post=post).select_related("by")
    if not given:
        return {}
    fingerprint = fingerprint_of(post)
    return {one.rule: one for one in given if one.fingerprint == fingerprint}


def without_reason(post: Post, findings: Iterable[PostFinding]) -> list[PostFinding]:
    """Return what still asks why, once for each rule."""
    asked: dict[str, PostFinding] = {}
    for finding in findings:
        if finding.asks_why:
            asked.setdefault(finding.rule, finding)
    given = reasons_of(post) if asked else {}
    return [finding for rule, finding in asked.items() if rule not in given]


def refuse_without_reasons(post: Post, findings: Iterable[PostFinding]) -> None:
    """Raise NeedsReasons where a rule asks why and nobody has said so."""
    missing = without_reason(post, findings)
    if missing:
        raise NeedsReasons(
            " ".join(
                [*(str(one.sentence) for one in missing), _("Say why it goes on all the same.")]
            )
        )


@transaction.atomic
def give_reasons(
    post: Post,
    reasons: Mapping[str, Reason],
    *,
    findings: Iterable[PostFinding],
    fingerprint: str,
    by: User,
) -> list[PostReason]:
    """Keep a reason for each rule in ``reasons`` that asks why; one that was given stays.

    Raises Refusal when the post was changed after the page with ``fingerprint`` was made, or another
    reason has no words.
    """
    if fingerprint != fingerprint_of(post):
        raise Refusal(_("This post was changed after you opened the page. Look at it again."))
    made = []
    for finding in without_reason(post, findings):
        reason = reasons.get(finding.rule)
        if reason is None:
            continue
        if reason.kind == GoodReason.OTHER and not reason.words.strip():
            raise Refusal(_("Say the reason in your own words."))
        given, is_new = PostReason.objects.get_or_create(
            post=post,
            rule=finding.rule,
            fingerprint=fingerprint,
            defaults={
                "sentence": str(finding.sentence),
                "kind": reason.kind,
                "words": reason.words.strip(),
                "by": by,
            },
        )
        if is_new:
            made.append(given)
            _record(given, by=by)
    return made


def _record(reason: PostReason, *, by: User) -> None:
    record(
        reason.post.workspace,
        by=by,
        verb="content_calendar.reason_given",
        subject=("post", str(reason.post.uid)),
        label=reason.post.name,
        changes={"rule": ["", reason.sentence], "reason": ["", str(reason)]},
    )
