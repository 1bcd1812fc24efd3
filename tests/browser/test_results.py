"""The chart of a figure."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from measurement.services import ReadingValues, add_reading
from strategies.models import Kpi
from tests.browser.conftest import PageOf, wait_until
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLOURS = """
() => {
  const canvas = document.querySelector("[data-chart] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const found = new Set();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 255) found.add(data.slice(at, at + 3).join());
  }
  return [...found].sort().join(" ");
}
"""


def colours_in(page: Page) -> str:
    """Return the full colours of the chart."""
    return str(page.evaluate(COLOURS))


def test_chart_is_drawn_in_the_colours_of_the_theme(marketer: Membership, page_of: PageOf) -> None:
    strategy = make_strategy(marketer.workspace)
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", baseline=100, target=280)
    approve_answers(strategy, by=marketer)
    for days, value in ((20, 120), (1, 150)):
        on = timezone.localdate() - timedelta(days=days)
        values = ReadingValues(on, Decimal(value))
        add_reading(strategy, figure=kpi.uid, name="Reach", values=values, by=marketer.user)
    page = page_of(marketer)
    page.emulate_media(color_scheme="light")

    page.goto(f"/w/fjordlys/results/{strategy.uid}/{kpi.uid}/")

    expect(page.get_by_role("img", name="The readings of")).to_be_visible()
    light = colours_in(page)
    assert light.count(" ") > 2
    page.emulate_media(color_scheme="dark")
    wait_until(page, lambda: colours_in(page) != light)
