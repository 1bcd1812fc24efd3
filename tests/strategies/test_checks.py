"""Each check finds what it looks for, and nothing where nothing is wrong."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.core.exceptions import ImproperlyConfigured

from core.findings import Severity, how_many
from networks.enums import ChannelState
from strategies.domain.answer_types import ChannelAnswer, KpiAnswer, Person
from strategies.domain.answers import Answers
from strategies.domain.checks import CHECKS, AnswerFinding, check, for_step, run_checks, step_state
from strategies.domain.checks.registry import NAMED_AT_MOST
from strategies.domain.checks.state import left_open
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE, STEP_OF_KIND, STEPS
from strategies.models import Strategy
from tests.strategies.answers_of import (
    AMIR,
    INGRID,
    changed,
    complete,
    copies,
    empty,
    not_known,
    with_rows,
)
from workspaces.models import Workspace

Bend = Callable[[Answers], Answers]


def with_second_audience(answers: Answers) -> Answers:
    students = msgspec.structs.replace(answers.audiences[0], uid="students", name="Students")
    return with_rows(answers, "audience", *answers.audiences, students)


def with_channels(*more: ChannelAnswer) -> Bend:
    return lambda answers: with_rows(answers, "channel", *answers.channels, *more)


def owned_by_one(number: int) -> Bend:
    def bend(answers: Answers) -> Answers:
        first = answers.channels[0]
        more = [
            msgspec.structs.replace(first, uid=f"c{place}", handle=f"@{place}", state="planned")
            for place in range(number - 1)
        ]
        return with_rows(answers, "channel", first, *more)

    return bend


def with_themes(answers: Answers, **percents: int) -> Answers:
    """One theme a category, each with its share of the posts."""
    first = answers.pillars[0]
    themes = [
        msgspec.structs.replace(
            first, uid=first.uid if number == 0 else category, category=category, percent=percent
        )
        for number, (category, percent) in enumerate(percents.items())
    ]
    return with_rows(answers, "pillar", *themes)


def saying(kind: str, field: str, text: str) -> Bend:
    return lambda answers: changed(answers, kind, **{field: text})


def on_the_same_day(answers: Answers) -> Answers:
    day = date(2027, 5, 1)
    bent = changed(answers, "kpi", by_on=day)
    return changed(changed(bent, "initiative", due_on=day), "objective", by_on=day)


LINKEDIN = ChannelAnswer(
    uid="linkedin",
    network="linkedin",
    handle="fjordlys",
    state="planned",
    owner=AMIR,
    backup=INGRID,
)

# Code → what makes it appear in complete answers; where it leads; a word of its sentence.
CASES: dict[str, tuple[Bend, tuple[str, str, str], str]] = {
    "no-period": (
        lambda a: changed(a, "period", starts_on=None),
        ("period", "period", "starts_on"),
        "first day",
    ),
    "ends-before-it-begins": (
        lambda a: changed(a, "period", ends_on=date(2026, 12, 31)),
        ("period", "period", "ends_on"),
        "before",
    ),
    "no-audience": (
        lambda a: with_rows(changed(a, "message", audiences=()), "audience"),
        ("audience", "", "name"),
        "no audience",
    ),
    "no-message": (lambda a: with_rows(a, "message"), ("message", "", "text"), "no key message"),
    "no-channel": (
        lambda a: changed(a, "channel", state=ChannelState.CLOSED.value),
        ("channel", "", "network"),
        "no channel",
    ),
    "channel-without-owner": (
        lambda a: changed(a, "channel", owner=None),
        ("channel", "instagram", "owner"),
        "Instagram: @fjordlys",
    ),
    "mix-is-not-100": (
        lambda a: changed(a, "content-plan", engagement=30),
        ("content-plan", "mix", "promotional"),
        "90 percent: 10 points are missing",
    ),
    "no-objective": (
        lambda a: changed(with_rows(a, "objective"), "initiative", objective=None),
        ("objective", "", "statement"),
        "no objective",
    ),
    "nobody-can-approve": (lambda a: a, ("", "", ""), "Nobody"),
    "audience-without-message": (with_second_audience, ("message", "", "text"), "“Students”"),
    "message-without-audience": (
        lambda a: with_rows(
            a,
            "message",
            *a.messages,
            msgspec.structs.replace(a.messages[0], uid="second", text="Second", audiences=()),
        ),
        ("message", "second", "audiences"),
        "“Second”",
    ),
    "audience-where-we-have-no-channel": (
        lambda a: changed(a, "audience", networks=("instagram", "tiktok", "youtube")),
        ("audience", "families", "networks"),
        "TikTok, YouTube",
    ),
    "channel-without-audience": (
        with_channels(LINKEDIN),
        ("audience", "families", "networks"),
        "LinkedIn: fjordlys",
    ),
    "channel-nobody-watches": (
        lambda a: with_rows(a, "watch"),
        ("watch", "", "channel"),
        "Nobody watches Instagram",
    ),
    "externals-without-policy": (
        lambda a: changed(a, "ownership", can_post_external=2, policy_need="needed"),
        ("ownership", "ownership", "policy_need"),
        "2 people from outside",
    ),
    "one-person-owns-too-much": (owned_by_one(4), ("channel", "c2", "owner"), "owns 4 channels"),
    "mostly-selling": (
        lambda a: changed(a, "content-plan", promotional=71, informative=20, engagement=9),
        ("content-plan", "mix", "promotional"),
        "71 percent",
    ),
    "more-work-than-hours": (
        lambda a: changed(a, "ownership", hours_per_week=Decimal("2.9")),
        ("post-kind", "plan", "highest"),
        "3 h 45 min of work a week; question 3 says 2 h 54 min",
    ),
    "work-without-hours": (
        lambda a: changed(
            changed(a, "post-kind", format="carousel"), "ownership", hours_per_week=None
        ),
        ("ownership", "ownership", "hours_per_week"),
        "10 h of work a week; question 3 says no hours",
    ),
    "posts-far-apart": (
        lambda a: changed(
            changed(a, "post-kind", format="story", lowest=7, highest=105),
            "ownership",
            hours_per_week=Decimal(40),
        ),
        ("post-kind", "plan", "highest"),
        "7 to 105 posts a week",
    ),
    "objective-without-figure": (
        lambda a: with_rows(
            a,
            "objective",
            *a.objectives,
            msgspec.structs.replace(a.objectives[0], uid="second", statement="Answer fast"),
        ),
        ("kpi", "", "metric"),
        "“Answer fast”",
    ),
    "figure-nobody-reads": (
        lambda a: changed(a, "kpi", reader=None),
        ("kpi", "kpi", "reader"),
        "Nobody reads “Searches”",
    ),
    "figure-without-date": (
        lambda a: changed(changed(a, "kpi", by_on=None), "objective", by_on=None),
        ("kpi", "kpi", "by_on"),
        "“Searches” has no date",
    ),
    "only-likes-or-followers": (
        lambda a: changed(a, "kpi", metric="followers"),
        ("kpi", "", "metric"),
        "only likes or followers",
    ),
    "figure-without-today": (
        lambda a: changed(a, "kpi", baseline=None),
        ("kpi", "kpi", "baseline"),
        "first four weeks",
    ),
    "channel-without-backup": (
        lambda a: changed(a, "channel", backup=None),
        ("channel", "instagram", "backup"),
        "has no backup",
    ),
    "channels-alike": (
        lambda a: copies(a, "channel", 2),
        ("channel", "instagram-1", "handle"),
        "Two channels are called Instagram: @fjordlys.",
    ),
    "half-selling": (
        lambda a: changed(a, "content-plan", promotional=51, informative=40, engagement=9),
        ("content-plan", "mix", "promotional"),
        "51 percent",
    ),
    "no-awareness-or-intention": (
        lambda a: changed(a, "kpi", metric="visits"),
        ("kpi", "", "metric"),
        "know you",
    ),
    "many-audiences": (
        lambda a: copies(a, "audience", 6),
        ("audience", "families-5", "name"),
        "6 audiences",
    ),
    "many-objectives": (
        lambda a: with_rows(
            a,
            "objective",
            *(
                msgspec.structs.replace(a.objectives[0], uid=uid)
                for uid in ("objective", "two", "three", "four")
            ),
        ),
        ("objective", "four", "statement"),
        "4 objectives",
    ),
    "many-messages": (
        lambda a: copies(a, "message", 6),
        ("message", "message-5", "text"),
        "6 key messages",
    ),
    "initiative-without-owner-or-date": (
        lambda a: changed(a, "initiative", due_on=None),
        ("initiative", "initiative", "due_on"),
        "no day",
    ),
    "campaign-outside-the-period": (
        lambda a: changed(a, "activity", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 2)),
        ("activity", "activity", "starts_on"),
        "lies outside the period: Thu\u00a01\u00a0Oct\u00a02026.",
    ),
    "aim-outside-the-period": (
        lambda a: changed(a, "initiative", due_on=date(2027, 9, 1)),
        ("initiative", "initiative", "due_on"),
        "lies outside the period: Wed\u00a01\u00a0Sep\u00a02027.",
    ),
    "period-is-over": (
        lambda a: changed(a, "period", starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 23)),
        ("period", "period", "ends_on"),
        "Mon\u00a023\u00a0Nov\u00a02026",
    ),
    "follower-number-without-relevance": (
        lambda a: changed(a, "follower-aim", relevant=""),
        ("follower-aim", "aim", "relevant"),
        "not at whom",
    ),
    "no-competitor": (
        lambda a: with_rows(a, "listening", a.listening[0]),
        ("listening", "", "term"),
        "competitor",
    ),
    "themes-are-not-100": (
        lambda a: changed(a, "pillar", percent=101),
        ("pillar", "pillar", "percent"),
        "101 percent",
    ),
    "themes-differ-from-mix": (
        lambda a: with_themes(a, promotional=31, informative=40, engagement=29),
        ("content-plan", "mix", "promotional"),
        "The themes are 31 / 40 / 29 (selling, useful, dialogue); the mix says 20 / 40 / 40.",
    ),
    "part-without-holder": (
        lambda a: changed(a, "duty", holder=None),
        ("duty", "duty", "holder"),
        "“Editor”",
    ),
    "objective-without-date": (
        lambda a: changed(a, "objective", by_on=None),
        ("objective", "objective", "by_on"),
        "has no date",
    ),
    "no-marketing-goal": (
        lambda a: changed(
            changed(with_rows(a, "goal"), "objective", goal=None), "activity", goal=None
        ),
        ("goal", "", "title"),
        "what do the objectives serve?",
    ),
    **{
        f"left-to-fill-in-{STEP_OF_KIND[kind].code}": (
            saying(kind, field, text),
            (kind, uid, field),
            f"“{words}”",
        )
        for kind, uid, field, text, words in (
            ("goal", "goal", "title", "How do we sell more?", "How do we sell more?"),
            ("audience", "families", "needs", "xx", "xx"),
            ("message", "message", "proof", "Because of [feature].", "[feature]"),
            ("duty", "duty", "tasks", "TBD", "TBD"),
            ("pillar", "pillar", "description", "?", "?"),
            ("follower-aim", "aim", "relevant", "…", "…"),
            ("initiative", "initiative", "title", "Who writes?", "Who writes?"),
            ("kpi", "kpi", "source", "{{ tool }}", "{{ tool }}"),
            ("activity", "activity", "support", "TODO", "TODO"),
        )
    },
    "same-date-for-everything": (
        on_the_same_day,
        ("initiative", "initiative", "due_on"),
        "Sat\u00a01\u00a0May\u00a02027",
    ),
}

# Checks that cannot appear alone: who leaves one thing out leaves out another.
TOGETHER = {
    "figure-without-date": {"objective-without-date"},
    "channels-alike": {"channel-nobody-watches"},
    "period-is-over": {"campaign-outside-the-period", "aim-outside-the-period"},
    "many-objectives": {"objective-without-figure"},
    "many-audiences": {"audience-without-message", "message-without-audience"},
}


TODAY = date(2026, 11, 24)  # before the period of complete()


def found_in(
    answers: Answers, *, reviewers_available: bool = True, today: date = TODAY, **more: bool
) -> list[AnswerFinding]:
    strategy = Strategy(workspace=Workspace(slug="fjordlys"))
    return run_checks(
        answers, strategy, reviewers_available=reviewers_available, today=today, **more
    )


def codes_in(answers: Answers) -> set[str]:
    return {finding.code for finding in found_in(answers)}


def test_complete_answers_have_nothing_to_look_at() -> None:
    assert found_in(complete()) == []


def test_every_check_has_its_case_here() -> None:
    assert set(CASES) == set(CHECKS.codes)


def test_the_table_of_the_product_is_whole() -> None:
    severities = [one.severity for one in CHECKS]

    assert severities.count(Severity.BLOCKER) == 9
    assert (
        severities.count(Severity.WARNING) == 32
    )  # nineteen more than the table, nine of them one a question
    assert severities.count(Severity.TIP) == 12  # three more than the table


@pytest.mark.parametrize("code", CASES)
def test_check_finds_its_case_and_nothing_else(code: str) -> None:
    bend, (kind, row, field), word = CASES[code]
    reviewers = code != "nobody-can-approve"

    findings = found_in(bend(complete()), reviewers_available=reviewers)

    assert {finding.code for finding in findings} - TOGETHER.get(code, set()) == {code}
    finding = next(finding for finding in findings if finding.code == code)
    assert finding.severity == CHECKS[code].severity
    assert finding.url.startswith("/w/fjordlys/")
    assert finding.target == Target(CHECKS[code].step, kind, row, field)
    assert word in str(finding.sentence)
    assert finding.link


@pytest.mark.parametrize("code", CASES)
def test_what_should_be_fixed_is_worded_as_something_to_do(code: str) -> None:
    bend = CASES[code][0]

    findings = found_in(bend(complete()), today=date(2026, 11, 24))

    for finding in findings:
        if finding.severity == Severity.WARNING:
            first = str(finding.task).split(" ", 1)[0]
            assert first in {
                "Add",
                "Change",
                "Choose",
                "Give",
                "Let",
                "Name",
                "Plan",
                "Say",
                "Share",
                "Write",
            }
            assert not str(finding.task).endswith(".")


@pytest.mark.parametrize("code", CASES)
def test_check_leads_to_a_field_that_stands_in_its_question(code: str) -> None:
    bend, (kind, _row, field), _word = CASES[code]
    findings = found_in(bend(complete()), reviewers_available=False)
    finding = next(finding for finding in findings if finding.code == code)

    address = answer_url("fjordlys", "0c5ff2a4-0d67-4e0f-8d7c-0123456789ab", finding.target)

    if not kind:
        assert address.endswith("/w/fjordlys/people/")
        return
    assert STEP_OF_KIND[kind].code == finding.target.step
    assert field in KINDS[kind].fields
    assert address.endswith(f"-{field}")


@pytest.mark.parametrize(
    "code",
    [
        code
        for code, one in zip(CHECKS.codes, CHECKS, strict=True)
        if one.severity == Severity.BLOCKER and one.step
    ],
)
def test_blocker_stays_when_its_question_is_not_known(code: str) -> None:
    bent = not_known(CASES[code][0](complete()), CHECKS[code].step)

    assert code in codes_in(bent)


@pytest.mark.parametrize(
    "code",
    [
        code
        for code, one in zip(CHECKS.codes, CHECKS, strict=True)
        if one.severity != Severity.BLOCKER
    ],
)
def test_warning_and_tip_are_silent_when_their_question_is_not_known(code: str) -> None:
    bent = not_known(CASES[code][0](complete()), CHECKS[code].step)

    assert code not in codes_in(bent)


@pytest.mark.parametrize(
    ("code", "kind", "field"),
    [
        ("message-without-audience", "message", "audiences"),
        ("audience-without-message", "message", "audiences"),
        ("externals-without-policy", "ownership", "policy_need"),
        ("figure-nobody-reads", "kpi", "reader"),
        ("figure-without-today", "kpi", "baseline"),
        ("channel-without-backup", "channel", "backup"),
        ("follower-number-without-relevance", "follower-aim", "relevant"),
    ],
)
def test_warning_and_tip_are_silent_when_their_field_is_not_known(
    code: str, kind: str, field: str
) -> None:
    bent = changed(CASES[code][0](complete()), kind, not_known=(field,))

    assert code not in codes_in(bent)


def test_owner_not_known_yet_still_blocks_a_channel_in_use() -> None:
    bent = changed(complete(), "channel", owner=None, not_known=("owner",))

    assert "channel-without-owner" in codes_in(bent)


def test_channel_whose_owner_has_left_has_no_owner() -> None:
    bent = changed(complete(), "channel", owner=Person("gone", "Kari Nes", has_left=True))

    (finding,) = [found for found in found_in(bent) if found.code == "channel-without-owner"]

    assert finding.sentence == "Instagram: @fjordlys has no owner: Kari Nes has left."


def test_planned_channel_without_owner_does_not_block() -> None:
    bent = changed(complete(), "channel", owner=None, state="planned")

    assert "channel-without-owner" not in codes_in(bent)


def test_watch_row_without_days_leads_to_its_days() -> None:
    findings = found_in(changed(complete(), "watch", days=()))

    assert [finding.target.field for finding in findings] == ["days"]
    assert findings[0].target.row == "watch"


def test_watch_with_days_not_known_is_silent() -> None:
    assert found_in(changed(complete(), "watch", days=(), not_known=("days",))) == []


def test_one_message_for_somebody_unknown_keeps_silent_about_audiences() -> None:
    bent = with_second_audience(complete())
    unknown = msgspec.structs.replace(
        bent.messages[0], uid="second", audiences=(), not_known=("audiences",)
    )

    bent = with_rows(bent, "message", *bent.messages, unknown)

    assert "audience-without-message" not in codes_in(bent)


def test_channel_without_audience_is_silent_while_an_audience_has_no_place() -> None:
    bent = changed(with_channels(LINKEDIN)(complete()), "audience", networks=(), elsewhere="")

    assert "channel-without-audience" not in codes_in(bent)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"promotional": None, "informative": None, "engagement": None}, "not chosen yet"),
        ({"informative": None}, "how much should be useful"),
        ({"engagement": 41}, "101 percent: 1 point too many"),
        ({"engagement": 39}, "99 percent: 1 point is missing"),
    ],
)
def test_mix_says_what_is_missing(values: dict[str, int | None], sentence: str) -> None:
    findings = found_in(changed(complete(), "content-plan", **values))

    assert [finding.code for finding in findings] == ["mix-is-not-100"]
    assert sentence in str(findings[0].sentence)


@pytest.mark.parametrize(
    ("promotional", "expected"),
    [(50, None), (51, "half-selling"), (70, "half-selling"), (71, "mostly-selling")],
)
def test_selling_is_judged_at_half_and_at_seventy(promotional: int, expected: str | None) -> None:
    bent = changed(
        complete(),
        "content-plan",
        promotional=promotional,
        informative=100 - promotional,
        engagement=0,
    )

    assert codes_in(bent) == ({expected} if expected else set())


@pytest.mark.parametrize(("hours", "expected"), [(Decimal(3), False), (Decimal("2.9"), True)])
def test_work_may_be_a_quarter_above_the_hours(hours: Decimal, expected: bool) -> None:
    # Five texts of 45 minutes are 3 h 45 min, which is 3 h and a quarter.
    bent = changed(complete(), "ownership", hours_per_week=hours)

    assert ("more-work-than-hours" in codes_in(bent)) is expected


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (owned_by_one(3), "one-person-owns-too-much"),
        (lambda answers: copies(answers, "audience", 5), "many-audiences"),
        (lambda answers: copies(answers, "message", 5), "many-messages"),
        (lambda answers: copies(answers, "objective", 3), "many-objectives"),
        (lambda answers: with_rows(on_the_same_day(answers), "kpi"), "same-date-for-everything"),
    ],
)
def test_number_just_below_the_limit_is_no_finding(bend: Bend, code: str) -> None:
    assert code not in codes_in(bend(complete()))


@pytest.mark.parametrize(
    ("said", "word", "field"),
    [
        ({"owner": None}, "become the author", "owner"),
        ({"owner": None, "due_on": None}, "nobody’s yet, and has no day", "owner"),
        ({"owner": None, "not_known": ("owner",)}, "", ""),
        ({"owner": None, "owner_name": "The web team"}, "", ""),
        ({"due_on": None, "not_known": ("due_on",)}, "", ""),
    ],
)
def test_initiative_that_leaves_open_who_or_when_says_which(
    said: dict[str, Any], word: str, field: str
) -> None:
    findings = found_in(changed(complete(), "initiative", **said))

    told = [
        (str(finding.sentence), finding.target.field)
        for finding in findings
        if finding.code == "initiative-without-owner-or-date"
    ]
    assert bool(told) is bool(word)
    assert all(word in sentence and named == field for sentence, named in told)


def test_period_that_ends_today_is_not_over() -> None:
    bent = changed(complete(), "period", starts_on=TODAY, ends_on=TODAY)

    assert "period-is-over" not in codes_in(bent)


def test_frozen_or_closed_channel_asks_for_nothing() -> None:
    frozen = msgspec.structs.replace(LINKEDIN, owner=None, backup=None, state="frozen")

    assert found_in(with_channels(frozen)(complete())) == []


def test_outside_people_are_seen_in_the_channels_too() -> None:
    agency = changed(complete(), "channel", operator_kind="agency")
    bent = changed(agency, "ownership", policy_need="not_needed", can_post_external=None)

    findings = found_in(bent)

    assert [finding.code for finding in findings] == ["externals-without-policy"]
    assert "run channels" in str(findings[0].sentence)
    assert found_in(bent, policy_for_externals=True) == []


def test_figure_read_by_somebody_never_is_a_warning() -> None:
    findings = found_in(changed(complete(), "kpi", read_every=""))

    assert [(finding.code, finding.target.field) for finding in findings] == [
        ("figure-nobody-reads", "read_every")
    ]


def test_figure_takes_the_date_of_its_objective() -> None:
    assert found_in(changed(complete(), "kpi", by_on=None)) == []


def test_sign_needs_no_figure_today() -> None:
    assert found_in(changed(complete(), "kpi", is_sign=True, baseline=None, target=None)) == []


def test_long_names_are_shortened_in_sentences() -> None:
    bent = changed(complete(), "kpi", name="x" * 300, reader=None)

    assert len(str(found_in(bent)[0].sentence)) < 120


def test_sentence_quotes_the_first_line_of_several() -> None:
    answers = with_rows(changed(complete(), "objective", statement="Be known\nBy May"), "kpi")

    sentences = [str(one.sentence) for one in found_in(answers)]

    assert "Nothing tells whether you reach “Be known”." in sentences


def test_figures_alone_ask_for_a_competitor_to_listen_for() -> None:
    assert codes_in(with_rows(complete(), "listening")) == {"no-competitor"}


def test_period_of_one_day_is_a_period() -> None:
    one_day = changed(complete(), "period", ends_on=date(2027, 1, 1))

    assert {finding.target.step for finding in found_in(one_day)} == {"success", "fit"}


def test_empty_strategy_is_told_only_what_must_be_fixed() -> None:
    assert {finding.severity for finding in found_in(empty())} == {Severity.BLOCKER}


def test_findings_stand_gravest_first_then_in_order_of_the_questions() -> None:
    bent = changed(complete(), "kpi", reader=None, baseline=None)
    bent = changed(with_rows(bent, "message"), "channel", backup=None, owner=None)

    findings = found_in(bent, reviewers_available=False)

    places = [
        (
            finding.severity.rank,
            STEP_BY_CODE[finding.target.step].number if finding.target.step else 9,
        )
        for finding in findings
    ]
    assert places == sorted(places)
    assert len({rank for rank, _number in places}) == 3


def test_one_audience_without_a_place_keeps_silent_about_channels() -> None:
    bent = with_channels(LINKEDIN)(complete())
    placeless = msgspec.structs.replace(
        bent.audiences[0], uid="students", networks=(), elsewhere="", not_known=("networks",)
    )

    bent = changed(with_rows(bent, "audience", *bent.audiences, placeless), "message")

    assert "channel-without-audience" not in codes_in(bent)


def test_many_of_a_kind_are_counted_instead_of_named() -> None:
    bent = copies(complete(), "audience", 200)
    bent = changed(bent, "objective", audiences=())

    findings = [finding for finding in found_in(bent) if finding.code == "audience-without-message"]

    assert len(findings) == NAMED_AT_MOST + 1
    assert "195 more" in str(findings[-1].sentence)


def test_sentence_that_speaks_of_the_rest_counts_as_many() -> None:
    findings = found_in(changed(copies(complete(), "kpi", 36), "kpi", reader=None))

    unread = [finding for finding in findings if finding.code == "figure-nobody-reads"]
    assert [finding.number for finding in unread] == [1] * NAMED_AT_MOST + [31]
    assert how_many(unread) == 36


def test_step_counts_every_row_that_must_be_fixed() -> None:
    bent = changed(copies(complete(), "channel", 9), "channel", owner=None)

    step = STEP_BY_CODE["ownership"]
    state = step_state(bent, found_in(bent), step)

    assert state.label == "Must be fixed: 9"


def test_for_step_keeps_what_is_mended_there() -> None:
    findings = found_in(empty())

    assert [finding.code for finding in for_step(findings, "audience")] == ["no-audience"]
    assert {finding.target.step for finding in findings} >= {"begin", "success"}


def test_two_checks_may_not_share_a_code() -> None:
    with pytest.raises(ImproperlyConfigured, match="no-period"):
        check("no-period", Severity.TIP, step="begin")(lambda answers, context: ())


# --- states of a question ---------------------------------------------------------------------


def state_of(answers: Answers, code: str) -> str:
    return step_state(answers, found_in(answers), STEP_BY_CODE[code]).code


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)
def test_step_of_complete_answers_is_done(step: object) -> None:
    assert state_of(complete(), step.code) == "done"  # type: ignore[attr-defined]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)
def test_step_of_a_new_strategy_is_not_begun(step: object) -> None:
    assert state_of(empty(), step.code) == "not_begun"  # type: ignore[attr-defined]


def test_rows_that_were_made_for_every_channel_begin_nothing() -> None:
    standing = msgspec.structs.replace(
        complete().standings[0], followers=None, posts_last_90_days=None, verdict="", reason=""
    )

    assert state_of(with_rows(empty(), "standing", standing), "begin") == "not_begun"


def test_step_with_a_blocker_is_blocked_once_begun() -> None:
    bent = with_rows(complete(), "message")

    state = step_state(bent, found_in(bent), STEP_BY_CODE["message"])

    assert (state.code, state.label, state.look) == ("blocked", "Must be fixed: 1", "bad")


def test_step_with_something_left_open_is_begun() -> None:
    assert state_of(changed(complete(), "audience", needs=""), "audience") == "begun"


def test_field_that_is_not_known_is_not_left_open() -> None:
    bent = changed(complete(), "audience", needs="", not_known=("needs",))

    assert state_of(bent, "audience") == "done"


def test_sign_leaves_no_numbers_open() -> None:
    bent = changed(complete(), "kpi", is_sign=True, baseline=None, target=None)

    assert state_of(bent, "measurement") == "done"


def test_step_that_is_not_known_says_so() -> None:
    assert state_of(not_known(empty(), "followers"), "followers") == "not_known"


def test_step_that_is_not_known_and_blocks_shows_the_blocker() -> None:
    assert state_of(not_known(empty(), "audience"), "audience") == "blocked"


def test_checks_of_two_hundred_rows_take_a_moment() -> None:
    bent = copies(
        copies(complete(), "audience", 200), "kpi", 200, by_on=date(2027, 1, 1) + timedelta(1)
    )

    assert isinstance(bent.kpis[0], KpiAnswer)
    assert len(found_in(bent)) < 60


@pytest.mark.parametrize(
    ("due_on", "is_told"),
    [
        (date(2016, 3, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (date(2027, 6, 30), False),
        (date(2027, 7, 1), True),
    ],
)
def test_initiative_outside_the_period_should_be_fixed(due_on: date, *, is_told: bool) -> None:
    findings = found_in(changed(complete(), "initiative", due_on=due_on))

    told = [one for one in findings if one.code == "aim-outside-the-period"]
    assert [(one.severity, one.target.row) for one in told] == (
        [(Severity.WARNING, "initiative")] if is_told else []
    )


@pytest.mark.parametrize(
    ("lowest", "highest", "is_told"),
    [
        (7, 105, True),
        (1, 5, False),
        (0, 6, True),
        (0, 5, False),
        (10, 40, False),
        (None, 50, False),
    ],
)
def test_numbers_of_posts_far_apart_are_told(
    lowest: int | None, highest: int, *, is_told: bool
) -> None:
    answers = changed(complete(), "post-kind", format="story", lowest=lowest, highest=highest)

    codes = [one.code for one in found_in(answers)]

    assert ("posts-far-apart" in codes) == is_told


@pytest.mark.parametrize(
    ("percents", "found"),
    [
        (
            {"promotional": 30, "informative": 40, "engagement": 30},
            False,
        ),  # as the tolerance has it
        ({"promotional": 20, "informative": 51, "engagement": 29}, True),
        ({"promotional": 20, "informative": 40}, False),  # not 100: nobody can tell
    ],
)
def test_themes_are_compared_with_the_mix_beyond_its_tolerance(
    percents: dict[str, int], found: bool
) -> None:
    assert ("themes-differ-from-mix" in codes_in(with_themes(complete(), **percents))) is found


def test_other_networks_are_told_apart_by_their_names() -> None:
    reddit = msgspec.structs.replace(
        LINKEDIN, uid="reddit", network="other", other_network="Reddit"
    )
    bent = with_channels(reddit)(complete())

    on_shorts = changed(
        bent, "audience", networks=("instagram", "other"), elsewhere="YouTube Shorts"
    )
    on_reddit = changed(bent, "audience", networks=("instagram", "other"), elsewhere="On Reddit")

    both = {"audience-where-we-have-no-channel", "channel-without-audience"}
    assert codes_in(on_shorts) == both
    assert not codes_in(on_reddit) & both


@pytest.mark.parametrize(
    ("name", "is_asked"), [("Our app", False), ("Newsletter", False), ("Reddit", True)]
)
def test_watch_hours_are_asked_where_people_write_back(name: str, is_asked: bool) -> None:
    bent = changed(with_rows(complete(), "watch"), "channel", network="other", other_network=name)

    assert ("channel-nobody-watches" in codes_in(bent)) is is_asked


def test_figure_that_is_only_followed_needs_neither_target_nor_date() -> None:
    bent = changed(complete(), "kpi", direction="follow", target=None, by_on=None)
    bent = changed(bent, "objective", by_on=None, not_known=("by_on",))

    assert "figure-without-date" not in codes_in(bent)
    assert "target" not in left_open(bent.kpis[0], KINDS["kpi"])


def test_own_figure_tells_of_the_family_that_was_chosen() -> None:
    bent = changed(complete(), "kpi", metric="own", family="size")

    assert "only-likes-or-followers" in codes_in(bent)
    assert "no-awareness-or-intention" not in codes_in(changed(bent, "kpi", family="intention"))
