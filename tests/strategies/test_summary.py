"""The summary, who hears what, and the next step for each person."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.text import isolated
from strategies.domain.answers import Answers, load_answers
from strategies.domain.checks.state import is_own_word
from strategies.domain.matrix import matrix_of
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE, STEP_OF_KIND, STEPS
from strategies.domain.row_texts import posts_text
from strategies.enums import StrategyState
from strategies.models import (
    Audience,
    ContentPlan,
    KeyMessage,
    Kpi,
    Strategy,
    StrategyVersion,
)
from strategies.presentation.mix_picture import mix_parts
from strategies.presentation.summary import said_elsewhere, ten_lines
from strategies.services.strategies import create_strategy
from strategies.services.versions import (
    approve,
    approve_alone,
    ask_for_changes,
    submit_strategy,
    withdraw,
)
from tests.strategies.answers_of import changed, complete, copies, empty, not_known, with_rows
from tests.strategies.stored import store
from tests.strategies.test_answer_display import filled
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The period of the answers lies ahead."""
    with time_machine.travel("2026-11-24 12:00:00+00:00"):
        yield


@pytest.fixture
def blank(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring and summer", by=marketer.user)


@pytest.fixture
def full(workspace: Workspace, marketer: Membership, manager: Membership) -> Strategy:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    return store(complete(), strategy, {"p-ingrid": manager, "p-amir": marketer})


def address(strategy: Strategy, name: str = "summary", *more: object) -> str:
    return reverse(f"strategies:{name}", args=[strategy.workspace.slug, strategy.uid, *more])


def submitted(strategy: Strategy, by: Membership, reviewer: Membership) -> StrategyVersion:
    return submit_strategy(strategy, reviewers=[reviewer], note="", by=by.user)


def store_audience_on_tiktok(strategy: Strategy) -> None:
    audience = Audience(strategy=strategy, name="Students")
    audience.networks = ("tiktok",)
    audience.save()


def next_step(page: object) -> tuple[str, str]:
    action = page.context["action"]  # type: ignore[attr-defined]
    return action.label, action.url


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "is_led"), [("marketer", True), ("reader", False)])
def test_only_who_may_mend_is_led_to_the_field(
    role: str, is_led: bool, full: Strategy, client_as: ClientAs, request: pytest.FixtureRequest
) -> None:
    store_audience_on_tiktok(full)
    member = request.getfixturevalue(role)

    for url in (address(full), address(full, "question", "audience")):
        page = client_as(member).get(url).content.decode()
        assert "You look for “Students” on TikTok" in page
        assert ("Add the channel, or choose another place</a>" in page) is is_led


def test_summary_of_a_full_strategy_says_what_was_answered(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address(full))

    assert page.status_code == 200
    for words in (
        "Fri\u00a01\u00a0Jan\u00a02027 to Wed\u00a030\u00a0Jun\u00a02027",
        "Families within an hour’s drive",
        "Searches: 1,900 today, 2,500 aimed at",
        "Every audience hears a message",
        "Nothing to look at",
        "3 h 45 min",
        'width="20%"',
        "8 of 8 questions done",
        "Not submitted yet",
    ):
        assert words in page.content.decode(), words


def test_summary_of_a_new_strategy_invites_to_begin(
    blank: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address(blank))

    assert "about 30 minutes" in page.content.decode()
    assert next_step(page) == ("Begin the first pass", address(blank, "first_pass"))


