"""The log: sentences, changes, the page."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from activity.activity_types import LONGEST, changes_of, is_known, sentence_of
from activity.entries import entries_of
from activity.models import Record
from activity.services import record
from tests.conftest import ClientAs
from tests.queries import queries_of
from workspaces.forms import SettingsForm
from workspaces.models import Membership

URL = "/w/fjordlys/activity/"


def write(by: Membership, number: int = 0) -> Record:
    return record(
        by.workspace,
        by=by.user,
        verb="members.changed",
        subject=("member", str(uuid.uuid4())),
        label=f"Person number {number}",
        changes={"role": ["reader", "manager"], "company": ["", "Nordlicht"]},
    )


def test_sentence_and_changes_are_words(admin: Membership) -> None:
    entry = write(admin)

    assert sentence_of(entry) == "Ada Admin changed the membership of Person number 0."
    assert [(c.label, c.before, c.after) for c in changes_of(entry, entry.changes)] == [
        ("Role", "Reader", "Manager"),
        ("Company", "", "Nordlicht"),
    ]


def test_field_is_called_as_its_own_kind_calls_it_and_dates_are_words(admin: Membership) -> None:
    changes: dict[str, list[Any]] = {
        "by_on": ["2027-13-01", "2027-06-01"],
        "not_known": [["Target"], []],
    }
    told = [
        changes_of(Record(verb="strategies.row_saved", subject_kind=kind), changes)
        for kind in ("objective", "kpi")
    ]

    assert [(c.label, c.before, c.after) for c in told[0]] == [
        ("By when?", "2027-13-01", "Tue\u00a01\u00a0Jun\u00a02027"),
        ("Not known yet", "Target", ""),
    ]
    assert told[1][0].label == "Target reached by"


def test_what_has_a_name_of_its_own_is_quoted_and_its_own_marks_are_single(
    admin: Membership,
) -> None:
    said = [
        sentence_of(Record(verb=verb, by=admin.user, label=label))
        for verb, label in [
            ("strategies.strategy_archived", "An idea that was left"),
            ("strategies.version_submitted", "“Light” in 2027, version 2"),
            ("networks.channel_added", "Instagram: @fjordlys"),
            ("members.removed", "Per “Pelle” Holm"),
        ]
    ]

    assert said == [
        "Ada Admin archived the strategy “An idea that was left”.",
        "Ada Admin submitted “‘Light’ in 2027, version 2” for review.",
        "Ada Admin added the channel “Instagram: @fjordlys”.",
        "Ada Admin removed Per “Pelle” Holm from the workspace.",
    ]


def test_field_stands_alone_and_its_number_is_written_as_on_the_pages() -> None:
    changes: dict[str, list[Any]] = {
        "highest": [6, 1400],
        "note": ["", "48000"],
    }
    figures: dict[str, list[Any]] = {"baseline": ["", "48000.00"], "target": ["12.50", "a lot"]}
    told = [
        *changes_of(Record(verb="strategies.row_saved", subject_kind="post-kind"), changes),
        *changes_of(Record(verb="strategies.row_saved", subject_kind="kpi"), figures),
    ]

    assert [(c.label, c.before, c.after) for c in told] == [
        ("Highest number of posts", "6", "1,400"),
        ("What is posted there?", "", "48000"),
        ("Figure today", "", "48,000"),
        ("Target", "12.5", "a lot"),
    ]


def test_settings_are_called_in_the_log_as_on_their_page(admin: Membership) -> None:
    form = SettingsForm(instance=admin.workspace)
    asked = {name: str(field.label) for name, field in form.fields.items() if name != "began"}

    told = changes_of(
        Record(verb="workspaces.settings_changed"), {name: ["", "x"] for name in asked}
    )

    assert [change.label for change in told] == list(asked.values())


def test_unknown_verb_and_person_still_read(admin: Membership) -> None:
    entry = Record(verb="gone.verb", label="100 % of it", changes={"a_field": [None, ["x", True]]})

    assert sentence_of(entry) == "Strategy Planner changed 100 % of it."
    assert [(c.label, c.after) for c in changes_of(entry, entry.changes)] == [("A field", "x, yes")]


NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def saved(
    by: Membership,
    minute: int,
    place: str = "a row",
    verb: str = "networks.channel_saved",
    **changes: list[Any],
) -> Record:
    """A save of ``by`` so many minutes after noon."""
    entry = record(by.workspace, by=by.user, verb=verb, subject=("row", place), changes=changes)
    entry.at = NOON + timedelta(minutes=minute)
    entry.save(update_fields=["at"])
    return entry


def read() -> list[tuple[str, int, list[tuple[str, str, str]]]]:
    """The entries: who, the minute of the last save, what changed."""
    return [
        (
            str(entry.record.by),
            (entry.record.at - NOON) // timedelta(minutes=1),
            [(change.label, change.before, change.after) for change in entry.changes],
        )
        for entry in entries_of(Record.objects.for_page())
    ]


def test_what_is_typed_in_one_go_is_one_entry(admin: Membership) -> None:
    saved(admin, 0, handle=["", "No"])
    saved(admin, 9, handle=["No", "Nordli"], state=["reader", "manager"])
    saved(admin, 19, handle=["Nordli", "Nordlicht"], state=["manager", "reader"])

    assert read() == [("Ada Admin", 19, [("Name of the account", "", "Nordlicht")])]


def test_pause_place_and_person_begin_an_entry_of_their_own(
    admin: Membership, manager: Membership
) -> None:
    saved(admin, 0, handle=["", "A"])
    saved(admin, 11, handle=["A", "B"])
    saved(manager, 12, handle=["B", "C"])
    saved(admin, 13, "another row", handle=["", "D"])
    saved(admin, 14, handle=["C", "E"])

    assert read() == [
        ("Ada Admin", 14, [("Name of the account", "C", "E")]),
        ("Ada Admin", 13, [("Name of the account", "", "D")]),
        ("Magnus Manager", 12, [("Name of the account", "B", "C")]),
        ("Ada Admin", 11, [("Name of the account", "A", "B")]),
        ("Ada Admin", 0, [("Name of the account", "", "A")]),
    ]


def test_deeds_without_changes_are_never_joined(admin: Membership) -> None:
    saved(admin, 0)
    saved(admin, 1, handle=["", "A"])
    saved(admin, 2)

    assert [minute for _who, minute, _changes in read()] == [2, 1, 0]


@pytest.mark.parametrize(
    ("verb", "first", "second"),
    [
        ("members.changed", {"role": ["reader", "admin"]}, {"role": ["admin", "reader"]}),
        ("members.handed_over", {"roadmap": ["Mari", "Ann (3)"]}, {"roadmap": ["Mari", "Bo (1)"]}),
        ("strategies.reviewer_asked", {"reviewer": ["", "Ann"]}, {"reviewer": ["", "Bo"]}),
        ("strategies.rows_pasted", {"goal": [None, ["One"]]}, {"goal": [None, ["Two"]]}),
    ],
)
def test_what_is_decided_always_stands_by_itself(
    admin: Membership, verb: str, first: dict[str, list[Any]], second: dict[str, list[Any]]
) -> None:
    saved(admin, 0, "a row", verb, **first)
    saved(admin, 1, "a row", verb, **second)

    assert [len(changes) for _who, _minute, changes in read()] == [1, 1]


def test_what_another_person_changed_in_between_is_not_told_of_one(
    admin: Membership, manager: Membership
) -> None:
    saved(admin, 0, handle=["", "A"])
    saved(manager, 1, handle=["A", "B"])
    saved(admin, 2, handle=["B", "C"])

    entries = entries_of(Record.objects.for_page().filter(by=admin.user))

    assert [(entry.changes[0].before, entry.changes[0].after) for entry in entries] == [
        ("B", "C"),
        ("", "A"),
    ]


def test_label_is_cut_to_what_the_log_holds(admin: Membership) -> None:
    entry = record(
        admin.workspace, by=None, verb="members.invited", subject=("x", ""), label="ø" * 201
    )

    entry.refresh_from_db()
    assert entry.label == "ø" * 200


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST - 1) + " y", "x" * (LONGEST - 1) + "…"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ([], ""),
        ({}, ""),
        ({"a": 1}, "1 entry"),
        ({"a": 1, "b": 2}, "2 entries"),
        (["One", "", "Two"], "One, , Two"),
    ],
)
def test_value_is_written_as_a_person_would(value: object, words: str) -> None:
    told = changes_of(Record(verb="gone.verb"), {"a_field": [None, value]})

    assert [change.after for change in told] == [words]


def test_page_shows_newest_first_and_one_person(
    admin: Membership, manager: Membership, stranger: Membership, client_as: ClientAs
) -> None:
    write(admin, 1)
    write(manager, 2)
    write(stranger, 3)
    client = client_as(admin)

    page = client.get(URL).content.decode()
    filtered = client.get(URL, {"person": str(manager.uid)}).content.decode()

    assert page.index("number 2") < page.index("number 1")
    assert "number 3" not in page
    assert "number 2" in filtered
    assert "number 1" not in filtered
    assert client.get(URL, {"person": str(stranger.uid)}).status_code == 200
    assert "number 3" not in client.get(URL, {"person": str(stranger.uid)}).content.decode()


def test_page_is_paged_and_costs_the_same(admin: Membership, client_as: ClientAs) -> None:
    client = client_as(admin)
    write(admin)
    one = queries_of(client, URL)
    for number in range(60):
        write(admin, number)

    assert queries_of(client, URL) == one
    assert "Page 1 of 2" in client.get(URL).content.decode()
    assert client.get(URL, {"page": "2"}).status_code == 200
    assert client.get(URL, {"page": "99"}).status_code == 404


def test_hostile_label_is_shown_as_text(admin: Membership, client_as: ClientAs) -> None:
    record(
        admin.workspace,
        by=admin.user,
        verb="members.invited",
        subject=("x", ""),
        label="<script>%(person)s %s</script>",
    )

    page = client_as(admin).get(URL).content.decode()

    assert "&lt;script&gt;%(person)s %s&lt;/script&gt;" in page


def test_every_verb_that_services_write_is_known() -> None:
    written = {
        verb
        for app in settings.LOCAL_APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if "services" in str(path)
        for verb in re.findall(r'verb="([a-z_]+\.[a-z_]+)"', path.read_text())
    }

    assert [verb for verb in sorted(written) if not is_known(verb)] == []


def test_long_text_that_changed_is_told_word_by_word() -> None:
    before = "Something indoors on a wet Sunday, with parking, a place to eat and a short queue."
    after = before.replace("a short queue", "no queue at all")
    told = Record(verb="gone.verb")

    (change,) = changes_of(told, {"needs": [before, after]})
    (other,) = changes_of(told, {"needs": [before, "Nothing of it stayed. " * 5]})

    assert [(one.op, one.text) for one in change.segments if one.op != "same"] == [
        ("del", "a short queue."),
        ("ins", "no queue at all."),
    ]
    assert not other.segments
    page = render_to_string("activity/changes.html", {"changes": [change]})
    assert re.findall(r"<del>.*?</span>(.*?)</del>", page) == ["a short queue."]
    assert page.count("Something indoors") <= 1
