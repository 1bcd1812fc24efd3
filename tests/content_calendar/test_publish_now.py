"""Publishing without waiting for approval, and telling the managers."""

from collections.abc import Iterator
from datetime import time, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.urls import reverse

from activity.models import Record
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.rights import approval_needed
from content_calendar.enums import PostState
from content_calendar.findings import PostFinding
from content_calendar.models import Post
from content_calendar.services.approval import (
    ask_for_changes,
    make_draft,
    schedule_post,
    submit_post,
)
from content_calendar.services.going_out import hand_over
from content_calendar.services.history import undo_last_change
from content_calendar.services.holds import stop_posts
from content_calendar.services.posts import save_post
from content_calendar.services.publish_now import publish_now
from core.exceptions import Refusal
from core.findings import Severity
from notifications.models import Notification
from policies.models import Policy, RuleSetting
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.content_calendar.test_rules_that_act import NOW, TODAY, policy
from workspaces.enums import Engagement
from workspaces.models import Membership

__all__ = ["policy"]

ASKS = [
    PostFinding(severity=Severity.NEEDS_APPROVAL, code="test", sentence="A manager reads this.")
]
BLOCKS = [*ASKS, PostFinding(severity=Severity.BLOCKER, code="test", sentence="Take it out.")]


def asks(_post: Post) -> list[PostFinding]:
    return ASKS


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def plan(member: Membership, **values: object) -> Post:
    """A draft of tomorrow at noon."""
    said = {"planned_on": TODAY + timedelta(days=1), "planned_time": time(12), **values}
    return make_post(member, make_channel(member), **said)


def told() -> list[tuple[str, str]]:
    return [
        (notice.recipient.email, notice.params["reason"])
        for notice in Notification.objects.filter(kind="content_calendar.post_not_approved")
        if notice.recipient
    ]


def test_post_is_due_at_once_and_the_managers_are_told_why(
    marketer: Membership, manager: Membership
) -> None:
    post = plan(marketer)
    assert approval_needed(marketer, ASKS, post=post)

    now = publish_now(post, reason=" The ferry sank ", by=marketer.user, findings_of=asks)

    assert now.state == PostState.SCHEDULED
    assert now.planned_at == NOW.replace(second=0, microsecond=0)
    assert (manager.user.email, "The ferry sank") in told()
    assert marketer.user.email not in dict(told())
    record = Record.objects.get(verb="content_calendar.post_not_approved")
    assert record.changes == {"reason": ["", "The ferry sank"]}


def test_post_that_waits_for_approval_is_taken_out_of_the_review(
    marketer: Membership, manager: Membership
) -> None:
    post = submit_post(plan(marketer), by=marketer.user)

    now = publish_now(post, reason="Now", by=marketer.user, findings_of=asks)

    assert now.state == PostState.SCHEDULED
    assert now.submitted_at is None


def test_what_is_late_already_keeps_its_time(marketer: Membership) -> None:
    post = plan(marketer, planned_on=TODAY, planned_time=time(8))

    now = publish_now(post, reason="Late", by=marketer.user, findings_of=asks)

    assert now.planned_time == time(8)


@pytest.mark.parametrize("days", [0, 1], ids=["post late already", "post of tomorrow"])
def test_publishing_now_is_now_on_every_channel(
    days: int, marketer: Membership, client_as: ClientAs
) -> None:
    post = plan(marketer, planned_on=TODAY + timedelta(days=days), planned_time=time(8))
    other = make_channel(marketer, handle="@late")
    first = post.versions.get().channel
    versions = {first: {}, other: {"own_time": time(18), "own_text": "Tonight"}}
    post = save_post(post, {"versions": versions}, expected=post.revision, by=marketer.user)
    url = reverse("calendar:publish_now", args=[marketer.workspace.slug, post.uid])
    with patch("content_calendar.views.approval.approval_needed", return_value=["A rule."]):
        asked = " ".join(client_as(marketer).get(url).content.decode().split())
    assert f"which is taken off: <bdi>{other}</bdi> 18:00." in asked

    now = publish_now(post, reason="Now", by=marketer.user, findings_of=asks)

    assert {version.goes_out_at for version in now.versions.all()} == {now.planned_at}
    assert now.planned_at is not None
    assert now.planned_at <= NOW
    assert now.versions.get(channel=other).own_text == "Tonight"
    changes = [one.changes for one in Record.objects.filter(verb="content_calendar.post_saved")]
    assert [[f"{other}: 18:00"], [f"{other}: "]] in [one.get("version_own_time") for one in changes]
    undo_last_change(now, expected=now.revision, by=marketer.user)
    assert now.versions.get(channel=other).own_time == time(18)


@pytest.mark.parametrize(
    ("reason", "findings", "said"),
    [
        (" ", ASKS, "Say why"),
        ("Now", BLOCKS, "Take it out"),
        ("Now", [], "needs no approval"),
    ],
)
def test_publishing_now_is_refused(
    reason: str, findings: list[PostFinding], said: str, marketer: Membership
) -> None:
    post = plan(marketer)

    with pytest.raises(Refusal, match=said):
        publish_now(post, reason=reason, by=marketer.user, findings_of=lambda _post: findings)

    post.refresh_from_db()
    assert post.state == PostState.DRAFT
    assert told() == []


def test_externals_and_contributors_always_wait(
    marketer: Membership, contributor: Membership
) -> None:
    of_contributor = plan(contributor)
    with pytest.raises(Refusal, match="Only marketers"):
        publish_now(of_contributor, reason="Now", by=contributor.user, findings_of=asks)
    with pytest.raises(Refusal, match="always approved"):
        publish_now(of_contributor, reason="Now", by=marketer.user, findings_of=asks)

    post = plan(marketer)
    marketer.engagement = Engagement.EXTERNAL
    marketer.save()
    with pytest.raises(Refusal, match="Only marketers"):
        publish_now(post, reason="Now", by=marketer.user, findings_of=asks)


