"""Readings: written down, corrected, removed; they end their milestones and say how it goes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.exceptions import Refusal
from measurement.chart import chart_data
from measurement.figures import Figure, figure_of, number_words, verdict_of
from measurement.models import Reading
from measurement.services import (
    ReadingValues,
    add_reading,
    correct_reading,
    remove_reading,
    restore_reading,
)
from strategies.enums import MilestoneState
from strategies.models import Kpi, Milestone, Strategy
from strategies.services.roadmap import ReasonNeeded, set_state
from tests.conftest import ClientAs
from tests.strategies.approved import approve_answers, make_strategy, milestone_of
from today.todo_list import todo_list_for
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel("2026-10-01 10:00"):
        yield


@pytest.fixture
def strategy(workspace: Workspace) -> Strategy:
    return make_strategy(workspace)  # from 1 September to 28 February


def test_results_name_the_strategy_that_begins_next(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    spring = make_strategy(workspace, starts_on=date(2027, 1, 1), name="Spring")
    approve_answers(spring, by=marketer)

    page = (
        client_as(marketer).get(reverse("measurement:results", args=["fjordlys"])).content.decode()
    )

    assert "Spring" in page
    assert "is approved and begins on" in page
    assert reverse("strategies:roadmap", args=["fjordlys", spring.uid]) in page


@pytest.fixture
def kpi(strategy: Strategy, marketer: Membership) -> Kpi:
    kpi = Kpi.objects.create(
        strategy=strategy,
        metric="reach",
        baseline=100,
        target=280,
        read_every="month",
        reader=marketer,
    )
    approve_answers(strategy, by=marketer)
    return kpi


def read(kpi: Kpi, by: Membership, value: int, day: date = TODAY, **more: Any) -> Reading:
    return add_reading(
        kpi.strategy,
        figure=kpi.uid,
        name="Reach",
        values=ReadingValues(day, Decimal(value)),
        by=by.user,
        **more,
    )


def url(kpi: Kpi) -> str:
    return reverse("measurement:figure", args=["fjordlys", kpi.strategy.uid, kpi.uid])


def verdict(kpi: Kpi, today: date = TODAY) -> str:
    figure = figure_of(kpi.strategy, kpi.uid)
    assert figure
    return verdict_of(figure, today=today).words


def test_reading_ends_its_milestone_and_plans_the_next(kpi: Kpi, marketer: Membership) -> None:
    first = milestone_of(kpi.strategy, "read")
    assert first.due_on == date(2026, 10, 1)

    read(kpi, marketer, 120)

    first.refresh_from_db()
    assert (first.state, first.is_done_by_fact) == (MilestoneState.DONE, True)
    assert first.done_reason.startswith("It was 120 on ")
    following = milestone_of(kpi.strategy, "read", state=MilestoneState.TO_COME)
    assert following.due_on == date(2026, 11, 2)  # the first is a Sunday


def test_reading_long_before_the_planned_day_ends_nothing(kpi: Kpi, marketer: Membership) -> None:
    read(kpi, marketer, 120, date(2026, 9, 5))

    assert milestone_of(kpi.strategy, "read").state == MilestoneState.TO_COME


def test_reading_of_another_figure_ends_nothing(kpi: Kpi, marketer: Membership) -> None:
    add_reading(
        kpi.strategy,
        figure=uuid4(),
        name="Other",
        values=ReadingValues(TODAY, Decimal(1)),
        by=marketer.user,
    )

    assert milestone_of(kpi.strategy, "read").state == MilestoneState.TO_COME


def test_ticking_off_a_reading_without_a_number_asks_why(kpi: Kpi, marketer: Membership) -> None:
    with pytest.raises(ReasonNeeded):
        set_state(milestone_of(kpi.strategy, "read"), MilestoneState.DONE, by=marketer.user)


def test_same_form_twice_makes_one_reading(kpi: Kpi, marketer: Membership) -> None:
    uid = uuid4()

    assert read(kpi, marketer, 120, uid=uid) == read(kpi, marketer, 120, uid=uid)


@pytest.mark.parametrize("day", [date(2026, 10, 2), date(2026, 9, 30)])
def test_day_to_come_or_read_already_is_refused(kpi: Kpi, marketer: Membership, day: date) -> None:
    read(kpi, marketer, 110, date(2026, 9, 30))

    with pytest.raises(Refusal):
        read(kpi, marketer, 120, day)


def test_day_before_the_period_is_refused_with_the_days_that_are_allowed(
    kpi: Kpi, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    refused = "Readings begin with the period, on Tue\u00a01\u00a0Sep\u00a02026: choose a day from then on."

    answer = client.post(url(kpi), {"value": "90", "read_on": "2026-08-31", "token": "a"})
    assert answer.status_code == 422
    assert refused in answer.content.decode()
    assert not Reading.objects.exists()

    reading = read(kpi, marketer, 90, date(2026, 9, 1))
    with pytest.raises(Refusal, match="Readings begin with the period"):
        correct_reading(
            reading,
            name="Reach",
            values=ReadingValues(date(2026, 8, 31), Decimal(90)),
            expected=1,
            by=marketer.user,
        )


def test_archived_strategy_takes_no_reading(kpi: Kpi, marketer: Membership) -> None:
    kpi.strategy.state = "archived"
    kpi.strategy.save()

    with pytest.raises(Refusal):
        read(kpi, marketer, 120)


def test_reading_is_corrected_removed_and_restored(kpi: Kpi, marketer: Membership) -> None:
    reading = read(kpi, marketer, 12)
    values = ReadingValues(TODAY, Decimal(120), "A nought was missing")
    corrected = correct_reading(reading, name="Reach", values=values, expected=1, by=marketer.user)
    assert (corrected.value, corrected.revision) == (Decimal(120), 2)

    assert remove_reading(reading, name="Reach", by=marketer.user)
    assert verdict(kpi) == "Not read yet."
    assert restore_reading(reading, name="Reach", by=marketer.user)
    assert not restore_reading(reading, name="Reach", by=marketer.user)
    assert Reading.objects.live().get().note == "A nought was missing"


def test_removed_reading_leaves_a_question_on_the_roadmap(
    kpi: Kpi, marketer: Membership, client_as: Any
) -> None:
    reading = read(kpi, marketer, 120)
    remove_reading(reading, name="Reach", by=marketer.user)

    page = client_as(marketer).get(
        reverse("strategies:roadmap", args=["fjordlys", kpi.strategy.uid])
    )

    assert "This is no longer so. Is it still done?" in page.content.decode()


@pytest.mark.parametrize(
    ("value", "says"),
    [(130, "On the way."), (120, "Behind by 10."), (280, "Reached."), (300, "Reached.")],
)
def test_verdict_compares_with_a_straight_way(
    kpi: Kpi, marketer: Membership, value: int, says: str
) -> None:
    """180 days lead from 100 to 280: one a day, so 30 after the first 30."""
    read(kpi, marketer, value)

    assert verdict(kpi) == says


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "value", "says"),
    [
        ("down", 280, 100, 250, "On the way."),
        ("down", 280, 100, 260, "Behind by 10."),
        ("down", 280, 100, 90, "Reached."),
        ("keep", 50, 50, 50, "Where it should stay."),
        ("keep", 50, 50, 47, "3 from where it should stay."),
        ("up", None, 200, 150, "50 to go."),
        ("up", 100, None, 150, "It has no target."),
    ],
)
def test_verdict_knows_the_direction(
    strategy: Strategy,
    marketer: Membership,
    direction: str,
    baseline: int | None,
    target: int | None,
    value: int,
    says: str,
) -> None:
    kpi = Kpi.objects.create(
        strategy=strategy, metric="reach", direction=direction, baseline=baseline, target=target
    )
    approve_answers(strategy, by=marketer)
    read(kpi, marketer, value)

    assert verdict(kpi) == says


@pytest.mark.parametrize(
    ("value", "words"), [("2146.00", "2,146"), ("26.50", "26.5"), ("0.335", "0.34")]
)
def test_number_is_grouped_without_noughts_at_its_end(value: str, words: str) -> None:
    assert number_words(Decimal(value)) == words


def test_figure_that_is_no_longer_read_says_so(kpi: Kpi, marketer: Membership) -> None:
    read(kpi, marketer, 300)

    assert verdict(kpi, date(2026, 12, 2)) == "Reached."
    assert verdict(kpi, date(2026, 12, 3)).startswith("Not read since ")


def test_chart_has_the_readings_the_target_and_the_straight_way(
    kpi: Kpi, marketer: Membership
) -> None:
    read(kpi, marketer, 190)
    figure = figure_of(kpi.strategy, kpi.uid)
    assert isinstance(figure, Figure)

    chart = chart_data(figure)

    assert chart
    assert kpi.target is not None
    assert kpi.baseline is not None
    lines = {
        line["look"]: [(one["number"], one["y"]) for one in line["points"]]
        for line in chart["lines"]
    }
    assert lines == {
        "read": [("190", 190.0)],
        "target": [(f"{kpi.target}", float(kpi.target))] * 2,
        "way": [(f"{kpi.baseline}", float(kpi.baseline)), (f"{kpi.target}", float(kpi.target))],
    }
    days = {point["x"] for line in chart["lines"] for point in line["points"]}
    assert chart["first"] == min(days)
    assert chart["last"] == max(days)


def test_sign_and_figure_without_readings_have_no_chart(
    kpi: Kpi, marketer: Membership, strategy: Strategy
) -> None:
    sign = Kpi.objects.create(strategy=strategy, name="They ask for us", is_sign=True)
    approve_answers(strategy, by=marketer)
    read(sign, marketer, 1)

    for one in (kpi, sign):
        figure = figure_of(strategy, one.uid)
        assert isinstance(figure, Figure)
        assert chart_data(figure) is None


# --- pages --------------------------------------------------------------------------------------


def test_number_is_typed_on_the_milestones_page(
    kpi: Kpi, marketer: Membership, client_as: Any
) -> None:
    milestone = milestone_of(kpi.strategy, "read")
    groups = todo_list_for(marketer, today=TODAY).groups
    (todo,) = [todo for group in groups for todo in group.todos if "Read the" in todo.title]
    assert (todo.verb, todo.done_url) == ("Type it in", "")
    client: Client = client_as(marketer)
    assert "Save the reading" in client.get(todo.url).content.decode()

    place = ["fjordlys", kpi.strategy.uid, milestone.uid]
    client.post(
        reverse("strategies:milestone_do", args=place), {"value": "120", "read_on": "2026-10-01"}
    )

    assert Reading.objects.get().value == 120
    milestone.refresh_from_db()
    assert milestone.is_done_by_fact


def test_figures_page_takes_a_reading_and_shows_it(
    kpi: Kpi, contributor: Membership, client_as: Any
) -> None:
    client: Client = client_as(contributor)

    wrong = client.post(url(kpi), {"value": "many", "read_on": "2026-10-01"})
    assert wrong.status_code == 422
    client.post(url(kpi), {"value": "120", "read_on": "2026-10-01", "note": "From the report"})

    page = client.get(url(kpi)).content.decode()
    assert "From the report" in page
    assert "Behind by 10." in page
    assert f'data-chart="chart-{kpi.uid}"' in page


@pytest.mark.parametrize(
    ("metric", "value", "sentence"),
    [
        ("reach", "-5", "cannot be below 0"),
        ("answer_time", "−0.5", "cannot be below 0"),
        ("engagement_rate", "140", ""),  # one person likes, comments and shares
        ("aided_awareness", "100.5", "Write 100 or less"),
        ("aided_awareness", "100", ""),
        ("own", "-5", ""),
        ("own", "500", ""),
    ],
)
def test_number_that_a_figure_cannot_be_is_refused(
    metric: str, value: str, sentence: str, strategy: Strategy, marketer: Membership, client_as: Any
) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric=metric, name="Growth" * (metric == "own"))
    approve_answers(strategy, by=marketer)

    answer = client_as(marketer).post(url(kpi), {"value": value, "read_on": "2026-10-01"})

    assert answer.status_code == (422 if sentence else 302)
    assert sentence in answer.content.decode()
    assert Reading.objects.exists() is not bool(sentence)
    if sentence:
        assert answer.context["form"]["value"].value() == value


def test_reader_sees_figures_and_writes_none(kpi: Kpi, reader: Membership, client_as: Any) -> None:
    client: Client = client_as(reader)

    assert "Write down a reading" not in client.get(url(kpi)).content.decode()
    assert client.post(url(kpi), {"value": "1", "read_on": "2026-10-01"}).status_code == 403
    assert not Reading.objects.exists()


def test_two_who_correct_the_same_number_are_asked(
    kpi: Kpi, marketer: Membership, client_as: Any
) -> None:
    reading = read(kpi, marketer, 12)
    place = reverse("measurement:reading", args=["fjordlys", reading.uid])
    client: Client = client_as(marketer)
    began = client.get(place).context["form"]["began"].value()
    values = ReadingValues(TODAY, Decimal(120))
    correct_reading(reading, name="Reach", values=values, expected=1, by=marketer.user)

    answer = client.post(place, {"value": "121", "read_on": "2026-10-01", "began": began})

    assert answer.status_code == 409
    assert Reading.objects.get().value == 120


def test_reading_is_removed_with_a_way_back(kpi: Kpi, marketer: Membership, client_as: Any) -> None:
    reading = read(kpi, marketer, 12)
    client: Client = client_as(marketer)

    client.post(reverse("measurement:remove", args=["fjordlys", reading.uid]))
    assert not Reading.objects.live().exists()
    client.post(reverse("measurement:restore", args=["fjordlys", reading.uid]))
    assert Reading.objects.live().exists()


def test_results_show_objectives_figures_and_what_was_promised(
    kpi: Kpi, marketer: Membership, client_as: Any
) -> None:
    read(kpi, marketer, 130)
    Milestone.objects.create(
        strategy=kpi.strategy,
        key="initiative:x",
        kind="initiative",
        title="Ask two curators",
        due_on=TODAY,
    )

    page = client_as(marketer).get(reverse("measurement:results", args=["fjordlys"]))

    words = page.content.decode()
    assert "On the way." in words
    assert "0 of 1 initiative is done." in words
    assert f"/roadmap/#ms-{Milestone.objects.get(kind='initiative').uid}" in words
    assert 'class="readings"' in words  # beside the line, in numbers


def test_results_lead_who_may_read_a_figure_to_its_form(
    kpi: Kpi, marketer: Membership, reader: Membership, client_as: Any
) -> None:
    address = reverse("measurement:results", args=["fjordlys"])
    form = reverse("measurement:figure", args=["fjordlys", kpi.strategy.uid, kpi.uid]) + "#write"

    assert f'href="{form}"' in client_as(marketer).get(address).content.decode()
    assert "#write" not in client_as(reader).get(address).content.decode()


def test_promise_that_is_late_says_so(kpi: Kpi, marketer: Membership, client_as: Any) -> None:
    Milestone.objects.create(
        strategy=kpi.strategy,
        key="initiative:x",
        kind="initiative",
        title="Ask two curators",
        due_on=TODAY - timedelta(days=3),
    )

    page = client_as(marketer).get(reverse("measurement:results", args=["fjordlys"]))

    assert "Late 3 days" in page.content.decode()


def test_results_cost_the_same_with_many_figures(
    kpi: Kpi, marketer: Membership, client_as: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        Kpi.objects.create(strategy=kpi.strategy, metric="own", name=f"Figure {number}")
    approve_answers(kpi.strategy, by=marketer)
    for one in Kpi.objects.all():
        read(one, marketer, 1)
    client: Client = client_as(marketer)
    address = reverse("measurement:results", args=["fjordlys"])
    client.get(address)

    with django_assert_max_num_queries(12):
        client.get(address)
