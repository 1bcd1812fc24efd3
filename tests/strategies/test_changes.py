"""A strategy in force whose answers were changed: said, shown, discarded."""

import pytest
from django.urls import reverse

from activity.models import Record
from networks.models import Channel
from strategies.domain.answers import answers_of, load_answers
from strategies.domain.questionnaire import KINDS, NOTE_KIND, STEP_BY_CODE
from strategies.domain.sameness import changed_kinds, is_same
from strategies.enums import StrategyState
from strategies.models import Audience, Goal, KeyMessage, Strategy, StrategyVersion, Voice
from strategies.services.changes import discard_changes, last_changed_by
from strategies.services.rows import add_row, move_row, remove_row, save_row, set_not_known
from tests.conftest import ClientAs
from tests.strategies.answers_of import complete
from tests.strategies.approved import approve_answers, make_version
from tests.strategies.stored import store
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
PAGES = ["summary", "matrix", "roadmap", "versions", "submit", "document", "first_pass_finish"]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership, manager: Membership) -> Strategy:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn and winter")
    return store(complete(), strategy, {"p-ingrid": manager, "p-amir": marketer})


@pytest.fixture
def version(strategy: Strategy, manager: Membership) -> StrategyVersion:
    return approve_answers(strategy, by=manager)


def url(strategy: Strategy, name: str, *more: object) -> str:
    return reverse(f"strategies:{name}", args=[strategy.workspace.slug, strategy.uid, *more])


def page(member: Membership, address: str, client_as: ClientAs) -> str:
    answer = client_as(member).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def change(strategy: Strategy, by: Membership, text: str = "Changed by hand") -> None:
    row = Goal.objects.filter(strategy=strategy).first()
    assert row
    save_row(
        row,
        strategy=strategy,
        values={"title": text, "detail": row.detail},
        expected=row.revision,
        by=by.user,
    )


# --- whether ----------------------------------------------------------------------------------


def test_what_belongs_to_the_workspace_is_no_change(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    manager.user.name = "Magnus by another name"
    manager.user.save()
    Channel.objects.update(purpose="Something else")
    Channel.objects.create(workspace=strategy.workspace, network="x", handle="@new")

    assert is_same(answers_of(version), load_answers(strategy))


def test_channel_that_is_gone_is_no_change(strategy: Strategy, version: StrategyVersion) -> None:
    Channel.objects.update(removed_at="2026-11-20 10:00Z")

    assert is_same(answers_of(version), load_answers(strategy))


def test_each_own_answer_is_a_change(
    strategy: Strategy, version: StrategyVersion, marketer: Membership
) -> None:
    before = answers_of(version)
    add_row(strategy, KINDS["goal"], values={"title": "One more"}, by=marketer.user)
    assert not is_same(before, load_answers(strategy))

    discard_changes(strategy, version, by=marketer.user)
    add_row(strategy, KINDS["audience"], values={"name": "Second"}, by=marketer.user)
    between = load_answers(strategy)
    second = Audience.objects.get(name="Second")
    move_row(second, strategy=strategy, by=marketer.user, direction="up")
    assert not is_same(between, load_answers(strategy))


def test_last_change_is_of_whoever_wrote_last(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, manager: Membership
) -> None:
    assert last_changed_by(strategy, version, ["goal"]) is None

    change(strategy, manager, "First")
    change(strategy, marketer, "Then")

    changed = changed_kinds(answers_of(version), load_answers(strategy))
    assert changed == ["goal"]
    assert last_changed_by(strategy, version, changed) == marketer.user
    assert last_changed_by(strategy, version, ["audience", NOTE_KIND.code]) is None


# --- said on each page ------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_pages_say_who_changed_it_and_what_can_be_done(
    name: str,
    strategy: Strategy,
    version: StrategyVersion,
    marketer: Membership,
    client_as: ClientAs,
) -> None:
    assert "Same as version 1" in page(marketer, url(strategy, name), client_as)

    change(strategy, marketer)
    said = page(marketer, url(strategy, name), client_as)

    assert "Changed since version 1 by <bdi>Mari Marketer</bdi>" in said
    for link in (url(strategy, "changes"), url(strategy, "submit")):
        assert link in said


