"""From an email back into the program: a figure is read, and fewer emails are asked for."""

import html
import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from measurement.models import Reading
from notifications.enums import EMAIL, Pace
from notifications.models import Delivery, NoticeChoice
from notifications.outbox import send_due
from notifications.services import choose_pace
from reminders.scheduler import fire_due
from strategies.enums import MilestoneState
from strategies.models import Kpi, Milestone
from tests.factories import PASSWORD
from tests.strategies.approved import approve_answers, make_strategy, milestone_of
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KIND = "reminders.figure_to_read"


@pytest.fixture
def milestone(marketer: Membership) -> Milestone:
    """A figure that the marketer is to read today."""
    today = marketer.workspace.today()
    strategy = make_strategy(
        marketer.workspace,
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=120),
    )
    Kpi.objects.create(
        strategy=strategy,
        metric="reach",
        baseline=100,
        target=280,
        read_every="month",
        reader=marketer,
    )
    approve_answers(strategy, by=marketer)
    Milestone.objects.exclude(kind="read").delete()
    Milestone.objects.update(due_on=today)
    return milestone_of(strategy, "read")


@pytest.fixture
def letter(
    milestone: Milestone, marketer: Membership, live_server: LiveServer, settings: Settings
) -> Any:
    """What the reminder wrote, at once, with links to this server."""
    settings.SITE_URL = live_server.url
    choose_pace(marketer.user, kind=KIND, way=EMAIL, pace=Pace.AT_ONCE)
    workspace = marketer.workspace
    noon = datetime.combine(workspace.today(), time(12), tzinfo=workspace.zone)
    fire_due(now=noon - timedelta(days=1))
    fire_due(now=noon)
    send_due(now=Delivery.objects.get().next_at + timedelta(seconds=1))
    return mail.outbox[-1]


def link_in(letter: Any, words: str) -> str:
    """Return where the link with these words leads, in the HTML."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>{words}</a>', letter.alternatives[0].content)
    assert found, letter.alternatives[0].content
    return html.unescape(found[1])


def test_figure_is_read_from_its_letter(
    letter: Any, milestone: Milestone, browser: Browser, marketer: Membership
) -> None:
    page = browser.new_page()
    page.goto(link_in(letter, "Type it in"))

    page.get_by_label("Email address").fill(marketer.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Value").fill("150")
    page.get_by_role("button", name="Save the reading").click()

    expect(page.get_by_text("Done", exact=True).first).to_be_visible()
    assert Reading.objects.get().value == Decimal(150)
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.DONE
    page.close()


def test_preferences_are_changed_from_a_letters_link(
    letter: Any, browser: Browser, marketer: Membership
) -> None:
    page = browser.new_page()
    page.goto(link_in(letter, "Fewer of these emails"))
    expect(page.get_by_text("They come at once.")).to_be_visible()
    own = NoticeChoice.objects.filter(user=marketer.user, kind=KIND, way=EMAIL)
    assert own.get().pace == Pace.AT_ONCE

    page.get_by_role("button", name="Put them into the daily email").click()
    expect(page.get_by_text("They come in the daily email at 08:00.")).to_be_visible()
    assert own.get().pace == Pace.DIGEST

    page.get_by_role("button", name="No more of these emails").click()
    expect(page.get_by_text("You get no such emails any more.")).to_be_visible()
    assert own.get().pace == Pace.OFF

    page.goto(letter.extra_headers["List-Unsubscribe"].strip("<>"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Fewer emails")
    page.close()
