"""Submitting, reading, deciding: the pages."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from members.models import Invitation
from members.services import invite
from notifications.models import Delivery, Notification
from notifications.outbox import send_due
from strategies.domain.answers import SCHEMA, to_snapshot
from strategies.domain.fixes import fixes_of
from strategies.enums import StrategyState, VersionState
from strategies.forms.reviews import DecisionForm
from strategies.models import (
    Audience,
    Initiative,
    KeyMessage,
    Kpi,
    Milestone,
    Objective,
    StepComment,
    Strategy,
    StrategyVersion,
)
from strategies.services.versions import approve, ask_for_changes, swap_reviewer, withdraw
from tests.conftest import ClientAs
from tests.factories import MembershipFactory
from tests.strategies.answers_of import complete
from tests.strategies.approved import END, make_version
from tests.strategies.ready import ready_strategy, submitted
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(marketer: Membership) -> Strategy:
    return ready_strategy(marketer)


@pytest.fixture
def version(strategy: Strategy, marketer: Membership, manager: Membership) -> StrategyVersion:
    return submitted(strategy, by=marketer, reviewers=[manager], note="Please read 2 first.")


def url(name: str, strategy: Strategy, number: int | None = None, **query: Any) -> str:
    parts = [strategy.workspace.slug, strategy.uid, *([number] if number else [])]
    address = reverse(f"strategies:{name}", args=parts)
    return f"{address}?{urlencode(query)}" if query else address


def text_of(response: HttpResponseBase) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def sent_back(
    version: StrategyVersion, manager: Membership, marketer: Membership
) -> StrategyVersion:
    """The next version, after changes were asked for and made."""
    ask_for_changes(version, comments={"message": "Shorter."}, text="See 2.", by=manager.user)
    strategy = version.strategy
    KeyMessage.objects.filter(strategy=strategy).update(text="Open for families")
    Audience.objects.create(strategy=strategy, name="Students", position=2)
    return submitted(strategy, by=marketer, reviewers=[manager])


# --- submitting -------------------------------------------------------------------------------


def test_submit_page_ticks_everybody_who_can_review(
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    admin: Membership,
    client_as: ClientAs,
) -> None:
    response = client_as(marketer).get(url("submit", strategy))

    form = response.context["form"]
    assert list(form.fields["reviewers"].queryset) == [admin, manager]
    assert text_of(response).count(" checked") == 2


def test_submit_sends_and_leads_to_the_version(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(marketer).post(
        url("submit", strategy), {"reviewers": [manager.uid], "note": "Read 2"}
    )

    version = StrategyVersion.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == version.get_absolute_url()
    assert version.note == "Read 2"


def test_submit_pressed_twice_sends_one_version_and_both_presses_lead_to_it(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    assert 'name="token" value="' in client.get(url("submit", strategy)).content.decode()
    sent = {"reviewers": [str(manager.uid)], "note": "", "token": "of this page"}

    pages = [
        text_of(client.post(url("submit", strategy), sent, follow=True)) for _press in range(2)
    ]

    assert all("Version 1 is sent for review." in page for page in pages)
    version = StrategyVersion.objects.get()
    assert [one.reviewer for one in version.requests.all()] == [manager]
    assert Delivery.objects.count() == 1
    withdraw(version, by=marketer.user)
    again = client.post(url("submit", strategy), sent, follow=True)  # gone back to in the browser
    assert "Version 2 is sent for review." in text_of(again)
    assert StrategyVersion.objects.get(number=2).requests.count() == 1


def test_submit_twice_the_second_time_is_told(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    typed = {"reviewers": [manager.uid], "note": ""}
    client.post(url("submit", strategy), typed)

    response = client.post(url("submit", strategy), typed)

    page = text_of(response)
    assert response.status_code == 409
    assert "Version 1 waits for review" in page
    assert "See version 1</a>" in page
    assert "The answers are kept as they are now" not in page
    assert StrategyVersion.objects.count() == 1


def test_submit_page_with_blockers_leads_to_the_field_and_has_no_button(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    Audience.objects.filter(strategy=strategy).update(removed_at=timezone.now())

    page = text_of(client_as(marketer).get(url("submit", strategy)))

    assert "One thing must be fixed first" in page
    assert "id_audience-new-name" in page
    assert 'name="note"' not in page


def test_submit_post_with_blockers_is_refused(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    Audience.objects.filter(strategy=strategy).update(removed_at=timezone.now())

    sent = {"reviewers": [manager.uid], "note": "Please by Friday"}
    response = client_as(marketer).post(url("submit", strategy), sent)

    page = text_of(response)
    assert response.status_code == 409
    assert "One thing must be fixed first" in page
    assert "data-error-summary" in page  # tells the browser to keep what was typed
    assert "readonly>Please by Friday</textarea>" in page
    assert not StrategyVersion.objects.exists()


def test_submit_post_while_a_version_waits_keeps_the_note(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    client.post(url("submit", strategy), {"reviewers": [manager.uid], "note": "First"})

    sent = {"reviewers": [manager.uid], "note": "Please by Friday"}
    response = client.post(url("submit", strategy), sent)

    assert response.status_code == 409
    assert "readonly>Please by Friday</textarea>" in text_of(response)


@pytest.mark.parametrize("chosen", [[], ["not-a-uid"], ["stranger"], ["marketer"]])
def test_submit_wrong_reviewers_come_back_with_what_was_typed(
    chosen: list[str],
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
    request: Any,
) -> None:
    people = {"stranger", "marketer"}
    uids = [request.getfixturevalue(one).uid if one in people else one for one in chosen]

    response = client_as(marketer).post(
        url("submit", strategy), {"reviewers": uids, "note": "My word"}
    )

    assert response.status_code == 422
    assert "My word" in text_of(response)
    assert not StrategyVersion.objects.exists()


def test_submit_note_too_long_is_a_sentence_and_kept(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(marketer).post(
        url("submit", strategy), {"reviewers": [manager.uid], "note": "x" * 2001}
    )

    assert response.status_code == 422
    assert "Keep this to 2000 characters" in text_of(response)
    assert "x" * 2001 in text_of(response)


def test_submit_page_warns_of_an_overlap(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    other = ready_strategy(marketer, name="Winter")
    make_version(other, by=manager, state=VersionState.APPROVED)

    page = text_of(client_as(marketer).get(url("submit", strategy)))

    assert "“<bdi>Winter</bdi>” is approved from" in page


def test_submit_archived_says_so(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    Strategy.objects.update(state=StrategyState.ARCHIVED)

    page = text_of(client_as(marketer).get(url("submit", strategy)))

    assert "This strategy is archived" in page


# --- the person alone -------------------------------------------------------------------------


def test_alone_submits_invites_or_approves_with_a_reason(
    admin: Membership, client_as: ClientAs
) -> None:
    strategy = ready_strategy(admin)
    client = client_as(admin)
    assert "Nobody else in <bdi>Fjordlys Museum</bdi> can review it" in text_of(
        client.get(url("submit", strategy))
    )

    response = client.post(url("submit", strategy), {"note": ""}, follow=True)
    assert "Invite a second reader" in text_of(response)

    client.post(url("invite_reviewer", strategy), {"email": "second@example.org"})
    assert Invitation.objects.get().role == "manager"

    response = client.post(
        url("approve_alone", strategy, 1), {"reason": "Nobody else yet"}, follow=True
    )
    page = text_of(response)
    assert "Approved without a second reader" in page
    assert "Nobody else yet" in page
    assert StrategyVersion.objects.get().is_without_second_reader


def test_alone_sees_who_is_invited_already_and_a_second_press_invites_nobody_more(
    admin: Membership, other_workspace: Workspace, client_as: ClientAs
) -> None:
    strategy = ready_strategy(admin)
    client, form = client_as(admin), {"email": "second@example.org", "token": "of this page"}
    other = MembershipFactory.create(workspace=other_workspace, role=Role.ADMIN)
    invite(other_workspace, by=other.user, role=Role.MANAGER, email="theirs@example.org")
    invite(admin.workspace, by=admin.user, role=Role.READER, email="reads@example.org")
    expired, _ = invite(admin.workspace, by=admin.user, role=Role.ADMIN, email="late@example.org")
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())

    pages = [
        text_of(client.post(url("invite_reviewer", strategy), form, follow=True))
        for _press in range(2)
    ]

    for page in pages:
        assert "Invited, not answered yet: second@example.org" in page
        assert not any(name in page for name in ("theirs@", "reads@", "late@"))
    assert "invited already" not in pages[1]
    assert Invitation.objects.filter(email="second@example.org").count() == 1
    submitted(strategy, by=admin)
    page = text_of(client.get(url("version", strategy, 1)))
    assert "Invited, not answered yet: second@example.org" in page
    assert "a second reader is invited and has not answered" in page


def test_alone_without_a_reason_comes_back(admin: Membership, client_as: ClientAs) -> None:
    strategy = ready_strategy(admin)
    submitted(strategy, by=admin)

    response = client_as(admin).post(url("approve_alone", strategy, 1), {"reason": "  "})

    assert response.status_code == 422
    assert StrategyVersion.objects.get().state == VersionState.SUBMITTED


def test_alone_no_longer_alone_is_refused_and_the_reason_kept(
    admin: Membership, client_as: ClientAs, request: Any
) -> None:
    strategy = ready_strategy(admin)
    submitted(strategy, by=admin)
    request.getfixturevalue("manager")

    response = client_as(admin).post(url("approve_alone", strategy, 1), {"reason": "In a hurry"})

    assert response.status_code == 409
    assert "Magnus Manager can review" in text_of(response)
    assert "In a hurry" in text_of(response)


@pytest.mark.parametrize(
    ("email", "status", "words"),
    [
        ("", 422, "Fill this in."),
        ("no-address", 422, 'value="no-address"'),
        ("magnus@fjordlys.example", 409, 'value="magnus@fjordlys.example"'),
    ],
)
def test_invite_reviewer_wrong_address_comes_back(
    email: str,
    status: int,
    words: str,
    strategy: Strategy,
    admin: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    response = client_as(admin).post(url("invite_reviewer", strategy), {"email": email})

    assert response.status_code == status
    assert words in text_of(response)
    assert not Invitation.objects.exists()


# --- reading ----------------------------------------------------------------------------------


def test_version_first_one_is_read_whole(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    page = text_of(client_as(manager).get(version.get_absolute_url()))

    assert "Review version 1" in page
    assert "Open for everyone" in page
    assert "Please read 2 first." in page
    assert "<ins>" not in page


def test_version_first_one_says_no_name_twice(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    objective = Objective.objects.get(strategy=strategy)
    for number in range(35):
        Kpi.objects.create(
            strategy=strategy, objective=objective, name=f"Sign {number}.", is_sign=True
        )
    version = submitted(strategy, by=marketer, reviewers=[manager])

    page = text_of(client_as(manager).get(version.get_absolute_url())).partition("<aside")[0]

    figures = page.partition("<h3>Figures and signs")[2].partition("</section>")[0]
    assert [figures.count(f"Sign {number}.") for number in range(35)] == [1] * 35
    assert figures.count("<h4") == 1
    assert "Your own figure or sign" not in figures


def test_version_counts_the_answers_that_changed_and_a_new_row_once(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    first = submitted(strategy, by=marketer, reviewers=[manager])
    ask_for_changes(first, comments={}, text="Say more.", by=manager.user)
    Audience.objects.filter(strategy=strategy).update(needs="A roof", elsewhere="The library")
    Audience.objects.create(strategy=strategy, name="Pupils", needs="A bus", position=9)

    second = submitted(strategy, by=marketer, reviewers=[manager])

    page = text_of(client_as(manager).get(second.get_absolute_url()))
    assert "1. Audience <span>3 changes</span>" in page


def test_version_that_is_read_whole_shows_the_mix(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    version = submitted(strategy, by=marketer, reviewers=[manager])

    assert 'class="mix"' in text_of(client_as(manager).get(version.get_absolute_url()))


def test_version_counts_every_row_that_a_check_speaks_of(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    for number in range(8):
        Kpi.objects.create(strategy=strategy, name=f"K{number}", position=number)
    before = text_of(client_as(marketer).get(url("submit", strategy)))
    version = submitted(strategy, by=marketer, reviewers=[manager])

    response = client_as(manager).get(version.get_absolute_url())

    review = response.context["review"]
    assert review.warnings > sum(finding.severity == "warning" for finding in review.findings)
    assert f"{review.warnings} should be fixed" in text_of(response)
    assert f"{review.warnings + review.tips} things to look at" in before


def test_version_second_one_shows_what_changed_since_the_decided_one(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    second = sent_back(version, manager, marketer)

    response = client_as(manager).get(second.get_absolute_url())

    assert response.context["since"] == version
    page = text_of(response)
    assert "everyone</del>" in page
    assert "families</ins>" in page
    assert "New audience" in page
    assert "As in version 1: Before you begin, Ownership," in page


def test_version_one_word_of_a_long_text_shows_a_part_and_opens_the_whole(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    words = " ".join(f"w{number}" for number in range(100))
    Audience.objects.filter(strategy=strategy).update(needs=words)
    first = submitted(strategy, by=marketer, reviewers=[manager])
    withdraw(first, by=marketer.user)
    Audience.objects.filter(strategy=strategy).update(needs=words.replace("w50 ", "new "))
    submitted(strategy, by=marketer, reviewers=[manager])

    page = text_of(client_as(manager).get(url("version", strategy, 2, since=1)))

    short, _, whole = page.partition("Show the whole text")
    assert "… w38 w39" in short
    assert "w61 w62 …" in short
    assert "w10 " not in short
    assert "w0 w1 " in whole
    assert page.count("Show the whole text") == 1


def test_version_steps_are_listed_one_an_item(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    first = submitted(strategy, by=marketer, reviewers=[manager])
    withdraw(first, by=marketer.user)
    Initiative.objects.create(
        strategy=strategy, title="Learn", actions="- Look <up>\n\n- Listen", position=1
    )
    second = submitted(strategy, by=marketer, reviewers=[manager])
    withdraw(second, by=marketer.user)
    Initiative.objects.update(actions="- Look <up>\n\n- Listen\n- Answer")
    third = submitted(strategy, by=marketer, reviewers=[manager])
    client = client_as(manager)

    added, changed, whole = (
        text_of(client.get(url("version", strategy, number, since=since)))
        for number, since in ((2, 1), (3, 2), (third.number, 0))
    )

    came = '<ins><span class="visually-hidden">Added: </span>{}</ins>'
    steps = [came.format("Look &lt;up&gt;"), came.format("Listen")]
    assert f'<ul class="lines"><li>{steps[0]} </li><li>{steps[1]}</li></ul>' in added
    assert "<li>Look &lt;up&gt; </li><li>Listen</li>" in changed
    assert f"<li>{came.format('Answer')}</li></ul>" in changed
    assert '<ul class="lines"><li dir="auto">Look &lt;up&gt;</li><li dir="auto">Listen' in whole


def test_version_that_was_sent_back_leads_on_to_the_next_one_or_to_the_answers(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    strategy, client = version.strategy, client_as(marketer)
    following = sent_back(version, manager, marketer)

    waiting = text_of(client.get(url("version", strategy, 1)))
    withdraw(following, by=marketer.user)
    alone = text_of(client.get(url("version", strategy, 1)))

    assert ["See version 2" in page for page in (waiting, alone)] == [True, False]
    assert ["Change the answers" in page for page in (waiting, alone)] == [False, True]


def test_version_second_one_reminds_of_what_was_asked_for(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    strategy, asked = version.strategy, {"audience": "Who pays?", "fit": "And the fair?"}
    ask_for_changes(version, comments=asked, text="See 1 and 8.", by=manager.user)
    Audience.objects.create(strategy=strategy, name="Students", position=2)
    submitted(strategy, by=marketer, reviewers=[manager])

    response = client_as(manager).get(url("version", strategy, 2))
    page = text_of(response)

    assert [page.count(said) for said in ("See 1 and 8.", "Who pays?", "And the fair?")] == [1] * 3
    assert page.count(">on version 1</a>") == 2
    # The question that nobody touched is shown for the sake of what was said of it.
    shown = [part.step.code for part in response.context["review"].shown]
    assert shown == ["audience", "fit"]
    whole = text_of(client_as(manager).get(url("version", strategy, 2, since=0)))
    assert "Who pays?" not in whole


@pytest.mark.parametrize("end", ["decided", "withdrawn"])
def test_version_that_waits_no_longer_asks_nobody(
    end: str,
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    admin: Membership,
    client_as: ClientAs,
) -> None:
    version = submitted(strategy, by=marketer, reviewers=[manager, admin])
    asked = Notification.objects.filter(kind="strategies.review_asked")
    assert asked.unread().count() == 2

    if end == "decided":
        ask_for_changes(version, comments={}, text="See 2.", by=manager.user)
    else:
        withdraw(version, by=marketer.user)

    assert not asked.unread().exists()
    told = Notification.objects.unread().values_list("recipient", flat=True)
    decider = manager if end == "decided" else marketer
    assert set(told) == {one.user_id for one in (marketer, manager, admin) if one != decider}


def test_version_since_any_earlier_one(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    second = sent_back(version, manager, marketer)
    withdraw(second, by=marketer.user)
    third = submitted(version.strategy, by=marketer, reviewers=[manager])
    client = client_as(manager)

    usual = client.get(third.get_absolute_url())
    since_2 = client.get(url("version", third.strategy, 3, since=2))
    whole = client.get(url("version", third.strategy, 3, since=0))

    assert usual.context["since"].number == 1
    assert "Nothing has changed since version 2" in text_of(since_2)
    assert whole.context["since"] is None
    assert "Open for families" in text_of(whole)


def test_version_after_one_that_nobody_decided_on_is_read_as_a_whole(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    withdraw(version, by=marketer.user)
    second = submitted(version.strategy, by=marketer, reviewers=[manager])

    page = client_as(manager).get(second.get_absolute_url())

    assert page.context["since"] is None
    assert all(part.chapter for part in page.context["review"].steps)


@pytest.mark.parametrize("since", ["7", "3", "-1", "abc", "1.0", "", "9" * 40, "<b>"])
def test_version_since_nonsense_is_the_usual_one(
    since: str,
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    second = sent_back(version, manager, marketer)

    response = client_as(manager).get(url("version", second.strategy, 2, since=since))

    assert response.status_code == 200
    assert response.context["since"] == version


def test_version_unknown_number_is_404(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(manager)

    assert client.get(url("version", version.strategy, 2)).status_code == 404
    assert client.get(url("version", version.strategy, 9**30)).status_code == 404


def test_version_of_another_strategy_is_404(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    other = ready_strategy(marketer, name="Winter")

    assert client_as(manager).get(url("version", other, 1)).status_code == 404


def test_version_typed_html_is_shown_as_typed(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    Audience.objects.update(name="<script>alert(1)</script>")
    version = submitted(strategy, by=marketer, reviewers=[manager])

    page = text_of(client_as(manager).get(version.get_absolute_url()))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("who", "decides", "withdraws", "asks_more"),
    [
        ("reader", False, False, False),
        ("contributor", False, False, False),
        ("marketer", False, True, False),
        ("manager", True, False, False),
        ("second_manager", True, False, True),
        ("admin", True, True, True),
    ],
)
def test_version_each_role_sees_what_it_may(
    who: str,
    decides: bool,
    withdraws: bool,
    asks_more: bool,
    version: StrategyVersion,
    client_as: ClientAs,
    request: Any,
) -> None:
    page = text_of(client_as(request.getfixturevalue(who)).get(version.get_absolute_url()))

    assert ("Your decision" in page) == decides
    assert ("Withdraw version 1" in page) == withdraws
    assert ("Ask one more person" in page) == asks_more


def test_version_after_the_decision_everybody_reads_it(
    version: StrategyVersion, manager: Membership, reader: Membership, client_as: ClientAs
) -> None:
    ask_for_changes(version, comments={"message": "Shorter."}, text="See 2.", by=manager.user)

    page = text_of(client_as(reader).get(version.get_absolute_url()))

    assert "Changes asked for" in page
    assert "Magnus Manager" in page
    assert "See 2." in page
    assert "Shorter." in page


def test_version_swapped_reviewer_stays_in_the_history(
    version: StrategyVersion,
    marketer: Membership,
    second_manager: Membership,
    client_as: ClientAs,
) -> None:
    swap_reviewer(version.requests.get(), to=second_manager, by=marketer.user)

    page = text_of(client_as(marketer).get(version.get_absolute_url()))

    assert "Somebody else was asked" in page
    assert "Siri Second" in page


def test_versions_list_is_the_same_number_of_queries_with_one_and_with_thirty(
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_as(marketer)
    make_version(strategy, by=manager, state=VersionState.APPROVED)
    client.get(url("versions", strategy))
    with django_assert_max_num_queries(50) as one:
        client.get(url("versions", strategy))
    for _ in range(29):
        make_version(strategy, by=manager, state=VersionState.CHANGES_REQUESTED)

    with django_assert_max_num_queries(len(one)):
        page = text_of(client.get(url("versions", strategy)))

    assert "Version 30" in page


def test_versions_list_empty_offers_the_first_step(
    strategy: Strategy, marketer: Membership, reader: Membership, client_as: ClientAs
) -> None:
    ours = text_of(client_as(marketer).get(url("versions", strategy)))
    theirs = text_of(client_as(reader).get(url("versions", strategy)))

    assert url("submit", strategy) in ours
    assert url("submit", strategy) not in theirs
    assert "each time they were submitted" not in ours


def test_versions_list_says_what_a_version_is(
    version: StrategyVersion, reader: Membership, client_as: ClientAs
) -> None:
    page = text_of(client_as(reader).get(url("versions", version.strategy)))

    assert "The answers as they were each time they were submitted." in page


def test_version_with_other_spaces_alone_says_that_the_words_are_the_same(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    KeyMessage.objects.update(text="Open  for everyone")
    withdraw(submitted(strategy, by=marketer, reviewers=[manager]), by=marketer.user)
    KeyMessage.objects.update(text="Open for everyone")
    submitted(strategy, by=marketer, reviewers=[manager])

    page = text_of(client_as(manager).get(url("version", strategy, 2, since=1)))

    assert "The words are the same; only spaces or line breaks are new." in page
    assert "<del>" not in page


def test_version_page_queries_do_not_grow_with_rows_and_comments(
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    second = sent_back(version, manager, marketer)
    client = client_as(manager)
    client.get(second.get_absolute_url())
    with django_assert_max_num_queries(40) as few:
        client.get(second.get_absolute_url())
    number_of_few = len(few)
    withdraw(second, by=marketer.user)
    for number in range(30):
        Audience.objects.create(strategy=second.strategy, name=f"Group {number}", position=9)
        make_version(second.strategy, by=manager, state=VersionState.CHANGES_REQUESTED)
    full = submitted(second.strategy, by=marketer, reviewers=[manager])
    client.get(url("version", full.strategy, full.number, since=1))  # versions are read once

    with django_assert_max_num_queries(number_of_few):
        client.get(url("version", full.strategy, full.number, since=1))


# --- deciding ---------------------------------------------------------------------------------


def test_approve_page_puts_it_in_force_with_the_comments(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(manager).post(
        url("approve", version.strategy, 1),
        {"text": "", "next_review_on": "2026-12-01", "comment_audience": "Good order."},
        follow=True,
    )

    version.refresh_from_db()
    assert version.state == VersionState.APPROVED
    page = text_of(response)
    assert "its roadmap is ready" in page
    assert "Good order." in page
    assert "To be looked at again on Tue 1 Dec" in page


def test_ask_for_changes_page_needs_a_sentence_and_keeps_the_comments(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    typed = {"text": " ", "comment_audience": "Which county?", "comment_begin": "Longer?"}

    response = client_as(manager).post(url("ask_for_changes", version.strategy, 1), typed)

    page = text_of(response)
    assert response.status_code == 422
    assert "Say what should change." in page
    assert "Which county?" in page
    assert "Longer?" in page
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


@pytest.mark.parametrize(
    "typed",
    [
        {"next_review_on": "1999-01-01"},
        {"next_review_on": "2999-01-01"},
        {"next_review_on": "soon"},
        {"text": "x" * 4001},
        {"comment_fit": "y" * 4001},
    ],
)
def test_approve_page_bad_input_is_a_sentence_and_kept(
    typed: dict[str, str], version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(manager).post(url("approve", version.strategy, 1), typed)

    assert response.status_code == 422
    assert next(iter(typed.values())) in text_of(response)
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


@pytest.mark.parametrize(
    ("today", "chosen", "is_taken"),
    [
        (date(2026, 11, 23), date(2026, 11, 22), False),
        (date(2026, 11, 23), date(2026, 11, 23), True),
        (date(2026, 11, 23), END, True),
        (date(2026, 11, 23), END + timedelta(days=1), False),
        (END + timedelta(days=9), END + timedelta(days=9), True),  # the period is over: today only
        (END + timedelta(days=9), END + timedelta(days=10), False),
        (date(2026, 11, 23), None, True),
    ],
)
def test_next_review_is_a_day_from_today_to_the_end_of_the_period(
    today: date, chosen: date | None, is_taken: bool, version: StrategyVersion
) -> None:
    form = DecisionForm({"next_review_on": chosen}, version=version, today=today)

    assert form.is_valid() == is_taken


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (date(2026, 8, 1), date(2026, 11, 30)),
        (date(2027, 1, 15), date(2027, 1, 15)),
        (END + timedelta(days=9), END + timedelta(days=9)),
    ],
)
def test_next_review_is_proposed_halfway_and_never_before_today(
    today: date, proposed: date, version: StrategyVersion
) -> None:
    form = DecisionForm(version=version, today=today)

    assert form.initial["next_review_on"] == proposed


def test_review_lists_what_should_be_fixed_and_approval_makes_milestones_of_it(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(manager)
    ticked, other = fixes_of(version, approved_on=date(2026, 8, 1))[:2]
    page = text_of(client.get(version.get_absolute_url()))
    assert f'value="{ticked.key}"' in page
    assert f'value="{other.key}"' in page

    response = client.post(url("approve", version.strategy, 1), {"fixes": [ticked.key]})

    assert response.status_code == 302
    found = Milestone.objects.filter(strategy=version.strategy, kind="fix")
    assert [one.key for one in found] == [ticked.key]


def test_review_ticks_what_is_a_milestone_already(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    ticked, other = fixes_of(version, approved_on=date(2026, 8, 1))[:2]
    approve(version, comments={}, text="", next_review_on=None, by=manager.user, fixes=[ticked.key])
    again = submitted(version.strategy, by=marketer, reviewers=[manager])

    form = DecisionForm(version=again, today=date(2026, 8, 1))

    assert form["fixes"].value() == [ticked.key]
    assert other.key in dict(form.fields["fixes"].choices)  # type: ignore[attr-defined]


def test_review_with_nothing_to_fix_asks_nothing(version: StrategyVersion) -> None:
    version.snapshot = to_snapshot(complete())
    version.schema, version.submitted_at = SCHEMA, timezone.now().replace(year=2026, month=12)

    assert "fixes" not in DecisionForm(version=version, today=date(2026, 12, 1)).fields


def test_alone_ticks_what_becomes_a_milestone(admin: Membership, client_as: ClientAs) -> None:
    strategy = ready_strategy(admin)
    version = submitted(strategy, by=admin)
    ticked = fixes_of(version, approved_on=date(2026, 8, 1))[0].key

    client_as(admin).post(
        url("approve_alone", strategy, 1), {"reason": "Nobody else yet", "fixes": [ticked]}
    )

    assert Milestone.objects.get(strategy=strategy, kind="fix").key == ticked


def test_approve_page_overlap_is_refused_with_everything_typed(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    other = ready_strategy(marketer, name="Winter")
    make_version(other, by=manager, state=VersionState.APPROVED)

    response = client_as(manager).post(
        url("approve", version.strategy, 1), {"text": "Fine", "comment_audience": "Good order."}
    )

    page = text_of(response)
    assert response.status_code == 409
    assert "“<bdi>Winter</bdi>” is approved from" in page
    assert "Good order." in page
    assert "Your decision" in page


@pytest.mark.parametrize("mine", ["approve", "ask_for_changes"])
@pytest.mark.parametrize("theirs", ["approved", "changes", "withdrawn"])
def test_decision_page_the_other_was_first_says_who_and_keeps_what_was_typed(
    mine: str,
    theirs: str,
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    client_as: ClientAs,
) -> None:
    client = client_as(second_manager)
    assert "Your decision" in text_of(client.get(version.get_absolute_url()))
    if theirs == "approved":
        approve(version, comments={}, text="", next_review_on=None, by=manager.user)
    elif theirs == "changes":
        ask_for_changes(version, comments={}, text="More", by=manager.user)
    else:
        withdraw(version, by=marketer.user)

    response = client.post(
        url(mine, version.strategy, 1),
        {"text": "Not yet.", "comment_audience": "Which county?", "next_review_on": "bad"},
    )

    page = text_of(response)
    assert response.status_code == 409
    assert ("was withdrawn" if theirs == "withdrawn" else "Magnus Manager has already") in page
    assert "What you wrote was not sent" in page
    assert "Not yet." in page
    assert "Which county?" in page
    assert not StepComment.objects.exists()
    before = version.state
    version.refresh_from_db()
    assert version.state == before


def test_decision_page_own_version_is_refused_and_nothing_lost(
    manager: Membership, second_manager: Membership, client_as: ClientAs
) -> None:
    version = submitted(ready_strategy(manager), by=manager, reviewers=[second_manager])

    response = client_as(manager).post(
        url("approve", version.strategy, 1), {"comment_audience": "Good order."}
    )

    assert response.status_code == 409
    assert "somebody else decides" in text_of(response)
    assert "Good order." in text_of(response)
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


# --- withdrawing, asking others ---------------------------------------------------------------


def test_withdraw_page_works_and_a_second_time_is_told(
    version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    first = client.post(url("withdraw", version.strategy, 1), follow=True)
    second = client.post(url("withdraw", version.strategy, 1))

    assert "Version 1 is withdrawn" in text_of(first)
    assert second.status_code == 409
    assert "was withdrawn in the meantime" in text_of(second)


def test_withdraw_page_somebody_elses_is_refused(
    version: StrategyVersion, manager: Membership, client_as: ClientAs
) -> None:
    response = client_as(manager).post(url("withdraw", version.strategy, 1))

    assert response.status_code == 409
    assert "Only Mari Marketer or an admin" in text_of(response)


def test_reviewers_page_asks_somebody_else(
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    client_as: ClientAs,
) -> None:
    client = client_as(marketer)
    page = text_of(client.get(url("reviewers", version.strategy, 1, instead_of=manager.uid)))
    assert f'value="{manager.uid}" selected' in page

    response = client.post(
        url("reviewers", version.strategy, 1),
        {"to": second_manager.uid, "instead_of": manager.uid},
        follow=True,
    )

    assert "Siri Second is asked to review it" in text_of(response)
    assert Notification.objects.filter(recipient=second_manager.user).count() == 1


def test_reviewers_page_asks_one_more(
    version: StrategyVersion, marketer: Membership, second_manager: Membership, client_as: ClientAs
) -> None:
    client_as(marketer).post(url("reviewers", version.strategy, 1), {"to": second_manager.uid})

    assert version.requests.count() == 2


@pytest.mark.parametrize("to", ["", "nonsense", "marketer", "stranger", "manager"])
def test_reviewers_page_wrong_person_is_a_sentence(
    to: str,
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    client_as: ClientAs,
    request: Any,
) -> None:
    known = to in {"marketer", "stranger", "manager"}
    uid = request.getfixturevalue(to).uid if known else to

    response = client_as(marketer).post(url("reviewers", version.strategy, 1), {"to": uid})

    assert response.status_code == 422
    assert version.requests.count() == 1


def test_reviewers_page_after_the_decision_says_so(
    version: StrategyVersion,
    marketer: Membership,
    manager: Membership,
    second_manager: Membership,
    client_as: ClientAs,
) -> None:
    withdraw(version, by=marketer.user)
    client = client_as(marketer)

    page = client.get(url("reviewers", version.strategy, 1))
    response = client.post(url("reviewers", version.strategy, 1), {"to": second_manager.uid})

    assert "no longer waits" in text_of(page)
    assert response.status_code == 409


def test_reviewers_page_with_nobody_left_to_ask_says_so(
    version: StrategyVersion, marketer: Membership, client_as: ClientAs
) -> None:
    page = text_of(client_as(marketer).get(url("reviewers", version.strategy, 1)))

    assert "Everybody who can review this version has been asked already" in page


# --- beside the questions ---------------------------------------------------------------------


def test_question_shows_what_was_said_of_it(
    version: StrategyVersion, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    ask_for_changes(version, comments={"message": "Shorter."}, text="See 2.", by=manager.user)
    client = client_as(marketer)
    parts = [version.strategy.workspace.slug, version.strategy.uid]

    said = text_of(client.get(reverse("strategies:question", args=[*parts, "message"])))
    silent = text_of(client.get(reverse("strategies:question", args=[*parts, "audience"])))

    assert "Said in the review" in said
    assert "Shorter." in said
    assert version.get_absolute_url() in said
    assert "Said in the review" not in silent


def test_question_shows_what_came_with_the_latest_decision(
    version: StrategyVersion,
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    ask_for_changes(version, comments={"message": "Old words."}, text="See 2.", by=manager.user)
    client = client_as(marketer)
    question = reverse(
        "strategies:question", args=[strategy.workspace.slug, strategy.uid, "message"]
    )

    second = submitted(strategy, by=marketer, reviewers=[manager])
    while_it_waits = text_of(client.get(question))
    ask_for_changes(second, comments={"fit": "New words."}, text="See 8.", by=manager.user)
    after = text_of(client.get(question))

    assert "Old words." in while_it_waits
    assert "Version 2 is being reviewed" in while_it_waits
    assert "Old words." not in after
    assert "is being reviewed" not in after


# --- doors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["approve", "ask_for_changes", "approve_alone", "withdraw"])
def test_doors_deciding_by_reading_is_impossible(
    name: str, version: StrategyVersion, admin: Membership, client_as: ClientAs
) -> None:
    response = client_as(admin).get(url(name, version.strategy, 1))

    assert response.headers["Location"] == version.get_absolute_url()
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


# --- letters ----------------------------------------------------------------------------------


def test_letter_asks_for_the_review(version: StrategyVersion, manager: Membership) -> None:
    send_due()

    (letter,) = mail.outbox
    assert letter.to == ["magnus@fjordlys.example"]
    assert letter.subject == "Please review version 1 of “Autumn”"
    assert "Mari Marketer has submitted version 1 of “Autumn” in Fjordlys Museum" in letter.body
    assert "Please answer by" in letter.body
    assert "Please read 2 first." in letter.body
    assert version.get_absolute_url() in letter.body
    assert Delivery.objects.get().state == "sent"


def test_letter_asking_is_not_sent_once_decided(
    version: StrategyVersion, second_manager: Membership
) -> None:
    ask_for_changes(
        version,
        comments={"message": "Shorter & clearer.", "audience": "Which county?"},
        text="Nearly there.",
        by=second_manager.user,
    )

    send_due()

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert {letter.subject for letter in mail.outbox} == {
        "Changes asked for in version 1 of “Autumn”"
    }
    body = letters["mari@fjordlys.example"].body
    assert "Siri Second asks for changes" in body
    assert (
        body.index("Nearly there.") < body.index("Which county?") < body.index("Shorter & clearer.")
    )
    asked = Delivery.objects.get(notification__kind="strategies.review_asked")
    assert asked.state == "cancelled"


def test_letter_asking_is_not_sent_to_who_was_released(
    version: StrategyVersion, marketer: Membership, second_manager: Membership
) -> None:
    swap_reviewer(version.requests.get(), to=second_manager, by=marketer.user)

    send_due()

    subjects = {(letter.to[0], letter.subject) for letter in mail.outbox}
    assert subjects == {
        ("siri@fjordlys.example", "Please review version 1 of “Autumn”"),
        ("magnus@fjordlys.example", "Somebody else reviews version 1 of “Autumn”"),
    }


def test_letter_says_that_it_is_approved(version: StrategyVersion, manager: Membership) -> None:
    approve(version, comments={}, text="Well done", next_review_on=None, by=manager.user)

    send_due()

    letter = next(one for one in mail.outbox if one.to == ["mari@fjordlys.example"])
    assert letter.subject == "Version 1 of “Autumn” is approved"
    assert "Well done" in letter.body


def test_letter_says_that_it_was_withdrawn(version: StrategyVersion, marketer: Membership) -> None:
    withdraw(version, by=marketer.user)

    send_due()

    assert [letter.subject for letter in mail.outbox] == ["Version 1 of “Autumn” was withdrawn"]
