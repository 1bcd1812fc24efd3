"""What is to look at in one post."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from content_calendar.findings import (
    Draft,
    DraftVersion,
    PostFinding,
    draft_of,
    run_checks,
)
from content_calendar.findings.draft import OtherVersion
from core.findings import Severity
from strategies.in_force import Answers, PostKindAnswer
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.strategies.answers_of import complete
from workspaces.models import Membership

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
IG = DraftVersion(
    channel="ig",
    channel_name="Instagram",
    network="instagram",
    state="active",
    text="Lights",
    format="image",
    at=AT,
)
LATER = AT + timedelta(hours=6)
GOOD = Draft(
    uid="post",
    text="Lights",
    category="promotional",
    day=DAY,
    versions=(IG,),
    has_media=True,
    message="message",
    today=DAY,
)


def other(at: datetime) -> OtherVersion:
    return OtherVersion("ig", at, "Something else", "image")


def answers() -> Answers:
    """A strategy that plans up to two posts a week on Instagram."""
    kind = PostKindAnswer(uid="kind", channel="ig", format="image", highest=2)
    return msgspec.structs.replace(complete(), post_kinds=(kind,))


def found(draft: Draft) -> dict[str, PostFinding]:
    return {finding.code: finding for finding in run_checks(draft)}


def test_good_post_has_nothing_to_look_at() -> None:
    assert (
        run_checks(
            replace(
                GOOD, answers=answers(), strategy_days=(DAY - timedelta(30), DAY + timedelta(30))
            )
        )
        == []
    )


CASES: tuple[tuple[str, Severity, dict[str, Any]], ...] = (
    (
        "no-text",
        Severity.BLOCKER,
        {"text": "", "has_media": False, "versions": (replace(IG, text=""),)},
    ),
    ("needs-media", Severity.WARNING, {"has_media": False}),
    ("no-channel", Severity.BLOCKER, {"versions": ()}),
    ("channel-not-in-use", Severity.WARNING, {"versions": (replace(IG, state="frozen"),)}),
    ("no-category", Severity.WARNING, {"category": ""}),
    ("source-missing", Severity.WARNING, {"origin": "others"}),
    ("permission-missing", Severity.WARNING, {"origin": "followers", "source": "Maren"}),
    ("licence-over", Severity.BLOCKER, {"licence_until": DAY - timedelta(days=1)}),
    ("consent-over", Severity.BLOCKER, {"consent_until": DAY - timedelta(days=1)}),
    ("clash", Severity.WARNING, {"others": (other(AT + timedelta(minutes=59)),)}),
    (
        "limit-text_too_long",
        Severity.BLOCKER,
        {"versions": (replace(IG, network="x", text="a" * 281),)},
    ),
    ("channel-not-in-strategy", Severity.TIP, {"versions": (replace(IG, channel="fb"),)}),
    ("no-message", Severity.TIP, {"message": ""}),
    ("theme-of-another-category", Severity.TIP, {"theme": "pillar"}),
    ("campaign-over", Severity.WARNING, {"campaign": "activity", "day": date(2027, 3, 1)}),
    ("too-many", Severity.WARNING, {"others": (other(LATER), other(LATER))}),
)


@pytest.mark.parametrize(("code", "severity", "changed"), CASES, ids=[one[0] for one in CASES])
def test_fault_is_found(code: str, severity: Severity, changed: dict[str, Any]) -> None:
    draft = replace(
        GOOD, answers=answers(), strategy_days=(DAY - timedelta(30), DAY + timedelta(30))
    )

    finding = found(replace(draft, **changed))[code]

    assert finding.severity == severity
    assert finding.sentence
    assert finding.field


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("licence-over", {"licence_until": DAY}),
        ("consent-over", {"consent_until": DAY}),
        ("clash", {"others": (other(AT + timedelta(hours=1)),)}),
        ("too-many", {"others": (other(LATER),)}),
        ("no-text", {"text": "", "versions": (replace(IG, text=""),)}),
        ("needs-media", {"has_media": False, "versions": (replace(IG, network="facebook"),)}),
        ("needs-media", {"has_media": False, "versions": (replace(IG, format="live"),)}),
        ("no-message", {"message": "", "audiences": ("families",)}),
    ],
)
def test_just_good_enough_is_not_found(code: str, changed: dict[str, Any]) -> None:
    draft = replace(
        GOOD, answers=answers(), strategy_days=(DAY - timedelta(30), DAY + timedelta(30))
    )

    assert code not in found(replace(draft, **changed))


def test_without_a_strategy_it_asks_nothing() -> None:
    draft = replace(GOOD, message="", others=(other(LATER),) * 40)

    assert run_checks(draft) == []


def test_gravest_stands_first() -> None:
    findings = run_checks(replace(GOOD, category="", versions=()))

    assert [finding.code for finding in findings] == ["no-channel", "no-category"]


@pytest.mark.django_db
def test_stored_post_is_read_with_what_stands_beside_it(marketer: Membership) -> None:
    instagram, facebook = make_channel(marketer), make_channel(marketer, "facebook")
    post = make_post(marketer, instagram, facebook)
    make_post(marketer, instagram)
    make_post(marketer, make_channel(marketer, "linkedin"))

    draft = draft_of(post)

    assert [version.network for version in draft.versions] == ["instagram", "facebook"]
    assert [one.channel for one in draft.others] == [str(instagram.uid)]
    assert "clash" in found(draft)
