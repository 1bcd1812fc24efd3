"""A post is missed and told: from the clock to the email, the bell, the post, and quiet again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from content_calendar.enums import PostState
from content_calendar.models import Post
from notifications.models import Delivery, Notification
from notifications.outbox import send_due
from reminders.scheduler import fire_due
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from workspaces.models import Membership

MADE = datetime(2027, 1, 19, 11, tzinfo=UTC)
THREE = datetime(2027, 1, 20, 14, tzinfo=UTC)  # 15:00 in Oslo
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MADE, tick=False) as coordinates:
        yield coordinates


def test_a_post_that_nobody_published_is_told_until_somebody_says_that_it_is_out(
    marketer: Membership,
    reader: Membership,
    client_as: ClientAs,
    clock: time_machine.Traveller,
) -> None:
    post = make_post(
        marketer,
        make_channel(marketer),
        planned_on=date(2027, 1, 20),
        planned_time=time(15),
        title="Lights",
    )
    Post.objects.update(state=PostState.SCHEDULED)
    client = client_as(marketer)
    clock.move_to(THREE)
    fire_due(now=THREE)
    send_due(now=THREE)  # publish now, and nobody does
    mail.outbox.clear()

    clock.move_to(THREE + DAY)
    fire_due(now=THREE + DAY)
    assert send_due(now=THREE + DAY) == {"sent": 1}

    (letter,) = mail.outbox
    assert letter.to == [marketer.user.email]
    assert "nobody says that it is out" in letter.body
    assert post.get_absolute_url() in letter.body
    notice = Notification.objects.get(kind="reminders.post_not_out")
    bell = client.get(reverse("notifications:list", args=["fjordlys"])).content.decode()
    assert "was to go out on Instagram a day ago" in bell.replace("\u2068", "").replace(
        "\u2069", ""
    )
    opened = client.post(reverse("notifications:open", args=["fjordlys", notice.uid]))
    assert opened.headers["Location"] == post.get_absolute_url()
    version = post.versions.get()
    published = reverse("calendar:published", args=["fjordlys", post.uid, version.uid])
    assert published in client.get(post.get_absolute_url()).content.decode()
    client.post(published, {"address": "https://example.org/lights"})

    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED
    Delivery.objects.update(state="waiting", sent_at=None)  # had it not gone out yet
    assert set(send_due(now=THREE + DAY)) == {"cancelled"}
    fire_due(now=THREE + 2 * DAY)
    assert not Notification.objects.filter(recipient=reader.user).exists()
    assert Notification.objects.filter(kind="reminders.post_not_out").count() == 1
