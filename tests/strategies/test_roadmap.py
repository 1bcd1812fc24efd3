"""What follows from the answers, and what people do with it by hand."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from activity.models import Record
from core.exceptions import Conflict, Refusal
from networks.models import Channel
from strategies.domain.answer_types import (
    ActivityAnswer,
    AudienceAnswer,
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    FollowerAimAnswer,
    HabitAnswer,
    InitiativeAnswer,
    KpiAnswer,
    ObjectiveAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    Person,
    PostKindAnswer,
    StandingAnswer,
    StepNote,
    VoiceAnswer,
)
from strategies.domain.answers import Answers, to_snapshot
from strategies.domain.links import Target
from strategies.domain.roadmap import Derived, derive, reading_days, shifted, working_day
from strategies.enums import MilestoneState, Phase, ReadEvery, StrategyState, Verdict
from strategies.models import Initiative, Kpi, Milestone, Strategy
from strategies.services.roadmap import (
    MilestoneValues,
    add_milestone,
    apply_roadmap,
    remove_milestone,
    restore_milestone,
    save_milestone,
    set_state,
)
from tests.factories import MembershipFactory
from tests.strategies.approved import (
    END,
    START,
    approve_answers,
    make_strategy,
    make_version,
    milestone_of,
)
from workspaces.models import Membership, Workspace

APPROVED = date(2026, 8, 3)
KARI = Person("kari", "Kari Nes")
AMIR = Person("amir", "Amir Rahmani")


def answers_with(**rows: Any) -> Answers:
    singles: dict[str, Any] = {
        "period": PeriodAnswer(uid="period", starts_on=START, ends_on=END),
        "audience_notes": AudienceNotesAnswer(uid="notes"),
        "voice": VoiceAnswer(uid="voice"),
        "ownership": OwnershipAnswer(uid="ownership"),
        "content_plan": ContentPlanAnswer(uid="content"),
        "follower_aim": FollowerAimAnswer(uid="followers"),
    }
    return Answers(name="Autumn", **{**singles, **rows})


def channel(**fields: Any) -> ChannelAnswer:
    complete = {
        "uid": "insta",
        "network": "instagram",
        "handle": "@fjordlys",
        "owner": KARI,
        "operator": KARI,
        "operator_kind": "person",
        "backup": AMIR,
    }
    return ChannelAnswer(**{**complete, **fields})


def derived(answers: Answers, kind: str, **days: date) -> list[Derived]:
    days = {"approved_on": APPROVED, "today": APPROVED, **days}
    return [milestone for milestone in derive(answers, **days) if milestone.kind == kind]


# --- what follows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("owner", "Name an owner for Instagram: @fjordlys"),
        ("backup", "Name a backup for Instagram: @fjordlys"),
    ],
)
def test_channel_without_person_is_to_be_named_within_a_fortnight(field: str, title: str) -> None:
    answers = answers_with(channels=(channel(**{field: None}),))

    (milestone,) = derived(answers, field)

    assert milestone.title == title
    assert milestone.due_on == date(2026, 8, 17)
    assert milestone.phase == Phase.PREPARE
    assert milestone.key == f"{field}:insta"
    assert milestone.owner == (None if field == "owner" else KARI)


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ({"operator": None}, []),
        ({"operator": None, "operator_kind": ""}, []),
        ({"operator": None, "not_known": ("operator",)}, ["Name who runs Instagram: @fjordlys"]),
        (
            {"operator": None, "operator_kind": "agency"},
            ["Name who runs Instagram: @fjordlys"],
        ),
        ({"owner": None, "operator": None}, ["Name an owner for Instagram: @fjordlys"]),
        (
            {"owner": None, "operator": None, "backup": None},
            ["Name an owner and a backup for Instagram: @fjordlys"],
        ),
        (
            {"owner": None, "operator": None, "backup": None, "operator_kind": "team"},
            ["Name an owner and a backup for Instagram: @fjordlys, and who runs it"],
        ),
        (
            {"operator": None, "backup": None, "operator_kind": "team"},
            ["Name who runs Instagram: @fjordlys, and a backup"],
        ),
    ],
)
def test_owner_runs_the_channel_unless_somebody_else_shall_and_one_milestone_names_all(
    said: dict[str, Any], titles: list[str]
) -> None:
    found = derive_all(answers_with(channels=(channel(**said),)))

    assert [m.title for m in found if m.kind in {"owner", "operator", "backup"}] == titles


def test_channel_with_everyone_or_run_by_an_agency_asks_for_nobody() -> None:
    agency = channel(operator=None, operator_kind="agency", operator_name="Nordvik")
    answers = answers_with(channels=(agency,))

    assert not [m for m in derive_all(answers) if m.kind in {"owner", "operator", "backup"}]


def derive_all(answers: Answers) -> list[Derived]:
    return derive(answers, approved_on=APPROVED, today=APPROVED)


@pytest.mark.parametrize("how", ["closed", "closing"])
def test_channel_that_closes_needs_nobody(how: str) -> None:
    state = "closed" if how == "closed" else "active"
    standings = (StandingAnswer(uid="s", channel="insta", verdict=Verdict.CLOSE.value),)
    answers = answers_with(
        channels=(channel(owner=None, state=state),),
        standings=standings if how == "closing" else (),
    )

    assert derived(answers, "owner") == []


def test_policy_is_written_only_where_it_is_needed() -> None:
    needed = answers_with(ownership=OwnershipAnswer(uid="o", policy_need="needed"))

    (milestone,) = derived(needed, "policy")

    assert milestone.due_on == date(2026, 8, 17)
    assert milestone.target.field == "policy_need"
    for other in ("", "in_place", "not_needed"):
        there = answers_with(ownership=OwnershipAnswer(uid="o", policy_need=other))
        assert derived(there, "policy") == []


def test_access_is_confirmed_once_for_all_channels_in_use() -> None:
    second = channel(uid="face", network="facebook")
    planned = channel(uid="tik", network="tiktok", state="planned")

    (milestone,) = derived(answers_with(channels=(channel(), second, planned)), "access")

    assert milestone.title == "Confirm who has access to the 2 channels"
    assert milestone.due_on == date(2026, 8, 24)
    assert derived(answers_with(channels=(planned,)), "access") == []


def test_each_field_not_known_is_to_be_found_out_one_to_three_weeks_after_approval() -> None:
    audience = AudienceAnswer(uid="a1", name="Cruise guests", not_known=("needs", "size"))

    found = derived(answers_with(audiences=(audience,)), "find-out")

    assert [m.key for m in found] == ["find-out:a1:needs", "find-out:a1:size"]
    assert found[0].title == "Find out about “Cruise guests”: what matters to them?"
    assert [m.due_on - APPROVED for m in found] == [timedelta(7), timedelta(21)]
    assert found[0].target.step == "audience"
    assert found[0].target.field == "needs"


def test_what_another_field_answers_is_not_to_be_found_out() -> None:
    audience = AudienceAnswer(uid="a1", name="Cruise guests", not_known=("networks",))
    placed = msgspec.structs.replace(audience, elsewhere="The quay")
    duty = DutyAnswer(uid="d1", title="Editor", not_known=("holder",), holder_name="The desk")

    assert derived(answers_with(audiences=(audience,)), "find-out")
    assert derived(answers_with(audiences=(placed,), duties=(duty,)), "find-out") == []


@given(st.integers(1, 40), st.integers(-900, 900))
def test_find_outs_are_spread_over_the_working_days_of_the_second_and_third_week_after_approval(
    number: int, days: int
) -> None:
    notes = tuple(
        StepNote(uid=f"n{place}", step="fit", is_not_known=True) for place in range(number)
    )
    approved_on = START + timedelta(days)

    dues = [
        milestone.due_on - approved_on
        for milestone in derived(answers_with(steps=notes), "find-out", approved_on=approved_on)
    ]

    working = [day for day in range(7, 22) if (approved_on + timedelta(day)).weekday() < 5]
    assert dues == sorted(dues)
    assert dues[0] == timedelta(working[0])
    assert dues[-1] == timedelta(working[-1] if number > 1 else working[0])
    assert set(dues) <= {timedelta(day) for day in working}
    assert len(set(dues)) == min(number, len(working))


@pytest.mark.parametrize(
    ("due_on", "follows"),
    [
        (date(2016, 8, 1), False),
        (START, True),
        (APPROVED, True),
        (APPROVED - timedelta(1), False),
    ],
)
def test_initiative_that_was_over_before_the_period_is_no_milestone(
    due_on: date, *, follows: bool
) -> None:
    initiative = InitiativeAnswer(uid="i", title="Move house", due_on=due_on)

    found = derived(answers_with(initiatives=(initiative,)), "initiative")

    assert bool(found) == follows


def test_question_not_known_is_found_out_by_who_said_so() -> None:
    note = StepNote(
        uid="n1", step="followers", is_not_known=True, find_out="Ask the schools", finder=AMIR
    )

    (milestone,) = derived(answers_with(steps=(note,)), "find-out")

    assert milestone.title == "Find out: Ask the schools"
    assert milestone.owner == AMIR
    assert milestone.target.step == "followers"
    assert milestone.key == "find-out:n1"


def test_question_not_known_is_due_on_its_day_but_not_before_the_approval() -> None:
    notes = [
        StepNote(uid=f"n{place}", step=step, is_not_known=True, by_on=day)
        for place, (step, day) in enumerate(
            [("followers", APPROVED + timedelta(days=40)), ("fit", APPROVED - timedelta(days=40))]
        )
    ]

    due = [one.due_on for one in derived(answers_with(steps=tuple(notes)), "find-out")]

    assert due == [APPROVED + timedelta(days=40), APPROVED + timedelta(days=7)]


def test_not_known_is_said_once_where_another_milestone_says_it_better() -> None:
    answers = answers_with(
        channels=(channel(owner=None, not_known=("owner",)),),
        kpis=(KpiAnswer(uid="k", metric="reach", not_known=("baseline",)),),
    )

    assert derived(answers, "find-out") == []
    assert len(derived(answers, "owner")) == 1
    assert len(derived(answers, "measure")) == 1


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            {
                "activities": (
                    ActivityAnswer(uid="r", name="We host", kind="event", not_known=("starts_on",)),
                )
            },
            "Find out about “We host”: when does it begin?",
        ),
        (
            {
                "channels": (channel(),),
                "post_kinds": (
                    PostKindAnswer(uid="r", channel="insta", format="text", not_known=("highest",)),
                ),
            },
            "Find out about “Instagram: @fjordlys”: how many posts?",
        ),
        (
            {"initiatives": (InitiativeAnswer(uid="r", title="Films", not_known=("due_on",)),)},
            "Find out about “Films”: by when is it done?",
        ),
    ],
)
def test_field_to_be_found_out_is_said_in_words_that_stand_alone(
    rows: dict[str, Any], title: str
) -> None:
    (milestone,) = derived(answers_with(**rows), "find-out")

    assert milestone.title == title


def test_text_of_many_lines_is_quoted_by_its_first_line() -> None:
    objective = ObjectiveAnswer(
        uid="o",
        statement="Be asked first\nBy curators\nBy schools",
        kind="brand",
        not_known=("by_on",),
    )
    note = StepNote(uid="n", step="fit", is_not_known=True, find_out="Ask sales\nAsk the board")

    found = derived(answers_with(objectives=(objective,), steps=(note,)), "find-out")

    assert [milestone.title for milestone in found] == [
        "Find out: Ask sales",
        "Find out about “Be asked first”: by when?",
    ]


def figures(number: int, **fields: Any) -> tuple[KpiAnswer, ...]:
    return tuple(
        KpiAnswer(uid=f"k{at}", **{"metric": "own", "name": f"Figure {at}", **fields})
        for at in range(number)
    )


def test_field_not_known_in_up_to_three_rows_is_found_out_for_each() -> None:
    answers = answers_with(kpis=figures(3, not_known=("reader", "target")))

    found = derived(answers, "find-out")

    assert [milestone.key for milestone in found] == [
        f"find-out:k{at}:{field}" for at in range(3) for field in ("reader", "target")
    ]


def test_field_not_known_in_more_than_three_rows_is_one_milestone_that_leads_to_the_first() -> None:
    answers = answers_with(
        kpis=(
            *figures(35, not_known=("reader",)),
            KpiAnswer(uid="s", metric="reach", not_known=("target",)),
        )
    )

    together, single = derived(answers, "find-out")

    assert together.title == "Find out for each of 35 figures: who reads it?"
    assert together.key == "find-out:kpi:reader"
    assert together.due_on == APPROVED + timedelta(7)
    assert together.target == Target("measurement", "kpi", "k0", "reader")
    assert single.key == "find-out:s:target"


def test_same_field_of_different_kinds_is_not_joined() -> None:
    two = tuple(
        InitiativeAnswer(uid=f"i{at}", title="Film", not_known=("owner",)) for at in range(2)
    )
    habits = tuple(
        HabitAnswer(uid=f"h{at}", text="Greet", not_known=("person",)) for at in range(2)
    )

    assert len(derived(answers_with(initiatives=two, habits=habits), "find-out")) == 4


@pytest.mark.parametrize(
    ("number", "keys"),
    [(3, ["measure:k0", "measure:k1", "measure:k2"]), (4, ["measure:kpi:baseline"])],
)
def test_figures_without_today_are_measured_together_from_four_on(
    number: int, keys: list[str]
) -> None:
    answers = answers_with(kpis=figures(number, reader=AMIR))

    found = derived(answers, "measure")

    assert [milestone.key for milestone in found] == keys
    assert {milestone.due_on for milestone in found} == {date(2026, 9, 29)}
    assert {milestone.owner for milestone in found} == {AMIR}
    if number == 4:
        assert found[0].title == "Measure where 4 figures stand today"
        assert found[0].target == Target("measurement", "kpi", "k0", "baseline")


def test_milestone_of_many_rows_is_the_authors_where_they_have_different_people() -> None:
    kpis = (*figures(3, reader=AMIR), KpiAnswer(uid="k9", metric="reach", reader=KARI))

    (milestone,) = derived(answers_with(kpis=kpis), "measure")

    assert milestone.owner is None


def test_figures_of_one_name_are_told_apart_by_their_objectives() -> None:
    objectives = (
        ObjectiveAnswer(uid="o1", statement="Be known\nEverywhere", kind="brand"),
        ObjectiveAnswer(uid="o2", statement="Be asked", kind="brand"),
    )
    sign: dict[str, Any] = {"metric": "own", "name": "We are quoted", "is_sign": True}
    kpis = (
        KpiAnswer(uid="k1", objective="o1", read_every="once", **sign),
        KpiAnswer(uid="k2", objective="o2", read_every="once", not_known=("reader",), **sign),
        KpiAnswer(uid="k3", objective="o1", metric="reach", baseline=Decimal(1), read_every="once"),
    )
    answers = answers_with(objectives=objectives, kpis=kpis)

    assert [milestone.title for milestone in derived(answers, "read")] == [
        "Look for the sign: We are quoted (objective: Be known)",
        "Look for the sign: We are quoted (objective: Be asked)",
        "Read the figure: People reached",
    ]
    (unknown,) = derived(answers, "find-out")
    assert unknown.title == "Find out about “We are quoted (objective: Be asked)”: who reads it?"


def test_figures_of_one_name_without_objective_keep_their_name() -> None:
    kpis = figures(2, name="We are quoted")

    assert [milestone.title for milestone in derived(answers_with(kpis=kpis), "measure")] == [
        "Measure the figure today: We are quoted"
    ] * 2


def test_figure_without_today_is_measured_in_four_weeks_by_its_reader() -> None:
    kpis = (
        KpiAnswer(uid="k1", metric="visits", reader=AMIR),
        KpiAnswer(uid="k2", metric="visits", baseline=Decimal(0)),
        KpiAnswer(uid="k3", metric="own", is_sign=True),
    )

    (milestone,) = derived(answers_with(kpis=kpis), "measure")

    assert milestone.title == "Measure the figure today: Visits to the website"
    assert milestone.due_on == date(2026, 9, 29)
    assert milestone.owner == AMIR


def test_verdicts_open_and_close_channels_at_the_start() -> None:
    channels = (channel(), channel(uid="x", network="x", handle="@old", owner=AMIR))
    standings = (
        StandingAnswer(uid="s1", channel="insta", verdict="open"),
        StandingAnswer(uid="s2", channel="x", verdict="close"),
        StandingAnswer(uid="s3", channel="insta", verdict="keep"),
        StandingAnswer(uid="s4", channel="gone", verdict="close"),
    )
    answers = answers_with(channels=channels, standings=standings)

    (opened,), (closed,) = derived(answers, "open"), derived(answers, "close")

    assert opened.title == "Open Instagram: @fjordlys"
    assert closed.title == "Close X: @old"
    assert closed.due_on == START
    assert closed.owner == AMIR


def test_first_month_is_planned_a_week_before_the_start() -> None:
    (milestone,) = derived(answers_with(), "first-month")

    assert milestone.due_on == date(2026, 8, 25)
    assert milestone.phase == Phase.START


def test_initiative_has_its_own_date_and_owner_even_when_approved_late() -> None:
    initiatives = (
        InitiativeAnswer(uid="i1", title="Ask a curator", due_on=date(2026, 9, 15), owner=KARI),
        InitiativeAnswer(uid="i2", title="Films", owner_name="Nordvik"),
    )

    dated, undated = derived(
        answers_with(initiatives=initiatives), "initiative", approved_on=date(2026, 10, 1)
    )

    assert (dated.due_on, dated.owner) == (date(2026, 9, 15), KARI)
    assert (undated.due_on, undated.owner_name) == (END, "Nordvik")


def test_campaign_is_ready_two_weeks_before_it_begins() -> None:
    activities = (
        ActivityAnswer(uid="c1", name="Winter lights", kind="event", starts_on=date(2026, 11, 14)),
        ActivityAnswer(uid="c2", name="No date", kind="event"),
        ActivityAnswer(uid="c3", name="Over", kind="event", starts_on=date(2026, 5, 1)),
        ActivityAnswer(
            uid="c4",
            name="Running",
            kind="event",
            starts_on=date(2026, 8, 1),
            ends_on=date(2026, 9, 1),
        ),
        ActivityAnswer(uid="c5", name="Soon", kind="event", starts_on=APPROVED + timedelta(days=3)),
    )

    winter, running, soon = derived(answers_with(activities=activities), "campaign")

    assert soon.due_on == APPROVED + timedelta(days=3)  # its first day
    assert winter.title == "Be ready for “Winter lights”"
    assert winter.due_on == date(2026, 11, 2)  # two weeks before is a Saturday
    assert running.due_on == APPROVED + timedelta(days=7)


@pytest.mark.parametrize(
    ("every", "today", "due_on"),
    [
        ("week", date(2026, 8, 3), date(2026, 9, 8)),
        ("month", date(2026, 8, 3), date(2026, 10, 1)),
        ("month", date(2026, 11, 24), date(2026, 12, 1)),
        ("quarter", date(2026, 12, 2), END),
        ("half_year", date(2026, 9, 2), END),
        ("once", date(2026, 9, 2), END),
        ("month", date(2027, 2, 2), END),
    ],
)
def test_only_the_next_reading_follows(every: str, today: date, due_on: date) -> None:
    answers = answers_with(
        kpis=(KpiAnswer(uid="k", metric="reach", read_every=every, reader=KARI),)
    )

    (milestone,) = derived(answers, "read", today=today)

    assert milestone.due_on == due_on
    assert milestone.key == f"read:k:{due_on.isoformat()}"
    assert milestone.owner == KARI


def test_no_reading_follows_after_the_period_or_without_interval() -> None:
    monthly = KpiAnswer(uid="k", metric="reach", read_every="month")

    assert derived(answers_with(kpis=(monthly,)), "read", today=END + timedelta(days=1)) == []
    assert derived(answers_with(kpis=(KpiAnswer(uid="k", metric="reach"),)), "read") == []


def test_sign_is_looked_for() -> None:
    sign = KpiAnswer(uid="k", metric="own", name="Others cite us", is_sign=True, read_every="once")

    (milestone,) = derived(answers_with(kpis=(sign,)), "read")

    assert milestone.title == "Look for the sign: Others cite us"


def test_monthly_reading_from_the_31st_keeps_to_the_month() -> None:
    period = PeriodAnswer(uid="p", starts_on=date(2026, 8, 31), ends_on=date(2026, 12, 31))
    kpi = KpiAnswer(uid="k", metric="reach", read_every="month")

    days = list(reading_days(answers_with(period=period), kpi))

    assert days == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]


def test_reviews_stand_in_the_middle_and_a_month_before_the_end() -> None:
    (middle,), (final,) = derived(answers_with(), "mid-term"), derived(answers_with(), "final")

    assert middle.due_on == date(2026, 11, 30)
    assert final.due_on == date(2027, 1, 29)
    assert middle.phase == final.phase == Phase.REVIEW


def test_final_review_of_a_short_period_is_not_before_its_middle() -> None:
    period = PeriodAnswer(uid="p", starts_on=START, ends_on=START + timedelta(days=20))

    (final,) = derived(answers_with(period=period), "final")

    assert final.due_on == START + timedelta(days=10)


def test_late_approval_moves_what_would_be_past_to_a_week_later() -> None:
    approved_on = date(2026, 12, 7)
    found = derive(answers_with(), approved_on=approved_on, today=approved_on)

    dues = {milestone.kind: milestone.due_on for milestone in found}

    assert dues["first-month"] == dues["mid-term"] == date(2026, 12, 14)
    assert dues["final"] == date(2027, 1, 29)


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, END), (START, None), (END, START)])
def test_nothing_follows_without_a_period(starts_on: date | None, ends_on: date | None) -> None:
    period = PeriodAnswer(uid="p", starts_on=starts_on, ends_on=ends_on)

    assert derive_all(answers_with(period=period)) == []


def test_long_words_are_shortened_to_fit() -> None:
    initiative = InitiativeAnswer(uid="i", title="æ" * 900)
    audience = AudienceAnswer(uid="a", name="ø" * 900, not_known=("needs",))

    found = derive_all(answers_with(initiatives=(initiative,), audiences=(audience,)))

    assert max(len(milestone.title) for milestone in found) <= 400


# --- properties -------------------------------------------------------------------------------

uids = st.uuids().map(str)
days = st.dates()
words = st.text(max_size=60)
people = st.none() | st.builds(Person, uid=uids, name=words)


def unknown(*fields: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([*fields, "no such field"]), unique=True).map(tuple)


def rows(struct: Callable[..., Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(
        st.builds(struct, uid=uids, **fields), max_size=4, unique_by=lambda row: row.uid
    ).map(tuple)


@st.composite
def any_answers(draw: st.DrawFn) -> Answers:
    channels = draw(
        rows(
            ChannelAnswer,
            network=st.sampled_from(["instagram", "x", "other"]),
            handle=words,
            state=st.sampled_from(["planned", "active", "frozen", "closed"]),
            owner=people,
            operator=people,
            operator_kind=st.sampled_from(["person", "team", "agency"]),
            backup=people,
            not_known=unknown("owner", "backup", "operator"),
        )
    )
    channel_uids = st.sampled_from([row.uid for row in channels] or ["gone"])
    return answers_with(
        period=PeriodAnswer(
            uid=draw(uids), starts_on=draw(st.none() | days), ends_on=draw(st.none() | days)
        ),
        ownership=OwnershipAnswer(uid="", policy_need=draw(st.sampled_from(["", "needed"]))),
        channels=channels,
        standings=draw(
            rows(
                StandingAnswer,
                channel=channel_uids,
                verdict=st.sampled_from(["", *Verdict.values]),
                not_known=unknown("followers", "verdict"),
            )
        ),
        audiences=draw(rows(AudienceAnswer, name=words, not_known=unknown("needs", "size"))),
        initiatives=draw(
            rows(InitiativeAnswer, title=words, due_on=st.none() | days, owner=people)
        ),
        kpis=draw(
            rows(
                KpiAnswer,
                metric=st.just("reach"),
                name=words,
                read_every=st.sampled_from(["", *ReadEvery.values]),
                reader=people,
                not_known=unknown("baseline", "target"),
            )
        ),
        activities=draw(
            rows(
                ActivityAnswer,
                name=words,
                kind=st.just("event"),
                starts_on=st.none() | days,
                ends_on=st.none() | days,
            )
        ),
    )


today_or_so = st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 1, 1))


@settings(deadline=None)
@given(answers=any_answers(), approved_on=today_or_so)
def test_derived_milestones_have_unique_keys_that_fit_and_sane_dates(
    answers: Answers, approved_on: date
) -> None:
    before = to_snapshot(answers)

    found = derive(answers, approved_on=approved_on, today=approved_on)

    keys = [milestone.key for milestone in found]
    assert len(set(keys)) == len(keys)
    assert all(0 < len(key) <= 120 for key in keys)
    assert all(milestone.title for milestone in found if milestone.kind != "initiative")
    assert all(len(milestone.title) <= 400 for milestone in found)
    assert all(m.due_on >= approved_on for m in found if m.kind != "initiative")
    assert found == derive(answers, approved_on=approved_on, today=approved_on)
    assert to_snapshot(answers) == before


@settings(deadline=None)
@given(answers=any_answers(), approved_on=today_or_so)
def test_dates_by_rule_are_within_the_period_or_near_the_approval(
    answers: Answers, approved_on: date
) -> None:
    latest = max(answers.period.ends_on or date.min, answers.period.starts_on or date.min)
    weekend = 2  # 28 days after a start, and 21 after an approval, may be a Saturday
    latest = date.fromordinal(min(latest.toordinal() + 28 + weekend, date.max.toordinal()))
    latest = max(latest, approved_on + timedelta(days=21 + weekend))

    for milestone in derive(answers, approved_on=approved_on, today=approved_on):
        if milestone.kind not in {"initiative", "campaign"}:
            assert milestone.due_on <= latest


@settings(deadline=None)
@given(answers=any_answers(), approved_on=today_or_so)
def test_what_nobody_dated_is_due_on_a_working_day_of_the_period(
    answers: Answers, approved_on: date
) -> None:
    typed = {row.due_on for row in answers.initiatives} | {
        row.starts_on for row in answers.activities
    }

    for milestone in derive(answers, approved_on=approved_on, today=approved_on):
        day, ends_on = milestone.due_on, answers.period.ends_on
        if day not in typed and day.isoweekday() > 5:
            assert ends_on
            assert day <= ends_on < shifted(day, 8 - day.isoweekday())


@pytest.mark.parametrize(
    ("day", "due_on"),
    [
        (date(2027, 1, 22), date(2027, 1, 22)),  # a Friday
        (date(2027, 1, 23), date(2027, 1, 25)),
        (date(2027, 1, 24), date(2027, 1, 25)),
        (date(2027, 1, 30), date(2027, 1, 30)),  # Monday would be after the end
        (date(2027, 2, 6), date(2027, 2, 8)),  # approved so late that all is after it
    ],
)
def test_a_weekend_becomes_monday_but_never_passes_the_end(day: date, due_on: date) -> None:
    assert working_day(day, ends_on=date(2027, 1, 31)) == due_on


def test_days_that_somebody_typed_stay_on_a_weekend() -> None:
    saturday = date(2026, 9, 19)
    note = StepNote(uid="n", step="fit", is_not_known=True, by_on=saturday)
    initiative = InitiativeAnswer(uid="i", title="Open day", due_on=saturday)
    answers = answers_with(steps=(note,), initiatives=(initiative,))

    (found,), (done,) = derived(answers, "find-out"), derived(answers, "initiative")

    assert found.due_on == done.due_on == saturday


# --- approving, and approving again -----------------------------------------------------------


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def strategy(workspace: Workspace, frozen: time_machine.Traveller) -> Strategy:
    return make_strategy(workspace)


@pytest.fixture
def initiative(strategy: Strategy) -> Initiative:
    return Initiative.objects.create(
        strategy=strategy, title="Ask a curator", due_on=date(2026, 10, 12)
    )


@pytest.fixture
def kpi(strategy: Strategy, contributor: Membership) -> Kpi:
    return Kpi.objects.create(
        strategy=strategy, metric="reach", baseline=1, read_every="month", reader=contributor
    )


def test_approval_writes_milestones_for_people_and_the_author_otherwise(
    strategy: Strategy, kpi: Kpi, marketer: Membership, contributor: Membership
) -> None:
    approve_answers(strategy, by=marketer)

    assert milestone_of(strategy, "read").owner == contributor
    assert milestone_of(strategy, "mid-term").owner == marketer
    assert Record.objects.filter(verb="strategies.roadmap_updated").count() == 1


def test_milestone_of_somebody_who_left_goes_to_the_author(
    strategy: Strategy, kpi: Kpi, marketer: Membership, contributor: Membership
) -> None:
    contributor.left_at = contributor.joined_at
    contributor.save()

    approve_answers(strategy, by=marketer)

    assert milestone_of(strategy, "read").owner == marketer


def test_milestone_of_nobody_is_the_authors_here_not_the_approvers(
    strategy: Strategy, marketer: Membership, manager: Membership, other_workspace: Workspace
) -> None:
    MembershipFactory.create(workspace=other_workspace, user=marketer.user)

    apply_roadmap(make_version(strategy, by=marketer), by=manager.user)

    assert milestone_of(strategy, "mid-term").owner == marketer


def test_milestone_of_an_author_who_left_goes_to_who_approves(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    version = make_version(strategy, by=marketer)
    Membership.objects.filter(pk=marketer.pk).update(left_at=timezone.now())

    apply_roadmap(version, by=manager.user)

    assert milestone_of(strategy, "mid-term").owner == manager


def test_approving_again_keeps_done_moved_and_reassigned(
    strategy: Strategy, initiative: Initiative, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    first_month = milestone_of(strategy, "first-month")
    set_state(first_month, MilestoneState.DONE, reason="On paper", by=manager.user)
    moved = milestone_of(strategy, "initiative")
    values = MilestoneValues(due_on=date(2026, 12, 24), owner=manager)
    save_milestone(moved, values=values, expected=1, by=marketer.user)
    initiative.title, initiative.due_on = "Ask two curators", date(2026, 11, 1)
    initiative.save()

    approve_answers(strategy, by=marketer)

    moved.refresh_from_db()
    assert (moved.due_on, moved.owner) == (date(2026, 12, 24), manager)
    assert moved.title == "Ask two curators"
    first_month.refresh_from_db()
    assert (first_month.state, first_month.done_by) == (MilestoneState.DONE, manager.user)


def test_approving_again_follows_answers_that_nobody_moved(
    strategy: Strategy, initiative: Initiative, marketer: Membership, contributor: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    initiative.due_on, initiative.owner = date(2026, 11, 1), contributor
    initiative.save()

    approve_answers(strategy, by=marketer)

    milestone = milestone_of(strategy, "initiative")
    assert (milestone.due_on, milestone.owner) == (date(2026, 11, 1), contributor)


def test_what_no_longer_follows_is_dropped_and_comes_back(
    strategy: Strategy,
    initiative: Initiative,
    marketer: Membership,
    frozen: time_machine.Traveller,
) -> None:
    approve_answers(strategy, by=marketer)
    initiative.removed_at = initiative.created_at
    initiative.save()

    approve_answers(strategy, by=marketer)
    dropped = milestone_of(strategy, "initiative")

    assert dropped.dropped_at is not None
    assert dropped not in Milestone.objects.open()

    initiative.removed_at = None
    initiative.save()
    approve_answers(strategy, by=marketer)
    dropped.refresh_from_db()
    assert dropped.dropped_at is None


def test_done_milestone_stays_as_it_was_done(
    strategy: Strategy, initiative: Initiative, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    done = milestone_of(strategy, "initiative")
    set_state(done, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    initiative.title, initiative.due_on = "Ask two curators", date(2026, 11, 1)
    initiative.owner = manager
    initiative.save()

    approve_answers(strategy, by=marketer)

    done.refresh_from_db()
    assert (done.title, done.due_on, done.owner) == ("Ask a curator", date(2026, 10, 12), marketer)


def test_dropped_milestone_keeps_the_day_it_was_dropped_on(
    strategy: Strategy,
    initiative: Initiative,
    marketer: Membership,
    frozen: time_machine.Traveller,
) -> None:
    approve_answers(strategy, by=marketer)
    initiative.removed_at = initiative.created_at
    initiative.save()
    approve_answers(strategy, by=marketer)
    first = milestone_of(strategy, "initiative").dropped_at

    frozen.move_to("2026-10-20 10:00+02:00")
    approve_answers(strategy, by=marketer)

    assert milestone_of(strategy, "initiative").dropped_at == first


def test_done_and_own_milestones_are_never_dropped(
    strategy: Strategy, initiative: Initiative, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    done = milestone_of(strategy, "initiative")
    set_state(done, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    own = add_milestone(
        strategy, values=MilestoneValues(due_on=START, title="Buy a cake"), by=marketer.user
    )
    initiative.removed_at = initiative.created_at
    initiative.save()

    approve_answers(strategy, by=marketer)

    for milestone in (done, own):
        milestone.refresh_from_db()
        assert milestone.dropped_at is None


def test_approving_again_never_makes_a_late_milestone_look_timely(
    strategy: Strategy, marketer: Membership, frozen: time_machine.Traveller
) -> None:
    Channel.objects.create(workspace=strategy.workspace, network="x", handle="@a")
    approve_answers(strategy, by=marketer)
    Channel.objects.create(workspace=strategy.workspace, network="tiktok", handle="@b")
    frozen.move_to("2026-10-20 10:00+02:00")

    approve_answers(strategy, by=marketer)

    old, new = Milestone.objects.filter(strategy=strategy, kind="owner").order_by("pk")
    assert old.due_on == date(2026, 8, 17)
    assert new.due_on == date(2026, 11, 3)


def test_reading_not_done_is_still_late_after_another_approval(
    strategy: Strategy, kpi: Kpi, marketer: Membership, frozen: time_machine.Traveller
) -> None:
    approve_answers(strategy, by=marketer)
    frozen.move_to("2026-11-24 10:00+01:00")

    approve_answers(strategy, by=marketer)

    assert milestone_of(strategy, "read").due_on == date(2026, 10, 1)


def test_fourth_row_joins_the_milestones_and_loses_nothing_done_by_hand(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    def unknown(name: str) -> Kpi:
        return Kpi.objects.create(
            strategy=strategy, metric="own", name=name, baseline=1, not_known="reader"
        )

    first, second, _third = unknown("A"), unknown("B"), unknown("C")
    approve_answers(strategy, by=marketer)
    done, begun = (
        Milestone.objects.get(key=f"find-out:{kpi.uid}:reader") for kpi in (first, second)
    )
    set_state(done, MilestoneState.DONE, reason="Not needed", by=manager.user)
    set_state(begun, MilestoneState.BEGUN, by=manager.user)
    fourth = unknown("D")

    approve_answers(strategy, by=marketer)

    (joined,) = Milestone.objects.open().filter(kind="find-out")
    assert joined.title == "Find out for each of 4 figures: who reads it?"
    done.refresh_from_db()
    begun.refresh_from_db()
    assert (done.state, done.done_by, done.dropped_at) == (MilestoneState.DONE, manager.user, None)
    assert begun.state == MilestoneState.BEGUN
    assert begun.dropped_at is not None

    fourth.removed_at = fourth.created_at
    fourth.save()
    approve_answers(strategy, by=marketer)

    joined.refresh_from_db()
    begun.refresh_from_db()
    assert joined.dropped_at is not None
    assert begun in Milestone.objects.open().filter(state=MilestoneState.BEGUN)


def test_milestone_of_many_rows_follows_them_to_the_first_that_is_left(
    strategy: Strategy, marketer: Membership
) -> None:
    kpis = [
        Kpi.objects.create(strategy=strategy, metric="own", name=f"{at}", position=at)
        for at in range(5)
    ]
    approve_answers(strategy, by=marketer)
    before = milestone_of(strategy, "measure")
    kpis[0].baseline = Decimal(3)
    kpis[0].save()

    approve_answers(strategy, by=marketer)

    after = milestone_of(strategy, "measure")
    assert (after.pk, after.key) == (before.pk, "measure:kpi:baseline")
    assert (before.row_uid, after.row_uid) == (str(kpis[0].uid), str(kpis[1].uid))
    assert after.title == "Measure where 4 figures stand today"


def test_reading_follows_a_new_interval(strategy: Strategy, kpi: Kpi, marketer: Membership) -> None:
    approve_answers(strategy, by=marketer)
    kpi.read_every = ReadEvery.QUARTER
    kpi.save()

    approve_answers(strategy, by=marketer)

    standing = Milestone.objects.open().filter(strategy=strategy, kind="read")
    assert [milestone.due_on for milestone in standing] == [date(2026, 12, 1)]


def test_approving_touches_no_milestone_of_another_strategy(
    strategy: Strategy, initiative: Initiative, workspace: Workspace, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    before = list(Milestone.objects.filter(strategy=strategy).order_by("pk").values())

    approve_answers(make_strategy(workspace, name="Spring"), by=marketer)

    assert list(Milestone.objects.filter(strategy=strategy).order_by("pk").values()) == before


def test_reading_that_was_put_away_does_not_come_back_with_another_approval(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read")
    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    set_state(reading, MilestoneState.TO_COME, by=marketer.user)

    approve_answers(strategy, by=marketer)

    assert list(Milestone.objects.open().filter(kind="read")) == [reading]


def test_reading_that_was_dropped_does_not_stand_in_for_the_next_one(
    strategy: Strategy, kpi: Kpi, marketer: Membership, frozen: time_machine.Traveller
) -> None:
    approve_answers(strategy, by=marketer)
    Kpi.objects.filter(pk=kpi.pk).update(removed_at=timezone.now())
    approve_answers(strategy, by=marketer)
    Kpi.objects.filter(pk=kpi.pk).update(removed_at=None)
    frozen.move_to("2026-11-24 10:00+01:00")

    approve_answers(strategy, by=marketer)

    standing = Milestone.objects.open().filter(strategy=strategy, kind="read")
    assert [milestone.due_on for milestone in standing] == [date(2026, 12, 1)]


# --- by hand ----------------------------------------------------------------------------------


def test_every_state_has_its_record(strategy: Strategy, marketer: Membership) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")

    for state in (MilestoneState.BEGUN, MilestoneState.DONE, MilestoneState.TO_COME):
        set_state(milestone, state, by=marketer.user)

    records = Record.objects.filter(subject_uid=str(milestone.uid)).order_by("pk")
    assert [(record.verb, record.changes["state"]) for record in records] == [
        ("strategies.milestone_begun", ["to_come", "begun"]),
        ("strategies.milestone_done", ["begun", "done"]),
        ("strategies.milestone_reopened", ["done", "to_come"]),
    ]


def test_ticking_off_names_who_and_when_and_taking_back_forgets_it(
    strategy: Strategy, marketer: Membership, contributor: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")

    assert set_state(milestone, MilestoneState.DONE, by=contributor.user, reason="Read on paper")
    assert milestone.done_by == contributor.user
    assert milestone.done_at is not None

    assert set_state(milestone, MilestoneState.TO_COME, by=contributor.user)
    assert not Milestone.objects.filter(pk=milestone.pk, done_by__isnull=False).exists()
    assert not Milestone.objects.filter(pk=milestone.pk, done_at__isnull=False).exists()


def test_ticking_off_twice_keeps_the_first_name_and_one_record(
    strategy: Strategy, marketer: Membership, contributor: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")
    same = milestone_of(strategy, "mid-term")

    assert set_state(milestone, MilestoneState.DONE, by=contributor.user, reason="Read on paper")
    assert not set_state(same, MilestoneState.DONE, by=marketer.user, reason="Read on paper")

    assert same.done_by == contributor.user
    assert Record.objects.filter(verb="strategies.milestone_done").count() == 1


def test_ticking_off_a_reading_makes_the_next_one_only(
    strategy: Strategy, kpi: Kpi, marketer: Membership, frozen: time_machine.Traveller
) -> None:
    approve_answers(strategy, by=marketer)
    frozen.move_to("2026-11-24 10:00+01:00")
    late = milestone_of(strategy, "read")

    set_state(late, MilestoneState.DONE, by=marketer.user, reason="Read on paper")

    following = milestone_of(strategy, "read", state=MilestoneState.TO_COME)
    assert following.due_on == date(2026, 12, 1)
    assert following.owner_id == kpi.reader_id


def test_taking_back_a_reading_puts_the_next_one_away_until_ticked_again(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read")
    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")

    set_state(reading, MilestoneState.TO_COME, by=marketer.user)
    assert [m.pk for m in Milestone.objects.open().filter(kind="read")] == [reading.pk]

    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    (following,) = Milestone.objects.open().filter(kind="read")
    assert following.due_on == date(2026, 11, 2)  # the first is a Sunday


def test_taking_back_a_reading_leaves_those_of_other_figures(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    Kpi.objects.create(
        uid=UUID(int=2**128 - 1),
        strategy=strategy,
        metric="reach",
        name="Saves",
        baseline=1,
        read_every="quarter",
    )
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read", row_uid=str(kpi.uid))
    other = milestone_of(strategy, "read", due_on=date(2026, 12, 1))
    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")

    set_state(reading, MilestoneState.TO_COME, by=marketer.user)

    assert set(Milestone.objects.open().filter(kind="read")) == {reading, other}


@pytest.mark.parametrize("deed", ["moved", "begun"])
def test_taking_back_a_reading_leaves_a_next_one_that_somebody_has_touched(
    deed: str, strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read")
    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    following = milestone_of(strategy, "read", state=MilestoneState.TO_COME)
    if deed == "moved":
        values = MilestoneValues(due_on=date(2026, 11, 9))
        save_milestone(following, values=values, expected=1, by=marketer.user)
    else:
        set_state(following, MilestoneState.BEGUN, by=marketer.user)

    set_state(reading, MilestoneState.TO_COME, by=marketer.user)

    assert set(Milestone.objects.open().filter(kind="read")) == {reading, following}


def test_the_next_reading_follows_the_approved_answers_not_those_in_review(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    Kpi.objects.filter(pk=kpi.pk).update(read_every=ReadEvery.QUARTER)
    make_version(strategy, by=marketer)

    set_state(
        milestone_of(strategy, "read"),
        MilestoneState.DONE,
        by=marketer.user,
        reason="Read on paper",
    )

    following = milestone_of(strategy, "read", state=MilestoneState.TO_COME)
    assert following.due_on == date(2026, 11, 2)  # the first is a Sunday


def test_beginning_a_reading_plans_no_other(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)

    set_state(milestone_of(strategy, "read"), MilestoneState.BEGUN, by=marketer.user)

    assert Milestone.objects.filter(kind="read").count() == 1


def test_the_last_reading_has_none_after_it(
    strategy: Strategy, kpi: Kpi, marketer: Membership, frozen: time_machine.Traveller
) -> None:
    frozen.move_to("2027-02-20 10:00+01:00")
    approve_answers(strategy, by=marketer)

    set_state(
        milestone_of(strategy, "read"),
        MilestoneState.DONE,
        by=marketer.user,
        reason="Read on paper",
    )

    assert Milestone.objects.open().filter(kind="read").count() == 0


def test_readings_of_someone_else_by_hand_stay_with_them(
    strategy: Strategy, kpi: Kpi, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read")
    values = MilestoneValues(due_on=reading.due_on, owner=manager)
    save_milestone(reading, values=values, expected=1, by=marketer.user)

    set_state(reading, MilestoneState.DONE, by=manager.user, reason="Read on paper")

    assert milestone_of(strategy, "read", state=MilestoneState.TO_COME).owner == manager


def test_saving_from_an_old_page_changes_nothing(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")
    theirs = milestone_of(strategy, "mid-term")
    save_milestone(
        theirs, values=MilestoneValues(due_on=date(2026, 12, 1)), expected=1, by=manager.user
    )

    with pytest.raises(Conflict):
        save_milestone(
            milestone,
            values=MilestoneValues(due_on=date(2026, 12, 2)),
            expected=1,
            by=marketer.user,
        )

    milestone.refresh_from_db()
    assert milestone.due_on == date(2026, 12, 1)


def test_saving_keeps_the_words_of_a_derived_milestone(
    strategy: Strategy, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")
    values = MilestoneValues(due_on=date(2026, 12, 2), title="Something else", phase="run")

    save_milestone(milestone, values=values, expected=1, by=marketer.user)

    milestone.refresh_from_db()
    assert (milestone.title, milestone.phase) == ("Mid-term review", "review")
    assert milestone.is_due_by_hand
    record = Record.objects.get(verb="strategies.milestone_saved")
    assert record.changes["due_on"] == ["2026-11-30", "2026-12-02"]


def test_own_milestone_is_removed_and_comes_back(strategy: Strategy, marketer: Membership) -> None:
    own = add_milestone(
        strategy, values=MilestoneValues(due_on=START, title="Buy a cake"), by=marketer.user
    )

    remove_milestone(own, by=marketer.user)
    assert own not in Milestone.objects.live()

    restore_milestone(own, by=marketer.user)
    assert own in Milestone.objects.live()
    assert UUID(own.key.removeprefix("own:")) == own.uid


def test_own_milestone_is_added_once_and_each_deed_recorded_once(
    strategy: Strategy, marketer: Membership
) -> None:
    uid = uuid4()
    values = MilestoneValues(due_on=START, title="Buy a cake")

    for _press in range(2):
        own = add_milestone(strategy, values=values, by=marketer.user, uid=uid)
    for _press in range(2):
        remove_milestone(own, by=marketer.user)
    again = add_milestone(strategy, values=values, by=marketer.user, uid=uid)
    restore_milestone(again, by=marketer.user)

    assert Milestone.objects.live().get() == own
    assert list(Record.objects.order_by("pk").values_list("verb", flat=True)) == [
        "strategies.milestone_added",
        "strategies.milestone_removed",
        "strategies.milestone_restored",
    ]


def test_own_milestone_is_renamed_and_keeps_its_phase(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    values = MilestoneValues(due_on=START, title="Buy a cake", phase=Phase.PREPARE)
    own = add_milestone(strategy, values=values, by=marketer.user)

    renamed = MilestoneValues(due_on=START, title="Bake a cake")
    save_milestone(own, values=renamed, expected=1, by=manager.user)
    own.refresh_from_db()
    assert (own.title, own.phase, own.updated_by) == ("Bake a cake", Phase.PREPARE, manager.user)

    moved = MilestoneValues(due_on=START, title="Bake a cake", phase=Phase.START)
    save_milestone(own, values=moved, expected=2, by=manager.user)
    own.refresh_from_db()
    assert own.phase == Phase.START


def test_removing_and_restoring_touch_no_other_milestone(
    strategy: Strategy, marketer: Membership
) -> None:
    values = MilestoneValues(due_on=START, title="Buy a cake")
    one, away, other = (
        add_milestone(strategy, values=values, by=marketer.user) for _number in range(3)
    )

    remove_milestone(away, by=marketer.user)
    remove_milestone(one, by=marketer.user)
    assert list(Milestone.objects.live()) == [other]

    restore_milestone(one, by=marketer.user)
    assert set(Milestone.objects.live()) == {one, other}


def test_reading_that_was_put_away_is_not_restored_by_hand(
    strategy: Strategy, kpi: Kpi, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    reading = milestone_of(strategy, "read")
    set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    set_state(reading, MilestoneState.TO_COME, by=marketer.user)
    away = milestone_of(strategy, "read", removed_at__isnull=False)

    restore_milestone(away, by=marketer.user)

    assert away not in Milestone.objects.live()


def test_saving_the_same_writes_nothing(strategy: Strategy, marketer: Membership) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")
    values = MilestoneValues(due_on=milestone.due_on, owner=milestone.owner)

    save_milestone(milestone, values=values, expected=1, by=marketer.user)

    milestone.refresh_from_db()
    assert (milestone.is_due_by_hand, milestone.is_owner_by_hand) == (False, False)
    assert not Record.objects.filter(verb="strategies.milestone_saved").exists()


def test_derived_milestone_cannot_be_removed(strategy: Strategy, marketer: Membership) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")

    with pytest.raises(Refusal, match="follows from an answer"):
        remove_milestone(milestone, by=marketer.user)

    assert milestone in Milestone.objects.live()


def test_archived_strategy_refuses_everything(strategy: Strategy, marketer: Membership) -> None:
    approve_answers(strategy, by=marketer)
    milestone = milestone_of(strategy, "mid-term")
    milestone.strategy.state = StrategyState.ARCHIVED
    values = MilestoneValues(due_on=START, title="Late thought")

    with pytest.raises(Refusal, match="archived"):
        set_state(milestone, MilestoneState.DONE, by=marketer.user, reason="Read on paper")
    with pytest.raises(Refusal, match="archived"):
        save_milestone(milestone, values=values, expected=1, by=marketer.user)
    with pytest.raises(Refusal, match="archived"):
        add_milestone(milestone.strategy, values=values, by=marketer.user)
    with pytest.raises(Refusal, match="archived"):
        remove_milestone(milestone, by=marketer.user)
    with pytest.raises(Refusal, match="archived"):
        restore_milestone(milestone, by=marketer.user)


def test_dropped_milestone_stays_as_it_is(
    strategy: Strategy, initiative: Initiative, marketer: Membership
) -> None:
    approve_answers(strategy, by=marketer)
    initiative.removed_at = initiative.created_at
    initiative.save()
    approve_answers(strategy, by=marketer)

    with pytest.raises(Refusal, match="no longer follows"):
        set_state(milestone_of(strategy, "initiative"), MilestoneState.DONE, by=marketer.user)


def test_approving_costs_the_same_with_many_rows(
    workspace: Workspace, marketer: Membership, django_assert_max_num_queries: Any
) -> None:
    strategy = make_strategy(workspace)
    for number in range(30):
        Initiative.objects.create(strategy=strategy, title=f"Initiative {number}")
    version = approve_answers(strategy, by=marketer)

    with django_assert_max_num_queries(12):
        apply_roadmap(version, by=marketer.user)
