"""The walls: every address × method × visitor, built on the resolver.

Nothing of the other workspace is ever seen, nothing of it is ever changed, reading changes nothing
at all, nothing is ever a 500.
"""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from strategies.domain.questionnaire import KINDS
from tests.crawl.addresses import OWNED, Address, addresses, mixed_urls, visits
from tests.crawl.parameters import queries
from tests.crawl.table import READING, RULES, WRITING, Open, Personal, ReadWrite, Rule
from tests.crawl.traces import fingerprint_of_all, rows_of_world, shown, undone, watched
from tests.crawl.world import BOTH, World
from workspaces.enums import Role
from workspaces.permissions import ROLE_PERMISSIONS
from workspaces.permissions import Permission as May

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

ALL = addresses()
INSIDE = [address for address in ALL if address.is_inside]
OUTSIDE = [address for address in ALL if not address.is_inside]
NEVER = {403, 404}

#: Who looks at our pages beside the admin, who is one of the other workspace as well.
OTHERS = [role.value for role in Role if role is not Role.ADMIN]


def named(address: Address) -> str:
    return address.name


def ask(client: Client, method: str, url: str, query: dict[str, str] | None = None) -> HttpResponse:
    """One request; the body of a POST is an empty form."""
    if method == "POST":
        return client.post(url, query_params=query)  # type: ignore[return-value]
    return client.generic(method, url, query_params=query)  # type: ignore[return-value]


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    names = {address.name for address in ALL}

    assert names - set(RULES) == set(), "give these a line in tests/crawl/table.py"
    assert set(RULES) - names == set(), "these are gone"


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_outsiders_find_nothing_and_change_nothing(
    address: Address, ours: World, theirs: World, theirs_before: dict[str, str]
) -> None:
    stranger, nobody = ours.client("admin"), Client(raise_request_exception=False)
    former = [theirs.client("gone"), theirs.client("ended")]

    for number, visit in enumerate(visits(address, theirs)):
        # The views are the same for every kind of row: the other kinds are tried less.
        for method in (*READING, *WRITING) if number == 0 else ("GET", "POST"):
            case = f"{method} {visit.url}"
            is_tried_by_all = number == 0 and method in {"GET", "POST"}
            for client in (stranger, *former) if is_tried_by_all else (stranger,):
                response = ask(client, method, visit.url)
                assert response.status_code == 404, case
                assert not theirs.is_in(shown(response)), case
            for client in (nobody, theirs.client("deactivated")) if is_tried_by_all else (nobody,):
                response = ask(client, method, visit.url)
                assert response.status_code == 302, case
                assert response.headers["Location"].startswith("/accounts/login/"), case
                assert not theirs.is_in(shown(response)), case

    assert rows_of_world(theirs) == theirs_before
    assert not theirs.is_in("".join(str(letter.message()) for letter in mail.outbox))


@pytest.mark.parametrize(
    "address", [address for address in INSIDE if OWNED & set(address.parts)], ids=named
)
def test_inside_a_thing_of_theirs_is_not_found_under_our_address(
    address: Address, ours: World, theirs: World, theirs_before: dict[str, str]
) -> None:
    """Every thing is looked up inside its workspace, and what is in a strategy inside that.

    The visitor is an admin of both: being let in there is no key to it here.
    """
    client = ours.client(BOTH)

    for kind in KINDS if "row" in address.parts else ["audience"]:
        is_first = kind == "audience"
        for url in mixed_urls(address, ours, theirs, kind):
            for method in (*READING, *WRITING) if is_first else ("POST",):
                response = ask(client, method, url)
                assert response.status_code == 404, f"{method} {url}"
                assert not theirs.is_in(shown(response)), f"{method} {url}"

    assert rows_of_world(theirs) == theirs_before


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


def check_status(status: int, address: Address, method: str, role: Role, case: str) -> None:
    """Hold the answer that a member gets to the table."""
    rule = RULES[address.name]
    assert status < 500, case
    if needed(rule, method) not in ROLE_PERMISSIONS[role]:
        assert status == 403, case
    elif isinstance(rule, Personal) and role is not Role.MARKETER:
        assert status == 404, case
    else:
        assert status not in NEVER, case


Reading = tuple[str, str, str, dict[str, str]]


def readings(address: Address, ours: World) -> Iterator[Reading]:
    """Yield who reads how: code, method, URL and query.

    The admin reads every kind of row with every value of every parameter, the others every
    question, and one kind of row with one value.
    """
    for number, visit in enumerate(visits(address, ours)):
        for query in queries(address, ours, visit):
            yield BOTH, "GET", visit.url, query
        for method in ("HEAD", "OPTIONS") if number == 0 else ():
            yield BOTH, method, visit.url, {}
        for code in OTHERS if number == 0 or "step" in address.parts else ():
            for query in queries(address, ours, visit, every=False) if number == 0 else [{}]:
                yield code, "GET", visit.url, query


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_reading_shows_what_the_role_allows_and_changes_nothing(
    address: Address, ours: World, theirs: World, all_before: str
) -> None:
    for code, method, url, query in readings(address, ours):
        case = f"{method} {url} {query} as {code}"
        with watched() as written:
            response = ask(ours.client(code), method, url, query)
        role = Role.ADMIN if code == BOTH else Role(code)
        check_status(response.status_code, address, method, role, case)
        assert written == [], case
        assert not theirs.is_in(shown(response)), case
        assert code == Role.MARKETER or ours.secret not in shown(response), case

    assert fingerprint_of_all() == all_before


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_who_decides_alone_reads_nothing_of_others(
    address: Address, alone: World, ours: World, theirs: World
) -> None:
    """Some lists stand only where there is no second reader."""
    client = alone.client("admin")

    for visit in visits(address, alone, every=False):
        with watched() as written:
            response = ask(client, "GET", visit.url)
        assert response.status_code < 500, visit.url
        assert written == [], visit.url
        assert not theirs.is_in(shown(response)), visit.url
        assert not ours.is_in(shown(response)), visit.url


@pytest.mark.parametrize("address", INSIDE, ids=named)
def test_inside_members_write_what_their_role_allows(
    address: Address, ours: World, theirs: World, theirs_before: dict[str, str]
) -> None:
    for visit in visits(address, ours, every=False):
        for role in Role:
            client = ours.client(role)
            for method in WRITING if role in {Role.READER, Role.ADMIN} else ("POST",):
                case = f"{method} {visit.url} as {role}"
                with undone():
                    response = ask(client, method, visit.url)
                check_status(response.status_code, address, method, role, case)
                assert not theirs.is_in(shown(response)), case

    assert rows_of_world(theirs) == theirs_before


@pytest.mark.parametrize("address", OUTSIDE, ids=named)
def test_outside_nothing_is_a_500_and_nothing_is_let_out(
    address: Address, ours: World, theirs: World, theirs_before: dict[str, str]
) -> None:
    rule = RULES[address.name]
    assert isinstance(rule, Open)

    for visit in visits(address, theirs, every=False):
        for code in ("", "admin"):
            for query in queries(address, theirs, visit):
                for method in (*READING, *WRITING):
                    case = f"{method} {visit.url} {query} as {code or 'nobody'}"
                    client = ours.client(code) if code else Client(raise_request_exception=False)
                    with undone(), watched() as written:
                        response = ask(client, method, visit.url, query)
                    assert response.status_code < 500 or response.status_code in rule.anonymous, (
                        case
                    )
                    assert not theirs.is_in(shown(response)), case
                    if method in READING:
                        assert written == [], case
                    if method == "GET" and not code:
                        assert response.status_code in rule.anonymous, case

    assert rows_of_world(theirs) == theirs_before
