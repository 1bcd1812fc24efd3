"""Looking hashtags up: who may, how long it holds, and the pages."""

import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from activity.models import Record
from core.exceptions import Refusal
from policies.enums import HashtagVerdict
from policies.models import Hashtag, HashtagCheck, Policy, RuleSetting
from policies.services.hashtags import (
    LASTING_HOLDS,
    Looked,
    approve_lasting,
    check_hashtag,
    known_tags,
    tag_in,
)
from tests.conftest import ClientAs
from tests.policies.conftest import Publish
from tests.queries import queries_of
from workspaces.models import Membership, Workspace

NOW = datetime(2027, 1, 20, 9, tzinfo=timezone.get_fixed_timezone(60))
SAFE = Looked(HashtagVerdict.SAFE, "Northern lights.")
AVOID = Looked(HashtagVerdict.AVOID, "A town in grief.", "https://example.org/news")


@pytest.fixture(autouse=True)
def _now() -> "object":
    with time_machine.travel(NOW, tick=False):
        yield


def check(member: Membership, looked: Looked = SAFE, tag: str = "Nordlys") -> HashtagCheck:
    return check_hashtag(member.workspace, tag, looked, by=member)


# --- checking -------------------------------------------------------------------------------------


def test_check_holds_for_four_hours_and_is_logged(marketer: Membership) -> None:
    made = check(marketer)

    assert made.until == NOW + timedelta(hours=4)
    assert not made.hashtag.is_lasting
    record = Record.objects.get(verb="policies.hashtag_checked")
    assert record.changes["verdict"] == ["", "safe"]
    assert record.label == "#Nordlys"


def test_check_holds_as_long_as_the_rule_in_force_says(
    policy: Policy, publish: Publish, admin: Membership, marketer: Membership
) -> None:
    publish()
    RuleSetting.objects.create(
        policy=policy, rule="hashtags", is_on=True, severity="blocker", parameters={"hours": 2}
    )

    assert check(marketer).until == NOW + timedelta(hours=2)


@pytest.mark.parametrize("written", ["nordlys", "#NORDLYS", "＃Nordlys", " #nordlys "])
def test_hashtag_is_one_however_it_is_written(written: str, marketer: Membership) -> None:
    first = check(marketer)

    assert check(marketer, tag=written).hashtag == first.hashtag
    assert Hashtag.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["", "#", "two words", "#a #b", "https://example.org/#a", "2026", "#😀", "a" * 101]
)
def test_what_is_no_hashtag_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="Write one hashtag"):
        tag_in(text)


def test_same_check_twice_is_noted_once(workspace: Workspace, marketer: Membership) -> None:
    uid = uuid.uuid4()

    for _press in range(2):
        check_hashtag(workspace, "nordlys", SAFE, by=marketer, uid=uid)

    assert HashtagCheck.objects.count() == 1


def test_avoided_hashtag_is_lifted_by_who_said_so_or_a_manager_only(
    marketer: Membership, contributor: Membership, manager: Membership
) -> None:
    check(marketer, AVOID)

    with pytest.raises(Refusal, match="marked"):
        check(contributor)
    with pytest.raises(Refusal, match="marked"):  # else it would be theirs to lift
        check(contributor, AVOID)
    assert check(marketer, AVOID).verdict == HashtagVerdict.AVOID
    assert check(manager).verdict == HashtagVerdict.SAFE
    assert check(marketer).verdict == HashtagVerdict.SAFE


def test_verdict_to_avoid_holds_until_its_last_day(
    workspace: Workspace, marketer: Membership, contributor: Membership
) -> None:
    looked = Looked(HashtagVerdict.AVOID, "Grief.", avoid_until=date(2027, 1, 22))
    made = check(marketer, looked)

    assert made.until is not None
    assert made.until.astimezone(workspace.zone).date() == date(2027, 1, 22)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        assert check(contributor).verdict == HashtagVerdict.SAFE
    with pytest.raises(Refusal, match="last day"):
        check(marketer, Looked(HashtagVerdict.AVOID, "Grief.", avoid_until=date(2027, 1, 19)))


def test_lasting_hashtags_are_approved_once_by_a_manager(
    workspace: Workspace, manager: Membership, marketer: Membership
) -> None:
    with pytest.raises(Refusal, match="Only a manager"):
        check(marketer, Looked(HashtagVerdict.SAFE, "Ours.", is_lasting=True))

    approved = approve_lasting(
        workspace, ["Fjordlys", "fjordlys", "lampelys"], about="Ours.", by=manager
    )

    assert [str(one) for one in approved] == ["#fjordlys", "#lampelys"]
    assert all(one.is_lasting for one in Hashtag.objects.all())
    made = check(marketer, tag="Fjordlys")  # looked at again, it holds for another year
    assert made.until == NOW + LASTING_HOLDS


