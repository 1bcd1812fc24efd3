"""Names of people, workspaces and rows do not reorder what stands around them."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from strategies.domain.questionnaire import KINDS, STEP_OF_KIND, STEPS
from tests.crawl.addresses import addresses, visits
from tests.crawl.world import (
    World,
    build_world,
    fill_access,
    fill_calendar,
    fill_letters,
    fill_policies,
    fill_reminders,
    fill_webhooks,
)

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

INSIDE = [address for address in addresses() if address.is_inside]
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# The browser gives an option and a text box a direction of their own; a title is no part of the page.
APART = {"bdi", "title", "option", "textarea", "script", "style"}


class Canary(str):
    """A word in Arabic letters; what addresses are made of is Latin."""

    __slots__ = ()

    def lower(self) -> str:
        """Return what stands in an address."""
        return "canary"


NAME = Canary("قط")


class Loose(HTMLParser):
    """Collects the texts with ``NAME`` that stand in no ``<bdi>`` and no element of ``dir="auto"``."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        if tag not in VOID:
            self.open.append((tag, tag in APART or dict(attrs).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        """Leave it, and what was not closed inside it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Look at one text."""
        if NAME in data and not any(is_apart for _tag, is_apart in self.open):
            self.found.append(" ".join(data.split()))


def loose(html: str) -> list[str]:
    parser = Loose()
    parser.feed(html)
    return parser.found


@pytest.fixture
def world() -> World:
    """Everything in it is called by a word in Arabic letters."""
    made = build_world(NAME)
    fill_letters(made)
    fill_webhooks(made)
    fill_calendar(made)
    fill_access(made)
    fill_policies(made)
    fill_reminders(made)
    return made


def pages(world: World) -> list[str]:
    """Return every address that may show a page, and the questions with each row opened."""
    found = [visit.url for address in INSIDE for visit in visits(address, world)]
    place: list[Any] = [world.workspace.slug, world.things["strategy"].uid]
    found += [reverse("strategies:question", args=[*place, step.code]) for step in STEPS]
    for code in KINDS:
        question = reverse("strategies:question", args=[*place, STEP_OF_KIND[code].code])
        found.append(f"{question}?open={world.things[f'row:{code}'].uid}")
    return [*found, reverse("home"), reverse("workspaces:list"), reverse("accounts:profile")]


@pytest.mark.parametrize("role", ["admin", "marketer", "reader"])
def test_a_name_stands_in_an_element_of_its_own_direction(role: str, world: World) -> None:
    client = Client()
    client.force_login(world.people[role])
    seen = 0
    wrong: dict[str, str] = {}

    for url in dict.fromkeys(pages(world)):
        answer = client.get(url)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        wrong |= dict.fromkeys(loose(answer.content.decode()), url)

    assert seen > 30
    assert not wrong, "\n".join(f"{text!r} on {url}" for text, url in wrong.items())


def test_a_loose_name_would_be_found() -> None:
    assert loose(f"<p>Hello {NAME}</p><p dir=auto>{NAME}</p>") == [f"Hello {NAME}"]
    assert loose(f"<p>Hello <bdi>{NAME}</bdi></p><br><p title='{NAME}'>x</p>") == []
