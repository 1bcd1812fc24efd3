"""The first pass: one goal a screen, over the same rows and addresses as the questions."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from core.findings import how_many
from strategies.domain.answers import load_answers
from strategies.domain.first_pass import (
    SCREENS,
    beside,
    first_open,
    minutes,
    minutes_left,
)
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE
from strategies.domain.row_kind import RowKind
from strategies.models import Audience, Goal, Ownership, Period, Strategy, Voice
from strategies.services.rows import set_not_known
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.ready import ready_strategy
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
TOTAL = 12


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def signed_in(client_as: ClientAs, marketer: Membership) -> Client:
    return client_as(marketer)


def url(strategy: Strategy, code: str = "") -> str:
    inside = [strategy.workspace.slug, strategy.uid]
    if code == "finish":
        return reverse("strategies:first_pass_finish", args=inside)
    if code:
        return reverse("strategies:first_pass_screen", args=[*inside, code])
    return reverse("strategies:first_pass", args=inside)


def from_finish(strategy: Strategy, code: str) -> str:
    return reverse(
        "strategies:screen_from_finish", args=[strategy.workspace.slug, strategy.uid, code]
    )


def add_url(strategy: Strategy, code: str) -> str:
    return reverse("strategies:row_add", args=[strategy.workspace.slug, strategy.uid, code])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client: Client, strategy: Strategy, code: str, **values: str) -> str:
    """Send a screen's form; return where it leads."""
    sent = {"pass": "first", "token": "page", **values}
    return str(client.post(add_url(strategy, code), sent)["Location"])


# --- which screens, and how long --------------------------------------------------------------


def test_screens_are_the_kinds_of_the_first_pass_in_order() -> None:
    assert len(SCREENS) == TOTAL
    assert [kind for kind in KINDS.values() if kind in SCREENS] == list(SCREENS)
    assert beside(SCREENS[0]) == (None, SCREENS[1])
    assert beside(SCREENS[-1]) == (SCREENS[-2], None)


@given(some.sets(some.sampled_from(SCREENS)))
def test_fewer_screens_never_take_longer(kinds: set[RowKind]) -> None:
    chosen = [kind for kind in SCREENS if kind in kinds]

    assert minutes(chosen[1:]) <= minutes(chosen) <= minutes(SCREENS)


def test_minutes_left_leave_out_what_is_answered(strategy: Strategy) -> None:
    blank = load_answers(strategy)

    assert minutes_left(blank, SCREENS[0]) == minutes(SCREENS) == 30
    assert minutes_left(blank, SCREENS[-1]) == minutes(SCREENS[-1:])
    assert first_open(blank) is SCREENS[0]


# --- screens ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SCREENS, ids=lambda kind: kind.code)
def test_empty_screen_is_neutral_and_has_one_goal(
    kind: RowKind, strategy: Strategy, signed_in: Client
) -> None:
    page = text(signed_in, url(strategy, kind.code))

    assert f"{SCREENS.index(kind) + 1} of {TOTAL}, about" in page
    assert "is-bad" not in page
    assert "Must be fixed" not in page
    assert page.count("<h1") == page.count("btn-primary") == 1
    assert page.count('class="kind-part"') == 1
    assert "All questions" in page


@pytest.mark.parametrize(
    ("code", "example"),
    [
        ("period", "From 1 January to 30 June."),
        ("goal", "Sell 400 season tickets by June."),
        ("channel", "Instagram. Owner: Ingrid."),
        ("ownership", "Twelve hours a week."),
    ],
)
def test_example_of_a_screen_is_one_of_what_it_asks(
    code: str, example: str, strategy: Strategy, signed_in: Client
) -> None:
    page = text(signed_in, url(strategy, code))

    shown = page.partition("See an example of a good answer")[2].partition("</details>")[0]
    assert f"<p>{example}" in shown
    assert shown.count("<p>") == 2
    assert ("400 season tickets" in shown) is (code == "goal")


def test_number_of_the_screen_is_not_how_much_waits(strategy: Strategy, signed_in: Client) -> None:
    page = text(signed_in, url(strategy, "channel"))

    assert "5 of 12" in page
    assert "nav-count" not in page


def test_kind_beside_the_first_pass_has_no_screen(strategy: Strategy, signed_in: Client) -> None:
    assert signed_in.get(url(strategy, "habit")).status_code == 404
    assert signed_in.get(url(strategy, "nothing")).status_code == 404