def test_summary_groups_findings_gravest_first_with_links(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    KeyMessage.objects.filter(strategy=full).delete()
    Kpi.objects.filter(strategy=full).update(reader=None, baseline=None)

    page = client_as(marketer).get(address(full))

    assert [group.severity for group in page.context["groups"]] == ["blocker", "warning", "tip"]
    body = page.content.decode()
    assert "There is no key message yet." in body
    assert f"{address(full, 'question', 'message')}?add=message#id_message-new-text" in body


def test_summary_counts_every_row_that_a_sentence_speaks_of(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    for number in range(36):
        Kpi.objects.create(strategy=full, name=f"K{number}", is_sign=True, read_every="month")

    page = client_as(marketer).get(address(full))

    assert page.content.decode().count("Should be fixed: 72</") == 2  # at the top, and at the list
    assert "The same holds for 31 more." in page.content.decode()


def test_summary_links_what_nobody_can_approve_to_the_people(
    blank: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address(blank))

    assert "Nobody in this workspace can approve" in page.content.decode()
    assert f'href="{reverse("members:list", args=["fjordlys"])}"' in page.content.decode()


def test_summary_costs_the_same_with_one_and_thirty_rows(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    client.get(address(full))
    with CaptureQueriesContext(connection) as few:
        client.get(address(full))
    for number in range(30):
        audience = Audience.objects.create(strategy=full, name=f"A{number}")
        KeyMessage.objects.create(strategy=full, text=f"M{number}").audiences.add(audience)
        Kpi.objects.create(strategy=full, name=f"K{number}", reader=marketer)

    with CaptureQueriesContext(connection) as many:
        client.get(address(full))

    assert len(many) == len(few)


def test_summary_shows_markup_as_text(
    blank: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Audience.objects.create(strategy=blank, name="<script>alert(1)</script> 👩‍🎤 فتى")

    body = client_as(marketer).get(address(blank)).content.decode()

    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


PAGES = ["summary", "document", "matrix"]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_read_only(
    name: str, full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    assert client_as(marketer).post(address(full, name)).status_code == 405


# --- what comes next --------------------------------------------------------------------------


def test_next_step_with_something_to_fix_is_the_first_pass(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    KeyMessage.objects.filter(strategy=full).delete()

    page = client_as(marketer).get(address(full))

    assert next_step(page) == ("Continue the first pass", address(full, "first_pass"))


def test_next_step_with_nothing_to_fix_is_to_submit(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address(full))

    assert next_step(page) == ("Submit for review", address(full, "submit"))


def test_next_step_of_a_reader_is_to_read(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    page = client_as(reader).get(address(full))

    assert next_step(page) == ("Read as one page", address(full, "document"))


def test_next_step_of_a_waiting_version_is_to_review_for_who_may(
    full: Strategy,
    marketer: Membership,
    manager: Membership,
    reader: Membership,
    client_as: ClientAs,
) -> None:
    submitted(full, marketer, manager)

    assert next_step(client_as(manager).get(address(full)))[0] == "Review version 1"
    assert next_step(client_as(marketer).get(address(full)))[0] == "See version 1"
    assert next_step(client_as(reader).get(address(full)))[0] == "See version 1"


def test_next_step_of_a_manager_who_submitted_is_not_to_review(
    full: Strategy, manager: Membership, second_manager: Membership, client_as: ClientAs
) -> None:
    submitted(full, manager, second_manager)

    assert next_step(client_as(manager).get(address(full)))[0] == "See version 1"


def test_next_step_after_changes_were_asked_for_is_to_read_them_then_to_submit(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submitted(full, marketer, manager)
    ask_for_changes(version, comments={}, text="Say why", by=manager.user)
    client = client_as(marketer)

    before = client.get(address(full))
    KeyMessage.objects.filter(strategy=full).update(text="Come as you are")
    after = client.get(address(full))

    assert next_step(before) == ("Read what was asked for", address(full, "version", 1))
    assert next_step(after)[0] == "Submit for review"
    assert [state.label for state in after.context["states"]] == ["Changes asked for in version 1"]


def test_next_step_of_an_approved_strategy_is_its_roadmap(
    full: Strategy,
    marketer: Membership,
    manager: Membership,
    reader: Membership,
    client_as: ClientAs,
) -> None:
    version = submitted(full, marketer, manager)
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)

    assert next_step(client_as(marketer).get(address(full)))[0] == "See the roadmap"
    assert next_step(client_as(reader).get(address(full)))[0] == "See the roadmap"


def test_reader_of_an_approved_strategy_reads_what_was_approved(
    full: Strategy,
    marketer: Membership,
    manager: Membership,
    reader: Membership,
    client_as: ClientAs,
) -> None:
    version = submitted(full, marketer, manager)
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)

    assert (
        address(full, "version_document", 1)
        in client_as(reader).get(address(full)).content.decode()
    )
    assert address(full, "document") in client_as(marketer).get(address(full)).content.decode()


def test_roadmap_is_offered_once_and_only_where_there_is_one(
    full: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    version = submitted(full, marketer, manager)
    link = f'href="{address(full, "roadmap")}"'

    waiting = client_as(marketer).get(address(full)).content.decode()
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)
    approved = client_as(marketer).get(address(full)).content.decode()
    Audience.objects.update(name="Families that were renamed")
    changed_since = client_as(marketer).get(address(full)).content.decode()

    assert waiting.count(link) == 0
    assert approved.count(link) == 1
    assert changed_since.count(link) == 1


def test_next_step_after_a_withdrawn_second_version_is_the_roadmap_of_the_first(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submitted(full, marketer, manager)
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)
    withdraw(submitted(full, marketer, manager), by=marketer.user)

    assert next_step(client_as(marketer).get(address(full)))[0] == "See the roadmap"


def test_next_step_of_approved_answers_that_changed_is_to_submit(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submitted(full, marketer, manager)
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)
    KeyMessage.objects.filter(strategy=full).update(text="Come as you are")

    assert next_step(client_as(marketer).get(address(full)))[0] == "Submit for review"


def test_next_step_after_withdrawing_is_to_submit(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    withdraw(submitted(full, marketer, manager), by=marketer.user)

    page = client_as(marketer).get(address(full))

    assert next_step(page)[0] == "Submit for review"
    assert [state.label for state in page.context["states"]] == ["Not approved yet"]


def test_archived_strategy_is_read_and_can_be_reopened(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Strategy.objects.filter(pk=full.pk).update(state=StrategyState.ARCHIVED)

    page = client_as(marketer).get(address(full))

    assert next_step(page)[0] == "Read as one page"
    assert [state.label for state in page.context["states"]] == ["Archived"]
    assert address(full, "reopen") in page.content.decode()


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2026-12-31", "Version 1 is approved and not begun yet"),
        ("2027-01-01", "Version 1 is in force"),
        ("2027-06-30", "Version 1 is in force"),
        ("2027-07-01", "Version 1 has ended"),
    ],
)
def test_state_of_an_approved_strategy_follows_its_period(
    day: str,
    label: str,
    full: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    version = submitted(full, marketer, manager)
    approve(version, comments={}, text="", next_review_on=None, by=manager.user)

    with time_machine.travel(f"{day} 10:00:00+00:00"):
        page = client_as(marketer).get(address(full))

    assert [state.label for state in page.context["states"]] == [label]


def test_summary_says_in_one_look_that_a_version_waits(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    submitted(full, marketer, manager)

    page = client_as(marketer).get(address(full))

    (state,) = page.context["states"]
    listed = page.content.decode().partition('id="versions-heading"')[2]
    assert (state.label, state.icon, state.look) == ("Version 1 waits for review", "clock", "tip")
    assert '<span class="word is-tip">' in listed
    assert "Waits for review" in listed


def test_summary_says_what_was_approved_without_a_second_reader(
    workspace: Workspace, admin: Membership, client_as: ClientAs
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Alone")
    store(complete(), strategy, {"p-ingrid": admin, "p-amir": admin})
    version = submit_strategy(strategy, reviewers=[], note="", by=admin.user)
    approve_alone(version, reason="I work alone", by=admin.user)

    body = client_as(admin).get(address(strategy)).content.decode()

    assert "Approved without a second reader" in body


# --- who hears what ---------------------------------------------------------------------------


def test_matrix_tells_who_hears_which_message_and_where() -> None:
    answers = copies(complete(), "audience", 2)
    first, second = answers.audiences
    answers = changed(answers, "message", audiences=(first.uid,))
    answers = with_rows(
        answers,
        "audience",
        first,
        msgspec.structs.replace(second, networks=("tiktok",), elsewhere=""),
    )

    matrix = matrix_of(answers)

    assert [hearing.hears for hearing in matrix.hearings] == [(True,), (False,)]
    assert (matrix.heard, matrix.silent, matrix.for_nobody) == (1, 1, 0)
    assert matrix.hearings[0].channels == ("Instagram: @fjordlys",)
    assert matrix.hearings[1].without_channel == ("TikTok",)
    assert not matrix.hearings[1].is_reached


def test_matrix_counts_messages_for_nobody() -> None:
    assert matrix_of(changed(complete(), "message", audiences=())).for_nobody == 1


@pytest.mark.parametrize("said", ["message", "question"])
def test_matrix_message_for_somebody_not_known_yet_is_not_for_nobody(said: str) -> None:
    answers = changed(complete(), "message", audiences=())
    if said == "message":
        answers = changed(answers, "message", not_known=("audiences",))
    else:
        answers = not_known(answers, "message")

    matrix = matrix_of(answers)

    assert (matrix.for_nobody, matrix.not_known) == (0, 1)


def test_matrix_message_with_audiences_is_known_whatever_the_question_says() -> None:
    assert matrix_of(not_known(complete(), "message")).not_known == 0


@pytest.mark.parametrize(
    ("number", "shape"),
    [(6, "words"), (7, "numbers"), (16, "numbers"), (20, "numbers"), (21, "lists")],
)
def test_matrix_of_many_messages_is_read_by_numbers_then_as_lists(number: int, shape: str) -> None:
    matrix = matrix_of(copies(complete(), "message", number))

    assert matrix.shape == shape
    assert matrix.is_small == (shape == "words")


def test_matrix_page_of_many_messages_has_numbers_as_heads_and_a_legend(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    families = Audience.objects.get(strategy=full)
    for number in range(2, 16):
        message = KeyMessage.objects.create(strategy=full, text=f"Thought {number}")
        message.audiences.add(families)
    nobody = KeyMessage.objects.create(strategy=full, text="Bring a friend", position=99)
    nobody.not_known = ("audiences",)
    nobody.save()

    body = client_as(marketer).get(address(full, "matrix")).content.decode()

    assert '16<span class="visually-hidden">. Bring a friend</span>' in body
    assert body.count(">Bring a friend</a>") == 2  # below the table, and in the lists
    assert "It is not known yet for whom 1 message is." in " ".join(body.split())
    assert "For nobody yet" not in body


@pytest.mark.parametrize("name", ["summary", "matrix", "question"])
def test_message_for_somebody_not_known_yet_is_told_in_other_words(
    name: str, full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    message = KeyMessage.objects.create(strategy=full, text="Bring a friend")
    message.not_known = ("audiences",)
    message.save()
    more = ("message",) if name == "question" else ()

    body = client_as(marketer).get(address(full, name, *more)).content.decode()

    assert "It is not known yet for whom 1 message is" in body
    assert "for nobody yet" not in body.lower()


def test_matrix_page_says_where_an_audience_is_found_is_not_known_yet(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    audience = Audience(strategy=full, name="Students")
    audience.not_known = ("networks",)
    audience.save()

    body = client_as(marketer).get(address(full, "matrix")).content.decode()

    assert body.count("Not known yet") == 2  # in the table, and in the lists
    assert "Not said" not in body


def test_matrix_page_says_the_gaps_in_words(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    store_audience_on_tiktok(full)
    KeyMessage.objects.create(strategy=full, text="Bring a friend")

    body = client_as(marketer).get(address(full, "matrix")).content.decode()

    assert "1 of 2 audiences hear at least one key message." in body
    for words in ("Hears nothing yet", "For nobody yet", "No channel on TikTok"):
        assert body.count(words) >= 2, words  # in the table, and in the lists for a phone


@pytest.mark.parametrize(
    ("audience", "action"), [(False, "Add the first audience"), (True, "Write the first message")]
)
def test_matrix_page_without_rows_offers_the_first(
    audience: bool, action: str, blank: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    if audience:
        Audience.objects.create(strategy=blank, name="Students")

    assert action in client_as(marketer).get(address(blank, "matrix")).content.decode()


# --- the ten lines and the mix ----------------------------------------------------------------


def test_ten_lines_are_ten() -> None:
    lines = ten_lines(complete())

    assert len(lines) == 10
    assert all(line.items for line in lines)
    assert lines[4].items == ("Instagram: @fjordlys (Ingrid Solheim, 3 to 5 posts a week)",)


# Fields of which every row must have a value, so that it can be there at all.
NEEDED = {"channel", "network", "format", "metric", "kind", "period"}


def only(code: str, field: str, *, is_known: bool = True) -> Answers:
    """Return answers in which nothing is said but one field of a row of ``code``."""
    row = filled(code).of_kind(code)[0]
    kept = {"uid", KINDS[code].title_field or "uid", *(NEEDED & set(row.__struct_fields__))}
    bare: dict[str, Any] = {name: getattr(row, name) for name in kept}
    bare |= {field: getattr(row, field)} if is_known else {"not_known": (field,)}
    answers = with_rows(empty(), "channel", *complete().channels)
    return with_rows(answers, code, type(row)(**bare))


FIELDS = [
    (code, field)
    for code, kind in KINDS.items()
    for field in kind.fields
    if field not in NEEDED and is_own_word(filled(code).of_kind(code)[0], kind, field)
]
UNKNOWN = [(code, field) for code, kind in KINDS.items() for field in kind.knowable]


@pytest.mark.parametrize(("code", "field"), FIELDS)
def test_question_with_any_answer_says_something_of_it(code: str, field: str) -> None:
    assert said_elsewhere(only(code, field), STEP_OF_KIND[code], at_most=3).items


@pytest.mark.parametrize(("code", "field"), UNKNOWN)
def test_question_with_anything_not_known_yet_says_so(code: str, field: str) -> None:
    answers = only(code, field, is_known=False)

    assert said_elsewhere(answers, STEP_OF_KIND[code], at_most=3).items


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("post-kind", ("Instagram: @fjordlys (3 to 5 posts a week)",)),
        ("pillar", ("Ask a curator",)),
        (
            "audience-notes",
            ("Why this order? They decide on Thursday", "Whom do you leave out? Cruise guests"),
        ),
        ("standing", ("Instagram: @fjordlys (Followers today: 4,200)",)),
        ("initiative", ("Write the twenty answers",)),
        ("listening", ("Fjordlys", "Havmuseet")),
    ],
)
def test_question_says_what_the_ten_lines_leave_out(code: str, items: tuple[str, ...]) -> None:
    answers = with_rows(empty(), "channel", *complete().channels)
    answers = with_rows(answers, code, *complete().of_kind(code))

    assert said_elsewhere(answers, STEP_OF_KIND[code], at_most=3).items[-2:] == items


def test_question_that_is_not_known_says_what_must_be_found_out() -> None:
    line = said_elsewhere(not_known(empty(), "fit"), STEP_BY_CODE["fit"], at_most=3)

    assert line.items == ("Not known yet: Ask", f"{isolated('Amir Rahmani')} finds out")


def test_untouched_question_says_nothing() -> None:
    lines = [said_elsewhere(empty(), step, at_most=3) for step in STEPS]

    assert [line.items for line in lines] == [()] * len(STEPS)


def test_summary_with_posts_and_a_theme_and_no_mix_says_them(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    ContentPlan.objects.filter(strategy=full).update(
        promotional=None, informative=None, engagement=None, may_schedule="", by_hand=""
    )

    body = client_as(marketer).get(address(full)).content.decode()

    assert "Instagram: @fjordlys (3 to 5 posts a week)" in body
    assert "Ask a curator" in body
    assert "What will you publish?" not in body


def test_ten_lines_say_that_the_posts_are_not_known_yet() -> None:
    plan = {"lowest": None, "highest": None, "not_known": ("highest",)}

    line = ten_lines(changed(complete(), "post-kind", **plan))[4]

    assert line.items == ("Instagram: @fjordlys (Ingrid Solheim, posts not known yet)",)


def test_ten_lines_quote_the_first_line_of_an_objective() -> None:
    answers = changed(complete(), "objective", statement="Be known\nBy families, in the county")

    assert ten_lines(answers)[7].items == ("Be known",)


def test_ten_lines_of_nothing_say_nothing() -> None:
    assert [line.items for line in ten_lines(empty())] == [()] * 10


def test_ten_lines_count_what_they_leave_out() -> None:
    line = ten_lines(copies(complete(), "audience", 200), at_most=5)[2]

    assert (len(line.items), line.more, line.is_numbered) == (5, 195, True)


@pytest.mark.parametrize(
    ("lowest", "highest", "period", "text"),
    [
        (3, 5, "week", "3 to 5 posts a week"),
        (None, 3, "week", "up to 3 posts a week"),
        (None, 1, "month", "up to 1 post a month"),
        (1, 1, "week", "1 post a week"),
        (2, 2, "month", "2 posts a month"),
        (1, None, "week", "at least 1 post a week"),
        (1, None, "month", "at least 1 post a month"),
        (1, 4, "month", "1 to 4 posts a month"),
        (None, None, "week", ""),
    ],
)
def test_posts_text_says_how_often(
    lowest: int | None, highest: int | None, period: str, text: str
) -> None:
    plan = msgspec.structs.replace(
        complete().post_kinds[0], lowest=lowest, highest=highest, period=period
    )

    assert posts_text(plan) == text


def test_mix_parts_stand_one_after_the_other() -> None:
    parts = mix_parts(complete().content_plan)

    assert [(part.start, part.end) for part in parts] == [(0, 20), (20, 60), (60, 100)]
    assert [str(part.letter) for part in parts] == ["S", "U", "D"]


@pytest.mark.parametrize("engagement", [None, 39, 41])
def test_mix_that_is_not_whole_has_no_picture(engagement: int | None) -> None:
    assert mix_parts(changed(complete(), "content-plan", engagement=engagement).content_plan) == []


def test_stored_answers_are_those_of_the_tests(full: Strategy) -> None:
    loaded: Answers = load_answers(full)

    assert [row.name for row in loaded.audiences] == ["Families within an hour’s drive"]
    assert loaded.kpis[0].target == Decimal(2500)


def test_message_question_shows_who_hears_what(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    assert (
        "Every audience hears a message"
        in client.get(address(full, "question", "message")).content.decode()
    )
    assert "hears-heading" not in client.get(address(full, "question", "audience")).content.decode()


def test_summary_of_a_new_strategy_in_a_workspace_with_channels_still_begins(
    workspace: Workspace, full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    second = create_strategy(workspace, name="The next one", by=marketer.user)

    assert next_step(client_as(marketer).get(address(second)))[0] == "Begin the first pass"


@pytest.mark.parametrize(
    ("at_most", "items"),
    [(3, ("Sell tickets", "Be known", "Last.")), (2, ("Sell tickets", "Be known"))],
)
def test_ten_lines_end_with_their_own_stop_only_where_nothing_follows(
    at_most: int, items: tuple[str, ...]
) -> None:
    (goal,) = complete().goals[:1]
    goals = tuple(
        msgspec.structs.replace(goal, title=title)
        for title in ("Sell tickets.", "Be known", "Last.")
    )

    lines = ten_lines(with_rows(complete(), "goal", *goals), at_most=at_most)

    assert next(line.items for line in lines if line.label == "Goals") == items
