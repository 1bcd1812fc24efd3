"""Everyone's first page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.template import Context
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from content_calendar.services.approval import submit_post
from core.due import relative_words
from members.services import invite
from networks.models import Channel
from strategies.enums import MilestoneState, StrategyState, VersionState
from strategies.models import Milestone, PostKind, ReviewRequest, Strategy
from strategies.services.roadmap import MilestoneValues, add_milestone, set_state
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.factories import MembershipFactory
from tests.strategies.approved import approve_answers, make_strategy, make_version
from today.templatetags.todo_number import todo_number
from today.todo_list import number_of_todos, todo_list_for, week_ends_on
from workspaces.enums import Role
from workspaces.models import Membership, Workspace
from workspaces.workspace_view import LAST_WORKSPACE

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.fixture(autouse=True)
def frozen() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-24 12:20+01:00", tick=False) as traveller:
        yield traveller


def page_of(member: Membership, client_as: ClientAs) -> str:
    answer = client_as(member).get(reverse("today:today", args=[member.workspace.slug]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def own(strategy: Strategy, title: str, due_on: date, owner: Membership) -> Milestone:
    values = MilestoneValues(due_on=due_on, title=title, owner=owner)
    return add_milestone(strategy, values=values, by=owner.user)


def titles(member: Membership, today: date = TODAY) -> dict[str, list[str]]:
    groups = todo_list_for(member, today=today).groups
    return {str(group.name): [todo.title for todo in group.todos] for group in groups}


# --- home -------------------------------------------------------------------------------------


def test_home_leads_to_the_only_workspace(marketer: Membership, client_as: ClientAs) -> None:
    answer = client_as(marketer).get("/")

    assert answer.url == "/w/fjordlys/"  # type: ignore[attr-defined]


def test_home_leads_to_the_list_of_several_or_none(
    marketer: Membership, other_workspace: Workspace, client_as: ClientAs
) -> None:
    MembershipFactory(workspace=other_workspace, user=marketer.user)

    assert client_as(marketer).get("/").url == "/workspaces/"  # type: ignore[attr-defined]

    Membership.objects.update(left_at="2026-11-01 10:00Z")
    assert client_as(marketer).get("/").url == "/workspaces/"  # type: ignore[attr-defined]


# --- a new workspace --------------------------------------------------------------------------


def test_new_workspace_shows_an_admin_three_steps(admin: Membership, client_as: ClientAs) -> None:
    page = page_of(admin, client_as)

    assert "Three steps to begin with" in page
    for name in ("members:list", "networks:list", "strategies:new"):
        assert reverse(name, args=["fjordlys"]) in page
    assert page.count("btn-primary") == 1


def test_step_taken_is_marked_and_the_next_one_is_filled(
    admin: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    Channel.objects.create(workspace=admin.workspace, network="x", handle="@a")

    page = page_of(admin, client_as)

    assert page.count("Done</span>") == 2
    assert "btn btn-primary" in page


def test_marketer_does_not_get_the_admins_step(marketer: Membership, client_as: ClientAs) -> None:
    assert "An admin does this" in page_of(marketer, client_as)


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_new_workspace_shows_those_who_read_no_dead_ends(
    role: str, client_as: ClientAs, request: pytest.FixtureRequest
) -> None:
    page = page_of(request.getfixturevalue(role), client_as)

    assert "Nothing to read yet" in page
    assert reverse("strategies:new", args=["fjordlys"]) not in page


# --- waiting for me ---------------------------------------------------------------------------


@pytest.fixture
def approved(workspace: Workspace, marketer: Membership) -> Strategy:
    """In force today, its roadmap empty but for what a test adds."""
    strategy = make_strategy(workspace)
    approve_answers(strategy, by=marketer)
    Milestone.objects.all().delete()
    return strategy


def test_milestones_of_mine_stand_soonest_first_with_exact_dates(
    approved: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    own(approved, "Later", date(2026, 12, 15), marketer)
    own(approved, "Late", date(2026, 11, 20), marketer)
    own(approved, "Sunday", date(2026, 11, 29), marketer)
    own(approved, "Theirs", date(2026, 11, 25), manager)

    assert titles(marketer) == {"Late": ["Late"], "This week": ["Sunday"], "Later": ["Later"]}
    page = page_of(marketer, client_as)
    assert "Late 4 days" in page
    assert "By Sun 29 Nov, in 5 days." in page
    assert "Theirs" not in page.partition("Strategy in force")[0]


def test_done_dropped_and_archived_do_not_wait(approved: Strategy, marketer: Membership) -> None:
    done = own(approved, "Done", TODAY, marketer)
    set_state(done, MilestoneState.DONE, by=marketer.user)
    dropped = own(approved, "Dropped", TODAY, marketer)
    Milestone.objects.filter(pk=dropped.pk).update(dropped_at="2026-11-01 10:00Z")
    archived = make_strategy(approved.workspace, name="Old")
    own(archived, "Archived", TODAY, marketer)
    Strategy.objects.filter(pk=archived.pk).update(state=StrategyState.ARCHIVED)

    assert titles(marketer) == {}


def test_many_milestones_are_cut_and_counted(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    for number in range(15):
        own(approved, f"Nr {number}", TODAY + timedelta(days=number), marketer)

    waiting = todo_list_for(marketer, today=TODAY)

    assert (waiting.number, waiting.more) == (15, 3)
    assert "3 more milestones of yours on the roadmap" in page_of(marketer, client_as)


def test_milestones_of_later_are_not_counted_and_only_the_first_few_shown(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    own(approved, "Late", TODAY - timedelta(days=40), marketer)
    own(approved, "Soon", TODAY + timedelta(days=14), marketer)
    for number in range(5):
        own(approved, f"Far {number}", TODAY + timedelta(days=15 + number), marketer)

    waiting = todo_list_for(marketer, today=TODAY)

    assert (waiting.number, waiting.more) == (2, 2)
    assert titles(marketer) == {
        "Late": ["Late"],
        "Soon": ["Soon"],
        "Later": ["Far 0", "Far 1", "Far 2"],
    }
    page = page_of(marketer, client_as)
    assert "2 due soon, 5 later" in page
    roadmap = reverse("strategies:roadmap", args=["fjordlys", approved.uid])
    assert f'<a href="{roadmap}"> 2 more milestones of yours on the roadmap' in page


def test_milestones_tell_their_strategy_where_they_are_of_several(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    own(approved, "Buy a cake", TODAY, marketer)
    assert f"Of “{approved.name}”." not in page_of(marketer, client_as)

    other = make_strategy(approved.workspace, name="Summer")
    own(other, "Bake a cake", TODAY, marketer)

    page = page_of(marketer, client_as)
    assert f"By Tue 24 Nov, today. Of “{approved.name}”." in page
    assert "By Tue 24 Nov, today. Of “Summer”." in page


# --- the number beside Today ------------------------------------------------------------------


@pytest.fixture
def busy(approved: Strategy, admin: Membership, marketer: Membership) -> Membership:
    """An admin for whom one thing of each sort waits, and a milestone that does not yet."""
    own(approved, "Soon", TODAY + timedelta(days=14), admin)
    own(approved, "Far", TODAY + timedelta(days=15), admin)
    theirs = make_version(make_strategy(approved.workspace, name="Theirs"), by=marketer)
    ReviewRequest.objects.create(version=theirs, reviewer=admin, asked_by=marketer.user)
    sent_back = make_strategy(approved.workspace, name="Sent back", created_by=admin.user)
    make_version(
        sent_back, by=admin, state=VersionState.CHANGES_REQUESTED, decided_by=marketer.user
    )
    make_strategy(approved.workspace, name="Begun", created_by=admin.user)
    return admin


def test_number_waiting_is_that_of_today_in_one_query(
    busy: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        number = number_of_todos(busy, today=TODAY)

    assert number == todo_list_for(busy, today=TODAY).number == 4


@pytest.mark.parametrize("role", ["reader", "contributor", "marketer", "manager"])
def test_number_waiting_counts_for_each_role_what_today_shows(
    role: str, busy: Membership, request: pytest.FixtureRequest, approved: Strategy
) -> None:
    member = request.getfixturevalue(role)
    own(approved, "Buy a cake", TODAY, member)

    assert number_of_todos(member, today=TODAY) == todo_list_for(member, today=TODAY).number == 1


def test_version_that_nobody_was_asked_to_review_waits_for_all_who_can(
    workspace: Workspace, marketer: Membership, manager: Membership, reader: Membership
) -> None:
    version = make_version(make_strategy(workspace, name="Autumn"), by=marketer)

    waits = "Review “Autumn”, version 1"
    assert [*titles(manager).values()] == [[waits]]
    assert number_of_todos(manager, today=TODAY) == 1
    assert titles(reader) == titles(marketer) == {}

    colleague = MembershipFactory.create(workspace=workspace, role=manager.role)
    ReviewRequest.objects.create(version=version, reviewer=colleague, asked_by=marketer.user)
    assert titles(manager) == {}
    assert number_of_todos(colleague, today=TODAY) == 1


def test_own_version_waits_for_an_admin_while_nobody_else_can_decide_on_it(
    workspace: Workspace, admin: Membership, manager: Membership, client_as: ClientAs
) -> None:
    make_version(make_strategy(workspace, name="Autumn"), by=admin)
    assert titles(admin) == {}
    assert number_of_todos(admin, today=TODAY) == 0

    manager.role = Role.MARKETER
    manager.save()

    assert [*titles(admin).values()] == [["Review “Autumn”, version 1"]]
    assert number_of_todos(admin, today=TODAY) == 1
    assert "Invite a second reader, or approve it yourself" in page_of(admin, client_as)
    assert titles(manager) == {}

    invite(workspace, by=admin.user, role=Role.READER, email="reads@example.org")
    assert "A second reader is invited" not in page_of(admin, client_as)
    invite(workspace, by=admin.user, role=Role.MANAGER, email="decides@example.org")
    page = page_of(admin, client_as)
    assert "A second reader is invited. Wait, or approve it yourself" in page
    assert "Invite a second reader" not in page


def test_number_waiting_looks_at_the_clock_each_time(
    workspace: Workspace,
    admin: Membership,
    manager: Membership,
    frozen: time_machine.Traveller,
) -> None:
    make_version(make_strategy(workspace, name="Autumn"), by=admin)
    manager.engaged_until = TODAY
    manager.save()
    assert number_of_todos(admin, today=TODAY) == 0

    frozen.shift(timedelta(days=1))

    tomorrow = TODAY + timedelta(days=1)
    assert number_of_todos(admin, today=tomorrow) == 1
    assert todo_list_for(admin, today=tomorrow).number == 1


def test_strategy_that_waits_for_review_says_so_where_it_is_worked_on(
    workspace: Workspace, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    strategy = make_strategy(workspace, name="Autumn", created_by=marketer.user)
    begun = f"begun by <bdi>{marketer.name}</bdi>"
    assert begun in page_of(reader, client_as)

    make_version(strategy, by=marketer)

    page = page_of(reader, client_as)
    assert "waits for review" in page
    assert begun not in page


def test_number_waiting_is_each_persons_own_in_their_own_workspace(
    busy: Membership, other_workspace: Workspace
) -> None:
    colleague = MembershipFactory.create(workspace=busy.workspace, role=busy.role)
    elsewhere = MembershipFactory.create(workspace=other_workspace, user=busy.user, role=busy.role)
    before = number_of_todos(busy, today=TODAY)
    create_strategy(other_workspace, name="Elsewhere", by=busy.user)

    assert number_of_todos(colleague, today=TODAY) == 0
    assert number_of_todos(elsewhere, today=TODAY) == 1
    assert number_of_todos(busy, today=TODAY) == before > 1


def test_number_waiting_leaves_out_what_the_role_no_longer_may_do(busy: Membership) -> None:
    busy.role = Role.READER
    busy.save()

    assert number_of_todos(busy, today=TODAY) == todo_list_for(busy, today=TODAY).number == 1


def test_number_is_counted_for_a_page_that_stays_open(
    busy: Membership, client_as: ClientAs
) -> None:
    client = client_as(busy)

    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("today:numbers", args=["fjordlys"])).content.decode()

    assert '<span class="nav-count">4<' in page
    assert 'id="bell-number"' in page
    assert sum("UNION ALL" in query["sql"] for query in captured) == 1


def test_number_is_not_counted_before_another_page_is_shown(
    busy: Membership, client_as: ClientAs
) -> None:
    client = client_as(busy)

    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("networks:list", args=["fjordlys"])).content.decode()

    assert 'data-numbers-url="/w/fjordlys/numbers/"' in page
    assert not any("UNION ALL" in query["sql"] for query in captured)


def test_asking_for_the_number_is_not_a_visit(busy: Membership, client_as: ClientAs) -> None:
    client = client_as(busy)
    elsewhere = MembershipFactory.create(user=busy.user)
    client.get(reverse("today:today", args=[elsewhere.workspace.slug]))

    client.get(reverse("today:numbers", args=["fjordlys"]))

    assert client.session[LAST_WORKSPACE] == elsewhere.workspace.slug


def test_number_is_not_asked_for_again_on_today(busy: Membership, client_as: ClientAs) -> None:
    client = client_as(busy)

    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("today:today", args=["fjordlys"])).content.decode()

    assert '<span class="nav-count">4<' in page
    assert sum("UNION ALL" in query["sql"] for query in captured) == 1


def test_what_waits_is_read_only_where_there_is_some(
    approved: Strategy, manager: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # how many of each, and the days of three kinds
        assert todo_list_for(manager, today=TODAY).groups == []

    own(approved, "Buy a cake", TODAY, manager)

    with django_assert_num_queries(5):
        assert todo_list_for(manager, today=TODAY).number == 1


def test_number_of_nothing_is_not_written(
    approved: Strategy, marketer: Membership, client_as: ClientAs
) -> None:
    own(approved, "Far", TODAY + timedelta(days=15), marketer)

    page = client_as(marketer).get(reverse("today:numbers", args=["fjordlys"])).content.decode()

    assert "nav-waiting" in page
    assert "nav-count" not in page


def test_number_without_a_member_asks_no_database() -> None:
    assert todo_number(Context()) == 0


def test_pressing_done_on_today_comes_back_to_today(
    approved: Strategy, contributor: Membership, client_as: ClientAs
) -> None:
    milestone = own(approved, "Buy a cake", TODAY, contributor)
    url = reverse("strategies:milestone_state", args=["fjordlys", approved.uid, milestone.uid])
    assert url in page_of(contributor, client_as)

    answer = client_as(contributor).post(url, {"state": "done", "next": "/w/fjordlys/"})

    assert answer.url == "/w/fjordlys/"  # type: ignore[attr-defined]
    assert titles(contributor) == {}


def test_reader_with_a_milestone_is_led_to_the_roadmap(
    approved: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    milestone = own(approved, "Buy a cake", TODAY, reader)

    page = page_of(reader, client_as)

    roadmap = reverse("strategies:roadmap", args=["fjordlys", approved.uid])
    assert f'href="{roadmap}#ms-{milestone.uid}"' in page
    assert "/state/" not in page


def test_version_waits_for_the_reviewer_who_was_asked(
    workspace: Workspace,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
) -> None:
    version = make_version(make_strategy(workspace), by=marketer)
    request = ReviewRequest.objects.create(
        version=version, reviewer=manager, asked_by=marketer.user
    )

    assert titles(manager) == {"This week": ["Review “Autumn”, version 1"]}
    assert titles(second_manager) == {}

    request.released_at = request.asked_at
    request.save()
    ReviewRequest.objects.create(version=version, reviewer=second_manager, asked_by=marketer.user)
    assert titles(manager) == {}


def test_changes_asked_wait_for_the_author_until_submitted_again(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    strategy = make_strategy(workspace, created_by=marketer.user)
    make_version(
        strategy, by=marketer, state=VersionState.CHANGES_REQUESTED, decided_by=manager.user
    )

    assert titles(marketer) == {"Today": ["Mend “Autumn”: changes were asked for"]}
    assert titles(manager) == {}

    make_version(strategy, by=marketer)
    assert titles(marketer) == {}


def test_begun_strategy_waits_for_who_began_it(
    workspace: Workspace, marketer: Membership, manager: Membership
) -> None:
    make_strategy(workspace, created_by=marketer.user)

    assert titles(marketer) == {"Soon": ["Go on with “Autumn”"]}
    assert titles(manager) == {}


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (14, "in 14 days"), (15, ""), (-1, "")]
)
def test_relative_words_stand_beside_near_dates_only(days: int, words: str) -> None:
    assert relative_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(("week_start", "ends_on"), [(0, 29), (6, 28)])
def test_week_ends_as_the_workspace_counts(
    marketer: Membership, week_start: int, ends_on: int
) -> None:
    marketer.workspace.week_start = week_start

    assert week_ends_on(marketer, TODAY) == date(2026, 11, ends_on)


# --- how we are doing -------------------------------------------------------------------------


def test_strategy_in_force_shows_next_and_late(
    approved: Strategy, reader: Membership, marketer: Membership, client_as: ClientAs
) -> None:
    own(approved, "Late one", date(2026, 11, 1), marketer)
    own(approved, "Next one", date(2026, 11, 30), marketer)

    page = page_of(reader, client_as)

    assert "Strategy in force" in page
    assert "Version 1, until Sun 28 Feb 2027" in page
    assert '<b>Next: <bdi>Next one</bdi></b>, <span class="nowrap">Mon 30 Nov</span>' in page
    assert "1 milestone is late" in page


def test_without_a_strategy_in_force_the_next_one_is_named(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    strategy = make_strategy(workspace, starts_on=date(2027, 1, 1), name="Spring")
    assert "One comes into force when it is approved" in page_of(marketer, client_as)

    approve_answers(strategy, by=marketer)

    page = page_of(marketer, client_as)
    assert "No strategy is in force today" in page
    assert "“<bdi>Spring</bdi>” is approved and begins on Fri 1 Jan 2027." in page


def test_findings_lead_those_who_can_mend_them(
    workspace: Workspace, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    make_strategy(workspace)

    assert "To look at" in page_of(marketer, client_as)
    assert "To look at" not in page_of(reader, client_as)


def test_posts_of_the_weeks_stand_beside_the_plan_and_the_mix_beside_its_target(
    workspace: Workspace, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    strategy = make_strategy(workspace)
    channel = make_channel(marketer, handle="@fjordlys")
    PostKind.objects.create(strategy=strategy, channel=channel, lowest=3, highest=5)
    approve_answers(strategy, by=marketer)
    assert "Mix this month" not in page_of(reader, client_as)

    make_post(marketer, channel, planned_on=workspace.today())
    page = page_of(reader, client_as)

    assert "Posts per week" in page
    assert "3–5" in page
    assert "Mix this month" in page
    assert "target 20 %" in page


# --- the page itself --------------------------------------------------------------------------


def test_today_costs_the_same_with_one_and_with_thirty(
    approved: Strategy, admin: Membership, client_as: ClientAs
) -> None:
    client = client_as(admin)
    url = reverse("today:today", args=["fjordlys"])

    def fill(number: int) -> None:
        own(approved, f"Nr {number}", TODAY, admin)
        begun = make_strategy(approved.workspace, name=f"Begun {number}", created_by=admin.user)
        version = make_version(begun, by=admin)
        ReviewRequest.objects.create(version=version, reviewer=admin, asked_by=admin.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    fill(0)
    queries()
    few = queries()
    for number in range(1, 30):
        fill(number)

    assert queries() == few


def test_nothing_of_another_workspace_waits(
    other_workspace: Workspace, marketer: Membership, stranger: Membership
) -> None:
    MembershipFactory(workspace=other_workspace, user=marketer.user, role="admin")
    both = Membership.objects.get(workspace=other_workspace, user=marketer.user)
    foreign = make_strategy(other_workspace, created_by=marketer.user)
    own(foreign, "Foreign", TODAY, both)

    assert titles(marketer) == {}
    assert "Foreign" in titles(both)["Today"]


def test_to_look_at_shows_ones_own_strategy_before_a_newer_one_of_somebody_else(
    workspace: Workspace, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    for author, name in ((marketer, "Of Mari"), (manager, "Of Magnus")):
        create_strategy(workspace, name=name, by=author.user)

    for member, own_name in ((marketer, "Of Mari"), (manager, "Of Magnus")):
        shown = page_of(member, client_as).partition("To look at")[2]
        assert own_name in shown


def test_new_workspace_shows_posts_that_wait_above_the_first_steps(
    marketer: Membership, contributor: Membership, manager: Membership, client_as: ClientAs
) -> None:
    post = make_post(contributor, make_channel(marketer), planned_on=TODAY + timedelta(days=2))
    submit_post(post, by=contributor.user)

    page = page_of(manager, client_as)

    assert page.index("Approve “Winter lights") < page.index("steps to begin with")
    assert "Waiting for you" not in page_of(marketer, client_as)
