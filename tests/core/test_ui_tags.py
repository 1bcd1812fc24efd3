"""The tags and filters of every template."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

from core.findings import Finding, Severity
from core.forms import PlannerForm
from core.templatetags import ui_tags
from core.text import isolated

OSLO = SimpleNamespace(timezone="Europe/Oslo")


def render(source: str, **context: object) -> str:
    return Template("{% load ui_tags %}" + source).render(Context(context))


def test_icon_without_label_is_hidden_from_screen_readers() -> None:
    drawn = render('{% icon "check" small=True %}')

    assert 'class="i i-s"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "dist/sprite.svg#i-check" in drawn


def test_icon_with_label_says_it() -> None:
    drawn = render('{% icon "check" label=words %}', words="<right>")

    assert 'role="img"' in drawn
    assert 'aria-label="&lt;right&gt;"' in drawn


def test_icons_of_python_and_components_exist_in_the_sprite() -> None:
    names = json.loads((settings.BASE_DIR / "static" / "icons.json").read_text())

    assert set(ui_tags._ICONS.values()) <= set(names)
    assert {"block", "warn", "check", "tip"} <= set(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ingrid Solheim", "IS"),
        ("Kari Anne Nes (Nordvik)", "KN"),
        ("kari", "K"),
        ("", ""),
        ("…", ""),
        ("Åse Ødegård", "ÅØ"),
    ],
)
def test_initials_of_a_name(name: str, expected: str) -> None:
    assert ui_tags.initials(name) == expected


def test_face_has_the_same_colour_for_the_same_name() -> None:
    assert render("{% face name %}", name="Kari Nes") == render("{% face name %}", name="Kari Nes")


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC))
def test_when_names_day_hour_and_place_in_the_workspaces_zone() -> None:
    moment = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)

    assert ui_tags.when(moment, OSLO) == "Tue\u00a024\u00a0Nov, 14:30 (Oslo)"


@time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
def test_when_counts_the_year_in_the_workspaces_zone() -> None:
    """In Oslo it is 2027 already."""
    assert ui_tags.when(datetime(2026, 12, 31, 23, 15, tzinfo=UTC), OSLO) == (
        "Fri\u00a01\u00a0Jan, 00:15 (Oslo)"
    )
    assert ui_tags.when(datetime(2026, 12, 31, 12, 0, tzinfo=UTC), OSLO) == (
        "Thu\u00a031\u00a0Dec\u00a02026, 13:00 (Oslo)"
    )


def test_when_of_a_place_with_two_words() -> None:
    zone = SimpleNamespace(timezone="America/New_York")

    assert ui_tags.when(datetime(2020, 7, 1, 12, tzinfo=UTC), zone) == (
        "Wed\u00a01\u00a0Jul\u00a02020, 08:00 (New York)"
    )


@time_machine.travel(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
def test_when_on_the_night_the_clocks_change() -> None:
    assert (
        ui_tags.when(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), OSLO)
        == "Sun\u00a029\u00a0Mar, 01:59 (Oslo)"
    )
    assert (
        ui_tags.when(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), OSLO)
        == "Sun\u00a029\u00a0Mar, 03:00 (Oslo)"
    )


def test_when_and_clock_of_nothing_are_empty() -> None:
    assert ui_tags.when(None, OSLO) == ""
    assert ui_tags.clock(None, OSLO) == ""
    assert ui_tags.day(None) == ""


def test_clock_is_hour_and_minute() -> None:
    assert ui_tags.clock(datetime(2026, 11, 23, 11, 3, tzinfo=UTC), OSLO) == "12:03"


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC))
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 24), "Tue\u00a024\u00a0Nov"),
        (date(2027, 1, 4), "Mon\u00a04\u00a0Jan\u00a02027"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "Tue\u00a024\u00a0Nov"),
    ],
)
def test_day_has_the_year_only_when_it_is_another(value: date, expected: str) -> None:
    assert ui_tags.day(value) == expected


def test_paragraphs_escape_and_keep_lines() -> None:
    assert ui_tags.paragraphs("One\r\ntwo\n\n\n<b>three</b>") == (
        '<p dir="auto">One<br>two</p>\n<p dir="auto">&lt;b&gt;three&lt;/b&gt;</p>'
    )
    assert ui_tags.paragraphs("") == ""
    assert ui_tags.paragraphs(None) == ""


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_look_icon_and_words(severity: Severity) -> None:
    assert ui_tags.look(severity.value) in {"bad", "warn", "tip"}
    assert ui_tags.severity_icon(severity.value)
    assert ui_tags.severity_label(severity.value) == str(severity.label)


def test_finding_component_says_kind_sentence_and_link() -> None:
    finding = Finding(
        severity=Severity.BLOCKER,
        code="no_audience",
        sentence="No <audience>.",
        link="Add one",
        url="/there/",
    )

    drawn = render('{% include "components/finding.html" with url=finding.url %}', finding=finding)

    assert "Must be fixed" in drawn
    assert "No &lt;audience&gt;." in drawn
    assert '<a href="/there/">Add one</a>' in drawn


@pytest.mark.parametrize(
    ("level", "look", "icon"),
    [
        (constants.ERROR, "bad", "block"),
        (constants.WARNING, "warn", "warn"),
        (constants.SUCCESS, "good", "check"),
        (constants.INFO, "tip", "tip"),
    ],
)
def test_message_look_and_icon(level: int, look: str, icon: str) -> None:
    message = Message(level, "Done.")

    assert ui_tags.message_look(message) == look
    assert ui_tags.message_icon(message) == icon


def test_undo_url_only_of_messages_that_can_be_undone() -> None:
    assert ui_tags.undo_url(Message(constants.SUCCESS, "Removed.", "undo:/w/a/restore/")) == (
        "/w/a/restore/"
    )
    assert ui_tags.undo_url(Message(constants.SUCCESS, "Removed.", "undone")) == ""
    assert ui_tags.undo_url(Message(constants.SUCCESS, "Removed.")) == ""


class Lone(PlannerForm):
    """No fields, one error of the whole form."""

    def clean(self) -> None:
        self.add_error(None, "Together they do not fit.")


def test_error_items_of_an_unbound_form_are_none() -> None:
    assert ui_tags.error_items(Lone()) == []
    assert ui_tags.error_items(None) == []


def test_error_items_without_field_have_no_target() -> None:
    items = ui_tags.error_items(Lone({}))

    assert items == [ui_tags.ErrorItem("", "", "Together they do not fit.")]


def test_a_sentence_writes_its_names_apart_and_escapes_them() -> None:
    text = f"{isolated('أحمد <b>')} left “{isolated('Kari')}”."

    assert ui_tags.sentence(text) == "<bdi>أحمد &lt;b&gt;</bdi> left “Kari”."
    assert ui_tags.sentence("An open \u2068 mark \u2069\u2069") == "An open <bdi> mark </bdi>\u2069"
    assert ui_tags.sentence("\u2068 alone <i>") == "\u2068 alone &lt;i&gt;"
