"""The strategy as one page, now and as it was submitted."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import msgspec
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from strategies.domain.answer_types import KpiAnswer
from strategies.domain.answers import Answers
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.models import Audience, Initiative, KeyMessage, Kpi, Objective, Strategy
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


def part_of(answers: Answers, code: str) -> DocumentPart:
    parts = [part for chapter in document_of(answers) for part in chapter.parts]
    return next(part for part in parts if part.kind.code == code)


def said(answers: Answers, code: str) -> str:
    """All sentences about the rows of a kind, also those on what is not known yet."""
    part = part_of(answers, code)
    return " ".join([*(entry.rest for entry in part.entries), *part.unknown])


def figures(answers: Answers) -> DocumentPart:
    return part_of(answers, "kpi")


def sign(uid: str, **more: Any) -> KpiAnswer:
    return KpiAnswer(uid=uid, metric="own", name=f"Sign {uid}", is_sign=True, **more)


def test_document_says_of_a_sign_only_what_somebody_said() -> None:
    (group,) = figures(with_rows(complete(), "kpi", sign("a"), sign("b", source="The log"))).groups

    assert [entry.rest for entry in group.entries] == ["", "Read from The log."]


def test_document_says_which_figure_of_the_catalogue_and_no_default() -> None:
    text = said(complete(), "kpi")

    assert text.startswith("Searches for your name. 1,900 today; 2,500 by Tue\u00a01\u00a0Jun")
    assert "Up" not in text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"direction": "down"}, "1,900 today; down to 2,500 by Tue\u00a01\u00a0Jun\u00a02027."),
        ({"direction": "keep", "by_on": None}, "1,900 today; to stay at 2,500."),
        ({"by_on": None}, "1,900 today; 2,500 aimed at."),
        ({"target": None, "direction": "down"}, "1,900 today. Lower is better."),
    ],
)
def test_document_says_which_way_a_figure_goes_where_it_is_not_up(
    values: dict[str, Any], text: str
) -> None:
    assert text in said(changed(complete(), "kpi", **values), "kpi")


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

    assert group.shared == ()
    assert [entry.rest for entry in group.entries] == [
        "Read every month, by Amir Rahmani.",
        "Read every month, by Amir Rahmani, from The log.",
        "Read every month, by Ingrid Solheim.",
    ]
    alike = changed(answers, "kpi", reader=AMIR, source="")
    assert figures(alike).groups[0].shared == ("Read every month, by Amir Rahmani.",)
    assert all(not entry.sentences for entry in figures(alike).entries)


def test_document_of_one_figure_shares_nothing() -> None:
    (group,) = figures(complete()).groups

    assert group.shared == ()
    assert len(group.entries[0].sentences) > 3


def test_document_page_lists_rows_that_are_only_a_title(
    full: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    for number in (1, 2):
        Kpi.objects.create(strategy=full, name=f"Sign {number}", is_sign=True, position=number + 9)

    body = client_as(reader).get(address(full)).content.decode()

    assert (
        '<ul class="entries-brief"><li><span class="entry-name" dir="auto">Sign 1</span></li>'
        '<li><span class="entry-name" dir="auto">Sign 2</span></li></ul>' in body
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
    assert "Up to 5 posts a week; text or link" in said(
        changed(complete(), "post-kind", lowest=None), "post-kind"
    )
    unknown = changed(complete(), "post-kind", lowest=None, highest=None, not_known=("highest",))
    assert "How often: not known yet." in said(unknown, "post-kind")
    assert "a week" not in said(unknown, "post-kind")


@pytest.mark.parametrize(
    ("code", "values", "text"),
    [
        (
            "watch",
            {},
            "Watched Mon, Tue, Wed, Thu, Fri, 08:00 to 16:00; answers: complaints within",
        ),
        ("watch", {"ends_at": None, "days": tuple("1234567")}, "Watched every day, from 08:00;"),
        ("watch", {"starts_at": None, "days": ()}, "Watched until 16:00;"),
        ("watch", {"days": (), "not_known": ("days",)}, "08:00 to 16:00, days not known yet;"),
        ("watch", {"question_hours": None}, "answers: complaints within 1\u00a0h."),
        (
            "watch",
            {"complaint_hours": None, "not_known": ("complaint_hours",)},
            "answers: questions within 4\u00a0h, complaints not known yet.",
        ),
        (
            "watch",
            {"complaint_hours": None, "question_hours": None, "not_known": ("complaint_hours",)},
            "Complaints answered within (hours): not known yet.",
        ),
        (
            "watch",
            {"days": (), "starts_at": None, "ends_at": None, "not_known": ("days",)},
            "Watched on: not known yet.",
        ),
        ("post-kind", {"days": ("2",), "times": (time(9), time(11))}, "times: Tue, 09:00, 11:00."),
        (
            "channel",
            {},
            "Owner: Ingrid Solheim; run by Ingrid Solheim; backup: Amir Rahmani. https://",
        ),
        (
            "channel",
            {"operator_kind": "agency", "operator": None, "operator_name": "Kystlyd"},
            "run by Kystlyd (an agency)",
        ),
        ("channel", {"state": "planned"}, "Planned. Owner"),
        ("ownership", {}, "none of them from outside. A social media policy is in place."),
        ("standing", {"followers": None}, "31 posts in the last 90 days. Keep it."),
        ("objective", {"kind": "other", "other_kind": "Recruiting"}, "Recruiting; by Sat"),
        ("initiative", {"owner_name": "The desk"}, "Ingrid Solheim, The desk; by Mon"),
        (
            "activity",
            {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 3)},
            "Event; Mon\u00a01\u00a0Feb\u00a02027 to Wed\u00a03\u00a0Feb\u00a02027; Amir",
        ),
        ("activity", {"ends_on": None}, "Event; from Thu\u00a014\u00a0Jan\u00a02027;"),
        ("content-plan", {"tolerance": 15}, "Tolerance, points: 15."),
        ("content-plan", {"minutes_story": 20}, "Minutes for a story: 20."),
    ],
)
def test_document_says_in_sentences(code: str, values: dict[str, Any], text: str) -> None:
    assert text in said(changed(complete(), code, **values), code)


def test_document_leaves_out_what_nobody_said() -> None:
    answers = changed(complete(), "channel", operator=None, operator_kind="person")
    text = " ".join(said(answers, code) for code in KINDS)

    for words in (
        "olerance",
        "Minutes",
        "Active",
        "not named",
        "Which way",
        "Kind of",
        "Something",
    ):
        assert words not in text, words


def test_document_leaves_out_a_person_who_is_not_named() -> None:
    answers = changed(complete(), "channel", operator=None, owner=None, backup=None)

    assert said(answers, "channel") == "https://www.instagram.com/fjordlys"


def test_document_names_other_networks() -> None:
    def found(**values: Any) -> str:
        answers = changed(complete(), "audience", networks=("instagram", "other"), **values)
        return said(answers, "audience")

    assert "Found on Instagram." in found()  # other places are said beside it
    assert "Found on Instagram, other networks." in found(elsewhere="")
    reddit = changed(complete(), "channel", network="other", other_network="Reddit")
    answers = changed(reddit, "audience", networks=("other",), elsewhere="")
    assert "Found on Reddit." in said(answers, "audience")


def test_document_tells_what_is_not_known_of_many_rows_once() -> None:
    answers = copies(complete(), "audience", 6, size=None, not_known=("size",))
    one = changed(complete(), "audience", size=None, not_known=("size",))
    some = with_rows(answers, "audience", *answers.audiences, complete().audiences[0])

    assert part_of(answers, "audience").unknown == (
        "Roughly how many: not known yet for all 6 audiences.",
    )
    assert part_of(one, "audience").unknown == ("Roughly how many: not known yet.",)
    assert part_of(some, "audience").unknown[0].endswith("hour’s drive and 2 more.")
    assert "known" not in " ".join(entry.rest for entry in part_of(answers, "audience").entries)


def test_document_sets_words_to_listen_for_below_their_kind() -> None:
    groups = part_of(complete(), "listening").groups

    assert [(group.heading, [one.title for one in group.entries]) for group in groups] == [
        ("Our own names", ["Fjordlys"]),
        ("Competitors", ["Havmuseet"]),
    ]


def test_document_says_the_same_of_several_channels_once() -> None:
    first = complete().watches[0]
    channels = copies(complete(), "channel", 3)
    watches = [
        msgspec.structs.replace(first, uid=f"watch-{number}", channel=f"instagram-{number}")
        for number in range(3)
    ]
    watches[2] = msgspec.structs.replace(watches[2], takes_over="Nobody")

    titles = [one.title for one in part_of(with_rows(channels, "watch", *watches), "watch").entries]

    assert titles == ["Instagram: @fjordlys; Instagram: @fjordlys", "Instagram: @fjordlys"]


@pytest.mark.parametrize("elsewhere", ["The library", "The library " * 10])
def test_document_a_sentence_stands_alike_in_every_row(elsewhere: str) -> None:
    (entry,) = part_of(changed(complete(), "audience", elsewhere=elsewhere), "audience").entries

    assert "elsewhere" in {fact.field for fact in entry.facts}


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


def test_document_page_shows_the_sheet_then_the_answers(
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
        for heading in ("Audiences, most important first", "Key messages")
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

    assert body.count('<p class="quiet">Not answered yet.</p>') == len(STEPS) - 1


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
    assert "Version 1, sent by Mari Marketer " in body
    assert "Waits for review" in body


def test_document_of_an_approved_version_says_by_whom(
    full: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submit_strategy(full, reviewers=[manager], note="", by=marketer.user)
    approve(version, comments={}, text="", next_review_on=date(2027, 4, 1), by=manager.user)

    body = client_as(marketer).get(address(full, 1)).content.decode()

    assert "Approved by Magnus Manager " in body
    assert "To be looked at again Thu\u00a01\u00a0Apr\u00a02027." in body
    assert "without a second reader" not in body
    now = client_as(marketer).get(address(full)).content.decode()
    assert "Read version 1, which is approved" in now
    assert "Not what was approved." not in now
    Audience.objects.update(name="Somebody else")
    assert "Not what was approved." in client_as(marketer).get(address(full)).content.decode()


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


def test_document_says_in_one_sentence_what_is_not_known_of_a_single_row() -> None:
    answers = changed(
        complete(),
        "ownership",
        hours_per_week=None,
        can_post=None,
        not_known=("hours_per_week", "can_post"),
    )

    part = part_of(answers, "ownership")

    assert part.unknown == (
        "Not known yet: hours a week for social media, all people together; people who can post today.",
    )
    assert "Not known yet" not in " ".join(part.entries[0].sentences)


def test_document_has_no_empty_entry_between_a_heading_and_what_is_not_known() -> None:
    open_fields = ("hours_per_week", "can_post", "can_post_external", "policy_need")
    nothing = dict.fromkeys(open_fields[:3]) | {"policy_need": ""}
    answers = changed(
        complete(), "ownership", **nothing, policy_reason="", tools="", not_known=open_fields
    )

    part = part_of(answers, "ownership")

    assert part.entries == []
    assert len(part.unknown) == 1


def test_document_puts_no_heading_over_initiatives_that_are_all_tied_to_no_objective() -> None:
    (group,) = part_of(changed(complete(), "initiative", objective=None), "initiative").groups

    assert group.heading == ""
