"""The pages of the questions and the addresses of rows, as a browser with and without script asks."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.activity_types import changes_of
from activity.models import Record
from core.exceptions import Conflict
from core.rows import Row
from networks.models import Channel
from networks.services import add_channel, remove_channel
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import KINDS, STEPS
from strategies.enums import StrategyState, VersionState
from strategies.forms.rows import row_form
from strategies.models import (
    Audience,
    ChannelWatch,
    ContentPlan,
    Kpi,
    ListeningTerm,
    Objective,
    Pillar,
    StepAnswer,
    Strategy,
)
from strategies.services.rows import remove_row, rows_of, save_row, say_not_known
from strategies.services.strategies import create_strategy
from strategies.services.versions import submit_strategy
from tests.conftest import ClientAs
from tests.strategies.approved import make_version
from tests.strategies.ready import ready_strategy
from tests.strategies.typed import (
    EVERY,
    MULTI,
    add,
    add_url,
    began,
    code_of,
    copy,
    only_row,
    places,
    question_url,
    row_url,
    step_of,
    typed,
    with_choices,
)
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Autosave": "1", "HX-Request": "true", "Accept": "application/json"}
STEP_CODES = [step.code for step in STEPS]


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@pytest.fixture
def signed_in(client_as: ClientAs, marketer: Membership) -> Client:
    return client_as(marketer)


def text_of(response: Any) -> str:
    """Return the page with every run of white space as one space."""
    return " ".join(response.content.decode().split())


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEP_CODES)
def test_every_question_is_shown_empty_and_full(
    step: str, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    empty = signed_in.get(question_url(strategy, step))
    with_choices(strategy, marketer.user)
    for kind in MULTI:
        add(strategy, kind.code, by=marketer.user)
    full = signed_in.get(question_url(strategy, step))

    assert (empty.status_code, full.status_code) == (200, 200)
    assert text_of(full).count("<h1") == 1
    assert text_of(full).count("btn-primary") == 1


def test_an_unknown_question_is_not_found(strategy: Strategy, signed_in: Client) -> None:
    assert signed_in.get(question_url(strategy, "weather")).status_code == 404


@pytest.mark.parametrize("kind", MULTI, ids=code_of)
def test_a_row_is_opened_by_its_address(
    kind: Any, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    row = rows_of(strategy, kind.model).live().first() or add(strategy, kind.code, by=marketer.user)

    found = signed_in.get(row_url(strategy, kind.code, row), follow=True)

    field = (kind.first or kind.more)[0]
    assert f'id="id_{kind.code}-{row.uid}-{field}"' in text_of(found)
    assert f'id="row-{row.uid}"' in text_of(found)


def test_one_form_stands_open(strategy: Strategy, signed_in: Client, marketer: Membership) -> None:
    row = add(strategy, "audience", by=marketer.user)

    for query in ("", f"?open={row.uid}", "?add=audience", "?open=nonsense", "?add=nothing"):
        page = text_of(signed_in.get(question_url(strategy) + query))
        assert page.count('id="open-form"') == 1, query


def test_texts_are_shown_as_text(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    add(strategy, "audience", by=marketer.user, name="<script>alert(1)</script> 🦊 عائلات")

    page = text_of(signed_in.get(question_url(strategy)))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🦊 عائلات" in page


@pytest.mark.parametrize("step", STEP_CODES)
def test_the_page_asks_the_database_the_same_for_1_and_30_rows(
    step: str, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    codes = [kind.code for kind in MULTI if step_of(kind.code) == step]
    codes = [code for code in codes if code not in {"watch", "standing"}]
    rows = [add(strategy, code, by=marketer.user) for code in codes]
    signed_in.get(question_url(strategy, step))
    with CaptureQueriesContext(connection) as few:
        signed_in.get(question_url(strategy, step))
    for row in rows:
        copy(row, 29)

    with CaptureQueriesContext(connection) as many:
        signed_in.get(question_url(strategy, step))

    assert len(many) == len(few)


def test_200_audiences_stay_on_one_page(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "audience"])
    signed_in.post(url, {"text": "\n".join(f"Group {number}" for number in range(200))})

    page = text_of(signed_in.get(question_url(strategy)))

    assert page.count('class="row-card"') >= 199
    assert "Group 199" in page


# --- adding and saving without script -------------------------------------------------------------


@pytest.mark.parametrize("kind", EVERY, ids=code_of)
def test_every_kind_is_answered_without_script(
    kind: Any, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    if not kind.is_shared:
        with_choices(strategy, marketer.user)
    rows = rows_of(strategy, kind.model).live()
    before = rows.count()
    sent = {**typed(kind, strategy), "revision": "0", "token": "t"}

    if kind.single:
        answer = signed_in.post(row_url(strategy, kind.code, rows.get()), {**sent, "revision": "1"})
    else:
        answer = signed_in.post(add_url(strategy, kind.code), sent)
        signed_in.post(add_url(strategy, kind.code), sent)

    assert answer.status_code == 302, text_of(answer)
    assert rows.count() == before + (0 if kind.single else 1)
    row = rows.order_by("-pk")[0]
    assert (
        answer["Location"]
        == f"{question_url(strategy, step_of(kind.code))}?saved={row.uid}#row-{row.uid}"
    )
    again = {**typed(kind, strategy, "second"), "revision": str(row.revision)}
    if kind.code in {"standing", "watch"}:
        again["channel"] = sent["channel"]
    assert signed_in.post(row_url(strategy, kind.code, row), again).status_code == 302
    saved = rows.get(pk=row.pk)
    signed_in.post(row_url(strategy, kind.code, row), again)
    assert rows.get(pk=row.pk).revision == saved.revision


@pytest.mark.parametrize(
    ("then", "expected"), [("next", "/questions/message/"), ("add", "?add=audience")]
)
def test_the_button_leads_on(
    then: str, expected: str, strategy: Strategy, signed_in: Client
) -> None:
    answer = signed_in.post(add_url(strategy, "audience"), {"name": "Families", "then": then})

    assert expected in answer["Location"]
    assert Audience.objects.get().name == "Families"


def test_a_reload_of_the_first_form_makes_no_second_row(
    strategy: Strategy, signed_in: Client
) -> None:
    sent = []
    for _turn in range(2):
        page = text_of(signed_in.get(question_url(strategy)))
        sent.append(page.split('name="token" value="')[1].split('"')[0])
    for token in sent:
        signed_in.post(add_url(strategy, "audience"), {"name": "Families", "token": token})

    assert Audience.objects.count() == 1


def test_done_on_an_empty_form_adds_nothing_and_closes_it(
    strategy: Strategy, signed_in: Client
) -> None:
    empty = {"name": "", "token": "t"}

    done = signed_in.post(add_url(strategy, "audience"), empty)
    another = signed_in.post(add_url(strategy, "audience"), {**empty, "then": "add"})

    assert done["Location"] == f"{question_url(strategy)}#kind-audience"
    assert another.status_code == 422
    assert not Audience.objects.exists()


def test_an_untouched_form_holds_nobody_up(strategy: Strategy, signed_in: Client) -> None:
    answer = signed_in.post(add_url(strategy, "audience"), {"name": "", "then": "next"})

    assert answer["Location"] == question_url(strategy, "message")
    assert not Audience.objects.exists()


def test_a_wrong_form_comes_back_with_what_was_typed(strategy: Strategy, signed_in: Client) -> None:
    answer = signed_in.post(
        add_url(strategy, "audience"), {"name": "Families", "size": "1.234,5", "token": "t"}
    )

    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="1.234,5"' in page
    assert 'value="Families"' in page
    assert 'href="#id_audience-new-size"' in page
    assert 'value="t"' in page
    assert not Audience.objects.exists()


def test_a_preset_fills_the_mix_without_script(strategy: Strategy, signed_in: Client) -> None:
    row = only_row(strategy, "content-plan")

    signed_in.post(
        row_url(strategy, "content-plan", row),
        {**typed(KINDS["content-plan"], strategy), "revision": "1", "preset": "four_one_one"},
    )

    plan = ContentPlan.objects.get()
    assert (plan.promotional, plan.informative, plan.engagement) == (17, 66, 17)


def test_a_foreign_choice_is_refused_and_nothing_is_written(
    strategy: Strategy, signed_in: Client, stranger: Membership
) -> None:
    answer = signed_in.post(
        add_url(strategy, "duty"), {"title": "Editor", "holder": str(stranger.uid)}
    )

    assert answer.status_code == 422
    assert "no longer on the list" in text_of(answer)
    assert not rows_of(strategy, KINDS["duty"].model).exists()


@pytest.mark.parametrize("is_script", [True, False])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_channel_removed_since_the_form_was_opened_is_left_out_and_told(
    is_script: bool, is_new: bool, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    by = marketer.user
    stays, goes, stood = (
        add_channel(strategy.workspace, {"network": "x", "handle": handle}, by=by)
        for handle in ("@stays", "@goes", "@stood")
    )
    kind, url = KINDS["kpi"], add_url(strategy, "kpi")
    row = None
    if not is_new:
        row = add(strategy, "kpi", by=by, metric="reach", direction="up", channels=[str(stood.uid)])
        url = row_url(strategy, "kpi", row)
    opened = row_form(kind)(strategy=strategy, instance=row)
    for channel in (goes, stood):
        remove_channel(channel, by=by)
    data = {
        "metric": "reach",
        "direction": "up",
        "source": "The monthly report",
        "channels": [str(one.uid) for one in (stays, goes, stood)],
        "began": opened.began_now,
        "revision": row.revision if row else 0,
        "token": "page",
    }

    answer = signed_in.post(url, data, headers=SCRIPT if is_script else {}, follow=not is_script)

    told = answer.json()["left_out"] if is_script else text_of(answer)
    assert "X: @goes, X: @stood were removed meanwhile and are left out here." in told
    if is_script:
        assert answer.json()["taken"] == {"channels": [str(stays.uid)]}
    saved = Kpi.objects.get()
    assert saved.source == "The monthly report"
    kept = set() if is_new else {stood}  # what was stored comes back with its channel
    assert set(saved.channels.all()) == {stays} | kept


def test_a_channel_that_was_never_there_is_refused(
    strategy: Strategy, signed_in: Client, stranger: Membership
) -> None:
    theirs = add_channel(stranger.workspace, {"network": "x", "handle": "@a"}, by=stranger.user)
    remove_channel(theirs, by=stranger.user)
    data = {"metric": "reach", "direction": "up", "channels": [str(theirs.uid)]}

    answer = signed_in.post(add_url(strategy, "kpi"), data, headers=SCRIPT)

    assert list(answer.json()["errors"]) == ["channels"]
    assert "@a" not in answer.content.decode()


def test_a_period_that_meets_an_approved_one_is_told_where_it_is_asked(
    strategy: Strategy, signed_in: Client, marketer: Membership, manager: Membership
) -> None:
    other = ready_strategy(marketer, name="Winter")
    approved = make_version(other, by=manager, state=VersionState.APPROVED)
    told = "“<bdi>Winter</bdi>” is approved from"
    row = only_row(strategy, "period")

    def saved(starts_on: date, ends_on: date) -> str:
        row.refresh_from_db()
        days = {"starts_on": str(starts_on), "ends_on": str(ends_on), "revision": row.revision}
        answer = signed_in.post(row_url(strategy, "period", row), days, headers=SCRIPT)
        found: str = answer.json()["findings_html"]
        return found

    assert told in saved(approved.starts_on, approved.ends_on)
    assert told in text_of(signed_in.get(question_url(strategy, "begin")))
    assert told not in text_of(signed_in.get(question_url(strategy, "audience")))
    after = approved.ends_on + timedelta(days=1)
    assert told not in saved(after, after)
    assert told not in text_of(signed_in.get(question_url(strategy, "begin")))


@pytest.mark.parametrize(
    ("code", "wrong", "field", "sentence"),
    [
        (
            "period",
            {"starts_on": "2027-06-01", "ends_on": "2027-05-31"},
            "ends_on",
            "Choose a day on or after the first day.",
        ),
        (
            "ownership",
            {"can_post": "2", "can_post_external": "7"},
            "can_post_external",
            "Only 2 can post in all. Write that number or less.",
        ),
        (
            "kpi",
            {"metric": "reach", "baseline": "-5", "direction": "up"},
            "baseline",
            "This figure cannot be below 0. Write 0 or more.",
        ),
        (
            "kpi",
            {"metric": "answered", "target": "100.01", "direction": "up"},
            "target",
            "This is a part of a whole in percent. Write 100 or less.",
        ),
    ],
)
def test_what_cannot_be_right_is_told_at_the_field(
    code: str,
    wrong: dict[str, str],
    field: str,
    sentence: str,
    strategy: Strategy,
    signed_in: Client,
) -> None:
    answer = signed_in.post(add_url(strategy, code), wrong, headers=SCRIPT)

    assert answer.json()["errors"] == {field: [sentence]}


def test_the_highest_number_is_never_below_the_lowest(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    channel = add(strategy, "channel", by=marketer.user)
    wrong = {"channel": str(channel.uid), "format": "text", "lowest": "5", "highest": "3"}

    answer = signed_in.post(add_url(strategy, "post-kind"), wrong, headers=SCRIPT)

    assert "Write the same number as at least, or more." in answer.json()["errors"]["highest"]


# --- two people on one row ------------------------------------------------------------------------


def collide(strategy: Strategy, by: Client, other: Client, **headers: Any) -> Any:
    row = only_row(strategy, "audience")
    url = row_url(strategy, "audience", row)
    other.post(url, {"name": "Theirs", "needs": "Same", "revision": "1"})
    return by.post(url, {"name": "Mine", "needs": "Same", "revision": "1"}, headers=headers)


def test_both_texts_stand_side_by_side(
    strategy: Strategy,
    signed_in: Client,
    client_as: ClientAs,
    manager: Membership,
    marketer: Membership,
) -> None:
    add(strategy, "audience", by=marketer.user)

    answer = collide(strategy, signed_in, client_as(manager))

    page = text_of(answer)
    assert answer.status_code == 409
    assert "<bdi>Magnus Manager</bdi> changed this" in page
    assert ">Mine</span>" in page
    assert ">Theirs</span>" in page
    assert 'value="Mine"' in page
    assert 'name="revision" value="2"' in page
    assert Audience.objects.get().name == "Theirs"


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}])
def test_what_one_saved_oneself_in_another_window_is_called_so(
    headers: dict[str, str], strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    add(strategy, "audience", by=marketer.user)

    answer = collide(strategy, signed_in, signed_in, **headers)

    said = answer.json()["html"] if headers else text_of(answer)
    assert "You changed this in another window on" in said


def test_keep_mine_posts_with_the_newer_revision(
    strategy: Strategy,
    signed_in: Client,
    client_as: ClientAs,
    manager: Membership,
    marketer: Membership,
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    collide(strategy, signed_in, client_as(manager))

    answer = signed_in.post(row_url(strategy, "audience", row), {"name": "Mine", "revision": "2"})

    assert answer.status_code == 302
    assert Audience.objects.get().name == "Mine"


def test_the_script_gets_the_collision_as_a_panel(
    strategy: Strategy,
    signed_in: Client,
    client_as: ClientAs,
    manager: Membership,
    marketer: Membership,
) -> None:
    add(strategy, "audience", by=marketer.user)

    answer = collide(strategy, signed_in, client_as(manager), **SCRIPT)

    told = answer.json()
    assert answer.status_code == 409
    assert "data-conflict-resolve" in told["html"]
    assert told["theirs"] == {"name": "Theirs"}
    assert json.loads(told["began"])["name"] == "Theirs"


# --- the script's answers -------------------------------------------------------------------------


def test_the_script_adds_and_saves(strategy: Strategy, signed_in: Client) -> None:
    made = signed_in.post(
        add_url(strategy, "audience"),
        {"name": "Fam", "revision": "0", "token": "t"},
        headers=SCRIPT,
    )
    content = made.json()
    saved = signed_in.post(
        content["location"], {"name": "Families", "revision": content["revision"]}, headers=SCRIPT
    )

    assert made.status_code == 201
    assert content["uid"] == str(Audience.objects.get().uid)
    assert saved.status_code == 200
    assert saved.json()["revision"] == 2
    assert saved.json()["title"] == "Families"
    assert "1. Audience" in saved.json()["steps_html"]
    assert "To look at" in saved.json()["findings_html"]
    assert len(saved.json()["saved_at"]) == 5


def test_the_script_gets_errors_by_field(strategy: Strategy, signed_in: Client) -> None:
    answer = signed_in.post(
        add_url(strategy, "audience"), {"name": "", "size": "-1"}, headers=SCRIPT
    )

    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "name": ["Fill this in."],
        "size": ["Write 0 or more."],
    }


def test_the_script_is_told_when_the_session_has_ended(strategy: Strategy) -> None:
    answer = Client().post(add_url(strategy, "audience"), {"name": "X"}, headers=SCRIPT)

    assert answer.status_code == 401
    assert not Audience.objects.exists()


# --- a page from yesterday ------------------------------------------------------------------------


def test_a_removed_row_keeps_what_was_typed_and_can_come_back(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    remove_row(row, strategy=strategy, by=marketer.user)
    url = row_url(strategy, "audience", row)
    sent = {"name": "Typed", "began": began(row, strategy)}

    told = signed_in.post(url, sent)
    script = signed_in.post(url, sent, headers=SCRIPT)
    shown = signed_in.get(url)
    back = signed_in.post(url, {**sent, "bring_back": "on"})

    assert (told.status_code, script.status_code, shown.status_code) == (410, 410, 200)
    assert 'value="Typed"' in text_of(told)
    assert "Bring it back and save" in text_of(told)
    assert back.status_code == 302
    assert [name for _place, name in places(strategy, "audience")] == ["Typed"]


def test_remove_offers_to_undo(strategy: Strategy, signed_in: Client, marketer: Membership) -> None:
    row = add(strategy, "audience", by=marketer.user)

    page = text_of(signed_in.post(row_url(strategy, "audience", row, "row_remove"), follow=True))
    signed_in.post(row_url(strategy, "audience", row, "row_remove"))
    restore = row_url(strategy, "audience", row, "row_restore")
    assert f'action="{restore}"' in page
    assert places(strategy, "audience") == []
    signed_in.post(restore)
    signed_in.post(restore)

    assert len(places(strategy, "audience")) == 1


def test_a_single_row_is_not_removed(strategy: Strategy, signed_in: Client) -> None:
    row = only_row(strategy, "voice")

    page = signed_in.post(row_url(strategy, "voice", row, "row_remove"), follow=True)

    assert "cannot be removed" in text_of(page)


# --- moving and pasting ---------------------------------------------------------------------------


def test_a_row_is_moved_with_and_without_script(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    rows = [add(strategy, "audience", by=marketer.user, name=name) for name in "ABC"]
    url = row_url(strategy, "audience", rows[2], "row_move")

    plain = signed_in.post(url + "?direction=up")
    script = signed_in.post(url, {"direction": "up"}, headers={"X-Order": "1"})
    signed_in.post(row_url(strategy, "audience", rows[0], "row_move"), {"position": "3"})

    assert plain["Location"].endswith(f"#row-{rows[2].uid}")
    assert script.status_code == 204
    assert [name for _place, name in places(strategy, "audience")] == ["C", "B", "A"]


def test_only_rows_whose_order_means_something_are_moved(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    for code in ("pillar", "audience"):
        for name in "AB":
            add(strategy, code, by=marketer.user, name=name)
    theme = Pillar.objects.in_order()[0]

    ranked = text_of(signed_in.get(question_url(strategy)))
    loose = text_of(signed_in.get(question_url(strategy, "content")))

    assert ranked.count('data-move="up"') == 2
    assert ranked.count('class="rank"') == 2
    assert "data-move" not in loose
    assert 'class="rank"' not in loose
    assert "row_move" not in loose
    move = row_url(strategy, "pillar", theme, "row_move")
    assert signed_in.post(move, {"direction": "down"}).status_code == 404


def test_what_is_not_known_yet_stands_once_in_the_menu_and_at_its_field_when_it_is_so(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user, needs="", networks=[])
    save_row(row, strategy=strategy, values={}, not_known=("needs",), expected=1, by=marketer.user)

    page = text_of(signed_in.get(f"{question_url(strategy)}?open={row.uid}"))

    menu = page.partition("data-unknown-menu")[2].partition("</details>")[0]
    field = page.partition('data-knowable="needs"')[2].partition("data-knowable")[0]
    assert 'value="networks"' in menu
    assert 'value="needs"' not in menu
    assert 'value="needs"' in field
    assert "checked" in field
    assert page.count('name="not_known"') == len(KINDS["audience"].knowable) + len(
        KINDS["audience"].knowable
    )  # the row's, and those of what is pasted


def test_a_row_that_stands_open_leads_back_and_on_and_asks_to_save_nothing(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    sent = {"name": "Families", "revision": "1"}

    page = text_of(signed_in.get(f"{question_url(strategy)}?open={row.uid}"))
    back = signed_in.post(row_url(strategy, "audience", row), {**sent, "then": "back"})

    assert "Back to Before you begin" in page
    assert "Go to question 2" in page
    assert "Save" not in page.partition("<main")[2].partition("data-word")[0]
    assert back["Location"] == question_url(strategy, "begin")
    assert Audience.objects.get().name == "Families"


def test_done_closes_the_part_that_every_strategy_has(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = only_row(strategy, "voice")
    add(strategy, "message", by=marketer.user, text="Come")

    before = text_of(signed_in.get(question_url(strategy, "message")))
    done = signed_in.post(row_url(strategy, "voice", row), {"words": "Warm", "revision": "1"})
    after = text_of(signed_in.get(done["Location"].partition("#")[0]))

    assert 'id="open-form"' in before
    assert 'id="open-form"' not in after
    assert "Edit Your voice" in after


def test_short_texts_of_similar_rows_are_suggested(
    strategy: Strategy, signed_in: Client, marketer: Membership, stranger: Membership
) -> None:
    by = marketer.user
    before = create_strategy(strategy.workspace, name="Before", by=by)
    elsewhere = create_strategy(stranger.workspace, name="Theirs", by=stranger.user)
    add(before, "kpi", by=by, source="Search console", divided_by="")
    add(strategy, "kpi", by=by, source="The till", divided_by="")
    add(strategy, "kpi", by=by, source="The till", divided_by="")
    add(elsewhere, "kpi", by=stranger.user, source="Their secret", divided_by="")
    row = add(strategy, "kpi", by=by, source="My own", divided_by="")

    page = text_of(signed_in.get(f"{question_url(strategy, 'measurement')}?open={row.uid}"))

    lists = page.partition("<datalist")[2].partition("</form>")[0]
    assert f'list="id_kpi-{row.uid}-source-said"' in page
    assert f'id="id_kpi-{row.uid}-source-said"' in lists
    assert lists.count("The till") == 1
    assert "Search console" in lists
    assert "My own" not in lists
    assert "Their secret" not in page


@pytest.mark.parametrize("sent", [{}, {"direction": "left"}, {"position": "0"}, {"position": "x"}])
def test_a_move_to_nowhere_is_refused(
    sent: dict[str, str], strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    url = row_url(strategy, "audience", row, "row_move")

    assert signed_in.post(url, sent, headers={"X-Order": "1"}).status_code == 422
    assert "Say where to" in text_of(signed_in.post(url, sent, follow=True))


@pytest.mark.parametrize("kind", [kind for kind in MULTI if kind.knowable], ids=code_of)
def test_a_row_of_every_kind_offers_what_may_be_not_known_yet(
    kind: Any, strategy: Strategy, signed_in: Client
) -> None:
    page = text_of(signed_in.get(question_url(strategy, step_of(kind.code)), {"add": kind.code}))

    menu = page.partition("data-unknown-menu")[2].partition("</details>")[0]
    assert all(f'data-unknown="{name}"' in menu for name in kind.knowable)


def test_pasted_lines_that_cannot_be_read_come_back(strategy: Strategy, signed_in: Client) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "audience"])

    answer = signed_in.post(url, {"text": "Fine\n" + "x" * 161})

    assert answer.status_code == 422
    assert "Line 2 is longer than 160 characters" in text_of(answer)
    assert "x" * 161 in text_of(answer)
    assert places(strategy, "audience") == []
    assert signed_in.get(url, follow=True).status_code == 200


def test_pasted_lines_are_counted_and_what_stands_there_twice_is_named(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "audience"])
    old = create_strategy(strategy.workspace, name="Old", by=marketer.user)
    add(old, "audience", by=marketer.user, name="Pupils")

    one = text_of(signed_in.post(url, {"text": "Families"}, follow=True))
    three = text_of(signed_in.post(url, {"text": "Families\nPupils\nGuests"}, follow=True))
    more = text_of(signed_in.post(url, {"text": "Guests\nLocals\nLocals"}, follow=True))

    assert "One line was added." in one
    assert "twice" not in one
    assert "3 lines were added. “Families” stands there twice now." in three
    assert "“Guests”, “Locals” stand there twice now." in more


@pytest.mark.parametrize("then", ["", "next"])
def test_lines_that_somebody_else_removed_since_are_pasted_again_only_when_pressed_again(
    then: str, strategy: Strategy, signed_in: Client, manager: Membership
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "audience"])
    sent = {"text": "Parents\nTeachers", "token": "page", "then": then, "pass": "first"}
    signed_in.post(url, sent)
    for row in Audience.objects.all():
        remove_row(row, strategy=strategy, by=manager.user)

    asked = signed_in.post(url, sent)

    assert asked.status_code == 422
    assert "Press again to add them." in text_of(asked)
    assert "Parents\nTeachers" in asked.content.decode()
    assert not Audience.objects.live().exists()
    token = asked.context["sections"][0].paste["token"].value()
    assert signed_in.post(url, {**sent, "token": token}).status_code == 302
    assert Audience.objects.live().count() == 2


def test_no_lines_are_pasted_where_they_make_no_sense(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "standing"])

    assert signed_in.post(url, {"text": "One"}).status_code == 404


# --- not known yet --------------------------------------------------------------------------------


def test_a_question_is_answered_with_not_known_yet_and_taken_back(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:not_known", args=["fjordlys", strategy.uid, "followers"])

    page = text_of(signed_in.post(url, follow=True))
    assert "You answered: not known yet" in page
    assert "Mari Marketer" in page
    assert StepAnswer.objects.get().by_on == strategy.workspace.today() + timedelta(days=14)
    said = signed_in.post(url, {"find_out": "Ask the desk", "finder": "", "revision": "2"})
    assert said.status_code == 302
    stale = signed_in.post(url, {"find_out": "Mine", "finder": "", "revision": "2"})
    assert stale.status_code == 409
    assert "Ask the desk" in text_of(stale)
    wrong = signed_in.post(url, {"find_out": "x" * 1001, "revision": "3"})
    assert wrong.status_code == 422
    signed_in.post(url, {"is_not_known": "0"})

    assert "You answered: not known yet" not in text_of(
        signed_in.get(question_url(strategy, "followers"))
    )


@pytest.mark.parametrize(
    "step", ["begin", "audience", "message", "ownership", "content", "success"]
)
def test_a_question_that_must_be_answered_does_not_offer_not_known_yet(
    step: str, strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:not_known", args=["fjordlys", strategy.uid, step])

    assert url not in text_of(signed_in.get(question_url(strategy, step)))
    page = text_of(signed_in.post(url, follow=True))

    assert "Say what you know so far." in page
    assert not StepAnswer.objects.exists()


def test_a_question_not_known_yet_counts_as_answered(strategy: Strategy, signed_in: Client) -> None:
    def done() -> int:
        return int(signed_in.get(strategy.get_absolute_url()).context["done"])

    before = done()
    signed_in.post(reverse("strategies:not_known", args=["fjordlys", strategy.uid, "fit"]))

    assert done() == before + 1


# --- who may --------------------------------------------------------------------------------------


def test_readers_read_and_are_offered_nothing(
    strategy: Strategy, client_as: ClientAs, reader: Membership, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    signed_in = client_as(reader)

    page = signed_in.get(question_url(strategy) + f"?open={row.uid}")

    assert page.status_code == 200
    assert "first needs" in text_of(page)
    assert "open-form" not in text_of(page)
    assert "Remove" not in text_of(page)


def test_a_row_of_another_strategy_is_not_found(
    strategy: Strategy, signed_in: Client, workspace: Workspace, marketer: Membership
) -> None:
    other = create_strategy(workspace, name="Other", by=marketer.user)
    row = add(other, "audience", by=marketer.user)

    for act in ("row", "row_move", "row_remove", "row_restore"):
        url = row_url(strategy, "audience", row, act)
        assert signed_in.post(url, {"name": "X", "revision": "1"}).status_code == 404
    row.refresh_from_db()
    assert row.name == "first name"


def test_an_archived_strategy_is_read_only(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    row = add(strategy, "audience", by=marketer.user)
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    page = text_of(signed_in.get(question_url(strategy)))
    late = signed_in.post(row_url(strategy, "audience", row), {"name": "Late", "revision": "1"})

    assert "This strategy is archived" in page
    assert "open-form" not in page
    assert late.status_code == 422
    assert "Reopen it" in text_of(late)
    assert "Late" in text_of(late)
    assert not Record.objects.filter(verb="strategies.row_saved").exists()


def test_channels_say_that_they_change_for_every_strategy(
    strategy: Strategy, signed_in: Client
) -> None:
    page = text_of(signed_in.get(question_url(strategy, "ownership")))

    assert "changes at once, for every strategy" in page


def test_those_who_only_read_are_not_told_what_their_changes_do(
    strategy: Strategy, reader: Membership, client_as: ClientAs
) -> None:
    page = text_of(client_as(reader).get(question_url(strategy, "ownership")))

    assert "Your channels" in page
    assert "changes at once" not in page


@pytest.mark.parametrize(
    ("kind", "is_named", "name"),
    [("person", True, ""), ("team", False, "Kystlyd"), ("agency", False, "Kystlyd")],
)
def test_of_who_runs_a_channel_only_the_one_that_is_meant_is_kept(
    kind: str,
    is_named: bool,
    name: str,
    strategy: Strategy,
    signed_in: Client,
    marketer: Membership,
) -> None:
    row = add(strategy, "channel", by=marketer.user)
    said = typed(KINDS["channel"], strategy, "first") | {
        "operator_kind": kind,
        "operator": str(marketer.uid),
        "operator_name": "Kystlyd",
        "not_known": [] if is_named else ["operator"],
        "revision": str(row.revision),
    }

    signed_in.post(row_url(strategy, "channel", row), said)

    channel = Channel.objects.get()
    assert (channel.operator == marketer, channel.operator_name) == (is_named, name)
    assert "operator" not in channel.not_known


def test_a_choice_of_nothing_leads_to_where_it_is_added(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    page = signed_in.get(question_url(strategy, "message")).content.decode()
    add_audience = f"{question_url(strategy)}?add=audience#kind-audience"
    assert f'Nothing to choose from yet. <a href="{add_audience}">Add an audience</a>' in page

    add(strategy, "audience", by=marketer.user)

    page = signed_in.get(question_url(strategy, "message")).content.decode()
    assert "Nothing to choose from yet" not in page


def test_a_question_that_is_done_is_not_offered_as_not_known(
    workspace: Workspace, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    offers = "it becomes a milestone with your name"
    add(strategy, "kpi", by=marketer.user)
    Kpi.objects.update(reader=marketer, read_every="month", direction="up", baseline=1, target=None)
    assert offers in text_of(signed_in.get(question_url(strategy, "measurement")))

    Kpi.objects.update(target=2)

    assert offers not in text_of(signed_in.get(question_url(strategy, "measurement")))


def test_a_channel_that_lacks_a_row_is_offered(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    channel = add(strategy, "channel", by=marketer.user)

    page = text_of(signed_in.get(question_url(strategy, "content")))
    url = f"{add_url(strategy, 'post-kind')}?channel={channel.uid}"
    form = text_of(signed_in.get(url, follow=True))

    assert f'href="{url}"' in page
    assert f'value="{channel.uid}" selected' in form


def test_answers_stay_editable_while_a_version_is_reviewed(
    client_as: ClientAs, marketer: Membership, manager: Membership
) -> None:
    strategy = ready_strategy(marketer, name="Autumn")
    submit_strategy(strategy, reviewers=[manager], note="", by=marketer.user)
    signed_in = client_as(marketer)

    page = text_of(signed_in.get(question_url(strategy)))
    added = signed_in.post(add_url(strategy, "audience"), {"name": "Late guests"})

    assert "Version 1 is being reviewed" in page
    assert added.status_code == 302
    assert Audience.objects.filter(strategy=strategy, name="Late guests").exists()


@pytest.mark.parametrize("kind", EVERY, ids=code_of)
def test_a_finding_leads_to_the_very_field(
    kind: Any, strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)
    row = rows_of(strategy, kind.model).live().first() or add(strategy, kind.code, by=marketer.user)
    step = step_of(kind.code)
    for uid in [str(row.uid)] if kind.single else [str(row.uid), ""]:
        target = Target(step, kind.code, uid, kind.fields[0])
        address, _hash, anchor = answer_url("fjordlys", strategy.uid, target).partition("#")
        assert f'id="{anchor}"' in text_of(signed_in.get(address))


def test_pasted_signs_all_get_what_is_said_once_for_them(
    strategy: Strategy, signed_in: Client
) -> None:
    objective = Objective.objects.create(strategy=strategy, statement="Be asked to join")
    data = {"text": "recommendations\nreferrals", "objective": objective.uid, "is_sign": "on"}

    answered = signed_in.post(
        reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "kpi"]), data
    )

    assert answered.status_code == 302
    assert [(row.name, row.objective, row.is_sign) for row in Kpi.objects.in_order()] == [
        ("recommendations", objective, True),
        ("referrals", objective, True),
    ]


def test_pasted_lines_may_all_be_not_known_yet_in_a_field(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "kpi"])
    data = {
        "text": "recommendations\nreferrals",
        "reader": str(marketer.uid),
        "not_known": ["baseline", "reader"],
    }

    offered = text_of(signed_in.get(question_url(strategy, "measurement")))
    answered = signed_in.post(url, data)
    refused = signed_in.post(url, {"text": "clicks", "not_known": ["metric"]})

    assert "Not known yet, for all of these lines" in offered
    assert answered.status_code == 302
    # Who reads them was said, and that counts.
    assert [(row.name, row.not_known) for row in Kpi.objects.in_order()] == [
        ("recommendations", ("baseline",)),
        ("referrals", ("baseline",)),
    ]
    assert refused.status_code == 422


def test_pasted_objectives_have_the_kind_that_was_said(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "objective"])

    signed_in.post(
        url, {"text": "Be known\nBe liked", "kind": "traffic", "other_kind": "left over"}
    )

    said = list(Objective.objects.in_order().values_list("statement", "kind", "other_kind"))
    assert said == [("Be known", "traffic", ""), ("Be liked", "traffic", "")]


@pytest.mark.parametrize("code", ["objective", "listening"])
def test_the_kind_of_pasted_lines_is_chosen_by_nobody_but_the_person(
    code: str, strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, code])

    form = signed_in.get(question_url(strategy, step_of(code)), {"paste": code})
    answer = signed_in.post(url, {"text": "Be known\nBe liked", "kind": ""})

    page = text_of(form)
    choice = page.partition(f'id="id_{code}-paste-kind"')[2].partition("</select>")[0]
    assert choice.index('value=""') < choice.index("</option>")
    assert "selected" not in choice.partition("</option>")[2]
    assert answer.status_code == 422
    assert "Choose one. It holds for all of these lines." in text_of(answer)
    assert "Be known" in text_of(answer)
    assert not KINDS[code].model.objects.exists()


def test_pasted_channels_have_one_owner_and_one_watch(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "channel"])
    sent = {
        "text": "Instagram @fjordlys\nNewsletter",
        "owner": str(marketer.uid),
        "days": ["1", "2"],
        "starts_at": "8",
        "ends_at": "16",
        "token": "this page",
    }
    form = text_of(signed_in.get(question_url(strategy, step_of("channel")), {"paste": "channel"}))
    assert "Watched on" in form.partition("For all of these lines")[2].partition('name="days"')[0]

    for _twice in range(2):
        answer = signed_in.post(url, sent)

    assert answer.status_code == 302
    found = list(Channel.objects.in_order())
    assert [(str(one), one.owner) for one in found] == [
        ("Instagram: @fjordlys", marketer),
        ("Newsletter", marketer),
    ]
    watches = ChannelWatch.objects.in_order()
    assert [(one.channel, one.days, str(one.ends_at)) for one in watches] == [
        (found[0], ("1", "2"), "16:00:00")  # nobody watches a newsletter
    ]


def test_pasted_channels_without_a_watch_get_none_and_too_long_ones_are_refused(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "channel"])

    long = signed_in.post(url, {"text": "Instagram @fjordlys\n" + "x" * 61})
    signed_in.post(url, {"text": "Instagram @fjordlys"})
    twice = signed_in.post(url, {"text": "Instagram @fjordlys"}, follow=True)

    assert "Line 2 is longer than 60 characters" in text_of(long)
    assert Channel.objects.count() == 2
    assert "stands there twice now" in text_of(twice)
    assert not ChannelWatch.objects.exists()


@pytest.mark.parametrize(
    ("number", "there", "sentence"),
    [
        (500, 1, "at most 200 lines at a time; this has 500. None was added"),
        (150, 200, "200 are there already: 100 more fit, and these are 150. None was added."),
        (1, 300, "There are 300 here already"),
    ],
)
def test_more_channels_than_fit_stay_in_the_box_and_the_limit_is_named(
    number: int, there: int, sentence: str, strategy: Strategy, signed_in: Client
) -> None:
    Channel.objects.bulk_create(
        Channel(workspace=strategy.workspace, network="x", handle=f"@{n}", position=n)
        for n in range(there)
    )
    text = "\n".join(f"Instagram @{n}" for n in range(number))

    answer = signed_in.post(
        reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "channel"]), {"text": text}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert text in page
    assert Channel.objects.count() == there


def test_pasted_channel_with_a_password_in_its_address_is_refused(
    strategy: Strategy, signed_in: Client
) -> None:
    url = reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "channel"])

    answer = signed_in.post(
        url, {"text": "Instagram @fjordlys\nhttps://kari:secret@instagram.com/fjordlys"}
    )

    assert answer.status_code == 422
    assert "Leave the name and password out of the address" in text_of(answer)
    assert not Channel.objects.exists()


@pytest.mark.parametrize(("number", "is_folded"), [(4, False), (5, True)])
def test_channels_without_a_row_are_offered_and_many_of_them_folded(
    number: int, is_folded: bool, strategy: Strategy, signed_in: Client
) -> None:
    for place in range(number):
        Channel.objects.create(
            workspace=strategy.workspace, network="x", handle=f"@{place}", position=place
        )

    page = text_of(signed_in.get(question_url(strategy, "content")))

    assert page.count("Fill in for <bdi>X: @") == number
    assert (f"Fill in for one of the {number} other channels" in page) is is_folded


def test_places_to_find_people_are_called_by_our_own_channels(
    strategy: Strategy, signed_in: Client
) -> None:
    for network, other in (("instagram", ""), ("other", "Podcast"), ("other", "Newsletter")):
        Channel.objects.create(
            workspace=strategy.workspace, network=network, other_network=other, handle="@us"
        )

    page = text_of(signed_in.get(f"{question_url(strategy)}?add=audience"))

    assert '<span dir="auto">Instagram</span>' in page
    assert '<span dir="auto">TikTok (no channel yet)</span>' in page
    assert '<span dir="auto">Other: Newsletter, Podcast</span>' in page


def test_a_number_is_shown_without_the_noughts_that_the_database_keeps(
    strategy: Strategy, signed_in: Client
) -> None:
    row = Kpi.objects.create(strategy=strategy, metric="visits", baseline="26.00", target="30.50")

    page = text_of(signed_in.get(f"{question_url(strategy, 'measurement')}?open={row.uid}"))

    assert 'name="baseline" value="26"' in page
    assert 'name="target" value="30.5"' in page


def test_what_several_rows_leave_open_is_answered_together(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    url = reverse("strategies:rows_not_known", args=["fjordlys", strategy.uid, "audience"])
    leads_back = f"{question_url(strategy)}#kind-audience"
    for name in ("A", "B"):
        add(strategy, "audience", by=marketer.user, name=name, size="")
    assert "Mark several as not known yet" not in text_of(signed_in.get(question_url(strategy)))
    add(strategy, "audience", by=marketer.user, name="C", size="")
    add(strategy, "audience", by=marketer.user, name="D", size="12")

    offered = text_of(signed_in.get(question_url(strategy)))
    answered = signed_in.post(url, {"field": ["size", "name", "nonsense"]})
    said = text_of(signed_in.get(question_url(strategy)))
    again = text_of(signed_in.post(url, {"field": "size"}, follow=True))
    nothing = text_of(signed_in.post(url, follow=True))

    assert "Roughly how many: 3 audiences" in offered
    assert answered.headers["Location"] == leads_back
    assert signed_in.get(url).headers["Location"] == leads_back
    assert "Answered with “not known yet”. Roughly how many: 3 audiences." in said
    assert "Mark several as not known yet" not in said
    assert "Nothing of it is left open any more." in again
    assert "Choose first what is not known yet." in nothing
    rows = Audience.objects.in_order()
    assert [row.not_known for row in rows] == [("size",)] * 3 + [()]
    assert [row.revision for row in rows] == [2, 2, 2, 1]
    (entry,) = Record.objects.filter(verb="strategies.rows_not_known")
    assert entry.changes == {"size": [None, ["A", "B", "C"]]}
    (shown,) = changes_of(entry, entry.changes)
    assert (shown.label, shown.after) == ("Roughly how many?", "A, B, C")


def test_what_is_saved_at_the_same_moment_is_told(
    strategy: Strategy, signed_in: Client, marketer: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claimed_by_another(row: Row, expected: int) -> None:
        if str(row) == "C":
            raise Conflict

    for name in ("A", "B", "C"):
        add(strategy, "audience", by=marketer.user, name=name, size="")
    monkeypatch.setattr("strategies.services.rows.claim_revision", claimed_by_another)
    url = reverse("strategies:rows_not_known", args=["fjordlys", strategy.uid, "audience"])

    page = text_of(signed_in.post(url, {"field": "size"}, follow=True))

    assert "Somebody saved one of them just now. Press again." in page
    assert not any(row.not_known for row in Audience.objects.all())


def test_signs_have_no_figures_to_be_found_out(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    said = {"baseline": "", "target": ""}
    for name in ("A", "B", "C"):
        add(strategy, "kpi", by=marketer.user, name=name, is_sign="on", **said)
    signs = text_of(signed_in.get(question_url(strategy, "measurement")))

    for name in ("D", "E", "F"):
        add(strategy, "kpi", by=marketer.user, name=name, is_sign="", **said)
    figures = text_of(signed_in.get(question_url(strategy, "measurement")))

    assert "Figure today: 3 figures" not in signs
    assert "Figure today: 3 figures" in figures


def test_channels_say_not_known_for_every_strategy_in_their_own_log(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    for handle in ("@a", "@b", "@c"):
        add(strategy, "channel", by=marketer.user, handle=handle, backup="", not_known=[])
    url = reverse("strategies:rows_not_known", args=["fjordlys", strategy.uid, "channel"])

    signed_in.post(url, {"field": "backup"})

    saved = Record.objects.filter(verb="networks.channel_saved")
    assert [entry.changes["not_known"][1] for entry in saved] == [["Backup"]] * 3
    assert not Record.objects.filter(verb="strategies.rows_not_known").exists()


def test_what_was_saved_meanwhile_is_not_answered_with_not_known(
    strategy: Strategy, marketer: Membership
) -> None:
    rows = [add(strategy, "audience", by=marketer.user, name=name, size="") for name in "AB"]
    was_open = {"size": [str(row.uid) for row in rows], "networks": [str(rows[0].uid)]}
    rows[0].size = 12
    rows[0].save()

    changed = say_not_known(strategy, KINDS["audience"], was_open, by=marketer.user)

    assert changed == [rows[1]]
    assert [row.not_known for row in Audience.objects.in_order()] == [(), ("size",)]


def test_pasted_words_all_get_their_kind(strategy: Strategy, signed_in: Client) -> None:
    signed_in.post(
        reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "listening"]),
        {"text": "Nordlicht\nOther Museum", "kind": "competitor"},
    )

    kinds = ListeningTerm.objects.in_order().values_list("kind", flat=True)
    assert list(kinds) == ["competitor", "competitor"]


def test_pasted_signs_for_an_objective_of_another_strategy_are_refused(
    strategy: Strategy, signed_in: Client, marketer: Membership
) -> None:
    other = create_strategy(strategy.workspace, name="Other", by=marketer.user)
    foreign = Objective.objects.create(strategy=other, statement="Not yours")

    answered = signed_in.post(
        reverse("strategies:row_paste", args=["fjordlys", strategy.uid, "kpi"]),
        {"text": "referrals", "objective": foreign.uid},
    )

    assert answered.status_code == 422
    assert b"referrals" in answered.content
    assert not Kpi.objects.exists()
