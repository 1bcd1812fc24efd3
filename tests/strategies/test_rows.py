"""The services of rows: every exit of each."""

import threading
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import Record
from core.exceptions import Conflict, Refusal
from core.rows import RowRemoved, TooMany
from networks.services import add_channel
from strategies.domain.answers import load_answers
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE
from strategies.enums import StrategyState
from strategies.models import Audience, KeyMessage, Strategy
from strategies.services.rows import (
    Archived,
    UnreadablePaste,
    add_row,
    move_row,
    paste_rows,
    remove_row,
    restore_row,
    rows_of,
    save_row,
    set_not_known,
)
from strategies.services.strategies import create_strategy
from tests.strategies.typed import MULTI, SINGLE, add, code_of, only_row, places, with_choices
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
AUDIENCE = KINDS["audience"]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


def audience(strategy: Strategy, by: Membership, name: str = "Families", token: str = "") -> Any:
    row, _is_new = add_row(strategy, AUDIENCE, values={"name": name}, by=by.user, token=token)
    return row


# --- adding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MULTI, ids=code_of)
def test_every_kind_is_added_removed_and_restored(
    kind: Any, strategy: Strategy, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    rows_of(strategy, kind.model).live().update(removed_at="2026-01-01T00:00Z")
    if kind.code in {"standing", "watch", "post-kind"}:
        only = rows_of(strategy, KINDS["channel"].model).live()
        assert only.exists()

    row = add(strategy, kind.code, by=marketer.user)

    assert only_row(strategy, kind.code) == row
    assert remove_row(row, strategy=strategy, by=marketer.user)
    assert not rows_of(strategy, kind.model).live().exists()
    assert restore_row(row, strategy=strategy, by=marketer.user)
    assert only_row(strategy, kind.code) == row
    verbs = Record.objects.filter(subject_uid=str(row.uid)).values_list("verb", flat=True)
    assert len(verbs) == 3


def test_the_same_token_gives_the_same_row(strategy: Strategy, marketer: Membership) -> None:
    first = audience(strategy, marketer, token="t")

    again, is_new = add_row(
        strategy, AUDIENCE, values={"name": "Families"}, by=marketer.user, token="t"
    )

    assert (again.pk, is_new) == (first.pk, False)
    assert Audience.objects.count() == 1


def test_the_same_token_with_another_text_writes_nothing(
    strategy: Strategy, marketer: Membership
) -> None:
    first = audience(strategy, marketer, token="t")

    with pytest.raises(Conflict):
        audience(strategy, marketer, name="Students", token="t")

    first.refresh_from_db()
    assert first.name == "Families"


def test_a_token_makes_one_row_of_each_kind_and_strategy(
    strategy: Strategy, marketer: Membership, workspace: Workspace
) -> None:
    other = create_strategy(workspace, name="Autumn", by=marketer.user)
    first = audience(strategy, marketer, token="t")

    goal, is_new = add_row(
        strategy, KINDS["goal"], values={"title": "Grow"}, by=marketer.user, token="t"
    )
    elsewhere = audience(other, marketer, token="t")

    assert is_new
    assert len({first.uid, goal.uid, elsewhere.uid}) == 3


def test_a_token_whose_row_was_removed_is_told(strategy: Strategy, marketer: Membership) -> None:
    first = audience(strategy, marketer, token="t")
    remove_row(first, strategy=strategy, by=marketer.user)

    with pytest.raises(RowRemoved):
        audience(strategy, marketer, token="t")


def test_no_more_rows_than_the_bound(
    strategy: Strategy, marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.rows.ROWS_AT_MOST", 2)
    gone = audience(strategy, marketer, "One")
    remove_row(gone, strategy=strategy, by=marketer.user)
    audience(strategy, marketer, "Two")
    audience(strategy, marketer, "Three")

    with pytest.raises(TooMany, match="2 here already"):
        audience(strategy, marketer, "Four")
    with pytest.raises(TooMany):
        restore_row(gone, strategy=strategy, by=marketer.user)
    with pytest.raises(TooMany):
        paste_rows(strategy, AUDIENCE, text="Five", by=marketer.user)
    assert len(places(strategy, "audience")) == 2


@pytest.mark.parametrize("kind", SINGLE, ids=code_of)
def test_a_single_kind_has_one_row_whatever_is_asked(
    kind: Any, strategy: Strategy, marketer: Membership
) -> None:
    row = only_row(strategy, kind.code)

    again, is_new = add_row(strategy, kind, values={}, by=marketer.user)

    assert (again.pk, is_new) == (row.pk, False)
    with pytest.raises(Refusal, match="belongs to every strategy"):
        remove_row(row, strategy=strategy, by=marketer.user)


# --- saving -----------------------------------------------------------------------------------


def test_save_writes_what_differs_and_says_what(strategy: Strategy, marketer: Membership) -> None:
    row = audience(strategy, marketer)

    saved = save_row(
        row,
        strategy=strategy,
        values={"name": "Students", "networks": ("instagram",), "size": 12},
        not_known=("needs",),
        expected=1,
        by=marketer.user,
    )

    record = Record.objects.get(verb="strategies.row_saved")
    assert record.changes == {
        "name": ["Families", "Students"],
        "networks": [[], ["Instagram"]],
        "size": ["", 12],
        "not_known": [[], ["What matters to them?"]],
    }
    assert (saved.revision, saved.updated_by) == (2, marketer.user)
    row.refresh_from_db()
    assert row.updated_at > row.created_at
    assert (row.name, row.size, row.not_known) == ("Students", 12, ("needs",))


def test_days_and_times_stand_in_the_log_as_people_write_them(
    strategy: Strategy, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    period, watch = only_row(strategy, "period"), add(strategy, "watch", by=marketer.user)

    for row, values in (
        (period, {"starts_on": date(2027, 1, 1)}),
        (watch, {"starts_at": time(17, 5)}),
    ):
        save_row(row, strategy=strategy, values=values, expected=1, by=marketer.user)

    records = Record.objects.filter(verb="strategies.row_saved").order_by("pk")
    assert [record.changes for record in records] == [
        {"starts_on": ["", "2027-01-01"]},
        {"starts_at": ["08:30", "17:05"]},
    ]


def test_saving_the_same_writes_nothing(strategy: Strategy, marketer: Membership) -> None:
    row = audience(strategy, marketer)

    saved = save_row(
        row, strategy=strategy, values={"name": "Families"}, expected=77, by=marketer.user
    )

    assert saved.revision == 1
    assert not Record.objects.filter(verb="strategies.row_saved").exists()


def test_a_revision_of_yesterday_writes_nothing(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    row = audience(strategy, marketer)
    save_row(row, strategy=strategy, values={"name": "Theirs"}, expected=1, by=manager.user)

    with pytest.raises(Conflict):
        save_row(row, strategy=strategy, values={"name": "Mine"}, expected=1, by=marketer.user)

    row.refresh_from_db()
    assert (row.name, row.revision) == ("Theirs", 2)


def test_chosen_rows_are_saved_and_recorded(strategy: Strategy, marketer: Membership) -> None:
    families, students = (audience(strategy, marketer, name) for name in ("Families", "Students"))
    message, _is_new = add_row(
        strategy,
        KINDS["message"],
        values={"text": "Come as you are", "audiences": [families]},
        by=marketer.user,
    )

    save_row(
        message,
        strategy=strategy,
        values={"audiences": [students]},
        expected=1,
        by=marketer.user,
    )

    assert list(KeyMessage.objects.get().audiences.all()) == [students]
    changes = Record.objects.get(verb="strategies.row_saved").changes
    assert changes == {"audiences": [["Families"], ["Students"]]}


def test_a_removed_row_is_not_saved(strategy: Strategy, marketer: Membership) -> None:
    row = audience(strategy, marketer)
    remove_row(row, strategy=strategy, by=marketer.user)

    with pytest.raises(RowRemoved, match="Bring it back"):
        save_row(row, strategy=strategy, values={"name": "X"}, expected=2, by=marketer.user)


def test_an_archived_strategy_refuses_everything(strategy: Strategy, marketer: Membership) -> None:
    row = audience(strategy, marketer)
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    step = STEP_BY_CODE["audience"]
    by = marketer.user
    attempts = [
        lambda: audience(strategy, marketer, "New"),
        lambda: save_row(row, strategy=strategy, values={"name": "X"}, expected=1, by=by),
        lambda: move_row(row, strategy=strategy, direction="up", by=by),
        lambda: remove_row(row, strategy=strategy, by=by),
        lambda: restore_row(row, strategy=strategy, by=by),
        lambda: paste_rows(strategy, AUDIENCE, text="One", by=by),
        lambda: set_not_known(strategy, step, is_not_known=True, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(Archived, match="Reopen it"):
            attempt()

    assert places(strategy, "audience") == [(1, "Families")]


# --- places -----------------------------------------------------------------------------------


def test_a_row_moves_up_and_down_and_to_a_place(strategy: Strategy, marketer: Membership) -> None:
    one, _two, three = (audience(strategy, marketer, name) for name in "ABC")
    by = marketer.user

    assert move_row(three, strategy=strategy, direction="up", by=by) == 2
    assert move_row(one, strategy=strategy, direction="up", by=by) == 1
    assert move_row(one, strategy=strategy, position=99, by=by) == 3

    assert places(strategy, "audience") == [(1, "C"), (2, "B"), (3, "A")]
    one.refresh_from_db()
    assert one.revision == 1


def test_a_move_is_recorded_once_and_only_when_it_leads_elsewhere(
    strategy: Strategy, marketer: Membership
) -> None:
    one, _two = (audience(strategy, marketer, name) for name in "AB")

    move_row(one, strategy=strategy, direction="down", by=marketer.user)
    move_row(one, strategy=strategy, direction="down", by=marketer.user)

    record = Record.objects.get(verb="strategies.row_moved")
    assert (record.subject_uid, record.by) == (str(one.uid), marketer.user)
    assert record.changes == {"position": [1, 2]}


def test_removing_and_restoring_raise_the_revision_and_name_who(
    strategy: Strategy, marketer: Membership, manager: Membership, admin: Membership
) -> None:
    row = audience(strategy, marketer)

    remove_row(row, strategy=strategy, by=manager.user)
    row.refresh_from_db()
    removed_at = row.updated_at
    assert (row.revision, row.updated_by) == (2, manager.user)

    restore_row(row, strategy=strategy, by=admin.user)
    row.refresh_from_db()
    assert (row.revision, row.updated_by, row.removed_at) == (3, admin.user, None)
    assert row.created_at < removed_at < row.updated_at


def test_a_restored_row_stands_where_it_stood(strategy: Strategy, marketer: Membership) -> None:
    _a, b, c = (audience(strategy, marketer, name) for name in "ABC")
    remove_row(b, strategy=strategy, by=marketer.user)
    assert places(strategy, "audience") == [(1, "A"), (2, "C")]

    restore_row(b, strategy=strategy, by=marketer.user)

    assert places(strategy, "audience") == [(1, "A"), (2, "B"), (3, "C")]
    remove_row(c, strategy=strategy, by=marketer.user)
    assert not remove_row(c, strategy=strategy, by=marketer.user)
    assert restore_row(c, strategy=strategy, by=marketer.user)
    assert not restore_row(c, strategy=strategy, by=marketer.user)


def test_a_removed_row_is_not_moved(strategy: Strategy, marketer: Membership) -> None:
    row = audience(strategy, marketer)
    remove_row(row, strategy=strategy, by=marketer.user)

    with pytest.raises(RowRemoved):
        move_row(row, strategy=strategy, direction="up", by=marketer.user)


ACTS = st.lists(
    st.tuples(st.sampled_from(["up", "down", "to", "remove", "restore", "add"]), st.integers(0, 9)),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_places_stay_dense_whatever_is_done(
    strategy: Strategy, marketer: Membership, acts: list[tuple[str, int]]
) -> None:
    Audience.objects.filter(strategy=strategy).delete()
    rows = [audience(strategy, marketer, name) for name in "ABC"]
    by = marketer.user

    for act, number in acts:
        row = rows[number % len(rows)]
        is_live = rows_of(strategy, Audience).live().filter(pk=row.pk).exists()
        if act == "add":
            rows.append(audience(strategy, marketer, f"N{number}"))
        elif act == "remove":
            remove_row(row, strategy=strategy, by=by)
        elif act == "restore":
            restore_row(row, strategy=strategy, by=by)
        elif is_live and act == "to":
            move_row(row, strategy=strategy, position=number, by=by)
        elif is_live:
            move_row(row, strategy=strategy, direction=act, by=by)  # type: ignore[arg-type]

    found = [place for place, _name in places(strategy, "audience")]
    assert found == list(range(1, len(found) + 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_who_move_at_once_leave_every_place_once(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    strategy = create_strategy(workspace, name="Spring", by=marketer.user)
    rows = [audience(strategy, marketer, name) for name in "ABCDEF"]
    failures: list[Exception] = []

    def mover(row: Any, direction: Any, by: Membership) -> None:
        try:
            for _turn in range(6):
                own = Strategy.objects.select_related("workspace").get(pk=strategy.pk)
                move_row(row, strategy=own, direction=direction, by=by.user)
        except Exception as failure:  # told below, in the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=mover, args=(rows[5], "up", marketer)),
        threading.Thread(target=mover, args=(rows[0], "down", manager)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert [place for place, _name in places(strategy, "audience")] == [1, 2, 3, 4, 5, 6]


# --- what refers to a removed row ---------------------------------------------------------------


def test_references_to_a_removed_row_come_back_with_it(
    strategy: Strategy, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    message = add(strategy, "message", by=marketer.user)
    families = only_row(strategy, "audience")

    remove_row(families, strategy=strategy, by=marketer.user)
    assert load_answers(strategy).messages[0].audiences == ()
    restore_row(families, strategy=strategy, by=marketer.user)

    assert load_answers(strategy).messages[0].audiences == (str(families.uid),)
    assert message.revision == 1


# --- several lines ------------------------------------------------------------------------------


def test_lines_become_rows_behind_the_others(strategy: Strategy, marketer: Membership) -> None:
    audience(strategy, marketer)

    paste_rows(strategy, AUDIENCE, text="1. One\n\n2. Two", by=marketer.user)

    assert places(strategy, "audience") == [(1, "Families"), (2, "One"), (3, "Two")]


def test_the_same_paste_twice_gives_the_rows_once(strategy: Strategy, marketer: Membership) -> None:
    for _turn in range(2):
        paste_rows(strategy, AUDIENCE, text="One\nTwo", by=marketer.user, token="t")

    assert len(places(strategy, "audience")) == 2


def test_a_paste_is_recorded_once_with_its_new_lines(
    strategy: Strategy, marketer: Membership
) -> None:
    paste_rows(strategy, AUDIENCE, text="One\nTwo", by=marketer.user, token="t")
    paste_rows(strategy, AUDIENCE, text="One\nTwo\nThree", by=marketer.user, token="t")

    records = Record.objects.filter(verb="strategies.rows_pasted").order_by("pk")
    assert [record.changes for record in records] == [
        {"audience": [None, ["One", "Two"]]},
        {"audience": [None, ["Three"]]},
    ]
    assert {record.by for record in records} == {marketer.user}


def test_the_same_paste_brings_back_what_was_removed(
    strategy: Strategy, marketer: Membership
) -> None:
    one, _two = paste_rows(strategy, AUDIENCE, text="One\nTwo", by=marketer.user, token="t")
    remove_row(one, strategy=strategy, by=marketer.user)

    paste_rows(strategy, AUDIENCE, text="One\nTwo", by=marketer.user, token="t")

    assert places(strategy, "audience") == [(1, "One"), (2, "Two")]


def test_a_paste_brings_back_nothing_else_and_keeps_places_dense(
    strategy: Strategy, marketer: Membership
) -> None:
    gone = audience(strategy, marketer, "Gone")
    audience(strategy, marketer, "Stays")
    remove_row(gone, strategy=strategy, by=marketer.user)

    paste_rows(strategy, AUDIENCE, text="One", by=marketer.user, token="t")

    assert places(strategy, "audience") == [(1, "Stays"), (2, "One")]


def test_a_line_may_be_as_long_as_the_field(strategy: Strategy, marketer: Membership) -> None:
    paste_rows(strategy, AUDIENCE, text="x" * 160, by=marketer.user)

    assert places(strategy, "audience") == [(1, "x" * 160)]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("post-kind", {"days": ("1", "9")}),
        ("post-kind", {"days": "1 <b>"}),
        ("post-kind", {"format": "hologram"}),
        ("watch", {"days": ("0",)}),
        ("audience", {"networks": ("myspace",)}),
    ],
)
def test_a_code_that_is_no_choice_is_kept_nowhere(
    code: str, wrong: dict[str, Any], strategy: Strategy, marketer: Membership
) -> None:
    kind = KINDS[code]
    channel = add_channel(strategy.workspace, {"network": "x", "handle": "@a"}, by=marketer.user)
    values = {"channel": channel} if code != "audience" else {"name": "Families"}
    row, _is_new = add_row(strategy, kind, values=values, by=marketer.user)

    with pytest.raises(Refusal, match="choose from the list"):
        add_row(strategy, kind, values={**values, **wrong}, by=marketer.user, token="other")
    with pytest.raises(Refusal, match="choose from the list"):
        save_row(row, strategy=strategy, values=wrong, expected=row.revision, by=marketer.user)

    assert rows_of(strategy, kind.model).get().revision == row.revision


def test_a_full_list_takes_exactly_the_lines_that_fit(
    strategy: Strategy, marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.rows.ROWS_AT_MOST", 3)
    audience(strategy, marketer)

    with pytest.raises(TooMany):
        paste_rows(strategy, AUDIENCE, text="One\nTwo\nThree", by=marketer.user)
    paste_rows(strategy, AUDIENCE, text="One\nTwo", by=marketer.user)

    assert [name for _place, name in places(strategy, "audience")] == ["Families", "One", "Two"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing here yet"),
        ("\n - \n", "nothing here yet"),
        ("\n".join("abc" for _ in range(201)), "at most 200 lines at a time; this has 201"),
        ("Fine\n" + "x" * 161, "Line 2 is longer than 160 characters"),
        (f"{'x' * 161}\nFine\n{'y' * 200}", "Lines 1, 3 are longer than 160"),
    ],
)
def test_unreadable_lines_write_nothing(
    text: str, sentence: str, strategy: Strategy, marketer: Membership
) -> None:
    with pytest.raises(UnreadablePaste, match=sentence):
        paste_rows(strategy, AUDIENCE, text=text, by=marketer.user)

    assert places(strategy, "audience") == []


@pytest.mark.parametrize("kind", [kind for kind in MULTI if kind.paste], ids=code_of)
def test_every_kind_that_says_so_takes_lines(
    kind: Any, strategy: Strategy, marketer: Membership
) -> None:
    paste_rows(strategy, kind, text="- One\n- Two", by=marketer.user)

    assert [name for _place, name in places(strategy, kind.code)] == ["One", "Two"]


def test_lines_are_refused_where_they_make_no_sense(
    strategy: Strategy, marketer: Membership
) -> None:
    with pytest.raises(UnreadablePaste):
        paste_rows(strategy, KINDS["standing"], text="One", by=marketer.user)


# --- not known yet ------------------------------------------------------------------------------


def test_a_question_is_not_known_and_known_again(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    step = STEP_BY_CODE["audience"]

    answer = set_not_known(
        strategy,
        step,
        is_not_known=True,
        find_out="Ask the desk",
        finder=marketer,
        by=marketer.user,
    )
    assert load_answers(strategy).is_not_known("audience")
    again = set_not_known(
        strategy,
        step,
        is_not_known=False,
        find_out="Ask the desk",
        finder=marketer,
        by=manager.user,
    )

    assert again.pk == answer.pk
    again.refresh_from_db()
    assert again.updated_by == manager.user
    assert again.updated_at > answer.updated_at
    assert not load_answers(strategy).is_not_known("audience")
    verbs = list(Record.objects.order_by("pk").values_list("verb", flat=True))[-2:]
    assert verbs == ["strategies.step_not_known", "strategies.step_known"]


def test_the_same_said_of_a_question_twice_writes_once(
    strategy: Strategy, marketer: Membership
) -> None:
    step = STEP_BY_CODE["audience"]
    first = set_not_known(strategy, step, is_not_known=True, by=marketer.user)

    again = set_not_known(
        strategy, step, is_not_known=True, by=marketer.user, expected=first.revision - 1
    )

    assert again.revision == first.revision
    assert Record.objects.filter(verb="strategies.step_not_known").count() == 1


def test_two_on_not_known_yet_are_told(strategy: Strategy, marketer: Membership) -> None:
    step = STEP_BY_CODE["audience"]
    first = set_not_known(strategy, step, is_not_known=True, by=marketer.user)

    with pytest.raises(Conflict):
        set_not_known(
            strategy,
            step,
            is_not_known=True,
            find_out="Mine",
            expected=first.revision - 1,
            by=marketer.user,
        )


@pytest.mark.parametrize("how", ["added", "pasted", "restored", "saved"])
def test_a_question_not_known_that_gets_a_row_is_answered(
    strategy: Strategy, marketer: Membership, how: str
) -> None:
    row = audience(strategy, marketer)
    if how == "restored":
        remove_row(row, strategy=strategy, by=marketer.user)
    for step in ("audience", "message"):
        set_not_known(strategy, STEP_BY_CODE[step], is_not_known=True, by=marketer.user)

    match how:
        case "added":
            audience(strategy, marketer, "Students")
        case "pasted":
            paste_rows(strategy, KINDS["audience"], text="Students", by=marketer.user)
        case "restored":
            restore_row(row, strategy=strategy, by=marketer.user)
        case "saved":
            save_row(
                row, strategy=strategy, values={"needs": "Quiet"}, expected=1, by=marketer.user
            )

    answers = load_answers(strategy)
    assert not answers.is_not_known("audience")
    assert answers.is_not_known("message")
    assert Record.objects.filter(verb="strategies.step_known").count() == 1


def test_an_answer_taken_away_leaves_the_question_not_known(
    strategy: Strategy, marketer: Membership
) -> None:
    row = audience(strategy, marketer)
    save_row(row, strategy=strategy, values={"needs": "Quiet"}, expected=1, by=marketer.user)
    set_not_known(strategy, STEP_BY_CODE["audience"], is_not_known=True, by=marketer.user)

    save_row(row, strategy=strategy, values={"needs": ""}, expected=2, by=marketer.user)

    assert load_answers(strategy).is_not_known("audience")


def test_the_last_cell_of_a_pasted_row_may_be_a_date_or_a_month(
    strategy: Strategy, marketer: Membership
) -> None:
    lines = "Open the café\tSeptember 2027\n1.\tMay 2027\nSing\tBerit\nDance\t24.11.2027"
    made = paste_rows(
        strategy, KINDS["initiative"], text=lines, by=marketer.user, not_known=["due_on"]
    )

    assert [(row.title, row.due_on, row.not_known) for row in made] == [  # type: ignore[attr-defined]
        ("Open the café", date(2027, 9, 30), ()),
        ("May 2027", None, ("due_on",)),
        ("Sing Berit", None, ("due_on",)),
        ("Dance", date(2027, 11, 24), ()),
    ]


def test_a_pasted_activity_begins_with_its_month(strategy: Strategy, marketer: Membership) -> None:
    (made,) = paste_rows(
        strategy, KINDS["activity"], text="Winter lights\tautumn 2027", by=marketer.user
    )

    assert made.starts_on == date(2027, 9, 1)  # type: ignore[attr-defined]


def test_pasting_again_brings_back_what_oneself_removed_and_not_what_others_did(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    kind = KINDS["audience"]

    def paste() -> list[str]:
        made = paste_rows(strategy, kind, text="One\nTwo", token="same", by=marketer.user)
        return [str(row) for row in made]

    assert paste() == ["One", "Two"]
    one, two = Audience.objects.filter(strategy=strategy).order_by("position")
    remove_row(one, strategy=strategy, by=marketer.user)
    remove_row(two, strategy=strategy, by=manager.user)

    assert paste() == ["One"]
    assert [row.name for row in Audience.objects.filter(strategy=strategy).live()] == ["One"]
