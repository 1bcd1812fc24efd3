"""What is found in a version when it is held against the limits of its network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.findings import Severity
from networks.catalogue import NETWORKS
from networks.enums import PostFormat
from networks.version_check import SENTENCES, LimitFinding, check_version


def only(found: list[LimitFinding]) -> tuple[Severity, str, str]:
    (finding,) = found
    return finding.severity, finding.code, finding.sentence


def hashtags(number: int) -> str:
    return " ".join(f"#tag{place}" for place in range(number))


def test_text_above_the_limit_blocks_and_says_to_what_it_must_shrink() -> None:
    assert only(check_version("x", "a" * 290)) == (
        Severity.BLOCKER,
        "text_too_long",
        "10 too many for X. Shorten the text to 280.",
    )
    assert check_version("bluesky", "a" * 290) == []


def test_text_of_a_video_has_its_own_limit() -> None:
    text = "a" * 2203

    assert check_version("tiktok", text) == []
    assert only(check_version("tiktok", text, has_video=True)) == (
        Severity.BLOCKER,
        "text_too_long",
        "3 too many for TikTok. Shorten the text to 2,200.",
    )


def test_limit_of_a_mastodon_server_only_warns() -> None:
    severity, _code, sentence = only(check_version("mastodon", "a" * 501))

    assert severity == Severity.WARNING
    assert sentence == (
        "1 too many for Mastodon. Shorten the text to 500. Each server has its own limit; this is "
        "the usual one."
    )


def test_too_many_bytes_are_said_where_the_letters_would_fit() -> None:
    family = "👨‍👩‍👧‍👦"

    assert check_version("bluesky", family * 120) == []
    assert only(check_version("bluesky", family * 121)) == (
        Severity.BLOCKER,
        "text_too_many_bytes",
        "25 bytes too long for Bluesky. Shorten the text or use fewer emoji.",
    )
    assert only(check_version("bluesky", family * 301))[1] == "text_too_long"


def test_formats_without_a_limit_may_be_longer() -> None:
    assert check_version("x", "a" * 999, format=PostFormat.THREAD) == []


@pytest.mark.parametrize(
    ("code", "most", "severity"),
    [
        ("instagram", 5, Severity.BLOCKER),
        ("threads", 1, Severity.WARNING),
        ("tiktok", 5, Severity.WARNING),
        ("youtube", 15, Severity.WARNING),
    ],
)
def test_hashtags_above_the_limit(code: str, most: int, severity: Severity) -> None:
    assert check_version(code, hashtags(most)) == []

    found, name, sentence = only(check_version(code, hashtags(most + 2)))

    assert (found, name) == (severity, "too_many_hashtags")
    assert sentence.startswith(
        f"2 hashtags too many for {NETWORKS[code].name}. Keep {most} at most."
    )


def test_networks_without_a_known_limit_take_any_number_of_hashtags() -> None:
    for code in ("x", "facebook", "linkedin", "pinterest", "bluesky", "mastodon", "other"):
        assert check_version(code, hashtags(30)) == []


def test_mentions_above_the_limit_warn() -> None:
    people = " ".join(f"@person{place}" for place in range(21))

    assert only(check_version("instagram", people))[:2] == (Severity.WARNING, "too_many_mentions")


def test_different_links_above_the_limit_block() -> None:
    links = " ".join(f"example.org/{place}" for place in range(6))

    assert check_version("threads", "example.org " * 9) == []
    assert only(check_version("threads", links)) == (
        Severity.BLOCKER,
        "too_many_links",
        "1 link too many for Threads. Keep 5 at most.",
    )


@pytest.mark.parametrize(
    ("code", "most"),
    [
        ("x", 4),
        ("bluesky", 4),
        ("mastodon", 4),
        ("facebook", 10),
        ("instagram", 10),
        ("tiktok", 35),
    ],
)
def test_images_above_the_limit_block(code: str, most: int) -> None:
    assert check_version(code, "", images=["A lamp"] * most) == []
    assert only(check_version(code, "", images=["A lamp"] * (most + 1))) == (
        Severity.BLOCKER,
        "too_many_images",
        f"1 image too many for {NETWORKS[code].name}. Keep {most} at most.",
    )


def test_images_without_alt_text_block_only_where_it_is_required() -> None:
    images = ["", " ", "A lamp"]

    assert only(check_version("bluesky", "", images=images)) == (
        Severity.BLOCKER,
        "alt_text_required",
        "2 images have no alt text, which Bluesky requires. Describe what they show.",
    )
    assert only(check_version("other", "", images=images)) == (
        Severity.WARNING,
        "alt_text_missing",
        "2 images have no alt text. Describe them for people who cannot see them.",
    )


def test_alt_text_and_title_above_the_limit_block() -> None:
    assert check_version("pinterest", "", images=["a" * 500], title="é" * 100) == []
    assert only(check_version("pinterest", "", images=["a" * 502, "a"])) == (
        Severity.BLOCKER,
        "alt_text_too_long",
        "An alt text is 2 characters too long for Pinterest. Shorten it to 500.",
    )
    assert only(check_version("youtube", "", title="a" * 101)) == (
        Severity.BLOCKER,
        "title_too_long",
        "The title is 1 character too long for YouTube. Shorten it to 100.",
    )
    assert check_version("x", "", title="a" * 101) == []


@given(
    st.sampled_from(list(NETWORKS)),
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(["", *PostFormat.values]),
    st.lists(st.text(), max_size=40),
    st.text(),
    st.booleans(),
)
def test_anything_can_be_checked(
    code: str, text: str, format: str, images: list[str], title: str, has_video: bool
) -> None:
    found = check_version(
        code, text, format=format, images=images, title=title, has_video=has_video
    )

    assert {finding.code for finding in found} <= set(SENTENCES)
    assert all("%" not in finding.sentence for finding in found)
