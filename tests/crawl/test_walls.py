"""The walls: every address × method × visitor, built on the resolver.

Nothing of the other workspace is ever seen, nothing of it is ever changed, nothing is ever a 500.
"""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.forms import BaseForm, ModelChoiceField
from django.http import HttpResponse
from django.test import Client

from tests.crawl.addresses import OWNED, Address, addresses, mixed_urls, urls
from tests.crawl.table import METHODS, RULES, Open, Personal, ReadWrite, Rule
from tests.crawl.world import World, fingerprint, leave, references_across
from workspaces.enums import Role
from workspaces.permissions import ROLE_PERMISSIONS
from workspaces.permissions import Permission as May

pytestmark = pytest.mark.django_db

ALL = addresses()
INSIDE = [address for address in ALL if address.is_inside]
OUTSIDE = [address for address in ALL if not address.is_inside]
NEVER = {403, 404}


def named(address: Address) -> str:
    return address.name


def visitor(world: World, code: str) -> Client:
    """A browser signed in as one of the world's people."""
    client = Client(raise_request_exception=False)
    client.force_login(world.people[code])
    return client


def ask(client: Client, method: str, url: str, **data: Any) -> HttpResponse:
    """One request; the body is a form."""
    if method == "POST":
        return client.post(url, data)  # type: ignore[return-value]
    return client.generic(method, url)  # type: ignore[return-value]