def test_questions_and_screens_say_it_too(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    change(strategy, marketer)

    for address in (url(strategy, "question", "fit"), url(strategy, "first_pass_screen", "goal")):
        assert "Changed since version 1" in page(marketer, address, client_as)


def test_draft_that_waits_for_review_is_neither_discarded_nor_submitted_again(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    change(strategy, marketer)
    make_version(strategy, by=marketer)

    said = page(marketer, url(strategy, "summary"), client_as)

    assert "Version 2 waits for review" in said
    assert "#discard" not in said


def test_never_approved_strategy_says_nothing(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    said = page(marketer, url(strategy, "summary"), client_as)

    assert "Same as version" not in said
    assert "Changed since" not in said


# --- who only reads ---------------------------------------------------------------------------


def test_readers_see_what_was_approved_unless_they_ask_for_the_draft(
    strategy: Strategy,
    version: StrategyVersion,
    marketer: Membership,
    reader: Membership,
    client_as: ClientAs,
) -> None:
    change(strategy, marketer)

    for address in (url(strategy, "summary"), url(strategy, "question", "begin")):
        approved, draft = (
            page(reader, f"{address}{query}", client_as) for query in ("", "?draft=1")
        )
        assert "Sell 400 season tickets" in approved
        assert "Changed by hand" not in approved
        assert "Read the draft" in approved
        assert "Changed by hand" in draft
        assert "Read the approved answers" in draft
        assert "Discard" not in approved + draft
    document = client_as(reader).get(url(strategy, "document"))
    assert document["Location"] == url(strategy, "version_document", 1)
    assert client_as(reader).get(url(strategy, "document") + "?draft=1").status_code == 200


# --- discarding -------------------------------------------------------------------------------


def test_discarding_writes_every_answer_back(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    before = load_answers(strategy)
    by = marketer.user
    change(strategy, marketer)
    for code in ("goal", "audience"):
        field = KINDS[code].paste
        add_row(strategy, KINDS[code], values={field: "One more"}, by=by)
    message = KeyMessage.objects.filter(strategy=strategy).first()
    assert message
    remove_row(message, strategy=strategy, by=by)
    remove_row(Audience.objects.live().in_order()[0], strategy=strategy, by=by)
    Voice.objects.filter(strategy=strategy).update(words="Loud")
    set_not_known(strategy, STEP_BY_CODE["fit"], is_not_known=True, by=by)

    answer = client_as(marketer).post(url(strategy, "discard"))

    assert answer["Location"] == url(strategy, "summary")
    assert is_same(before, load_answers(strategy))
    assert load_answers(strategy).audiences == before.audiences
    assert load_answers(strategy).messages == before.messages
    assert Record.objects.filter(verb="strategies.changes_discarded").count() == 1


def test_discarding_puts_rows_back_into_their_order(
    strategy: Strategy, marketer: Membership
) -> None:
    by = marketer.user
    second, _is_new = add_row(strategy, KINDS["goal"], values={"title": "Second"}, by=by)
    version = approve_answers(strategy, by=marketer)
    before = [goal.title for goal in load_answers(strategy).goals]
    move_row(second, strategy=strategy, by=by, direction="up")
    assert [goal.title for goal in load_answers(strategy).goals] != before

    discard_changes(strategy, version, by=by)

    assert [goal.title for goal in load_answers(strategy).goals] == before


def test_changes_are_shown_word_by_word_before_they_are_discarded(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    change(strategy, marketer)

    said = page(marketer, url(strategy, "changes"), client_as)

    assert "by hand" in said
    assert url(strategy, "discard") in said
    assert said.count("btn-primary") == 1


def test_unchanged_has_nothing_to_discard_and_no_filled_submit(
    strategy: Strategy, version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    assert url(strategy, "discard") not in page(marketer, url(strategy, "changes"), client_as)
    summary = page(marketer, url(strategy, "summary"), client_as)
    assert "Submit for review" not in summary


def test_discarding_needs_an_approved_version_the_right_and_an_open_strategy(
    strategy: Strategy, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    assert client_as(marketer).post(url(strategy, "discard")).status_code == 404
    version = approve_answers(strategy, by=marketer)
    change(strategy, marketer)
    assert client_as(reader).post(url(strategy, "discard")).status_code == 403
    assert client_as(marketer).get(url(strategy, "discard")).status_code == 405

    Strategy.objects.update(state=StrategyState.ARCHIVED)
    client_as(marketer).post(url(strategy, "discard"))
    assert not is_same(answers_of(version), load_answers(strategy))
