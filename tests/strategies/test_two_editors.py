"""Two people in one row, in every order: nobody's saved text goes without the other having seen it."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategies.models import Audience, Strategy
from strategies.services.rows import remove_row, restore_row
from strategies.services.strategies import create_strategy
from tests.conftest import ClientAs
from tests.strategies.typed import began, row_url
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db
FIELDS = ("name", "needs")
SCRIPT = {"X-Autosave": "1"}


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


@dataclass
class Editor:
    """A person with the row's form open: what stands in its fields, and what they have seen."""

    client: Client
    row: Audience
    strategy: Strategy
    fields: dict[str, str] = field(default_factory=dict)
    began: str = ""
    conflict: dict[str, Any] | None = None
    seen: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in FIELDS})
    url: str = ""

    def open(self) -> None:
        """Load the page; what was not saved is left."""
        self.row.refresh_from_db()
        self.url = row_url(self.strategy, "audience", self.row)
        self.fields = {name: getattr(self.row, name) for name in FIELDS}
        self.began, self.conflict = began(self.row, self.strategy), None
        self.see(self.fields)

    def see(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            if name in FIELDS:
                self.seen[name].add(text)

    def type(self, name: str, text: str) -> None:
        self.fields[name] = text
        self.see({name: text})

    def autosave(self, **more: str) -> None:
        """As the script does: it waits while there is something to choose."""
        if self.conflict:
            return
        answer = self.client.post(
            self.url, {**self.fields, "began": self.began, **more}, headers=SCRIPT
        )
        content = answer.json()
        if answer.status_code == 200:
            self.take(content)
        elif answer.status_code == 409:
            self.conflict = content
            self.see(content["theirs"])

    def take(self, content: dict[str, Any]) -> None:
        self.began = content["began"]
        self.fields |= {name: text for name, text in content["taken"].items() if name in FIELDS}
        self.see(content["taken"])

    def press(self, **more: str) -> None:
        """The button of a page without script; a refusal shows the page again."""
        answer = self.client.post(self.url, {**self.fields, "began": self.began, **more})
        if answer.status_code == 302:
            self.open()
            return
        form = answer.context["opened"].form
        self.began = form.began_now
        self.fields = {name: str(form[name].value()) for name in FIELDS}
        self.see(self.fields)
        self.see({one.name: one.theirs for one in form.conflicts})

    def choose(self, whose: str) -> None:
        """Answer what the script asked, and let it save."""
        if self.conflict:
            chosen, self.conflict = self.conflict, None
            self.take(chosen)
            if whose == "theirs":
                self.fields |= chosen["theirs"]
            self.autosave()


ACTS = st.one_of(
    st.tuples(st.just("type"), st.sampled_from(FIELDS), st.sampled_from("ABCDEF")),
    st.tuples(st.just("autosave")),
    st.tuples(st.just("press")),
    st.tuples(st.just("choose"), st.sampled_from(["mine", "theirs"])),
    st.tuples(st.just("open")),
    st.tuples(st.just("remove")),
    st.tuples(st.just("restore")),
    st.tuples(st.just("bring_back")),
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from([0, 1]), ACTS), min_size=2, max_size=14))
def test_no_saved_text_goes_without_being_seen(
    acts: list[tuple[int, tuple[str, ...]]],
    strategy: Strategy,
    marketer: Membership,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    row = Audience.objects.create(strategy=strategy, name="Name", needs="Needs")
    editors = [Editor(client_as(person), row, strategy) for person in (marketer, manager)]
    for editor in editors:
        editor.open()

    for who, (act, *details) in acts:
        before = Audience.objects.get(pk=row.pk)
        seen = {name: set(texts) for name, texts in editors[who].seen.items()}
        if act == "remove":
            remove_row(row, strategy=strategy, by=marketer.user)
        elif act == "restore":
            restore_row(row, strategy=strategy, by=marketer.user)
        elif act == "bring_back":
            editors[who].press(bring_back="on")
        else:
            getattr(editors[who], act)(*details)
        after = Audience.objects.get(pk=row.pk)
        for name in FIELDS:
            if getattr(after, name) != getattr(before, name):
                assert getattr(before, name) in seen[name], (who, act, name)
    row.delete()


def test_what_only_one_of_two_changed_is_kept_without_a_question(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    row = Audience.objects.create(strategy=strategy, name="Name", needs="")
    ingrid, amir = (Editor(client_as(one), row, strategy) for one in (marketer, manager))
    ingrid.open()
    amir.open()

    ingrid.type("needs", "A paragraph")
    ingrid.autosave()
    amir.type("name", "Families")
    amir.press()

    row.refresh_from_db()
    assert (row.name, row.needs) == ("Families", "A paragraph")
    assert amir.fields["needs"] == "A paragraph"


def test_the_text_that_was_not_taken_stays_in_the_history_in_full(
    strategy: Strategy, marketer: Membership, manager: Membership, client_as: ClientAs
) -> None:
    row = Audience.objects.create(strategy=strategy, name="Name", needs="")
    ingrid, amir = (Editor(client_as(one), row, strategy) for one in (marketer, manager))
    ingrid.open()
    amir.open()
    long = "Where do we park? " * 40

    ingrid.type("needs", "A paragraph")
    ingrid.autosave()
    amir.type("needs", long)
    amir.autosave()
    amir.choose("theirs")

    row.refresh_from_db()
    log = client_as(manager).get("/w/fjordlys/activity/").content.decode()
    assert row.needs == "A paragraph"
    assert long.strip() in log
    assert json.loads(amir.began)["needs"] == "A paragraph"
