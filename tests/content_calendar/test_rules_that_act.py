"""What rules do to posts: hashtags that block, the check of the day, and reasons."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.models import Record
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.enums import PostState
from content_calendar.findings import drafts_of, findings_of
from content_calendar.findings.policies import judge_by_policies
from content_calendar.models import DayCheck, Post, PostDecision, PostHashtag, PostReason
from content_calendar.planned_drafts import planned_posts
from content_calendar.services.approval import approve, schedule_post, submit_post
from content_calendar.services.day_check import tick_day, untick_day
from content_calendar.services.going_out import hand_over, mark_published
from content_calendar.services.posts import save_post
from content_calendar.services.reasons import NeedsReasons, Reason, give_reasons
from content_calendar.todos import find_day_check, find_hashtags
from core.exceptions import Refusal
from core.findings import Severity
from policies.enums import GoodReason, HashtagVerdict
from policies.models import Policy, RuleSetting
from policies.services.counting import concerns_of
from policies.services.hashtags import Looked, check_hashtag
from policies.services.judging import rules_in_force
from policies.services.policies import Publication, add_policy, publish_policy
from policies.services.reading import acknowledge
from policies.services.rules import settings_of
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.queries import queries_of
from workspaces.enums import Engagement
from workspaces.models import Membership, Workspace

#: Ten in the morning of a Wednesday in Oslo.
NOW = datetime(2027, 1, 20, 9, tzinfo=timezone.get_fixed_timezone(0))
TODAY = date(2027, 1, 20)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def policy(workspace: Workspace, admin: Membership, marketer: Membership) -> Policy:
    """A policy in force that the marketer has read, with three rules on."""
    Membership.objects.update(joined_at=NOW - timedelta(days=400))
    made = add_policy(workspace, {"title": "Policy", "text": "## One\n\nWords."}, by=admin.user)
    version = publish_policy(made, Publication(), expected=made.revision, by=admin.user)
    acknowledge(version, by=marketer)
    for rule, severity in {"hashtags": Severity.BLOCKER, "day_of": Severity.WARNING}.items():
        RuleSetting.objects.create(policy=made, rule=rule, is_on=True, severity=severity)
    RuleSetting.objects.create(
        policy=made,
        rule="words",
        is_on=True,
        severity=Severity.WARNING,
        asks_why=True,
        parameters={"words": "unique"},
    )
    return made


def plan(member: Membership, text: str = "Lights #nordlys", **values: object) -> Post:
    """A draft of today at noon."""
    said = {"planned_on": TODAY, "planned_time": time(12), "text": text, **values}
    return make_post(member, make_channel(member), **said)


def rule_codes(post: Post) -> list[str]:
    return [one.code for one in findings_of(post) if one.rule]


def schedule(post: Post, by: Membership) -> Post:
    return schedule_post(post, by=by.user, findings=findings_of(post))


# --- hashtags -------------------------------------------------------------------------------------


def test_unchecked_hashtag_keeps_a_post_from_being_scheduled_until_somebody_looked(
    policy: Policy, workspace: Workspace, marketer: Membership
) -> None:
    post = plan(marketer)

    with pytest.raises(Refusal, match="Check"):
        schedule(post, marketer)
    check_hashtag(workspace, "Nordlys", Looked(HashtagVerdict.SAFE, "Lights."), by=marketer)

    assert schedule(post, marketer).state == PostState.SCHEDULED


def test_post_of_tomorrow_is_scheduled_and_told_when_to_check(
    policy: Policy, marketer: Membership
) -> None:
    post = plan(marketer, planned_on=TODAY + timedelta(days=1))

    assert rule_codes(post) == ["rule-hashtag-later"]
    assert schedule(post, marketer).state == PostState.SCHEDULED


def test_post_is_handed_over_only_with_hashtags_that_are_checked(
    policy: Policy, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    post = schedule(plan(marketer, planned_on=TODAY + timedelta(days=1)), marketer)
    client, tool = client_as(marketer), {"tool": "Buffer"}

    page = client.post(f"{post.get_absolute_url()}hand-over/", tool, follow=True).content.decode()
    many = reverse("calendar:hand_over_many", args=[workspace.slug])
    client.post(many, {**tool, "posts": [str(post.uid)]})
    post.refresh_from_db()

    assert "from 08:00, and hand this over then" in page
    assert post.state == PostState.SCHEDULED
    with time_machine.travel(datetime(2027, 1, 21, 8, tzinfo=UTC), tick=False):
        check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.SAFE, "Lights."), by=marketer)
        client.post(f"{post.get_absolute_url()}hand-over/", tool)
    post.refresh_from_db()
    assert post.state == PostState.HANDED_OVER


def test_post_that_lay_untouched_goes_out_once_somebody_ticked_it(
    policy: Policy, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    RuleSetting.objects.filter(policy=policy).delete()
    RuleSetting.objects.create(
        policy=policy, rule="no_robot_posts", is_on=True, severity=Severity.BLOCKER
    )
    later = TODAY + timedelta(days=20)
    post = schedule(plan(marketer, planned_on=later), marketer)
    version = post.versions.get()
    published = f"{post.get_absolute_url()}versions/{version.uid}/published/"

    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        client = client_as(marketer)
        asked = client.get(reverse("calendar:day_check", args=[workspace.slug])).content.decode()
        client.post(published, {"address": ""})
        version.refresh_from_db()
        assert version.published_at is None
        tick_day(workspace, [post.uid], by=marketer.user)
        client.post(published, {"address": ""})

    version.refresh_from_db()
    assert "Nobody has looked at this since" in asked
    assert "No policy asks for this check" not in asked
    assert version.published_at is not None


def test_avoided_hashtag_stops_a_scheduled_post_from_going_out(
    policy: Policy,
    workspace: Workspace,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    post = schedule(plan(marketer, planned_on=TODAY + timedelta(days=1)), marketer)
    version = post.versions.get()
    check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.AVOID, "Grief."), by=manager)
    client = client_as(marketer)
    published = f"{post.get_absolute_url()}versions/{version.uid}/published/"

    page = client.get(post.get_absolute_url()).content.decode()
    client.post(published, {"address": ""})
    version.refresh_from_db()

    assert "It must not go out as it is" in page
    assert "Text to copy" not in page
    assert version.published_at is None
    with pytest.raises(Refusal, match="Grief"):
        hand_over(post, tool="Buffer", by=marketer.user, findings=findings_of(post))
    version.post = post
    with pytest.raises(Refusal, match="Grief"):
        mark_published(version, by=marketer.user, findings=findings_of(post))


def test_post_that_went_out_all_the_same_is_told_and_logged(
    policy: Policy,
    workspace: Workspace,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    post = schedule(plan(marketer, planned_on=TODAY + timedelta(days=1)), marketer)
    version = post.versions.get()
    check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.AVOID, "Grief."), by=manager)

    client_as(marketer).post(
        f"{post.get_absolute_url()}versions/{version.uid}/published/", {"all_the_same": "on"}
    )
    version.refresh_from_db()

    assert version.published_at is not None
    record = Record.objects.get(verb="content_calendar.version_published")
    assert "Grief" in record.changes["blockers"][1]
    assert "rule-hashtag-avoid" not in rule_codes(Post.objects.get())


def test_externals_own_check_does_not_count(
    policy: Policy, workspace: Workspace, marketer: Membership, contributor: Membership
) -> None:
    contributor.engagement, contributor.company = Engagement.EXTERNAL, "Kystlyd"
    contributor.save()
    post = plan(contributor)
    check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.SAFE, "Fine."), by=contributor)

    assert "rule-hashtag-unchecked" in rule_codes(post)
    assert PostHashtag.objects.unchecked().exists()
    check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.SAFE, "Fine."), by=marketer)
    assert "rule-hashtag-unchecked" not in rule_codes(post)
    assert not PostHashtag.objects.unchecked().exists()


def test_page_of_a_post_leads_to_the_check_and_back(
    policy: Policy, marketer: Membership, client_as: ClientAs
) -> None:
    post = plan(marketer, "Lights #æøå")

    page = client_as(marketer).get(post.get_absolute_url()).content.decode()

    assert "hashtags/check/?tag=%C3%A6%C3%B8%C3%A5&amp;next=/w/fjordlys/calendar/posts/" in page


def test_hashtags_of_a_post_follow_its_texts(marketer: Membership) -> None:
    channel = make_channel(marketer)
    post = make_post(marketer, channel, text="Lights #one #Two #two")

    def names() -> list[str]:
        return sorted(post.hashtags.values_list("name", flat=True))

    assert len(names()) == 2
    post = save_post(
        post,
        {"versions": {channel: {"own_text": "#three"}}},
        expected=post.revision,
        by=marketer.user,
    )
    assert names() == ["three"]
    save_post(post, {"title": "Other"}, expected=post.revision, by=marketer.user)
    assert names() == ["three"]


# --- the check of the day -------------------------------------------------------------------------


def test_post_of_today_asks_until_somebody_ticked_it(
    policy: Policy, workspace: Workspace, marketer: Membership
) -> None:
    post, tomorrow = plan(marketer, "Lights"), plan(marketer, "More", planned_on=date(2027, 1, 21))

    assert rule_codes(post) == ["rule-day-of"]
    assert rule_codes(tomorrow) == []
    assert tick_day(workspace, [post.uid, tomorrow.uid], by=marketer.user) == [post]
    assert tick_day(workspace, [post.uid], by=marketer.user) == []
    assert rule_codes(post) == []
    untick_day(post, by=marketer.user)
    assert rule_codes(post) == ["rule-day-of"]
    with pytest.raises(Refusal):
        untick_day(post, by=marketer.user)


def test_tick_of_yesterday_does_not_count_for_a_post_that_was_moved_to_today(
    policy: Policy, workspace: Workspace, marketer: Membership
) -> None:
    post = plan(marketer, "Lights")
    DayCheck.objects.create(post=post, day=date(2027, 1, 19), by=marketer.user)

    assert rule_codes(post) == ["rule-day-of"]


def test_all_of_today_are_ticked_on_one_page(
    policy: Policy, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    posts = [plan(marketer, f"Lights {number} #nordlys") for number in range(2)]
    client, address = client_as(marketer), f"/w/{workspace.slug}/calendar/check-of-the-day/"

    before = client.get(address).content.decode()
    client.post(address, {"posts": [str(post.uid) for post in posts] + ["no-uid"]})
    after = client.get(address).content.decode()

    assert "tick all 2 off" in before
    assert "hashtags/check/?tag=nordlys" in before
    assert DayCheck.objects.count() == 2
    assert "Mari Marketer, 10:00" in after.replace("<bdi>", "").replace("</bdi>", "")
    client.post(f"{posts[0].get_absolute_url()}check-of-the-day/undo/")
    assert DayCheck.objects.count() == 1


def test_contributor_looks_at_the_day_and_does_not_tick(
    policy: Policy,
    workspace: Workspace,
    marketer: Membership,
    contributor: Membership,
    client_as: ClientAs,
) -> None:
    post = plan(marketer, "Lights")
    client, address = client_as(contributor), f"/w/{workspace.slug}/calendar/check-of-the-day/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"posts": [str(post.uid)]}).status_code == 403
    assert not DayCheck.objects.exists()


def test_today_asks_for_both_checks_only_where_a_policy_does(
    policy: Policy, workspace: Workspace, marketer: Membership, contributor: Membership
) -> None:
    post = plan(marketer)

    assert find_day_check(marketer).exists()
    assert find_hashtags(marketer).exists()
    assert not find_day_check(contributor).exists()
    assert not find_hashtags(contributor).exists()
    check_hashtag(workspace, "nordlys", Looked(HashtagVerdict.SAFE, "Fine."), by=marketer)
    tick_day(workspace, [post.uid], by=marketer.user)
    assert not find_day_check(marketer).exists()
    assert not find_hashtags(marketer).exists()
    plan(marketer, "#other")
    assert find_day_check(marketer).exists()
    RuleSetting.objects.update(is_on=False)
    assert not find_day_check(marketer).exists()
    assert not find_hashtags(marketer).exists()


def test_today_names_the_hashtags_to_check(
    policy: Policy, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    plan(marketer, "#one #two")
    plan(marketer, "#two")

    page = client_as(marketer).get(f"/w/{workspace.slug}/").content.decode()

    assert "Check 2 hashtags today" in page
    assert "#one, #two" in page
    assert "Look once more at 2 posts of today" in page


def test_day_page_asks_the_same_of_the_database_for_one_post_and_for_many(
    policy: Policy, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    client, address = client_as(marketer), f"/w/{workspace.slug}/calendar/check-of-the-day/"
    plan(marketer)
    one = queries_of(client, address)
    for number in range(10):
        plan(marketer, f"Lights #lys{number}")

    assert queries_of(client, address) == one


# --- reasons --------------------------------------------------------------------------------------


def why(post: Post, by: Membership, kind: GoodReason = GoodReason.QUOTE, words: str = "") -> None:
    give_reasons(
        post,
        {"words": Reason(kind, words)},
        findings=findings_of(post),
        fingerprint=fingerprint_of(post),
        by=by.user,
    )


def test_post_goes_on_only_with_a_reason_and_keeps_it(
    policy: Policy, marketer: Membership, manager: Membership
) -> None:
    post = plan(marketer, "Our unique lights")

    with pytest.raises(NeedsReasons, match="unique"):
        submit_post(post, by=marketer.user, findings=findings_of(post))
    with pytest.raises(NeedsReasons):
        schedule(post, marketer)
    why(post, marketer)
    submit_post(post, by=marketer.user, findings=findings_of(post))
    post.refresh_from_db()
    approve(post, fingerprint=fingerprint_of(post), by=manager.user, findings=findings_of(post))

    kept = PostReason.objects.get()
    assert (kept.rule, kept.kind, kept.fingerprint) == ("words", "quote", fingerprint_of(post))
    assert Record.objects.get(verb="content_calendar.reason_given").changes["reason"] == [
        "",
        "It is a quotation",
    ]
    (found,) = [one for one in PostDecision.objects.get().findings if "why" in one]
    assert found["why"] == "It is a quotation"


def test_another_text_asks_anew(policy: Policy, marketer: Membership) -> None:
    post = plan(marketer, "Our unique lights")
    why(post, marketer)
    post = save_post(
        post, {"text": "Truly unique lights"}, expected=post.revision, by=marketer.user
    )

    with pytest.raises(NeedsReasons):
        schedule(post, marketer)


def test_reason_is_for_the_text_that_was_read_and_another_one_has_words(
    policy: Policy, marketer: Membership
) -> None:
    post = plan(marketer, "Our unique lights")
    said = {"words": Reason(GoodReason.QUOTE)}

    with pytest.raises(Refusal, match="changed"):
        give_reasons(post, said, findings=findings_of(post), fingerprint="old", by=marketer.user)
    with pytest.raises(Refusal, match="own words"):
        why(post, marketer, GoodReason.OTHER, "  ")
    why(post, marketer, GoodReason.OTHER, "The poster says so")
    why(post, marketer)  # the first reason stays
    assert str(PostReason.objects.get()) == "The poster says so"


def test_reason_is_asked_for_on_the_page_and_shown_to_the_approver(
    policy: Policy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = plan(marketer, "Our unique lights")
    client, address = client_as(marketer), post.get_absolute_url()
    sent = {"fingerprint": fingerprint_of(post), "words-kind": "other", "words-words": ""}

    page = client.get(address).content.decode()
    refused = client.post(f"{address}submit/", follow=True).content.decode()
    wrong = client.post(f"{address}reasons/", sent)
    client.post(f"{address}reasons/", {**sent, "words-words": "A name"})
    client.post(f"{address}submit/")
    review = client_as(manager).get(f"{address}review/").content.decode()

    assert "Before it goes on: say why" in page
    assert "Say why it goes on all the same" in refused
    assert wrong.status_code == 422
    assert "Say the reason in your own words." in wrong.content.decode()
    post.refresh_from_db()
    assert post.state == PostState.IN_REVIEW
    assert "A name" in review


def test_reason_of_somebody_who_does_not_work_on_the_post_is_refused(
    policy: Policy, marketer: Membership, contributor: Membership, client_as: ClientAs
) -> None:
    post = plan(marketer, "Our unique lights")
    sent = {"fingerprint": fingerprint_of(post), "words-kind": "quote"}

    answer = client_as(contributor).post(f"{post.get_absolute_url()}reasons/", sent)

    assert answer.status_code == 403
    assert not PostReason.objects.exists()


def test_what_a_rule_weighs_itself_asks_no_reason(policy: Policy, marketer: Membership) -> None:
    RuleSetting.objects.filter(rule="hashtags").update(asks_why=True, severity=Severity.WARNING)
    early = plan(marketer, planned_on=TODAY + timedelta(days=3))
    late = plan(marketer)

    assert [one.asks_why for one in findings_of(early) if one.rule == "hashtags"] == [False]
    assert [one.asks_why for one in findings_of(late) if one.rule == "hashtags"] == [True]


# --- many posts -----------------------------------------------------------------------------------


def many(member: Membership, number: int) -> list[Post]:
    channel = make_channel(member)
    return [
        make_post(
            member,
            channel,
            text=f"Unique lights number {place} over the fjord, tonight at nine #lys{place % 7}",
            planned_on=TODAY + timedelta(days=place % 30),
        )
        for place in range(number)
    ]


def judged(workspace: Workspace) -> int:
    """Judge all posts of the workspace; return how many findings there are."""
    posts = list(Post.objects.for_workspace(workspace))
    rules = rules_in_force(workspace)
    drafts = drafts_of(workspace, posts)
    return sum(len(list(judge_by_policies(workspace, one, rules))) for one in drafts.values())


def test_many_posts_are_judged_in_a_constant_number_of_queries(
    policy: Policy, workspace: Workspace, marketer: Membership
) -> None:
    RuleSetting.objects.exclude(rule="words").delete()
    for rule in ("hashtags", "day_of", "same_text", "too_often", "links", "alt_text"):
        RuleSetting.objects.create(policy=policy, rule=rule, is_on=True, severity="warning")
    many(marketer, 1)
    with CaptureQueriesContext(connection) as one:
        judged(workspace)
    many(marketer, 12)
    with CaptureQueriesContext(connection) as several:
        assert judged(workspace) > 12

    assert len(several) == len(one)


def test_judging_many_says_what_judging_one_says(
    policy: Policy, workspace: Workspace, marketer: Membership
) -> None:
    posts = many(marketer, 9)
    rules = rules_in_force(workspace)

    together = drafts_of(workspace, posts)

    for post in posts:
        alone = [one for one in findings_of(post) if one.rule]
        found = list(judge_by_policies(workspace, together[post], rules))
        assert sorted(map(repr, found)) == sorted(map(repr, alone))


def test_rule_is_counted_before_it_is_switched_on(
    policy: Policy,
    workspace: Workspace,
    marketer: Membership,
    admin: Membership,
    client_as: ClientAs,
) -> None:
    plan(marketer, "Our unique lights #nordlys")
    plan(marketer, "Lights http://example.org")
    plan(marketer, "Gone", planned_on=date(2027, 1, 19))
    client, page = client_as(admin), f"/w/{workspace.slug}/policies/{policy.uid}/rules/"

    concerns = concerns_of(policy, workspace, settings_of(policy))
    shown = client.get(page).content.decode()
    form = client.get(f"{page}links/").content.decode()

    assert {code: one.number for code, one in concerns.items() if one.number} == {
        "day_of": 2,
        "hashtags": 1,
        "links": 1,
        "words": 1,
    }
    assert {one.planned for one in concerns.values()} == {2}
    assert "Concerns 1 of 2 planned posts" in shown
    assert "it concerns 1 of 2 planned posts" in form


def test_planned_posts_are_counted_in_a_constant_number_of_queries(
    policy: Policy,
    workspace: Workspace,
    marketer: Membership,
    admin: Membership,
    client_as: ClientAs,
) -> None:
    many(marketer, 1)
    client, page = client_as(admin), f"/w/{workspace.slug}/policies/{policy.uid}/rules/"
    one = queries_of(client, page)
    many(marketer, 10)

    assert len(planned_posts(workspace)) == 11
    assert queries_of(client, page) == one
