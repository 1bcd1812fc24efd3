"""The roadmap's picture, and how a milestone is told in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.due import late_words
from strategies.enums import Phase
from strategies.presentation.gantt import (
    MONTH_LABELS,
    MONTHS_ON_A_PHONE,
    NUMBER_WIDTH,
    PHASE_WIDTH,
    WEEK_LABELS,
    Bar,
    Gantt,
    draw,
)
from strategies.presentation.roadmap_lines import RoadmapLine, by_phase, print_size, source_of

START, END = date(2026, 9, 1), date(2027, 2, 28)
TODAY = date(2026, 11, 24)


def line(
    due_on: date, *, phase: str = "run", look: str = "to_come", title: str = "Do it"
) -> RoadmapLine:
    return RoadmapLine(title, due_on, phase, "Kari Nes", look, "To come", "", "")


def picture(*lines: RoadmapLine, today: date = TODAY) -> Gantt:
    drawn = draw(lines, starts_on=START, ends_on=END, today=today)
    assert drawn is not None
    return drawn


def share(place: str) -> float:
    return float(place.removesuffix("%"))


def end(bar: Bar) -> float:
    return round(share(bar.x) + share(bar.width or "0%"), 2)


def assert_numbers_are_free(drawn: Gantt) -> None:
    """No number touches another one, or the name of its phase, which stays inside the picture."""
    numbers = [mark for mark in drawn.marks if mark.number]
    for bar in drawn.bars:
        begins = share(bar.name_x) - (PHASE_WIDTH if bar.at_end else 0)
        assert 0 <= begins <= 100 - PHASE_WIDTH
    for mark in numbers:
        beside = [one for one in numbers if (one.y, one.is_above) == (mark.y, mark.is_above)]
        assert all(
            one is mark or abs(share(one.x) - share(mark.x)) >= NUMBER_WIDTH for one in beside
        )
        for bar in drawn.bars:
            begins = share(bar.name_x) - (PHASE_WIDTH if bar.at_end else 0)
            if mark.is_above and bar.y == mark.y:
                assert not begins < share(mark.x) < begins + PHASE_WIDTH


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw([], starts_on=START, ends_on=END, today=TODAY) is None


def test_bar_of_a_phase_reaches_from_its_first_to_its_last_milestone() -> None:
    drawn = picture(
        line(date(2026, 9, 7), phase="prepare"), line(date(2026, 10, 5), phase="prepare")
    )

    (bar,) = drawn.bars

    assert bar.name == "Prepare"
    assert (bar.x, end(bar)) == (drawn.marks[0].x, share(drawn.marks[1].x))


def test_bar_runs_through_the_middle_of_its_marks() -> None:
    drawn = picture(*(line(TODAY, phase=phase.value) for phase in Phase), line(START))

    assert {bar.y for bar in drawn.bars} == {mark.y for mark in drawn.marks}


def test_phase_of_one_day_has_a_name_and_no_bar() -> None:
    (bar,) = picture(line(TODAY, phase="start"), line(TODAY, phase="start")).bars

    assert (bar.name, bar.width) == ("Start", "")


def test_running_phase_reaches_over_the_whole_period() -> None:
    (bar,) = picture(line(TODAY)).bars

    assert share(bar.x) < 1
    assert end(bar) > 98


def test_late_milestone_is_drawn_over_its_neighbours() -> None:
    drawn = picture(line(TODAY, look="late"), line(TODAY + timedelta(days=1), look="done"))

    assert [mark.look for mark in drawn.marks] == ["done", "late"]


@pytest.mark.parametrize(
    ("looks", "shown"),
    [
        (["done", "to_come", "late"], "late"),
        (["done", "begun"], "begun"),
        (["to_come", "done"], "to_come"),
        (["done", "done"], "done"),
    ],
)
def test_milestones_of_one_day_are_one_mark_with_their_number(looks: list[str], shown: str) -> None:
    (mark,) = picture(*(line(TODAY, look=look) for look in looks)).marks

    assert (mark.look, mark.number) == (shown, str(len(looks)))


def test_milestone_alone_on_its_day_or_in_its_phase_has_no_number() -> None:
    drawn = picture(line(TODAY), line(START), line(TODAY, phase="review"))

    assert [mark.number for mark in drawn.marks] == ["", "", ""]


def test_number_that_would_touch_the_one_before_stands_above() -> None:
    days = [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=60)]
    drawn = picture(*(line(day) for day in days for _twice in range(2)))

    assert [mark.is_above for mark in drawn.marks] == [False, True, False]


def test_number_that_has_no_place_is_left_out() -> None:
    days = [TODAY + timedelta(days=number) for number in range(4)]
    drawn = picture(*(line(day) for day in days for _twice in range(2)))

    assert [mark.number for mark in drawn.marks] == ["2", "2", "", ""]


@pytest.mark.parametrize("first", [START, END - timedelta(days=3)])
def test_name_of_a_phase_makes_way_for_a_number_above_its_bar(first: date) -> None:
    days = [first, first + timedelta(days=2)]
    drawn = picture(*(line(day, phase="review") for day in days for _twice in range(2)))
    (bar,) = drawn.bars

    assert any(mark.is_above for mark in drawn.marks)
    assert bar.name_x not in (bar.x, f"{end(bar):.2f}%")
    assert_numbers_are_free(drawn)


def test_name_of_a_phase_that_would_leave_the_picture_behind_a_number_stands_before_it() -> None:
    days = [START + timedelta(days=128), *(START + timedelta(days=day) for day in (150, 152))]
    drawn = picture(
        line(START), *(line(day, phase="review") for day in days for _twice in range(2))
    )

    assert [mark.is_above for mark in drawn.marks if mark.number] == [False, False, True]
    assert drawn.bars[-1].at_end
    assert_numbers_are_free(drawn)


def test_today_outside_the_picture_is_not_drawn() -> None:
    assert picture(line(TODAY), today=date(2028, 1, 1)).today == ""
    assert picture(line(TODAY)).today != ""


def test_slip_of_the_keyboard_does_not_squeeze_the_rest() -> None:
    drawn = picture(line(TODAY), line(date(2100, 1, 1)))

    assert drawn.marks[1].x == "100.00%"
    assert share(drawn.marks[0].x) > 20


def test_what_prepares_a_far_period_stands_where_it_is_due() -> None:
    """Approved in November for August: December is not March."""
    starts_on = TODAY + timedelta(days=250)
    due = TODAY + timedelta(days=14)

    drawn = draw(
        [line(TODAY), line(due)],
        starts_on=starts_on,
        ends_on=starts_on + timedelta(150),
        today=TODAY,
    )

    assert drawn is not None
    assert share(drawn.marks[0].x) < share(drawn.marks[1].x)


def test_marks_of_the_same_phase_stand_in_one_row() -> None:
    drawn = picture(*(line(TODAY, phase=phase.value) for phase in Phase), line(START))

    assert len({mark.y for mark in drawn.marks}) == 4


def months(starts_on: date, ends_on: date) -> list[str]:
    """The names of the months with their year where it stands; in brackets what a phone leaves out."""
    drawn = draw([line(starts_on)], starts_on=starts_on, ends_on=ends_on, today=TODAY)
    assert drawn is not None
    names = [f"{month.text} {month.year}".strip() for month in drawn.months]
    return [
        f"({name})" if one.is_odd else name for name, one in zip(names, drawn.months, strict=True)
    ]


def test_months_over_three_years_name_the_first_year_and_every_change() -> None:
    assert months(date(2026, 7, 1), date(2029, 6, 30)) == [
        *("Jul 2026", "(Oct)", "Jan 2027", "(Apr)", "Jul", "(Oct)"),
        *("Jan 2028", "(Apr)", "Jul", "(Oct)", "Jan 2029", "(Apr)"),
    ]


def test_months_of_one_year_name_it_once() -> None:
    assert months(date(2026, 3, 2), date(2026, 6, 30)) == ["Mar 2026", "Apr", "May", "Jun"]


def test_months_that_would_touch_on_a_phone_go_but_not_the_one_with_a_new_year() -> None:
    shown = months(date(2026, 10, 1), date(2027, 10, 31))

    assert len(shown) > MONTHS_ON_A_PHONE
    assert shown[:5] == ["(Oct 2026)", "Nov", "(Dec)", "Jan 2027", "(Feb)"]


def test_months_of_a_short_period_all_stay_on_a_phone() -> None:
    shown = months(date(2026, 9, 1), date(2027, 5, 31))

    assert len(shown) == MONTHS_ON_A_PHONE
    assert not any(name.startswith("(") for name in shown)


typed_days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))  # as forms let in


@settings(deadline=None)
@given(
    starts_on=typed_days,
    length=st.integers(0, 2000),
    dues=st.lists(st.tuples(typed_days, st.sampled_from(Phase.values)), min_size=1, max_size=8),
    today=typed_days,
)
def test_everything_stands_inside_and_labels_stay_few(
    starts_on: date, length: int, dues: list[tuple[date, str]], today: date
) -> None:
    ends_on = starts_on + timedelta(days=length)
    lines = [line(due_on, phase=phase) for due_on, phase in dues]

    drawn = draw(lines, starts_on=starts_on, ends_on=ends_on, today=today)

    assert drawn is not None
    assert sum(int(mark.number or 1) for mark in drawn.marks) <= len(dues)
    assert_numbers_are_free(drawn)
    assert len(drawn.weeks) <= WEEK_LABELS + 1
    assert len(drawn.months) <= MONTH_LABELS + 1
    for label in [*drawn.weeks, *drawn.months]:
        assert 0 <= share(label.x) <= 100
    for mark in drawn.marks:
        assert 0 <= share(mark.x) <= 100
        assert 0 < share(mark.y) < 100
    for bar in drawn.bars:
        assert share(bar.x) <= end(bar)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "Late 1 day"), (4, "Late 4 days"), (13, "Late 13 days"), (14, "Late 2 weeks")],
)
def test_lateness_is_told_in_days_then_weeks(days: int, words: str) -> None:
    assert late_words(TODAY - timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("kind", "step", "row_kind", "words"),
    [
        ("initiative", "success", "initiative", "from question 6"),
        ("close", "begin", "standing", "from Before you begin"),
        ("final", "begin", "period", "from the period"),
        ("own", "", "", ""),
        ("initiative", "a step that is gone", "x", ""),
    ],
)
def test_source_names_the_question(kind: str, step: str, row_kind: str, words: str) -> None:
    assert source_of(kind, step, row_kind) == words


def test_phases_stand_in_order_each_soonest_first() -> None:
    lines = [line(END, phase="run"), line(START, phase="run"), line(END, phase="prepare")]

    groups = by_phase(lines)

    assert [group.phase for group in groups] == [Phase.PREPARE, Phase.RUN]
    assert [one.due_on for one in groups[1].lines] == [START, END]


@pytest.mark.parametrize(
    ("number", "size"),
    [
        (10, ""),
        (35, "is-long"),
        (90, "is-columns"),
        (130, "is-columns is-small"),
        (165, "is-columns is-small is-bare"),
        (300, "is-columns is-small is-bare"),
    ],
)
def test_more_milestones_are_printed_smaller(number: int, size: str) -> None:
    assert print_size([line(TODAY)] * number) == size


def test_long_titles_and_folded_readings_count_for_what_they_take_on_paper() -> None:
    long = line(TODAY, title="Write to the twelve schools in the county that never came " * 3)

    assert print_size([long] * 35) == "is-columns is-small"
    assert print_size([replace(long, is_folded=True)] * 35) == ""


def test_milestone_of_nobody_takes_the_room_of_the_words_for_it() -> None:
    title = "Write to the twelve schools!"

    assert print_size([replace(line(TODAY, title=title), owner="")] * 90) == "is-columns is-small"
    assert print_size([replace(line(TODAY, title=title), owner="Kari")] * 90) == "is-columns"