def test_next_and_back_save_and_lead_to_the_screens_beside(
    strategy: Strategy, signed_in: Client
) -> None:
    days = {"starts_on": "2027-01-01", "ends_on": "2027-06-30"}

    assert send(signed_in, strategy, "period", **days, then="next") == url(strategy, "goal")
    leads = send(signed_in, strategy, "goal", title="Sell 400 tickets", then="back")
    assert leads == url(strategy, "period")
    assert Goal.objects.get().title == "Sell 400 tickets"
    assert Period.objects.get().starts_on is not None
    assert send(signed_in, strategy, "activity", kind="campaign", then="next") == url(
        strategy, "finish"
    )


def test_back_on_the_first_screen_stays_there(strategy: Strategy, signed_in: Client) -> None:
    days = {"starts_on": "2027-01-01"}

    assert send(signed_in, strategy, "period", **days, then="back").startswith(
        url(strategy, "period")
    )


def test_next_on_an_empty_screen_adds_nothing(strategy: Strategy, signed_in: Client) -> None:
    assert send(signed_in, strategy, "audience", then="next") == url(strategy, "message")
    assert not Audience.objects.exists()


def test_add_another_done_and_remove_stay_on_the_screen(
    strategy: Strategy, signed_in: Client
) -> None:
    again = send(signed_in, strategy, "audience", name="Families", then="add")
    done = send(signed_in, strategy, "audience", token="other", name="Schools")
    row = Audience.objects.get(name="Schools")
    inside = ["fjordlys", strategy.uid, "audience", row.uid]
    moved = signed_in.post(
        reverse("strategies:row_move", args=inside), {"pass": "first", "direction": "up"}
    )
    removed = signed_in.post(reverse("strategies:row_remove", args=inside), {"pass": "first"})
    page = text(signed_in, removed["Location"].partition("#")[0])
    undo = f"{reverse('strategies:row_restore', args=inside)}?pass=first"

    assert again.startswith(f"{url(strategy, 'audience')}?add=audience")
    for leads in (done, moved["Location"], removed["Location"]):
        assert leads.startswith(url(strategy, "audience"))
    assert undo in page
    assert signed_in.post(undo)["Location"].startswith(url(strategy, "audience"))


def test_what_is_refused_comes_back_on_the_screen(strategy: Strategy, signed_in: Client) -> None:
    sent = {"pass": "first", "starts_on": "2027-06-30", "ends_on": "2027-01-01", "then": "next"}

    answer = signed_in.post(add_url(strategy, "period"), sent)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Which period do you plan for?" in page
    assert "error-summary" in page
    assert 'name="pass" value="first"' in page


def test_next_adds_what_stands_in_the_paste_box(strategy: Strategy, signed_in: Client) -> None:
    screen = url(strategy, "goal")
    page = text(signed_in, f"{screen}?paste=goal")
    sent = {"pass": "first", "token": "page", "text": "Sell tickets\nFind friends"}
    paste = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "goal"])

    assert 'form="paste-form" name="then" value="next"' in page
    assert 'id="open-form"' not in page
    nothing = signed_in.post(paste, {**sent, "text": " \n", "then": "next"})
    assert nothing["Location"] == url(strategy, "audience")
    refused = signed_in.post(paste, {**sent, "text": "x" * 400, "then": "next"})
    assert refused.status_code == 422
    assert "What does your organisation want" in refused.content.decode()
    assert "x" * 400 in refused.content.decode()
    assert not Goal.objects.exists()
    assert signed_in.post(paste, {**sent, "then": "next"})["Location"] == url(strategy, "audience")
    assert Goal.objects.count() == 2
    assert signed_in.post(paste, {**sent, "then": "back"})["Location"] == url(strategy, "period")
    assert Goal.objects.count() == 2


def test_pasting_instead_saves_the_open_row(strategy: Strategy, signed_in: Client) -> None:
    leads = send(signed_in, strategy, "goal", title="Be known", then="paste")

    assert leads.startswith(f"{url(strategy, 'goal')}?paste=goal")
    assert Goal.objects.get().title == "Be known"


def test_other_kinds_are_not_taken_into_the_first_pass(
    strategy: Strategy, signed_in: Client
) -> None:
    leads = send(signed_in, strategy, "pillar", name="Behind the scenes")

    assert leads.startswith(
        reverse("strategies:question", args=["fjordlys", strategy.uid, "content"])
    )


# --- leaving and coming back ------------------------------------------------------------------


def test_one_comes_back_to_the_screen_one_left(
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    signed_in: Client,
    client_as: ClientAs,
) -> None:
    signed_in.get(url(strategy, "content-plan"))
    signed_in.get(url(strategy, "ownership"))
    signed_in.logout()

    again = client_as(marketer).get(url(strategy))
    assert again["Location"] == url(strategy, "ownership")
    # Somebody else begins where something is asked for.
    assert client_as(manager).get(url(strategy))["Location"] == url(strategy, "period")


