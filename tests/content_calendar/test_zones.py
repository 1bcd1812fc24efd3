"""What planned posts keep when the time zone of the workspace changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from content_calendar.enums import PostState
from content_calendar.models import Post, ZoneQuestion
from content_calendar.services.approval import schedule_post
from content_calendar.services.going_out import mark_published
from content_calendar.services.posts import move_post
from content_calendar.services.zones import keep_clock_times, keep_moments
from core.exceptions import Refusal
from tests.at_once import at_once
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import DAY, make_channel, make_post
from workspaces.models import Membership, Workspace
from workspaces.services import change_settings

pytestmark = pytest.mark.django_db

NINE_IN_OSLO = datetime(2026, 11, 24, 8, tzinfo=UTC)
NINE_IN_NEW_YORK = datetime(2026, 11, 24, 14, tzinfo=UTC)
NEW_YORK = "America/New_York"


def move_to(zone: str, admin: Membership) -> None:
    now = Workspace.objects.get(pk=admin.workspace_id)
    change_settings(now, values={"timezone": zone}, expected=now.revision, by=admin.user)
    admin.workspace.refresh_from_db()


def times_of(post: Post) -> tuple[date | None, time | None, datetime | None]:
    post = Post.objects.get(pk=post.pk)
    return post.planned_on, post.planned_time, post.planned_at


def question_of(workspace: Workspace) -> ZoneQuestion:
    return ZoneQuestion.objects.for_workspace(workspace).unanswered().select_related().get()


def test_planned_posts_keep_their_time_on_the_clock_and_one_is_asked(
    admin: Membership, workspace: Workspace
) -> None:
    channel = make_channel(admin)
    post = make_post(admin, versions={channel: {"own_time": time(18)}})

    move_to(NEW_YORK, admin)

    assert times_of(post) == (DAY, time(9), NINE_IN_NEW_YORK)
    version = post.versions.get()
    assert (version.own_time, version.goes_out_at) == (
        time(18),
        NINE_IN_NEW_YORK + timedelta(hours=9),
    )
    assert Post.objects.get(pk=post.pk).revision == 2
    assert question_of(workspace).before == "Europe/Oslo"


def test_moments_are_kept_instead_when_one_says_so(admin: Membership, workspace: Workspace) -> None:
    channel, other = make_channel(admin), make_channel(admin, "facebook")
    post = make_post(admin, versions={channel: {"own_time": time(18)}, other: {}})
    move_to(NEW_YORK, admin)

    assert keep_moments(question_of(workspace), by=admin.user) == 1

    assert times_of(post) == (DAY, time(3), NINE_IN_OSLO)
    own, followed = (post.versions.get(channel=one) for one in (channel, other))
    assert (own.own_time, own.goes_out_at) == (time(12), NINE_IN_OSLO + timedelta(hours=9))
    assert (followed.own_time, followed.goes_out_at) == (None, NINE_IN_OSLO)
    with pytest.raises(Refusal, match="already"):
        keep_clock_times(ZoneQuestion.objects.get(), by=admin.user)


def test_post_may_get_another_day_by_keeping_its_moment(
    admin: Membership, workspace: Workspace
) -> None:
    post = make_post(admin, planned_time=time(3))
    move_to(NEW_YORK, admin)

    keep_moments(question_of(workspace), by=admin.user)

    assert times_of(post)[:2] == (DAY - timedelta(days=1), time(21))


def test_post_that_was_moved_since_stays_as_it_was_moved(
    admin: Membership, workspace: Workspace
) -> None:
    post = make_post(admin)
    move_to(NEW_YORK, admin)
    move_post(post, DAY, time(15), by=admin.user)

    assert keep_moments(question_of(workspace), by=admin.user) == 0

    assert times_of(post)[1] == time(15)


def test_published_post_keeps_its_moment_and_is_not_asked_about(
    admin: Membership, workspace: Workspace
) -> None:
    post = schedule_post(make_post(admin, make_channel(admin)), by=admin.user)
    mark_published(post.versions.select_related("post__workspace", "channel").get(), by=admin.user)
    assert Post.objects.get(pk=post.pk).state == PostState.PUBLISHED

    move_to(NEW_YORK, admin)

    assert times_of(post) == (DAY, time(3), NINE_IN_OSLO)
    assert not ZoneQuestion.objects.exists()


def test_time_that_the_new_zone_skips_is_an_hour_later(
    admin: Membership, workspace: Workspace
) -> None:
    post = make_post(admin, planned_on=date(2027, 3, 14), planned_time=time(2, 30))

    move_to(NEW_YORK, admin)  # whose clocks go forward that night

    assert times_of(post)[1] == time(3, 30)
    keep_moments(question_of(workspace), by=admin.user)
    assert times_of(post)[2] == datetime(2027, 3, 14, 1, 30, tzinfo=UTC)


def test_back_in_the_zone_before_nothing_is_asked(admin: Membership, workspace: Workspace) -> None:
    post = make_post(admin)
    move_to(NEW_YORK, admin)
    move_to("Asia/Tokyo", admin)
    assert question_of(workspace).before == "Europe/Oslo"

    move_to("Europe/Oslo", admin)

    assert not ZoneQuestion.objects.exists()
    assert times_of(post) == (DAY, time(9), NINE_IN_OSLO)


def test_other_workspaces_ideas_and_other_settings_ask_nothing(
    admin: Membership, stranger: Membership, workspace: Workspace
) -> None:
    theirs = make_post(stranger)
    make_post(admin, planned_on=None, planned_time=None)

    move_to(NEW_YORK, admin)
    now = Workspace.objects.get(pk=workspace.pk)
    change_settings(now, values={"name": "Lys"}, expected=now.revision, by=admin.user)

    assert times_of(theirs)[2] == NINE_IN_OSLO
    assert not ZoneQuestion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(admin: Membership, workspace: Workspace) -> None:
    make_post(admin)
    move_to(NEW_YORK, admin)
    one, other = question_of(workspace), question_of(workspace)

    outcomes = at_once(
        lambda: keep_moments(one, by=admin.user), lambda: keep_clock_times(other, by=admin.user)
    )

    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1, outcomes


# --- pages ----------------------------------------------------------------------------------------


def test_who_changes_the_zone_is_led_to_the_question_and_answers_it(
    admin: Membership, client_as: ClientAs, workspace: Workspace
) -> None:
    post, client = make_post(admin), client_as(admin)
    settings = reverse("workspaces:settings", args=["fjordlys"])
    typed = {
        "name": "Fjordlys Museum",
        "timezone": NEW_YORK,
        "week_start": "0",
        "language": "en",
        "lead_time_hours": "24",
        "review_days": "4",
        "began": client.get(settings).context["form"].began_now,
    }

    led = client.post(settings, typed)

    address = reverse("calendar:zone", args=["fjordlys"])
    assert (led.status_code, led.headers["Location"]) == (302, address)
    page = client.get(address).content.decode()
    assert "Europe/Oslo" in page
    assert "03:00" in page
    assert client.post(address).status_code == 422
    client.post(address, {"keep": "moment"})
    assert times_of(post)[2] == NINE_IN_OSLO
    assert client.post(address, {"keep": "moment"}).status_code == 409


def test_zone_question_is_for_marketers_of_the_workspace(
    client_as: ClientAs, contributor: Membership, stranger: Membership
) -> None:
    address = reverse("calendar:zone", args=["fjordlys"])

    assert client_as(contributor).get(address).status_code == 403
    assert client_as(stranger).get(address).status_code == 404
