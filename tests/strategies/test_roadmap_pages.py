"""The pages of the roadmap: works, wrong method, other workspace, missing permission, repeated."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from members.reassignment import WORKS
from strategies.enums import MilestoneState, StrategyState
from strategies.forms.roadmap import MilestoneForm
from strategies.models import Audience, Initiative, Kpi, Milestone, Period, Strategy
from strategies.services.roadmap import MilestoneValues, add_milestone, set_state
from tests.conftest import ClientAs
from tests.strategies.approved import approve_answers, make_strategy, milestone_of
from workspaces.models import Membership, Workspace


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def strategy(workspace: Workspace, frozen: time_machine.Traveller) -> Strategy:
    return make_strategy(workspace)


@pytest.fixture
def approved(strategy: Strategy, marketer: Membership) -> Strategy:
    Initiative.objects.create(strategy=strategy, title="Ask a curator", due_on=date(2026, 10, 12))
    approve_answers(strategy, by=marketer)
    return strategy


def address(name: str, strategy: Strategy, *more: Any) -> str:
    return reverse(f"strategies:{name}", args=[strategy.workspace.slug, strategy.uid, *more])


def test_roadmap_counts_and_leads_to_the_first_late_one(
    approved: Strategy, reader: Membership, client_as: ClientAs, frozen: time_machine.Traveller
) -> None:
    frozen.move_to("2026-10-01 10:00+02:00")
    late = milestone_of(approved, "first-month")

    page = client_as(reader).get(address("roadmap", approved))

    words = " ".join(page.content.decode().split())
    assert "4 milestones: 0 done," in words
    assert f'href="#ms-{late.uid}">1 late</a>, 3 still open.' in words
    assert "Late 5 weeks" in words
    assert "from question 6" in words


def test_each_milestone_links_to_the_very_field_it_came_from(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    audience = Audience.objects.create(strategy=strategy, name="Cruise guests", not_known="size")
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", read_every="month")
    approve_answers(strategy, by=marketer)

    page = client_as(marketer).get(address("roadmap", strategy)).content.decode()

    assert f"questions/audience/?open={audience.uid}#id_audience-{audience.uid}-size" in page
    assert f"questions/measurement/?open={kpi.uid}#id_kpi-{kpi.uid}-baseline" in page
    assert f"questions/measurement/?open={kpi.uid}#id_kpi-{kpi.uid}-read_every" in page


def test_milestone_of_many_rows_links_to_the_field_of_the_first(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    kpis = [
        Kpi.objects.create(strategy=strategy, metric="reach", position=at, not_known="reader")
        for at in range(4)
    ]
    client = client_as(marketer)
    link = f"questions/measurement/?open={kpis[0].uid}#id_kpi-{kpis[0].uid}"

    preview = client.get(address("roadmap", strategy)).content.decode()
    approve_answers(strategy, by=marketer)
    page = client.get(address("roadmap", strategy)).content.decode()

    for shown in (preview, page):
        assert f"{link}-reader" in shown
        assert f"{link}-baseline" in shown


def test_reader_sees_no_buttons_that_lead_nowhere(
    approved: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    page = client_as(reader).get(address("roadmap", approved)).content.decode()

    assert 'class="tick"' not in page
    assert address("milestone_add", approved) not in page


def test_contributor_ticks_and_does_not_add(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    page = client_as(contributor).get(address("roadmap", approved)).content.decode()

    assert 'class="tick"' in page
    assert address("milestone_add", approved) not in page


def test_before_approval_a_preview_stands_marked_as_one(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address("roadmap", strategy)).content.decode()

    assert "The roadmap stands here when a strategy is approved" in page
    assert "preview" in page
    assert "Mid-term review" in page
    assert 'class="tick"' not in page
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("is_approved", [True, False])
def test_archived_roadmap_says_so_and_how_to_go_on(
    strategy: Strategy,
    marketer: Membership,
    reader: Membership,
    client_as: ClientAs,
    is_approved: bool,
) -> None:
    if is_approved:
        approve_answers(strategy, by=marketer)
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    Period.objects.update(starts_on=None)

    theirs = client_as(marketer).get(address("roadmap", strategy)).content.decode()
    read = client_as(reader).get(address("roadmap", strategy)).content.decode()

    for page in (theirs, read):
        assert "This strategy is archived" in page
        assert ("it has no roadmap" in page) is not is_approved
        assert "a preview stands here" not in page
    assert address("reopen", strategy) in theirs
    assert address("reopen", strategy) not in read


def test_open_roadmap_says_nothing_of_an_archive(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address("roadmap", approved)).content.decode()

    assert "archived" not in page


def test_without_a_period_the_page_asks_for_it(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Period.objects.update(starts_on=None)

    page = client_as(marketer).get(address("roadmap", strategy)).content.decode()

    assert "Choose the period" in page


def test_dropped_milestones_stand_folded(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Initiative.objects.update(removed_at="2026-08-03 08:00Z")
    approve_answers(approved, by=marketer)

    page = client_as(marketer).get(address("roadmap", approved)).content.decode()

    assert "1 milestone no longer follows from the answers" in page


def test_earlier_readings_stand_folded_and_still_count(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, read_every="month")
    approve_answers(strategy, by=marketer)
    for _month in range(3):
        reading = milestone_of(strategy, "read", state=MilestoneState.TO_COME)
        set_state(reading, MilestoneState.DONE, by=marketer.user, reason="Read on paper")

    page = " ".join(client_as(marketer).get(address("roadmap", strategy)).content.decode().split())

    assert "2 earlier readings" in page
    assert "3 of 4 done" in page
    assert page.count("Not done after all: Read the figure") == 1


def test_roadmap_costs_the_same_with_one_and_with_thirty(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    client.get(address("roadmap", approved))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address("roadmap", approved)).status_code == 200
        return len(captured)

    few = queries()
    for number in range(30):
        values = MilestoneValues(due_on=date(2026, 9, 9), title=f"Nr {number}", owner=marketer)
        add_milestone(approved, values=values, by=marketer.user)

    assert queries() == few


# --- ticking ----------------------------------------------------------------------------------


def test_one_press_ticks_off_and_another_takes_it_back(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    client, url = client_as(contributor), address("milestone_state", approved, milestone.uid)

    answer = client.post(url, {"state": "done"})

    assert answer.url == f"{address('roadmap', approved)}#ms-{milestone.uid}"  # type: ignore[attr-defined]
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.DONE

    client.post(url, {"state": "to_come"})
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.TO_COME


def test_htmx_gets_the_piece_with_the_focus_kept(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    url = address("milestone_state", approved, milestone.uid)

    answer = client_as(contributor).post(url, {"state": "done"}, headers={"HX-Request": "true"})

    piece = answer.content.decode()
    assert piece.lstrip().startswith('<div id="road"')
    assert piece.count("data-focus") == 1
    assert "1 done" in piece


def test_tick_without_script_can_be_undone_from_where_it_was_pressed(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    client, url = client_as(contributor), address("milestone_state", approved, milestone.uid)
    client.post(url, {"state": "begun"})

    page = client.post(url, {"state": "done", "next": "/w/fjordlys/"}, follow=True).content.decode()
    again = client.post(url, {"state": "done", "next": "/w/fjordlys/"}, follow=True)
    undo = re.search(
        rf'action="({url}[^"]*)"[^>]*>\s*<input[^>]*>\s*<button[^>]*>.*?Undo', page, re.S
    )

    assert f"Done: {milestone.title}." in page
    assert undo
    assert "Done:" not in again.content.decode()
    assert client.post(html.unescape(undo[1])).headers["Location"] == "/w/fjordlys/"
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.BEGUN


def test_tick_leads_back_to_a_page_of_ours_only(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    url = address("milestone_state", approved, milestone.uid)
    client = client_as(contributor)

    ours = client.post(url, {"state": "begun", "next": "/w/fjordlys/"})
    theirs = client.post(url, {"state": "done", "next": "https://evil.example/"})
    nonsense = client.post(url, {"state": "begun", "next": "Infinity"})

    assert ours.url == "/w/fjordlys/"  # type: ignore[attr-defined]
    assert theirs.url.startswith(address("roadmap", approved))  # type: ignore[attr-defined]
    assert nonsense.url.startswith(address("roadmap", approved))  # type: ignore[attr-defined]


def test_state_that_is_none_changes_nothing(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")

    answer = client_as(contributor).post(
        address("milestone_state", approved, milestone.uid), {"state": "eaten"}
    )

    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.TO_COME


def test_archived_roadmap_tells_why_it_does_not_tick(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)
    milestone = milestone_of(approved, "initiative")

    answer = client_as(contributor).post(
        address("milestone_state", approved, milestone.uid), {"state": "done"}, follow=True
    )

    assert "This strategy is archived" in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.TO_COME


# --- moving, reassigning, own ones ------------------------------------------------------------


def test_milestone_moves_and_changes_hands(
    approved: Strategy, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    typed = {"revision": "1", "due_on": "2026-12-24", "owner": str(reader.pk)}

    answer = client_as(marketer).post(address("milestone", approved, milestone.uid), typed)

    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert (milestone.due_on, milestone.owner) == (date(2026, 12, 24), reader)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": ""}, "Fill this in."),
        ({"due_on": "soon"}, "Choose a date or a month, or write"),
        ({"due_on": "2226-01-01"}, "Choose a day between the years 2000 and 2100."),
        ({"due_on": "2026-12-24", "owner_name": "N" * 161}, "Keep this to 160 characters"),
        ({"due_on": "2026-12-24", "owner": "999999"}, "no longer on the list"),
    ],
)
def test_bad_input_comes_back_with_a_sentence(
    approved: Strategy,
    marketer: Membership,
    client_as: ClientAs,
    typed: dict[str, str],
    sentence: str,
) -> None:
    milestone = milestone_of(approved, "initiative")

    answer = client_as(marketer).post(
        address("milestone", approved, milestone.uid), {"revision": "1", **typed}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.due_on == date(2026, 10, 12)


def test_person_and_name_together_are_one_too_many(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    typed = {"due_on": "2026-12-24", "owner": str(marketer.pk), "owner_name": "Nordvik"}

    answer = client_as(marketer).post(
        address("milestone", approved, milestone_of(approved, "initiative").uid), typed
    )

    assert "not both" in answer.content.decode()


def test_owner_is_chosen_of_those_who_are_here_and_stays_though_gone(
    approved: Strategy,
    marketer: Membership,
    manager: Membership,
    reader: Membership,
    contributor: Membership,
    admin: Membership,
    stranger: Membership,
) -> None:
    members = Membership.objects.all()
    members.filter(pk=reader.pk).update(left_at=reader.joined_at)
    members.filter(pk=contributor.pk).update(engaged_until=date(2026, 8, 2))  # the day before
    User.objects.filter(pk=admin.user_id).update(is_active=False)
    milestone = milestone_of(approved, "initiative")

    def offered() -> set[Membership]:
        form = MilestoneForm(workspace=approved.workspace, milestone=milestone)
        return set(form.fields["owner"].queryset)  # type: ignore[attr-defined]

    assert offered() == {marketer, manager}
    milestone.owner = contributor
    assert offered() == {marketer, manager, contributor}


@pytest.mark.parametrize(
    ("due_on", "status"),
    [("1999-12-31", 422), ("2000-01-01", 302), ("2100-12-31", 302), ("2101-01-01", 422)],
)
def test_day_is_taken_within_a_hundred_years(
    due_on: str, status: int, approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    typed = {"revision": "1", "due_on": due_on}

    answer = client_as(marketer).post(address("milestone", approved, milestone.uid), typed)

    assert answer.status_code == status


def test_two_people_at_once_both_see_both(
    approved: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")
    url = address("milestone", approved, milestone.uid)
    client_as(manager).post(url, {"revision": "1", "due_on": "2026-11-11"})

    answer = client_as(marketer).post(url, {"revision": "1", "due_on": "2026-12-24"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<bdi>Magnus Manager</bdi> changed this" in page
    assert "11\u00a0Nov\u00a02026" in page
    assert 'value="2026-12-24"' in page
    milestone.refresh_from_db()
    assert milestone.due_on == date(2026, 11, 11)


def test_contributor_sees_a_milestone_and_cannot_move_it(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    url = address("milestone", approved, milestone_of(approved, "initiative").uid)
    client = client_as(contributor)

    page = client.get(url)

    assert "Mark as done" in page.content.decode()
    assert 'name="due_on"' not in page.content.decode()
    assert client.post(url, {"due_on": "2026-12-24"}).status_code == 403


def test_milestone_says_state_day_owner_and_where_it_is_from(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    initiative = milestone_of(approved, "initiative")

    owned = client.get(address("milestone", approved, initiative.uid)).content.decode()
    approved.milestones.update(owner=None)
    nobody = client.get(address("milestone", approved, initiative.uid)).content.decode()

    assert "Due Mon\u00a012\u00a0Oct, owner <bdi>Mari Marketer</bdi>." in owned
    assert "Due Mon\u00a012\u00a0Oct." in nobody
    assert "From question 6</a>." in nobody


def test_own_milestone_was_added_by_hand_whoever_reads_it(
    approved: Strategy, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    values = MilestoneValues(due_on=date(2026, 9, 9), title="Buy a cake")
    own = add_milestone(approved, values=values, by=marketer.user)

    roadmap = client_as(reader).get(address("roadmap", approved)).content.decode()
    page = client_as(marketer).get(address("milestone", approved, own.uid)).content.decode()

    assert "added by hand" in roadmap
    assert "your own" not in roadmap
    assert "Added by hand." in page


def test_name_beside_the_list_is_optional_and_says_that_one_of_them_has_it(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    page = client_as(marketer).get(address("milestone_add", approved)).content.decode()

    (label,) = re.findall(r"<label[^>]*>\s*Or a name or team.*?</label>", page, re.S)
    assert "(optional)" in label
    assert "it is one or the other" in page


def test_own_milestone_is_added_removed_and_brought_back(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    typed = {"title": "Buy a cake", "due_on": "2026-09-09", "phase": "start", "owner": marketer.pk}

    assert client.post(address("milestone_add", approved), typed).status_code == 302
    own = milestone_of(approved, "own")
    assert (own.title, own.phase, own.owner) == ("Buy a cake", "start", marketer)

    page = client.post(address("milestone_remove", approved, own.uid), follow=True)
    assert "“Buy a cake” is removed." in page.content.decode()
    assert address("milestone_restore", approved, own.uid) in page.content.decode()
    assert not Milestone.objects.live().filter(pk=own.pk).exists()

    client.post(address("milestone_restore", approved, own.uid))
    assert Milestone.objects.live().filter(pk=own.pk).exists()


def test_empty_own_milestone_is_refused(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    answer = client_as(marketer).post(address("milestone_add", approved), {"phase": "run"})

    assert answer.status_code == 422
    assert not Milestone.objects.filter(kind="own").exists()


def test_derived_milestone_is_not_removed(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    milestone = milestone_of(approved, "initiative")

    page = client_as(marketer).post(
        address("milestone_remove", approved, milestone.uid), follow=True
    )

    assert "follows from an answer" in page.content.decode()


def test_nothing_is_added_before_approval(
    strategy: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    answer = client_as(marketer).get(address("milestone_add", strategy))

    assert answer.status_code == 302


# --- doors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["milestone", "milestone_state", "milestone_remove", "milestone_restore"]
)
def test_milestone_of_another_strategy_is_not_found(
    approved: Strategy, marketer: Membership, client_as: ClientAs, name: str
) -> None:
    other = make_strategy(approved.workspace, name="Other")
    milestone = milestone_of(approved, "initiative")

    assert client_as(marketer).post(address(name, other, milestone.uid)).status_code == 404
    assert client_as(marketer).post(address(name, approved, uuid4())).status_code == 404


# --- handing over -----------------------------------------------------------------------------


@pytest.fixture
def reassign() -> Callable[[Membership, Membership], dict[str, int]]:
    def move(leaver: Membership, heir: Membership) -> dict[str, int]:
        ours = [work for work in WORKS if work.code.startswith("strategies.")]
        return {work.code: work.move(leaver, heir, by=heir.user) for work in ours}

    return move


def test_leavers_milestones_and_answers_go_to_the_heir(
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    reassign: Callable[[Membership, Membership], dict[str, int]],
) -> None:
    kpi = Kpi.objects.create(strategy=strategy, metric="reach", baseline=1, reader=marketer)
    approve_answers(strategy, by=marketer)
    done = milestone_of(strategy, "first-month")
    set_state(done, MilestoneState.DONE, reason="On paper", by=marketer.user)

    moved = reassign(marketer, manager)

    assert moved == {"strategies.milestones": 2, "strategies.answers": 1}
    kpi.refresh_from_db()
    assert kpi.reader == manager
    assert milestone_of(strategy, "final").owner == manager
    done.refresh_from_db()
    assert done.owner == marketer


def test_handed_over_milestones_stay_so_when_approved_again(
    approved: Strategy,
    marketer: Membership,
    manager: Membership,
    reassign: Callable[[Membership, Membership], dict[str, int]],
) -> None:
    reassign(marketer, manager)

    approve_answers(approved, by=marketer)

    assert milestone_of(approved, "final").owner == manager
