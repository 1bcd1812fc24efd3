"""What a board reads, on one page of paper."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from strategies.domain.answer_types import (
    ActivityAnswer,
    AudienceAnswer,
    GoalAnswer,
    InitiativeAnswer,
    KpiAnswer,
    MessageAnswer,
    ObjectiveAnswer,
    PillarAnswer,
)
from strategies.models import Strategy
from strategies.presentation.sheet import LINES, SheetPart, sheet_of
from tests.strategies.answers_of import AMIR, changed, complete, copies, empty, not_known, with_rows
from tests.strategies.long_answers import long_answers
from tests.strategies.stored import store
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]


def lines(parts: list[SheetPart]) -> int:
    return sum(part.lines for part in parts)


def text_of(part: SheetPart) -> str:
    return " | ".join(
        text
        for block in part.blocks
        for text in ([block.run] if block.is_run or not block.items else [block.lead, *block.items])
        if text
    )


def said(parts: list[SheetPart]) -> dict[str, str]:
    return {part.heading: text_of(part) for part in parts}


def test_sheet_says_what_a_board_asks() -> None:
    assert said(sheet_of(complete())) == {
        "Period and goals": "1\u00a0Jan\u00a02027 to 30\u00a0Jun\u00a02027. | "
        "The organisation wants: Sell 400 season tickets.",
        "Whom we want to reach": "Families within an hour’s drive, about 14,000",
        "What they should know": "You can come in your work clothes",
        "What we will do": "Write the twenty answers, by 1\u00a0Mar\u00a02027 | "
        "Campaigns and activities: Winter lights (14\u00a0Jan\u00a02027 to "
        "5\u00a0Feb\u00a02027). | Themes we come back to: Ask a curator.",
        "How often, and in what mix": "20\u00a0% selling, 40\u00a0% useful, 40\u00a0% dialogue. | "
        "Instagram, 3 to 5 posts a week",
        "Who does it": "Ingrid Solheim owns Instagram | Editor: Amir Rahmani | "
        "12 hours a week, all together.",
        "What we will have achieved, and by when": "Families know that we are indoors, by "
        "1\u00a0May\u00a02027",
        "How we will know": "Searches: from 1,900 today to 2,500 by 1\u00a0Jun\u00a02027",
    }


def test_sheet_says_for_whom_a_message_is_where_it_is_not_for_all() -> None:
    answers = copies(complete(), "audience", 2)
    answers = changed(answers, "message", audiences=("families-1",))

    assert (
        "(for Families within an hour’s drive)" in said(sheet_of(answers))["What they should know"]
    )


def test_sheet_leaves_out_for_whom_where_the_line_would_be_cut() -> None:
    answers = changed(copies(complete(), "audience", 2), "audience", name="Families " * 8)
    answers = changed(answers, "message", text="It is one thought " * 4, audiences=("families-1",))

    assert "(for" not in said(sheet_of(answers))["What they should know"]


def test_sheet_says_a_sign_once_and_once_that_no_objective_has_a_date() -> None:
    signs = [
        KpiAnswer(uid=f"{number}", metric="own", name=name, is_sign=True)
        for number, name in enumerate(("Quoted", "Asked to speak", "quoted"))
    ]
    rows = [ObjectiveAnswer(uid=uid, statement=f"Aim {uid}", kind="brand") for uid in "ab"]
    answers = with_rows(with_rows(complete(), "kpi", *signs), "objective", *rows)

    told = said(sheet_of(answers))

    assert told["How we will know"] == "Signs that it works: Quoted; Asked to speak."
    assert told["What we will have achieved, and by when"] == (
        "Aim a | Aim b | There is no date for it yet."
    )


def test_sheet_tells_accounts_of_one_network_apart_and_counts_what_a_line_does_not_hold() -> None:
    (channel,) = complete().channels
    made = [
        msgspec.structs.replace(channel, uid=f"c{number}", network=network, handle=f"@{number}")
        for number, network in enumerate(("instagram", "instagram", "facebook", "x"))
    ]
    made += [
        msgspec.structs.replace(channel, uid=name, network="other", other_network=name, handle="")
        for name in ("Newsletter of the museum", "Website of the museum", "Podcast", "App", "Radio")
    ]

    who = said(sheet_of(with_rows(complete(), "channel", *made)))["Who does it"]

    assert who.startswith("Ingrid Solheim owns Instagram: @0, Instagram: @1, Facebook, X, ")
    assert " and 4 more | " in who


def test_sheet_sums_no_posts_that_come_to_none() -> None:
    (channel,) = complete().channels
    (kind,) = complete().post_kinds
    other = msgspec.structs.replace(channel, uid="blog", network="x")
    kinds = (
        msgspec.structs.replace(kind, uid="k1", lowest=None, highest=7),
        msgspec.structs.replace(
            kind, uid="k2", channel="blog", lowest=1, highest=None, period="month"
        ),
    )
    answers = with_rows(with_rows(complete(), "channel", channel, other), "post-kind", *kinds)

    rhythm = said(sheet_of(answers))["How often, and in what mix"]

    assert "together" not in rhythm
    assert "X, at least 1 post a month" in rhythm


def test_sheet_names_channels_whose_number_is_not_known() -> None:
    answers = copies(copies(complete(), "channel", 3), "post-kind", 3)
    first, second, third = answers.post_kinds
    numbers = {"lowest": None, "highest": None, "not_known": ("highest",)}
    kinds = (
        msgspec.structs.replace(first, channel=answers.channels[0].uid),
        msgspec.structs.replace(second, channel=answers.channels[1].uid),
        msgspec.structs.replace(third, channel=answers.channels[2].uid, **numbers),
    )

    some = said(sheet_of(with_rows(answers, "post-kind", *kinds)))["How often, and in what mix"]
    alone = said(sheet_of(with_rows(answers, "post-kind", kinds[2])))["How often, and in what mix"]

    assert "Together, as far as it is known: 6 to 10 posts a week." in some
    assert some.count("number not known yet") == 1
    assert "3 to 5 posts a week" in some
    assert alone.endswith(", number not known yet")
    assert "ogether" not in alone


def test_sheet_sums_the_posts_of_several_channels() -> None:
    rhythm = said(sheet_of(long_answers()))["How often, and in what mix"]

    assert "All channels together: 45 to 72 posts a week." in rhythm
    assert "kinds" not in rhythm


def test_sheet_names_who_runs_a_channel_and_which_has_no_owner() -> None:
    answers = changed(
        complete(), "channel", owner=None, operator_kind="agency", operator_name="Kystlyd"
    )
    answers = changed(answers, "channel", operator=None)

    who = said(sheet_of(answers))["Who does it"]

    assert "Kystlyd (an agency) runs Instagram" in who
    assert "No owner yet: Instagram." in who


def test_sheet_has_figures_with_a_target_first_and_signs_together() -> None:
    rows = (
        KpiAnswer(uid="a", metric="own", name="Calls"),
        KpiAnswer(uid="b", metric="own", name="Visits", target=30),  # type: ignore[arg-type]
        KpiAnswer(uid="c", metric="own", name="Asked to speak.", is_sign=True),
        KpiAnswer(uid="d", metric="own", name="Quoted", is_sign=True),
    )

    text = said(sheet_of(with_rows(complete(), "kpi", *rows)))["How we will know"]

    assert text == "Visits: 30 | Calls | Signs that it works: Asked to speak; Quoted."


def test_sheet_of_nothing_says_so_and_what_is_not_known_who_finds_out() -> None:
    parts = sheet_of(not_known(empty(), "audience"))

    assert {part.heading for part in parts if part.is_open} == set(said(parts))
    assert said(parts)["Whom we want to reach"] == "Not known yet. Ask. Amir Rahmani finds out."
    assert said(parts)["What they should know"] == "Not answered yet."


def test_sheet_of_long_answers_keeps_three_of_each_list_and_counts_the_rest() -> None:
    parts = sheet_of(long_answers())

    assert lines(parts) <= LINES
    reached = next(part for part in parts if part.step == "audience")
    (block,) = reached.blocks
    assert len(block.items) >= 3
    assert block.more == 8 - len(block.items)
    assert block.more_text == f"and {block.more} more"


words = st.text(st.sampled_from("ab cdeé WM%漢字\u200b\u0301אب😀\n"), min_size=1, max_size=400)
many = st.integers(0, 40)


@settings(max_examples=40, deadline=None)
@given(text=words, numbers=st.lists(many, min_size=8, max_size=8))
def test_sheet_holds_on_its_page_whatever_was_typed(text: str, numbers: list[int]) -> None:
    day = date(2027, 1, 1)
    rows = (
        ("goal", lambda uid: GoalAnswer(uid=uid, title=text)),
        ("audience", lambda uid: AudienceAnswer(uid=uid, name=text, size=10**10)),
        ("message", lambda uid: MessageAnswer(uid=uid, text=text)),
        ("initiative", lambda uid: InitiativeAnswer(uid=uid, title=text, owner=AMIR)),
        (
            "activity",
            lambda uid: ActivityAnswer(
                uid=uid, name=text, kind="event", starts_on=day, ends_on=day
            ),
        ),
        ("pillar", lambda uid: PillarAnswer(uid=uid, name=text)),
        ("objective", lambda uid: ObjectiveAnswer(uid=uid, statement=text, kind="brand")),
        ("kpi", lambda uid: KpiAnswer(uid=uid, metric="own", name=text, is_sign=len(text) % 2 > 0)),
    )
    answers = long_answers()
    for number, (kind, made) in zip(numbers, rows, strict=True):
        answers = with_rows(answers, kind, *(made(f"{kind}-{one}") for one in range(number)))

    parts = sheet_of(answers)

    assert lines(parts) <= LINES
    assert len(parts) == 8


def test_sheet_page_stands_alone_and_the_document_begins_with_it(
    workspace: Workspace, manager: Membership, reader: Membership, client_as: ClientAs
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    store(complete(), strategy, {"p-ingrid": manager, "p-amir": manager})
    place = [workspace.slug, strategy.uid]
    client = client_as(reader)

    sheet = client.get(reverse("strategies:sheet", args=place)).content.decode()
    document = client.get(reverse("strategies:document", args=place)).content.decode()

    assert "<h2>Whom we want to reach</h2>" in sheet
    assert "chapter-audience" not in sheet
    assert document.index("<h3>Whom we want to reach</h3>") < document.index('"chapter-audience"')
    assert f'href="{reverse("strategies:document", args=place)}"' in sheet


@pytest.mark.parametrize("name", ["version_sheet", "version_document"])
def test_sheet_of_a_version_that_is_not_there_is_not_found(
    name: str, workspace: Workspace, reader: Membership, client_as: ClientAs
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    url = reverse(f"strategies:{name}", args=[workspace.slug, strategy.uid, 3])

    assert client_as(reader).get(url).status_code == 404