def test_after_the_finish_the_way_in_leads_to_what_is_open(
    strategy: Strategy, signed_in: Client
) -> None:
    signed_in.get(url(strategy, "content-plan"))
    signed_in.get(url(strategy, "finish"))

    assert signed_in.get(url(strategy))["Location"] == url(strategy, "period")


def test_reader_is_not_asked(strategy: Strategy, reader: Membership, client_as: ClientAs) -> None:
    for code in ("", "audience", "finish"):
        assert client_as(reader).get(url(strategy, code)).status_code == 403


# --- the finish -------------------------------------------------------------------------------


def test_finish_leads_to_the_screen_of_what_is_missing(
    strategy: Strategy, signed_in: Client
) -> None:
    page = text(signed_in, url(strategy, "finish"))

    assert "Missing to submit" in page
    assert f"{from_finish(strategy, 'message')}?add=message" in page
    assert "Submit for review" not in page
    assert page.count("btn-primary") == 1


def test_screen_opened_from_the_finish_leads_back_there(
    strategy: Strategy, signed_in: Client
) -> None:
    screen = from_finish(strategy, "audience")
    page = text(signed_in, screen)
    back = {"pass": "finish"}

    again = send(signed_in, strategy, "audience", **back, name="Families", then="add")
    on = send(signed_in, strategy, "audience", **back, token="other", name="Schools", then="next")
    inside = ["fjordlys", strategy.uid, "audience", Audience.objects.get(name="Schools").uid]
    removed = signed_in.post(reverse("strategies:row_remove", args=inside), back)

    assert 'name="pass" value="finish"' in page
    assert "To the finish" in page
    assert again.startswith(f"{screen}?add=audience")
    assert on == url(strategy, "finish")
    assert removed["Location"].startswith(screen)
    assert f"{reverse('strategies:row_restore', args=inside)}?pass=finish" in text(
        signed_in, screen
    )


def test_finish_of_a_ready_strategy_submits_it_and_names_three_things(
    marketer: Membership, manager: Membership, signed_in: Client
) -> None:
    strategy = ready_strategy(marketer)

    answer = signed_in.get(url(strategy, "finish"))
    page = answer.content.decode()

    assert "Missing to submit" not in page
    assert reverse("strategies:submit", args=["fjordlys", strategy.uid]) in page
    assert page.count("<dt>") == 10
    stronger = answer.context["stronger"]
    assert len(stronger) == len({finding.code for finding in stronger}) == 3


def test_finish_leads_to_what_is_not_known_yet(
    marketer: Membership, manager: Membership, signed_in: Client
) -> None:
    strategy = ready_strategy(marketer)
    page = text(signed_in, url(strategy, "finish"))
    assert "Not known yet" not in page

    audience = Audience.objects.get()
    unknown = ("needs", "networks", "size")
    Audience.objects.update(not_known=unknown, elsewhere="Fairs")
    Voice.objects.update(not_known=("words", "languages"))
    Ownership.objects.update(not_known=("hours_per_week", "can_post"))
    set_not_known(strategy, STEP_BY_CODE["fit"], is_not_known=True, by=marketer.user)

    answer = signed_in.get(url(strategy, "finish"))

    page = " ".join(answer.content.decode().split())
    assert "7 answers are “not known yet”." in page  # other places answer where they are found
    assert "and 2 more" in page
    shown = [*answer.context["not_known"], *answer.context["not_known_more"]]
    assert all(f'href="{where}"' in page for _one, where in shown)
    first, where = shown[0]
    assert (first.title, first.asked) == ("Families", "what matters to them?")
    assert where.startswith(f"{from_finish(strategy, 'audience')}?open={audience.uid}#")
    assert {signed_in.get(where.partition("#")[0]).status_code for _one, where in shown} == {200}


def test_finish_says_how_much_more_there_is_to_look_at(
    marketer: Membership, manager: Membership, signed_in: Client
) -> None:
    strategy = ready_strategy(marketer)

    answer = signed_in.get(url(strategy, "finish"))

    summary = signed_in.get(strategy.get_absolute_url())
    everything = sum(group.number for group in summary.context["groups"])
    more = everything - how_many(answer.context["stronger"])
    assert more > 0
    assert f"and {more} more, in" in answer.content.decode()
    assert f'{strategy.get_absolute_url()}#look-heading"' in answer.content.decode()
    assert 'id="look-heading"' in summary.content.decode()