def shown(response: HttpResponse) -> str:
    """All that a response lets out: head and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return f"{response.headers} {body.decode(errors='replace')}"


class Undo(Exception):
    """Ends a savepoint."""


def in_vain(client: Client, method: str, url: str, **data: Any) -> HttpResponse:
    """One request whose writes are rolled back afterwards, so that the next one finds the world."""
    found: list[HttpResponse] = []
    try:
        with transaction.atomic():
            found.append(ask(client, method, url, **data))
            raise Undo
    except Undo:
        return found[0]


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    names = {address.name for address in ALL}

    assert names - set(RULES) == set(), "give these a line in tests/crawl/table.py"
    assert set(RULES) - names == set(), "these are gone"


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_outsiders_find_nothing_and_change_nothing(
    address: Address, ours: World, theirs: World
) -> None:
    leave(theirs)
    before = fingerprint(theirs)
    strangers = [visitor(ours, "admin"), visitor(theirs, "gone")]
    turned_away = [Client(raise_request_exception=False), visitor(theirs, "deactivated")]

    for url in urls(address, theirs, every_kind=True):
        for method in METHODS:
            for client in strangers:
                response = ask(client, method, url)
                assert response.status_code == 404, f"{method} {url}"
                assert theirs.canary not in shown(response), f"{method} {url}"
            for client in turned_away:
                response = ask(client, method, url)
                assert response.status_code == 302, f"{method} {url}"
                assert response.headers["Location"].startswith("/accounts/login/")
                assert theirs.canary not in shown(response), f"{method} {url}"

    assert fingerprint(theirs) == before
    assert theirs.canary not in "".join(str(letter.message()) for letter in mail.outbox)


@pytest.mark.parametrize(
    "address", [address for address in INSIDE if OWNED & set(address.parts)], ids=named
)
def test_inside_a_thing_of_theirs_is_not_found_under_our_address(
    address: Address, ours: World, theirs: World
) -> None:
    """Every thing is looked up inside its workspace, and what is in a strategy inside that."""
    before = fingerprint(theirs)
    client = visitor(ours, "admin")
    is_looked_up_late = isinstance(RULES[address.name], Personal)

    for url in mixed_urls(address, ours, theirs):
        for method in METHODS:
            response = ask(client, method, url)
            status = 405 if is_looked_up_late and method != "POST" else 404
            assert response.status_code == status, f"{method} {url}"
            assert theirs.canary not in shown(response), f"{method} {url}"

    assert fingerprint(theirs) == before


def needed(rule: Rule, method: str) -> May | None:
    """The permission that ``rule`` asks of a member for ``method``."""
    match rule:
        case Personal():
            return rule.permission
        case ReadWrite():
            return rule.write if method == "POST" else rule.read
        case Open():
            return None
        case _:
            return rule


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_members_get_what_their_role_allows(
    address: Address, ours: World, theirs: World
) -> None:
    rule = RULES[address.name]
    before = fingerprint(theirs)

    for url in urls(address, ours, every_kind=False):
        for role in Role:
            client = visitor(ours, role)
            for method in METHODS:
                may = needed(rule, method) in ROLE_PERMISSIONS[role]
                response = in_vain(client, method, url)
                case = f"{method} {url} as {role}"
                assert response.status_code < 500, case
                assert theirs.canary not in shown(response), case
                if not may:
                    assert response.status_code == 403, case
                elif isinstance(rule, Personal) and role is not Role.MARKETER:
                    assert response.status_code in {404, 405}, case
                else:
                    assert response.status_code not in NEVER, case

    assert fingerprint(theirs) == before


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_reading_changes_nothing(address: Address, ours: World) -> None:
    client = visitor(ours, "admin")
    client.get("/")
    before = fingerprint(ours)

    for url in urls(address, ours, every_kind=True):
        for method in ("GET", "HEAD", "OPTIONS"):
            assert ask(client, method, url).status_code < 500, f"{method} {url}"

    assert fingerprint(ours) == before


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_foreign_ids_in_a_form_are_refused(
    address: Address, ours: World, theirs: World
) -> None:
    client = visitor(ours, "admin")
    before = fingerprint(theirs)

    for url in urls(address, ours, every_kind=True):
        page = client.get(url)
        for form in forms_of(page):
            data = filled_with_theirs(form, theirs)
            if data is None:
                continue
            response = in_vain_but(client, url, data, references_across)
            assert response.status_code < 500, url
            assert theirs.canary not in shown(response), url

    assert fingerprint(theirs) == before


def forms_of(page: Any) -> list[BaseForm]:
    """The forms that a page was rendered with."""
    contexts = page.context or []
    found = {
        id(value): value
        for layer in contexts
        for values in getattr(layer, "dicts", [layer])
        for value in dict(values).values()
        if isinstance(value, BaseForm)
    }
    return list(found.values())


def filled_with_theirs(form: BaseForm, theirs: World) -> dict[str, Any] | None:
    """What a person would post from ``form``, with ids of the other workspace; None without any."""
    data: dict[str, Any] = {}
    foreign = False
    for name, form_field in form.fields.items():
        full = form.add_prefix(name)
        queryset = getattr(form_field, "queryset", None)
        if isinstance(form_field, ModelChoiceField) and queryset is not None:
            model = queryset.model
            key = form_field.to_field_name or "pk"
            things = [*theirs.things.values(), *theirs.members.values(), *theirs.people.values()]
            alike = [getattr(thing, key) for thing in things if type(thing) is model]
            data[full] = alike[:1]
            foreign = foreign or bool(alike)
        else:
            value = form.get_initial_for_field(form_field, name)
            data[full] = "typed" if value in (None, "") else value
    return data if foreign else None


def in_vain_but(client: Client, url: str, data: dict[str, Any], look: Any) -> HttpResponse:
    """POST, look at what was written before it is rolled back."""
    found: list[HttpResponse] = []
    try:
        with transaction.atomic():
            found.append(client.post(url, data))  # type: ignore[arg-type]
            assert look() == [], url
            raise Undo
    except Undo:
        return found[0]


@pytest.mark.parametrize("address", OUTSIDE, ids=named)
def test_outside_nothing_is_a_500_and_nothing_is_let_out(
    address: Address, ours: World, theirs: World
) -> None:
    rule = RULES[address.name]
    assert isinstance(rule, Open)
    before = fingerprint(theirs)
    anonymous = Client(raise_request_exception=False)

    for url in urls(address, theirs, every_kind=False):
        assert anonymous.get(url).status_code in rule.anonymous, url
        for method in METHODS:
            for client in (anonymous, visitor(ours, "admin")):
                response = in_vain(client, method, url)
                assert response.status_code < 500, f"{method} {url}"
                assert theirs.canary not in shown(response), f"{method} {url}"

    assert fingerprint(theirs) == before