def test_what_a_manager_sent_back_is_not_published_past_the_manager(
    marketer: Membership, manager: Membership
) -> None:
    post = submit_post(plan(marketer), by=marketer.user)
    ask_for_changes(post, fingerprint=fingerprint_of(post), comment="No.", by=manager.user)
    post.refresh_from_db()

    with pytest.raises(Refusal, match="Only a draft"):
        publish_now(post, reason="Now", by=marketer.user, findings_of=asks)


def test_posts_are_not_published_past_a_stop(marketer: Membership) -> None:
    post = plan(marketer)
    stop_posts(marketer.workspace, reason="Fire", by=marketer.user)

    with pytest.raises(Refusal, match="stopped"):
        publish_now(post, reason="Now", by=marketer.user, findings_of=asks)


def test_button_leads_to_the_page_that_asks_why(
    policy: Policy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    RuleSetting.objects.filter(rule="words").update(
        severity=Severity.NEEDS_APPROVAL, asks_why=False
    )
    post = plan(marketer, text="A unique evening")
    url = reverse("calendar:publish_now", args=[marketer.workspace.slug, post.uid])
    client = client_as(marketer)

    assert url in client.get(post.get_absolute_url()).content.decode()
    asked = client.get(url).content.decode()
    assert manager.name in asked
    empty = client.post(url, {"reason": ""})
    assert empty.status_code == 422
    page = client.post(url, {"reason": "The ferry sank"}, follow=True).content.decode()

    assert "is due now, and the managers are told" in page
    assert "Text to copy" in page
    assert (manager.user.email, "The ferry sank") in told()


def test_page_says_once_what_several_channels_say_and_names_them(
    policy: Policy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    RuleSetting.objects.filter(rule="words").update(
        severity=Severity.NEEDS_APPROVAL, asks_why=False
    )
    channels = [make_channel(marketer, network) for network in ("facebook", "linkedin")]
    post = make_post(
        marketer, *channels, text="A unique evening", planned_on=TODAY + timedelta(days=1)
    )

    url = reverse("calendar:publish_now", args=[marketer.workspace.slug, post.uid])
    answer = client_as(marketer).get(url)

    said = [
        names
        for one, names in answer.context["findings"]
        if one.severity == Severity.NEEDS_APPROVAL
    ]
    assert said == [[str(channel) for channel in channels]]
    assert "(<bdi>Facebook</bdi>, <bdi>LinkedIn</bdi>)" in answer.content.decode()


def test_manager_who_needs_no_approval_is_offered_none(
    policy: Policy, manager: Membership, client_as: ClientAs
) -> None:
    post = plan(manager, text="A unique evening")
    url = reverse("calendar:publish_now", args=[manager.workspace.slug, post.uid])

    client = client_as(manager)

    assert url not in client.get(post.get_absolute_url()).content.decode()
    assert "needs no approval" in client.get(url, follow=True).content.decode()


def test_what_is_changed_or_moved_afterwards_waits_for_approval(marketer: Membership) -> None:
    moved, changed = plan(marketer), plan(marketer)
    for post in (moved, changed):
        publish_now(post, reason="Now", by=marketer.user, findings_of=asks)
    changed.refresh_from_db()

    undo_last_change(moved, expected=Post.objects.get(pk=moved.pk).revision, by=marketer.user)
    save_post(changed, {"text": "Other words"}, expected=changed.revision, by=marketer.user)

    for post in (moved, changed):
        post.refresh_from_db()
        assert post.state == PostState.IN_REVIEW


def test_what_is_sent_back_is_read_again_though_it_is_a_draft_meanwhile(
    marketer: Membership, manager: Membership
) -> None:
    post = submit_post(plan(marketer), by=marketer.user)
    ask_for_changes(post, fingerprint=fingerprint_of(post), comment="No.", by=manager.user)
    post.refresh_from_db()
    for again in (submit_post, make_draft):
        post = again(post, by=marketer.user)
        with pytest.raises(Refusal, match="asked for changes"):
            publish_now(post, reason="Now", by=marketer.user, findings_of=asks)


def test_post_is_judged_as_it_goes_out_now(marketer: Membership) -> None:
    def blocked_today(post: Post) -> list[PostFinding]:
        return BLOCKS if post.planned_on == TODAY else ASKS

    post = plan(marketer)

    with pytest.raises(Refusal, match="Take it out"):
        publish_now(post, reason="Now", by=marketer.user, findings_of=blocked_today)

    post.refresh_from_db()
    assert post.planned_on == TODAY + timedelta(days=1)


def test_words_of_a_contributor_wait_whoever_made_the_post(
    marketer: Membership, contributor: Membership
) -> None:
    post = plan(marketer, owner=contributor)
    post = save_post(post, {"text": "Mine"}, expected=post.revision, by=contributor.user)

    with pytest.raises(Refusal, match="always approved"):
        publish_now(post, reason="Now", by=marketer.user, findings_of=asks)


def test_post_that_is_changed_after_it_was_handed_over_says_so(
    manager: Membership, client_as: ClientAs
) -> None:
    post = schedule_post(plan(manager), by=manager.user)
    post = hand_over(post, tool="Buffer", by=manager.user)
    client, warning = client_as(manager), "An earlier text still lies in <bdi>Buffer</bdi>"
    assert warning not in client.get(post.get_absolute_url()).content.decode()

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        save_post(post, {"text": "Other words"}, expected=post.revision, by=manager.user)
        assert warning in client.get(post.get_absolute_url()).content.decode()
