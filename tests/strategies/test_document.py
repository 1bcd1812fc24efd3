"""The strategy as one page, now and as it was submitted."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from strategies.domain.answer_types import KpiAnswer
from strategies.domain.answers import Answers
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.models import Audience, Initiative, KeyMessage, Kpi, Objective, Strategy
from strategies.presentation.answer_display import Fact
from strategies.presentation.document import DocumentPart, document_of
from strategies.services.strategies import create_strategy
from strategies.services.versions import approve, approve_alone, submit_strategy
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
from tests.strategies.stored import store
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The period of the answers lies ahead."""
    with time_machine.travel("2026-11-24 12:00:00+00:00"):
        yield


@pytest.fixture
def full(workspace: Workspace, marketer: Membership, manager: Membership) -> Strategy:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    return store(complete(), strategy, {"p-ingrid": manager, "p-amir": marketer})


def address(strategy: Strategy, number: int | None = None) -> str:
    place = [strategy.workspace.slug, strategy.uid]
    if number is None:
        return reverse("strategies:document", args=place)
    return reverse("strategies:version_document", args=[*place, number])


def test_document_has_a_chapter_for_every_question_and_every_kind() -> None:
    chapters = document_of(complete())

    assert [chapter.step for chapter in chapters] == list(STEPS)
    assert {part.kind.code for chapter in chapters for part in chapter.parts} == set(KINDS)


def test_document_says_no_title_twice() -> None:
    for chapter in document_of(complete()):
        for part in chapter.parts:
            fields = {fact.field for entry in part.entries for fact in entry.facts}
            assert fields.isdisjoint({part.kind.title_field, "channel"})


