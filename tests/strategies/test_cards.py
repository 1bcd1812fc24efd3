"""What a folded card says of its row, and what the first page says of a campaign."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.utils import translation

from core.text import percent_text
from strategies.domain.answer_types import OwnershipAnswer, PostKindAnswer
from strategies.domain.answers import Answers
from strategies.domain.checks import step_state
from strategies.domain.questionnaire import KINDS, STEP_OF_KIND
from strategies.domain.titles import row_titles
from strategies.presentation.cards import Card, cards
from strategies.presentation.summary import ten_lines
from tests.strategies.answers_of import changed, complete, with_rows


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, ""),
        ({"format": "short_video"}, ""),
        ({"lowest": 3, "highest": 4}, "3 to 4 posts a week\u00a0· Text or link"),
        ({"highest": 1, "period": "month"}, "Up to 1 post a month\u00a0· Text or link"),
        (
            {"highest": 2, "days": ("2", "4"), "times": (time(17), time(20))},
            "Up to 2 posts a week\u00a0· Tue, Thu, 17:00, 20:00\u00a0· Text or link",
        ),
        ({"days": ("7",), "times": (time(17),)}, "Sun, 17:00"),
        ({"highest": 1, "period": "two_weeks"}, "Up to 1 post in two weeks\u00a0· Text or link"),
    ],
)
def test_a_channels_card_says_how_often_in_words(said: dict[str, Any], line: str) -> None:
    plan = msgspec.structs.replace(
        PostKindAnswer(uid="plan", channel="instagram", format="text"), **said
    )
    answers = msgspec.structs.replace(complete(), post_kinds=(plan,))

    (card,) = cards(answers, KINDS["post-kind"], row_titles(answers))

    assert card.line == line
    assert card.left_open == (() if said.get("highest") else ("how many posts",))


@pytest.mark.parametrize(
    ("code", "said", "line"),
    [
        (
            "watch",
            {
                "days": tuple("1234567"),
                "starts_at": time(8),
                "ends_at": time(20),
                "complaint_hours": 2,
                "question_hours": 4,
                "takes_over": "Front desk",
                "whom_to_call": "Kari",
            },
            "Every day, 08:00 to 20:00\u00a0· complaints within 2\u00a0h, questions within 4\u00a0h"
            "\u00a0· after hours: Front desk\u00a0· call: Kari",
        ),
        (
            "kpi",
            {"is_sign": True, "read_every": "", "reader": None, "objective": None},
            "A sign, seen or not\u00a0· ",
        ),
        (
            "kpi",
            {"is_sign": False, "baseline": Decimal(1200), "target": Decimal("2.5")},
            "1,200 today, 2.5 aimed at\u00a0· ",
        ),
        (
            "content-plan",
            {"promotional": 20, "informative": 40, "engagement": None},
            f"{percent_text(20)} selling, {percent_text(40)} useful\u00a0· ",
        ),
        (
            "period",
            {"starts_on": date(2026, 12, 5), "ends_on": date(2027, 1, 5)},
            "Sat\u00a05\u00a0Dec\u00a02026 to Tue\u00a05\u00a0Jan\u00a02027",
        ),
        ("habit", {"times_per_week": 1}, "Once a week\u00a0· "),
        ("habit", {"times_per_week": 7}, "7 times a week\u00a0· "),
        (
            "duty",
            {"holder": None, "holder_name": "Kystlyd", "hours_per_week": Decimal(5)},
            "Kystlyd\u00a0· 5 h a week",
        ),
        (
            "activity",
            {"starts_on": date(2026, 12, 5), "ends_on": date(2026, 12, 5)},
            "Sat\u00a05\u00a0Dec\u00a02026\u00a0· ",
        ),
        (
            "channel",
            {
                "operator_kind": "agency",
                "operator": None,
                "operator_name": "Kystlyd",
                "owner": None,
            },
            "Run by Kystlyd\u00a0· ",
        ),
    ],
)
def test_a_card_says_together_what_belongs_together(
    code: str, said: dict[str, Any], line: str
) -> None:
    answers = changed(complete(), code, **said)

    card = cards(answers, KINDS[code], row_titles(answers))[0]

    assert card.line.startswith(line)


def test_full_stops_of_answers_do_not_meet_the_dots_between_them() -> None:
    answers = changed(complete(), "message", proof="It is on the sign.", audiences=())
    audience = changed(complete(), "audience", needs="Parking.", elsewhere="The letter.", size=None)

    message_card = cards(answers, KINDS["message"], row_titles(answers))[0]
    audience_card = cards(audience, KINDS["audience"], row_titles(audience))[0]

    assert message_card.line.endswith("It is on the sign.")
    assert audience_card.line.startswith("Parking\u00a0· ")


@pytest.mark.parametrize(("said", "is_blank"), [({}, True), ({"can_post": 3}, False)])
def test_what_is_open_is_not_listed_while_nothing_is_said(
    said: dict[str, Any], is_blank: bool
) -> None:
    nothing = OwnershipAnswer(uid="ownership")
    answers = msgspec.structs.replace(
        complete(), ownership=msgspec.structs.replace(nothing, **said)
    )

    (card,) = cards(answers, KINDS["ownership"], row_titles(answers))

    assert card.left_open
    assert card.is_blank is is_blank


def test_a_card_of_several_lines_is_called_by_the_first() -> None:
    answers = changed(complete(), "objective", statement="Be known\n\nBy May:\n- by families")

    (card,) = cards(answers, KINDS["objective"], row_titles(answers))

    assert card.title == "Be known"
    assert card.line.startswith("By May: - by families\u00a0· Brand promotion")


def test_a_card_holds_whole_answers() -> None:
    needs, elsewhere = "Where do we park? " * 8, "The county's letter. " * 3
    answers = changed(complete(), "audience", needs=needs, networks=(), elsewhere=elsewhere, size=9)

    card = cards(answers, KINDS["audience"], row_titles(answers))[0]

    assert card.line == needs.strip()
    assert len(card.line) <= 160


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ({}, []),
        ({"not_known": ("highest",)}, [("How often", "Not known yet")]),
        ({"highest": 3}, [("How often", "up to 3 posts a week")]),
        (
            {"lowest": 2, "not_known": ("highest",)},
            [("How often", "at least 2 posts a week, the highest number is not known yet")],
        ),
    ],
)
def test_how_often_is_read_as_one_thing(said: dict[str, Any], facts: list[tuple[str, str]]) -> None:
    plan = PostKindAnswer(uid="plan", channel="instagram", format="text")
    answers = with_rows(complete(), "post-kind", msgspec.structs.replace(plan, **said))

    (card,) = cards(answers, KINDS["post-kind"], row_titles(answers))

    assert [(fact.label, fact.text) for fact in card.facts][1:] == facts
    assert card.facts[0].field == "format"  # the channel is the card's title


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (
            date(2027, 2, 15),
            date(2027, 2, 28),
            "Mon\u00a015\u00a0Feb\u00a02027 to Sun\u00a028\u00a0Feb\u00a02027",
        ),
        (date(2027, 2, 15), None, "from Mon\u00a015\u00a0Feb\u00a02027"),
        (None, date(2027, 2, 28), "to Sun\u00a028\u00a0Feb\u00a02027"),
    ],
)
def test_a_campaigns_days_go_on_the_sentence(
    first: date | None, last: date | None, words: str
) -> None:
    answers: Answers = complete()
    activity = msgspec.structs.replace(answers.activities[0], starts_on=first, ends_on=last)
    answers = msgspec.structs.replace(answers, activities=(activity,))

    assert ten_lines(answers)[-1].items == (f"{activity.name}, {words}",)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({}, ()),
        ({"networks": (), "elsewhere": ""}, ("where do you find them",)),
        ({"networks": (), "elsewhere": "The quay"}, ()),
        ({"networks": (), "not_known": ("networks",)}, ()),
    ],
)
def test_a_card_names_what_keeps_the_question_from_being_done(
    said: dict[str, Any], names: tuple[str, ...]
) -> None:
    answers = complete()
    audience = msgspec.structs.replace(answers.audiences[0], **said)
    answers = msgspec.structs.replace(answers, audiences=(audience,))

    (card,) = cards(answers, KINDS["audience"], row_titles(answers))

    assert card.left_open == names
    assert (step_state(answers, [], STEP_OF_KIND["audience"]).code == "done") is (not names)


# --- cards are made once of the same values -------------------------------------------------------


def test_a_card_follows_the_names_that_it_quotes() -> None:
    before = complete()
    after = changed(before, "audience", name="Grandparents")

    said = [cards(one, KINDS["message"], row_titles(one))[0].line for one in (before, after)]

    assert "Grandparents" not in said[0]
    assert "Grandparents" in said[1]


def test_a_card_follows_its_place_and_its_language() -> None:
    def card(answers: Answers) -> Card:
        return cards(answers, KINDS["audience"], row_titles(answers))[0]

    alone = complete()
    (audience,) = alone.audiences
    followed = with_rows(alone, "audience", audience, msgspec.structs.replace(audience, uid="two"))
    with translation.override("nb"):
        in_bokmal = card(alone)

    assert card(alone).is_last
    assert not card(followed).is_last
    assert in_bokmal is not card(alone)
