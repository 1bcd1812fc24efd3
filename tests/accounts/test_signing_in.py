"""Signing up, in and out, the demo's people, and one's profile."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.forms import ProfileForm
from accounts.models import User
from tests.conftest import ClientAs
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

ANSWERS = {"name": "Kari Nordmann", "email": "Kari@Example.org", "password1": PASSWORD}


@pytest.fixture
def demo(workspace: Workspace, settings: Settings) -> Membership:
    settings.DEMO_SIGN_INS = True
    user = UserFactory.create(name="Eli Demo", is_demo=True)
    return MembershipFactory.create(workspace=workspace, user=user, role=Role.MANAGER)


def test_open_sign_up_leads_to_a_first_workspace(db: None, settings: Settings) -> None:
    """In a demo; elsewhere the address is confirmed first."""
    settings.OPEN_SIGN_UP = settings.DEMO_SIGN_INS = True
    client = Client()

    response = client.post(reverse("account_signup"), ANSWERS, follow=True)

    person = User.objects.get()
    assert (person.name, person.email) == ("Kari Nordmann", "kari@example.org")
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == reverse("workspaces:list")
    assert "You are in no workspace yet" in response.content.decode()


def test_sign_up_has_a_place_that_says_which_time_zone_is_taken(
    db: None, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = True

    page = Client().get(reverse("account_signup")).content.decode()

    assert "data-guess-zone" in page
    taken = page.partition("data-zone-taken")[2].partition("</p>")[0]
    assert "<bdi data-zone-name></bdi>" in taken
    assert "You can change it in your profile." in taken


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("America/Lima", "America/Lima"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Mars/Base", "Europe/Oslo"),
        ("Etc/GMT-1", "Europe/Oslo"),
        ("x" * 999, "Europe/Oslo"),
        ("", "Europe/Oslo"),
    ],
)
def test_sign_up_takes_the_browsers_time_zone_if_it_is_one(
    told: str, zone: str, db: None, settings: Settings
) -> None:
    settings.OPEN_SIGN_UP = True

    Client().post(reverse("account_signup"), {**ANSWERS, "timezone": told})

    assert User.objects.get().timezone == zone


@pytest.mark.parametrize(
    "wrong",
    [
        {"password1": "kari@example.org"},
        {"password1": "short"},
        {"password1": "Kari Nordmann"},
        {"password1": "password1234"},
        {"email": "nobody"},
        {"name": ""},
        {"name": "x" * 121},
    ],
)
def test_sign_up_refuses(wrong: dict[str, str], db: None, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True

    response = Client().post(reverse("account_signup"), {**ANSWERS, **wrong})

    assert response.status_code == 200
    assert not User.objects.exists()


def test_sign_up_says_in_one_line_what_a_password_holds(db: None, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True

    page = Client().get(reverse("account_signup")).content.decode()

    _before, said = page.split('id="id_password1_helptext"')
    assert re.findall("<li>(.*?)</li>", said) == [
        "At least 12 characters.",
        "Not a common password.",
        "Not your name or address.",
    ]


@pytest.mark.parametrize(
    "wrong", ["short", "password1234", "post.office@example.org", "Solveig Fjord"]
)
def test_password_is_not_changed_to_one_that_others_guess(
    wrong: str, workspace: Workspace, client_as: ClientAs
) -> None:
    user = UserFactory.create(name="Solveig Fjord", email="post.office@example.org")
    client = client_as(MembershipFactory.create(workspace=workspace, user=user))
    answers = {"oldpassword": PASSWORD, "password1": wrong, "password2": wrong}

    response = client.post(reverse("account_change_password"), answers)

    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


SIGNED_OUT = {
    "account_signup": {
        "Your name: Fill this in.",
        "Email address: Fill this in.",
        "Password: Fill this in.",
    },
    "account_login": {"Email address: Fill this in.", "Password: Fill this in."},
    "account_reset_password": {"Email address: Fill this in."},
}
SIGNED_IN = {
    "account_email": {"Email address: Fill this in."},
    "account_change_password": {
        "Password now: Fill this in.",
        "New password: Fill this in.",
        "New password, again: Fill this in.",
    },
    "account_reauthenticate": {"Password: Fill this in."},
}


@pytest.mark.parametrize(("name", "sentences"), [*SIGNED_OUT.items(), *SIGNED_IN.items()])
def test_error_summary_names_the_fields_as_the_form_does(
    name: str,
    sentences: set[str],
    reader: Membership,
    client_as: ClientAs,
    settings: Settings,
) -> None:
    settings.OPEN_SIGN_UP = True
    client = client_as(reader) if name in SIGNED_IN else Client()

    page = client.post(reverse(name), {"action_add": ""}).content.decode()

    summary = page[page.index("data-error-summary") : page.index("</section>")]
    items = set(re.findall(r'<a href="#\w+">(.*?)</a>', summary))
    fields = " ".join(page[page.index("</section>") :].split())
    assert items == sentences
    for sentence in sentences:
        label, _colon, wrong = sentence.partition(": ")
        assert f"> {label} </label>" in fields
        assert f"<span>{wrong}</span>" in fields


def test_sign_in_and_out(reader: Membership) -> None:
    client = Client()
    values = {"login": reader.user.email.upper(), "password": PASSWORD}

    assert client.post(reverse("account_login"), values).headers["Location"] == "/"
    assert client.get("/w/fjordlys/people/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/w/fjordlys/people/").status_code == 302


def test_closed_account_cannot_come_in(reader: Membership, client_as: ClientAs) -> None:
    client = client_as(reader)
    reader.user.is_active = False
    reader.user.save()

    assert client.get("/w/fjordlys/people/").status_code == 302


def test_guessing_is_slowed_down(reader: Membership) -> None:
    client = Client()
    wrong = {"login": reader.user.email, "password": "guess number nine"}

    for _number in range(6):
        client.post(reverse("account_login"), wrong)
    right = client.post(
        reverse("account_login"), {"login": reader.user.email, "password": PASSWORD}
    )

    assert right.status_code != 302


def test_password_is_reset_by_letter(reader: Membership) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": reader.user.email})
    (letter,) = mail.outbox
    assert letter.subject == "Choose a new password"
    found = re.search(r"http://\S+(/accounts/password/reset/key/\S+/)", str(letter.body))
    assert found

    page = client.get(found[1], follow=True)
    new = "an even quieter harbour"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert Client().login(email=reader.user.email, password=new)


def test_a_new_address_is_confirmed_by_letter(db: None, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True
    client = Client()

    page = client.post(reverse("account_signup"), ANSWERS, follow=True).content.decode()
    (letter,) = mail.outbox
    found = re.search(r"http://\S+(/accounts/confirm-email/\S+/)", str(letter.body))

    assert "We&#x27;ve sent an email to kari@example.org." in page
    assert "Successfully" not in page
    assert letter.subject == "Confirm your email address"
    assert "!" not in str(letter.body)
    # Whoever signs up with somebody else's address must not put words into a letter to them.
    assert "Nordmann" not in str(letter.body)
    assert found
    confirmed = client.post(found[1], follow=True).content.decode()
    assert "kari@example.org is confirmed." in confirmed


def test_an_address_in_use_gets_a_letter_instead(reader: Membership, settings: Settings) -> None:
    settings.OPEN_SIGN_UP = True
    answers = {**ANSWERS, "email": reader.user.email, "password1": "somebody else's harbour"}

    Client().post(reverse("account_signup"), answers)
    (letter,) = mail.outbox

    assert letter.subject == "You have an account already"
    assert reverse("account_reset_password") in str(letter.body)


def test_unknown_address_gets_no_letter(db: None) -> None:
    Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert mail.outbox == []


def test_demo_people_are_offered_and_signed_in(demo: Membership) -> None:
    client = Client()

    assert "Eli Demo" in client.get(reverse("account_login")).content.decode()
    assert client.get("/accounts/demo/manager/").status_code == 405
    assert client.post("/accounts/demo/manager/").headers["Location"] == "/"
    assert client.get("/w/fjordlys/people/").status_code == 200
    assert Client().post("/accounts/demo/admin/").status_code == 404
    for address in ("https://elsewhere.example/", "//elsewhere.example/"):
        away = Client().post("/accounts/demo/manager/", {"next": address})
        assert away.headers["Location"] == "/"
    inside = Client().post("/accounts/demo/manager/", {"next": "/w/fjordlys/people/"})
    assert inside.headers["Location"] == "/w/fjordlys/people/"
    nonsense = Client().post("/accounts/demo/manager/", {"next": "Infinity"})
    assert nonsense.headers["Location"] == "/"


def test_demo_is_refused_outside_the_demo(demo: Membership, settings: Settings) -> None:
    settings.DEMO_SIGN_INS = False

    assert Client().post("/accounts/demo/manager/").status_code == 404
    assert "Eli Demo" not in Client().get(reverse("account_login")).content.decode()


def test_demo_never_signs_in_a_real_person(demo: Membership) -> None:
    User.objects.update(is_demo=False)

    assert Client().post("/accounts/demo/manager/").status_code == 404


def profile(person: User, **changed: str) -> dict[str, str]:
    """What the form of a page that ``person`` opened now sends."""
    as_it_is = {"name": person.name, "timezone": person.timezone, "language": person.language}
    return {**as_it_is, "began": ProfileForm(instance=person).began_now, **changed}


def test_profile_is_saved(reader: Membership, client_as: ClientAs) -> None:
    client, url = client_as(reader), reverse("accounts:profile")
    values = profile(reader.user, name="Rita R.", timezone="Asia/Tokyo")

    assert values["began"] in unescape(client.get(url).content.decode())
    assert client.post(url, values).headers["Location"] == url

    person = User.objects.get(pk=reader.user_id)
    assert (person.name, person.timezone) == ("Rita R.", "Asia/Tokyo")


@pytest.mark.parametrize("missing", [{}, {"began": "junk"}])
def test_profile_of_a_page_that_says_no_beginning_is_asked_about(
    missing: dict[str, str], reader: Membership, client_as: ClientAs
) -> None:
    client, url = client_as(reader), reverse("accounts:profile")
    values = profile(reader.user, name="Rita R.")
    old = {name: value for name, value in values.items() if name != "began"} | missing

    response = client.post(url, old)
    page = response.content.decode()

    assert response.status_code == 409
    assert "changed elsewhere" in page
    assert 'value="Rita R."' in page
    assert User.objects.get(pk=reader.user_id).name == "Rita Reader"
    assert client.post(url, values).status_code == 302
    assert User.objects.get(pk=reader.user_id).name == "Rita R."


def test_profile_keeps_what_another_window_changed(reader: Membership, client_as: ClientAs) -> None:
    client, url = client_as(reader), reverse("accounts:profile")
    here, there = profile(reader.user, name="Rita R."), profile(reader.user, timezone="Asia/Tokyo")

    client.post(url, there)
    client.post(url, here)

    person = User.objects.get(pk=reader.user_id)
    assert (person.name, person.timezone) == ("Rita R.", "Asia/Tokyo")


def test_profile_refuses_what_does_not_exist(reader: Membership, client_as: ClientAs) -> None:
    values = profile(reader.user, name="", timezone="Mars/Base", language="tlh")

    response = client_as(reader).post(reverse("accounts:profile"), values)

    assert response.status_code == 200
    assert User.objects.get(pk=reader.user_id).name == "Rita Reader"
    assert Client().get(reverse("accounts:profile")).status_code == 302