def test_document_has_the_first_line_of_an_objective_as_heading_and_the_rest_as_paragraphs(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    Objective.objects.filter(strategy=full).update(statement="Be known\n\nBy May:\n- by families")

    body = client_as(reader).get(address(full)).content.decode()

    assert '<h4 dir="auto">Be known</h4>' in body
    assert '<p dir="auto">By May:<br>- by families</p>' in body
    assert "Be known By May" not in body


def facts_of(answers: Answers, code: str) -> list[Fact]:
    parts = [part for chapter in document_of(answers) for part in chapter.parts]
    (part,) = [part for part in parts if part.kind.code == code]
    return list(part.entries[0].facts)


def figures(answers: Answers) -> DocumentPart:
    parts = [part for chapter in document_of(answers) for part in chapter.parts]
    return next(part for part in parts if part.kind.code == "kpi")


def sign(uid: str, **more: Any) -> KpiAnswer:
    return KpiAnswer(uid=uid, metric="own", name=f"Sign {uid}", is_sign=True, **more)


def test_document_says_of_a_sign_only_what_somebody_said() -> None:
    (group,) = figures(with_rows(complete(), "kpi", sign("a"), sign("b", source="The log"))).groups

    assert [entry.is_bare for entry in group.entries] == [True, False]
    assert [fact.text for fact in group.entries[1].facts] == ["The log"]


def test_document_says_which_figure_of_the_catalogue_and_which_way_it_goes() -> None:
    (entry,) = figures(complete()).entries

    said = {fact.field: fact.text for fact in entry.facts}
    assert (said["metric"], said["direction"]) == ("Searches for your name", "Up")


def test_document_groups_figures_by_objective_and_those_without_last() -> None:
    answers = copies(complete(), "objective", 3)
    answers = with_rows(
        answers,
        "kpi",
        sign("a"),
        sign("b", objective="objective-2"),
        sign("c", objective="objective-0"),
        sign("d", objective="objective-2"),
    )
    answers = changed(answers, "objective", statement="Be known\nBy May")

    groups = figures(answers).groups

    assert [group.heading for group in groups] == ["Be known", "Be known", "Tied to no objective"]
    assert [[entry.title for entry in group.entries] for group in groups] == [
        ["Sign c"],
        ["Sign b", "Sign d"],
        ["Sign a"],
    ]


def test_document_without_objectives_has_figures_under_no_heading() -> None:
    answers = with_rows(with_rows(complete(), "objective"), "kpi", sign("a"))

    assert [group.heading for group in figures(answers).groups] == [""]


def test_document_says_once_what_holds_for_all_figures_of_an_objective() -> None:
    answers = with_rows(
        complete(),
        "kpi",
        sign("a", read_every="month", reader=AMIR),
        sign("b", read_every="month", reader=AMIR, source="The log"),
        sign("c", read_every="month", reader=INGRID),
    )

    (group,) = figures(answers).groups

    assert [fact.text for fact in group.shared] == ["Every month"]
    assert [[fact.text for fact in entry.facts] for entry in group.entries] == [
        ["Amir Rahmani"],
        ["Amir Rahmani", "The log"],
        ["Ingrid Solheim"],
    ]


def test_document_of_one_figure_shares_nothing() -> None:
    (group,) = figures(complete()).groups

    assert group.shared == ()
    assert len(group.entries[0].facts) > 5


def test_document_page_lists_rows_that_are_only_a_title(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    for number in (1, 2):
        Kpi.objects.create(strategy=full, name=f"Sign {number}", is_sign=True, position=number + 9)

    body = client_as(reader).get(address(full)).content.decode()

    assert (
        '<ul class="entries-bare"><li dir="auto">Sign 1</li><li dir="auto">Sign 2</li></ul>' in body
    )
    assert "Tied to no objective" in body
    assert "A sign, without a number" not in body


def test_document_numbers_rows_whose_order_means_something() -> None:
    parts = [
        part for chapter in document_of(copies(complete(), "goal", 2)) for part in chapter.parts
    ]

    places = {part.kind.code: [entry.place for entry in part.entries] for part in parts}
    assert places["goal"] == [1, 2]
    assert places["listening"] == [0, 0]
    assert places["audience"] == [0]


def test_document_says_how_often_in_words() -> None:
    def told(**said: object) -> dict[str, str]:
        document = document_of(changed(complete(), "post-kind", **said))
        parts = [part for chapter in document for part in chapter.parts]
        (part,) = [part for part in parts if part.kind.code == "post-kind"]
        return {fact.label: fact.text for fact in part.entries[0].facts}

    assert told(lowest=None)["How often"] == "up to 5 posts a week"
    unknown = told(lowest=None, highest=None, not_known=("highest",))
    assert unknown["How often"] == "Not known yet"
    assert "a week" not in unknown.values()


@pytest.mark.parametrize(
    ("code", "said", "label", "text"),
    [
        ("watch", {}, "Watched", "Mon, Tue, Wed, Thu, Fri, 08:00 to 16:00"),
        ("watch", {"ends_at": None, "days": tuple("1234567")}, "Watched", "every day, from 08:00"),
        ("watch", {"starts_at": None, "days": ()}, "Watched", "until 16:00"),
        ("watch", {}, "Answered", "complaints within 1\u00a0h, questions within 4\u00a0h"),
        ("watch", {"question_hours": None}, "Answered", "complaints within 1\u00a0h"),
        (
            "post-kind",
            {"days": ("2",), "times": (time(9), time(11))},
            "Good days and times",
            "Tue, 09:00, 11:00",
        ),
        ("channel", {}, "Run by", "Ingrid Solheim"),
        (
            "channel",
            {"operator_kind": "agency", "operator": None, "operator_name": "Kystlyd"},
            "Run by",
            "Kystlyd (an agency)",
        ),
        (
            "activity",
            {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 3)},
            "When",
            "Mon\u00a01\u00a0Feb\u00a02027 to Wed\u00a03\u00a0Feb\u00a02027",
        ),
    ],
)
def test_document_says_as_one_fact_what_is_read_together(
    code: str, said: dict[str, Any], label: str, text: str
) -> None:
    facts = facts_of(changed(complete(), code, **said), code)

    assert [fact.text for fact in facts if fact.label == label] == [text]


@pytest.mark.parametrize(
    ("said", "unknown", "told"),
    [
        ({"days": ()}, "days", {"Watched": "08:00 to 16:00, days not known yet"}),
        (
            {"complaint_hours": None},
            "complaint_hours",
            {"Answered": "questions within 4\u00a0h, complaints not known yet"},
        ),
        (
            {"complaint_hours": None, "question_hours": None},
            "complaint_hours",
            {"Complaints answered within (hours)": "Not known yet"},
        ),
        (
            {"days": (), "starts_at": None, "ends_at": None},
            "days",
            {"Watched on": "Not known yet"},
        ),
    ],
)
def test_document_says_what_is_not_known_yet_of_things_read_together(
    said: dict[str, Any], unknown: str, told: dict[str, str]
) -> None:
    answers = changed(complete(), "watch", **said, not_known=(unknown,))

    facts = {fact.label: fact.text for fact in facts_of(answers, "watch")}

    assert told.items() <= facts.items()
    assert sum("ot known yet" in text for text in facts.values()) == 1


def test_document_a_list_of_other_rows_stands_alike_in_every_row() -> None:
    entries = [
        entry
        for number in (1, 6)
        for chapter in document_of(
            changed(
                copies(complete(), "audience", number),
                "message",
                audiences=tuple(
                    row.uid for row in copies(complete(), "audience", number).audiences
                ),
            )
        )
        for part in chapter.parts
        if part.kind.code == "message"
        for entry in part.entries
    ]

    assert len({len(fact.text) > 60 for entry in entries for fact in entry.long}) == 2
    assert all("audiences" in {fact.field for fact in entry.long} for entry in entries)


@pytest.mark.parametrize("elsewhere", ["The library", "The library " * 10])
def test_document_a_sentence_stands_alike_in_every_row(elsewhere: str) -> None:
    answers = changed(complete(), "audience", elsewhere=elsewhere)
    parts = [part for chapter in document_of(answers) for part in chapter.parts]

    (entry,) = next(part.entries for part in parts if part.kind.code == "audience")

    assert "elsewhere" in {fact.field for fact in entry.long}


def test_document_of_nothing_is_silent() -> None:
    assert all(chapter.is_silent for chapter in document_of(empty()))


def test_document_tells_what_is_not_known() -> None:
    chapter = next(
        chapter
        for chapter in document_of(not_known(empty(), "followers"))
        if chapter.step.code == "followers"
    )

    assert [fact.text for fact in chapter.notes] == ["Not known yet", "Ask", "Amir Rahmani"]
    assert not chapter.is_silent


def test_document_page_shows_ten_lines_then_the_answers(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    body = client_as(reader).get(address(full)).content.decode()

    assert body.index("In short") < body.index('id="chapter-audience"')
    assert "Not what was approved" not in body
    for words in ("One concert in four is at five o’clock", "Kari, 12 34", "A countdown"):
        assert words in body, words


def test_document_page_leads_to_every_question(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    body = client_as(reader).get(address(full)).content.decode()

    contents = body.partition('<nav class="contents no-print"')[2].partition("</nav>")[0]
    for step in STEPS:
        assert f'<a href="#chapter-{step.code}">' in contents
        assert body.count(f'id="chapter-{step.code}"') == 1


def test_document_page_lists_steps_that_are_asked_one_a_line(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    Initiative.objects.filter(strategy=full).update(actions="- Look <up>\n- Listen")

    body = client_as(reader).get(address(full)).content.decode()

    assert (
        '<ul class="lines"><li dir="auto">Look &lt;up&gt;</li><li dir="auto">Listen</li></ul>'
        in body
    )


def test_document_page_long_text_stands_below_its_label_and_keeps_its_lines(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    Audience.objects.filter(strategy=full).update(needs="Dry feet\nA coffee", aim="They come")

    body = " ".join(client_as(reader).get(address(full)).content.decode().split())

    assert (
        '<div class="is-long"> <dt>What matters to them?</dt> <dd dir="auto">Dry feet<br>A coffee'
        in body
    )
    assert "<div> <dt>What should change for them?</dt>" in body


def test_document_entry_that_is_long_may_go_on_on_the_next_page(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    Audience.objects.filter(strategy=full).update(needs="A coffee. " * 60)

    body = client_as(reader).get(address(full)).content.decode()

    long, short = (
        body.partition(f"<h3>{heading}</h3>")[2]
        for heading in ("Your audiences, most important first", "Your key messages")
    )
    assert long.lstrip().startswith('<div class="entry">')
    assert short.lstrip().startswith('<div class="entry keep-together">')


def test_document_page_of_a_new_strategy_leads_who_may_answer_to_the_first_question(
    workspace: Workspace, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    strategy = create_strategy(workspace, name="New", by=marketer.user)

    pages = [client_as(one).get(address(strategy)).content.decode() for one in (marketer, reader)]

    assert all("Nothing is answered yet" in page for page in pages)
    assert not any("Not answered yet" in page or "approved" in page for page in pages)
    assert ["Begin with the first question" in page for page in pages] == [True, False]


def test_document_page_of_one_answer_says_where_nothing_is_said(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    strategy = create_strategy(workspace, name="New", by=marketer.user)
    Audience.objects.create(strategy=strategy, name="Students", position=1)

    body = client_as(marketer).get(address(strategy)).content.decode()

    assert body.count("Not answered yet.") == len(STEPS) - 1


def test_document_of_a_version_keeps_the_words_that_were_submitted(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    submit_strategy(full, reviewers=[manager], note="", by=marketer.user)
    KeyMessage.objects.filter(strategy=full).update(text="Come as you are")
    Strategy.objects.filter(pk=full.pk).update(name="Another name")

    body = client_as(marketer).get(address(full, 1)).content.decode()

    assert "You can come in your work clothes" in body
    assert "Come as you are" not in body
    assert '<h1 dir="auto">Autumn and winter</h1>' in body
    assert "Version 1, sent by <bdi>Mari Marketer</bdi>" in body
    assert "Waits for review" in body


def test_document_of_an_approved_version_says_by_whom(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submit_strategy(full, reviewers=[manager], note="", by=marketer.user)
    approve(version, comments={}, text="", next_review_on=date(2027, 4, 1), by=manager.user)

    body = client_as(marketer).get(address(full, 1)).content.decode()

    assert "Approved by <bdi>Magnus Manager</bdi>" in body
    assert "To be looked at again Thu\u00a01\u00a0Apr\u00a02027." in body
    assert "without a second reader" not in body
    now = client_as(marketer).get(address(full)).content.decode()
    assert "Read version 1, which is approved" in now
    assert "Not what was approved." in now


def test_document_of_a_version_approved_alone_says_so(
    workspace: Workspace, admin: Membership, client_as: ClientAs
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Alone")
    store(complete(), strategy, {"p-ingrid": admin, "p-amir": admin})
    version = submit_strategy(strategy, reviewers=[], note="", by=admin.user)
    approve_alone(version, reason="I work alone", by=admin.user)

    body = client_as(admin).get(address(strategy, 1)).content.decode()

    assert "Approved without a second reader" in body
    assert "I work alone" in body


def test_document_of_a_version_that_is_not_there_is_not_found(
    full: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    assert client_as(marketer).get(address(full, 7)).status_code == 404
