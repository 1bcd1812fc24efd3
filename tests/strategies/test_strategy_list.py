"""The list of strategies, and the pages that begin, rename, archive and reopen one."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.activity_types import is_known
from activity.models import Record
from strategies.domain.periods import MONTHS, months_later, name_of_months, next_start
from strategies.enums import StrategyState, VersionState
from strategies.models import Audience, Milestone, Period, Strategy, StrategyVersion
from strategies.presentation.strategy_list import listed_strategies
from strategies.services.strategies import archive_strategy, create_strategy
from tests.conftest import ClientAs
from workspaces.models import Membership, Workspace

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("_today")


@pytest.fixture
def _today() -> Any:
    with time_machine.travel("2026-11-23 12:00", tick=False):
        yield


@pytest.fixture
def marketers(marketer: Membership, client_as: ClientAs) -> Client:
    return client_as(marketer)


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Autumn", by=marketer.user)


def url(name: str, *args: Any) -> str:
    return reverse(f"strategies:{name}", args=["fjordlys", *args])


def version(
    strategy: Strategy,
    state: VersionState,
    by: Membership,
    *,
    number: int = 1,
    starts_on: date = date(2026, 9, 1),
    ends_on: date = date(2027, 2, 28),
    answer_by_on: date = date(2026, 11, 27),
) -> StrategyVersion:
    decided = state not in {VersionState.SUBMITTED, VersionState.WITHDRAWN}
    return StrategyVersion.objects.create(
        strategy=strategy,
        number=number,
        state=state,
        schema=1,
        snapshot={},
        starts_on=starts_on,
        ends_on=ends_on,
        promotional=20,
        informative=40,
        engagement=40,
        submitted_by=by.user,
        answer_by_on=answer_by_on,
        decided_by=by.user if decided else None,
        decided_at=timezone.now() if decided else None,
    )


def only_entry(workspace: Workspace) -> Any:
    (group,) = listed_strategies(workspace, today=TODAY)
    (entry,) = group.entries
    assert entry.place == group.place
    return entry


def words_of(entry: Any) -> list[str]:
    return [word.text for word in entry.words]


def looks_of(entry: Any) -> list[str]:
    return [word.look for word in entry.words]


# --- where a strategy stands --------------------------------------------------------------------


def test_a_strategy_without_a_version_is_being_written(
    workspace: Workspace, strategy: Strategy
) -> None:
    Period.objects.filter(strategy=strategy).update(
        starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30)
    )

    entry = only_entry(workspace)

    assert entry.place == "open"
    assert entry.starts_on == date(2027, 1, 1)
    assert entry.next_step == "Answer the questions, then submit it."


def test_a_submitted_version_waits_and_says_until_when(
    workspace: Workspace, strategy: Strategy, manager: Membership
) -> None:
    version(strategy, VersionState.SUBMITTED, manager)

    entry = only_entry(workspace)

    assert (entry.place, looks_of(entry)) == ("waiting", ["tip"])
    assert entry.next_step == "An answer is due by Fri\u00a027\u00a0Nov."
    assert entry.url == url("version", strategy.uid, 1)


def test_an_answer_that_is_overdue_stands_out(
    workspace: Workspace, strategy: Strategy, manager: Membership
) -> None:
    version(strategy, VersionState.SUBMITTED, manager, answer_by_on=date(2026, 11, 22))

    entry = only_entry(workspace)
    assert words_of(entry)[1:] == ["Answer is late"]
    assert looks_of(entry) == ["tip", "warn"]


def test_changes_asked_for_are_said_with_who_asked(
    workspace: Workspace, strategy: Strategy, manager: Membership
) -> None:
    version(strategy, VersionState.CHANGES_REQUESTED, manager)

    entry = only_entry(workspace)

    assert (entry.place, words_of(entry)) == ("open", ["Changes asked for"])
    assert entry.starts_on != date(2030, 1, 1)
    Period.objects.update(starts_on=date(2030, 1, 1), ends_on=date(2030, 6, 30))
    assert only_entry(workspace).starts_on == date(2030, 1, 1)
    assert entry.next_step == "Magnus Manager asked for changes to version 1."


def test_a_withdrawn_version_leaves_it_being_written(
    workspace: Workspace, strategy: Strategy, manager: Membership
) -> None:
    version(strategy, VersionState.WITHDRAWN, manager)

    assert only_entry(workspace).place == "open"


def test_an_approved_version_is_in_force_and_tells_the_next_milestone(
    workspace: Workspace, strategy: Strategy, manager: Membership
) -> None:
    version(strategy, VersionState.APPROVED, manager)
    for key, day in (("late", date(2026, 11, 20)), ("next", date(2026, 11, 30))):
        Milestone.objects.create(strategy=strategy, key=key, kind="own", title=key, due_on=day)

    entry = only_entry(workspace)

    assert (entry.place, looks_of(entry)) == ("in_force", ["good", "bad"])
    assert words_of(entry) == ["Version 1 in force", "1 late"]
    assert entry.next_step == "Next: next, Mon\u00a030\u00a0Nov"
    assert entry.url == url("roadmap", strategy.uid)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "place"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), "in_force"),
        (date(2026, 11, 24), date(2026, 12, 31), "to_come"),
        (date(2026, 11, 1), date(2026, 11, 22), "open"),
    ],
)
def test_an_approved_version_stands_by_its_period(
    workspace: Workspace,
    strategy: Strategy,
    manager: Membership,
    starts_on: date,
    ends_on: date,
    place: str,
) -> None:
    version(strategy, VersionState.APPROVED, manager, starts_on=starts_on, ends_on=ends_on)

    assert only_entry(workspace).place == place


def test_what_is_to_come_stands_by_its_first_day(
    workspace: Workspace, strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    later = create_strategy(workspace, name="Spring", by=marketer.user)
    starts = {strategy: date(2026, 12, 1), later: date(2027, 3, 1)}
    for one, starts_on in reversed(starts.items()):
        version(one, VersionState.APPROVED, manager, starts_on=starts_on, ends_on=starts_on)

    (group,) = listed_strategies(workspace, today=TODAY)

    assert [entry.strategy.name for entry in group.entries] == ["Autumn", "Spring"]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (VersionState.SUBMITTED, "Version 2 waits for review"),
        (VersionState.CHANGES_REQUESTED, "Changes asked for"),
    ],
)
def test_a_later_version_in_review_leaves_the_approved_one_in_force(
    workspace: Workspace, strategy: Strategy, manager: Membership, state: VersionState, word: str
) -> None:
    version(strategy, VersionState.APPROVED, manager)
    version(strategy, state, manager, number=2)

    entry = only_entry(workspace)

    assert entry.place == "in_force"
    assert words_of(entry) == ["Version 1 in force", word]
    assert entry.url == url("version", strategy.uid, 2)


def test_an_archived_one_stands_last(
    workspace: Workspace, strategy: Strategy, marketer: Membership
) -> None:
    archive_strategy(strategy, by=marketer.user)
    create_strategy(workspace, name="Winter", by=marketer.user)

    groups = listed_strategies(workspace, today=TODAY)

    assert [group.place for group in groups] == ["open", "archived"]


# --- the list -----------------------------------------------------------------------------------


def test_list_shows_names_and_ways_on(strategy: Strategy, marketers: Client) -> None:
    page = marketers.get(url("list")).content.decode()

    assert "Autumn" in page
    for name in ("rename", "archive"):
        assert url(name, strategy.uid) in page
    assert f"{url('new')}?copy_of={strategy.uid}" in page


def test_reader_reads_the_list_and_begins_nothing(
    strategy: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    client = client_as(reader)

    page = client.get(url("list")).content.decode()

    assert "Autumn" in page
    assert url("new") not in page


def test_empty_list_explains_and_offers_the_first(workspace: Workspace, marketers: Client) -> None:
    page = marketers.get(url("list")).content.decode()

    assert "No strategy yet" in page
    assert url("new") in page


def test_list_costs_the_same_number_of_queries_with_1_and_30_strategies(
    workspace: Workspace, strategy: Strategy, manager: Membership, marketers: Client
) -> None:
    def fill(strategy: Strategy) -> None:
        version(strategy, VersionState.SUPERSEDED, manager)
        version(strategy, VersionState.APPROVED, manager, number=2)
        version(strategy, VersionState.CHANGES_REQUESTED, manager, number=3)
        Milestone.objects.create(
            strategy=strategy, key="a", kind="own", title="A", due_on=date(2026, 12, 1)
        )

    fill(strategy)
    marketers.get(url("list"))
    with CaptureQueriesContext(connection) as few:
        marketers.get(url("list"))
    for number in range(29):
        fill(Strategy.objects.create(workspace=workspace, name=f"Strategy {number}"))

    with CaptureQueriesContext(connection) as many:
        marketers.get(url("list"))

    assert len(many) == len(few)


# --- a new one ----------------------------------------------------------------------------------


def test_new_proposes_a_name_and_offers_no_copy_of_nothing(
    workspace: Workspace, marketers: Client
) -> None:
    page = marketers.get(url("new")).content.decode()

    assert 'value="December 2026 to May 2027"' in page
    assert "A blank one" in page
    assert "A filled one: a small shop" in page
    assert "A copy of an earlier one" not in page


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 30), "December 2026 to May 2027"),
        (date(2026, 12, 1), "January to June 2027"),
        (date(2027, 6, 15), "July to December 2027"),
    ],
)
def test_proposed_name_says_the_half_year_that_begins_next_month(day: date, name: str) -> None:
    assert name_of_months(next_start(day)) == name


def test_filled_strategy_holds_for_the_months_that_its_proposed_name_says(
    workspace: Workspace, marketers: Client
) -> None:
    page = marketers.get(url("new")).content.decode()
    proposed = page.partition('name="name" value="')[2].partition('"')[0]

    marketers.post(url("new"), {"name": proposed, "start": "starter:small-shop"})

    period = Period.objects.get()
    assert period.starts_on is not None
    assert period.ends_on is not None
    assert proposed == name_of_months(period.starts_on)
    assert period.ends_on == months_later(period.starts_on, MONTHS) - timedelta(days=1)


@pytest.mark.parametrize(
    ("sent", "name", "starts_on", "ends_on"),
    [
        # The page's own days beside a name that was typed.
        (
            ("Spring 2027", "2026-12-01", "2027-05-31", ""),
            "Spring 2027",
            "2027-03-01",
            "2027-05-31",
        ),
        (("Spring 2027", "", "", ""), "Spring 2027", "2027-03-01", "2027-05-31"),
        # Days that were typed beside the page's own name.
        (
            ("December 2026 to May 2027", "2027-01-01", "2027-06-30", ""),
            "January to June 2027",
            "2027-01-01",
            "2027-06-30",
        ),
        # Both were typed, or the script has seen to it: what is said is meant.
        (
            ("Spring 2027", "2027-01-01", "2027-06-30", ""),
            "Spring 2027",
            "2027-01-01",
            "2027-06-30",
        ),
        (
            ("Spring 2027", "2026-12-01", "2027-05-31", "1"),
            "Spring 2027",
            "2026-12-01",
            "2027-05-31",
        ),
        (("The shop", "2026-12-01", "2027-05-31", ""), "The shop", "2026-12-01", "2027-05-31"),
        (("The shop", "", "", ""), "The shop", None, None),
    ],
)
def test_days_of_a_new_one_follow_its_name_and_its_name_the_days(
    workspace: Workspace,
    marketers: Client,
    sent: tuple[str, str, str, str],
    name: str,
    starts_on: str | None,
    ends_on: str | None,
) -> None:
    fields = dict(zip(("name", "starts_on", "ends_on", "is_settled"), sent, strict=True))

    marketers.post(url("new"), {**fields, "start": "blank"})

    period = Period.objects.select_related("strategy").get()
    days = [day.isoformat() if day else None for day in (period.starts_on, period.ends_on)]
    assert (period.strategy.name, *days) == (name, starts_on, ends_on)


def test_a_new_one_does_not_end_before_it_begins(workspace: Workspace, marketers: Client) -> None:
    days = {"starts_on": "2027-06-30", "ends_on": "2027-01-01"}

    page = marketers.post(url("new"), {"name": "Spring", "start": "blank", **days})

    assert "Choose a day on or after the first day." in page.content.decode()
    assert not Strategy.objects.exists()


@pytest.mark.parametrize(("start", "audiences"), [("blank", 0), ("starter:small-shop", 3)])
def test_new_begins_one_strategy_however_often_it_is_sent(
    workspace: Workspace, marketers: Client, start: str, audiences: int
) -> None:
    sent = {"name": "Spring", "start": start, "token": "this page"}

    answer = marketers.post(url("new"), sent)
    again = marketers.post(url("new"), sent)

    (strategy,) = Strategy.objects.all()
    begins = url("first_pass_screen", strategy.uid, "period")
    assert answer["Location"] == again["Location"] == begins
    assert Audience.objects.filter(strategy=strategy).count() == audiences


def test_period_is_not_asked_again_after_the_form_that_began_the_strategy(
    workspace: Workspace, marketers: Client
) -> None:
    days = {"starts_on": "2027-01-01", "ends_on": "2027-06-30"}
    sent = {"name": "Spring", "start": "blank", "token": "this page"}

    answer = marketers.post(url("new"), {**sent, **days})
    half = marketers.post(url("new"), {**sent, "token": "other", "starts_on": "2027-01-01"})

    spring, other = Strategy.objects.order_by("pk")
    assert answer["Location"] == url("first_pass_screen", spring.uid, "goal")
    assert half["Location"] == url("first_pass_screen", other.uid, "period")


def test_new_without_a_token_begins_another_each_time(
    workspace: Workspace, marketers: Client
) -> None:
    for _ in range(2):
        marketers.post(url("new"), {"name": "Spring", "start": "blank"})

    assert Strategy.objects.count() == 2


def test_new_copies_the_one_chosen(strategy: Strategy, marketers: Client) -> None:
    Audience.objects.create(strategy=strategy, name="Families")
    page = marketers.get(f"{url('new')}?copy_of={strategy.uid}").content.decode()

    marketers.post(url("new"), {"name": "Next", "start": "copy", "copy_of": strategy.uid})

    assert f'<option value="{strategy.uid}" selected>' in page
    copy = Strategy.objects.exclude(pk=strategy.pk).get()
    assert copy.copied_from == strategy
    assert [audience.name for audience in Audience.objects.filter(strategy=copy)] == ["Families"]


def test_new_offers_to_copy_what_is_in_force_first_and_what_was_put_away_last(
    workspace: Workspace, marketer: Membership, marketers: Client
) -> None:
    made = {
        name: create_strategy(workspace, name=name, by=marketer.user)
        for name in ("In force", "Over", "Newer", "Put away")
    }
    version(made["In force"], VersionState.APPROVED, marketer)
    ended = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
    version(made["Over"], VersionState.APPROVED, marketer, **ended)  # type: ignore[arg-type]
    archive_strategy(made["Put away"], by=marketer.user)

    form = marketers.get(url("new")).context["form"]

    offered = [str(choice[1]) for choice in form.fields["copy_of"].choices]
    assert offered == ["In force", "Newer", "Over", "Put away"]


def test_new_blank_ignores_what_stands_in_the_copy_box(
    strategy: Strategy, marketers: Client
) -> None:
    marketers.post(url("new"), {"name": "Next", "start": "blank", "copy_of": strategy.uid})

    assert Strategy.objects.exclude(pk=strategy.pk).get().copied_from is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Fill this in."),
        ({"name": "x" * 121}, "Keep this to 120 characters; it has 121 now."),
        ({"start": ""}, "Choose one."),
        ({"start": "starter:nothing"}, "Choose again: this one is no longer on the list."),
        ({"start": "copy"}, "Choose the strategy to copy."),
        ({"start": "copy", "copy_of": "not a uid"}, "Choose again: this one is no longer"),
    ],
)
def test_new_with_bad_input_says_what_to_do_and_keeps_what_was_typed(
    strategy: Strategy, marketers: Client, given: dict[str, str], sentence: str
) -> None:
    answer = marketers.post(url("new"), {"name": "Vår 🌱 אביב", "start": "blank", **given})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert given.get("name", "Vår 🌱 אביב") in page
    assert Strategy.objects.count() == 1


def test_new_copy_of_another_workspace_is_refused(
    strategy: Strategy, other_workspace: Workspace, marketers: Client
) -> None:
    foreign = Strategy.objects.create(workspace=other_workspace, name="Theirs")

    page = marketers.post(url("new"), {"name": "N", "start": "copy", "copy_of": foreign.uid})

    assert "Choose again: this one is no longer on the list." in page.content.decode()
    assert "Theirs" not in page.content.decode()
    assert Strategy.objects.filter(workspace=strategy.workspace).count() == 1


# --- name and archive ---------------------------------------------------------------------------


def test_rename(strategy: Strategy, marketers: Client) -> None:
    answer = marketers.post(
        url("rename", strategy.uid), {"name": "Autumn 2026", "before": strategy.name}
    )

    strategy.refresh_from_db()
    assert strategy.name == "Autumn 2026"
    assert answer["Location"] == strategy.get_absolute_url()
    assert Record.objects.latest("pk").changes == {"name": ["Autumn", "Autumn 2026"]}


def test_rename_after_somebody_else_tells_and_writes_nothing(
    strategy: Strategy, marketers: Client
) -> None:
    page = marketers.post(url("rename", strategy.uid), {"name": "Mine", "before": "Yesterday"})

    strategy.refresh_from_db()
    assert strategy.name != "Mine"
    assert "Somebody else has called it" in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    assert f'value="{strategy.name}"' in page.content.decode()


def test_rename_to_nothing_keeps_the_name(strategy: Strategy, marketers: Client) -> None:
    page = marketers.post(url("rename", strategy.uid), {"name": " "})

    assert "Fill this in." in page.content.decode()
    strategy.refresh_from_db()
    assert strategy.name == "Autumn"


def test_archive_says_what_happens_and_can_be_undone(strategy: Strategy, marketers: Client) -> None:
    said = marketers.get(url("archive", strategy.uid)).content.decode()
    page = marketers.post(url("archive", strategy.uid), follow=True).content.decode()

    strategy.refresh_from_db()
    archived = strategy.state
    assert "Nothing is deleted" in said
    assert archived == StrategyState.ARCHIVED
    assert url("reopen", strategy.uid) in page

    marketers.post(url("reopen", strategy.uid))

    strategy.refresh_from_db()
    assert strategy.is_open


def test_archive_of_one_in_review_says_why_not(
    strategy: Strategy, manager: Membership, marketers: Client
) -> None:
    version(strategy, VersionState.SUBMITTED, manager)

    said = marketers.get(url("archive", strategy.uid)).content.decode()
    marketers.post(url("archive", strategy.uid))

    assert "Version 1 waits for review. Withdraw it before you archive." in said
    strategy.refresh_from_db()
    assert strategy.is_open


def test_every_verb_has_its_sentence(strategy: Strategy, marketers: Client) -> None:
    marketers.post(url("rename", strategy.uid), {"name": "Other", "before": strategy.name})
    marketers.post(url("archive", strategy.uid))
    marketers.post(url("reopen", strategy.uid))

    verbs = set(Record.objects.values_list("verb", flat=True))
    assert len(verbs) == 4
    assert all(is_known(verb) for verb in verbs)