def test_known_tags_have_the_newest_check_and_the_newest_by_an_employee(
    workspace: Workspace, marketer: Membership, outsider: Membership
) -> None:
    employed = check(marketer)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        newest = check(outsider)
    check(marketer, tag="other")

    found = known_tags(workspace, ["#NORDLYS in the evening", "#never_seen"])

    assert set(found) == {"nordlys"}
    assert found["nordlys"].until == newest.until
    assert found["nordlys"].employed_until == employed.until
    assert found["nordlys"].by == str(outsider.user)


def test_known_tags_of_another_workspace_are_not_known(
    workspace: Workspace, stranger: Membership
) -> None:
    check(stranger, AVOID)

    assert known_tags(workspace, ["#nordlys"]) == {}


# --- pages ----------------------------------------------------------------------------------------


def url(workspace: Workspace, rest: str = "") -> str:
    return f"/w/{workspace.slug}/policies/hashtags/{rest}"


def test_check_from_a_post_leads_back_to_it(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    address = url(workspace, "check/?tag=nordlys&next=/w/fjordlys/calendar/")

    shown = client.get(address).content.decode()
    sent = {
        "tag": "#nordlys",
        "about": "Lights.",
        "verdict": "caution",
        "evidence": "",
        "token": "t",
    }
    for _press in range(2):
        answer = client.post(address, sent)

    assert 'value="#nordlys"' in shown
    assert answer["Location"] == "/w/fjordlys/calendar/"
    assert HashtagCheck.objects.get().verdict == HashtagVerdict.CAUTION


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/w/next-door/"])
def test_check_leads_nowhere_else(
    wanted: str, workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    sent = {"tag": "nordlys", "about": "Lights.", "verdict": "safe"}

    answer = client_as(marketer).post(url(workspace, f"check/?next={wanted}"), sent)

    assert answer["Location"] == Hashtag.objects.get().get_absolute_url()


def test_form_says_what_is_wrong_and_keeps_what_was_typed(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    sent = {
        "tag": "two words",
        "about": "Kept words",
        "verdict": "safe",
        "avoid_until": "2027-01-30",
    }

    page = client_as(marketer).post(url(workspace, "check/"), sent).content.decode()

    assert "Write one hashtag" in page
    assert "Choose Avoid as well" in page
    assert "Kept words" in page
    assert not Hashtag.objects.exists()


def test_refusal_to_lift_stands_on_the_form(
    workspace: Workspace, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    check(manager, AVOID)
    sent = {"tag": "nordlys", "about": "Fine again", "verdict": "safe"}

    answer = client_as(marketer).post(url(workspace, "check/"), sent)

    assert answer.status_code == 409
    assert "to avoid. Only a manager" in answer.content.decode()


def test_only_a_manager_is_asked_whether_it_lasts(
    workspace: Workspace, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    assert b"lasting tag of ours" not in client_as(marketer).get(url(workspace, "check/")).content
    assert b"lasting tag of ours" in client_as(manager).get(url(workspace, "check/")).content


def test_lasting_tags_are_approved_together(
    workspace: Workspace, manager: Membership, client_as: ClientAs
) -> None:
    client = client_as(manager)

    wrong = client.post(url(workspace, "lasting/"), {"tags": "#a, b-c", "about": "Ours."})
    client.post(url(workspace, "lasting/"), {"tags": "#ærfugl, lys\nFjord", "about": "Ours."})

    assert "“b-c” is no hashtag" in wrong.content.decode()
    assert sorted(one.name for one in Hashtag.objects.all()) == ["Fjord", "lys", "ærfugl"]


def test_list_is_searched_and_filtered(
    workspace: Workspace, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    check(marketer, AVOID, tag="Ravnsund")
    check(marketer, tag="Nordlys")
    approve_lasting(workspace, ["Fjordlys"], about="Ours.", by=manager)
    client = client_as(marketer)

    def shown(query: str) -> list[str]:
        lines = client.get(url(workspace, query)).context["lines"]
        return [str(line.hashtag) for line in lines]

    assert shown("") == ["#Fjordlys", "#Nordlys", "#Ravnsund"]
    assert shown("?text=%23LYS") == ["#Fjordlys", "#Nordlys"]
    assert shown("?verdict=avoid") == ["#Ravnsund"]
    assert shown("?kind=lasting") == ["#Fjordlys"]
    assert shown("?kind=topical&verdict=safe") == ["#Nordlys"]
    assert shown("?verdict=over") == []
    with time_machine.travel(NOW + timedelta(hours=5), tick=False):
        assert shown("?verdict=over") == ["#Nordlys"]


def test_history_has_every_check(
    workspace: Workspace, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    check(marketer, AVOID)
    made = check(manager)

    page = client_as(marketer).get(made.hashtag.get_absolute_url()).content.decode()

    assert page.index("Northern lights.") < page.index("A town in grief.")
    assert 'href="https://example.org/news"' in page


def test_list_asks_the_same_of_the_database_for_one_and_for_many(
    workspace: Workspace, marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)
    check(marketer)
    one = queries_of(client, url(workspace))
    for number in range(20):
        check(marketer, tag=f"lys{number}")
        check(marketer, AVOID, tag=f"lys{number}")

    assert queries_of(client, url(workspace)) == one
