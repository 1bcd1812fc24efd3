"""The editor of a post as a person meets it: lengths while typing, files, nothing typed is lost."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from pytest_django import Settings

from content_calendar.models import Post
from strategies.models import Audience, KeyMessage
from tests.browser.conftest import PageOf, wait_until
from tests.browser.test_every_page import NARROW, WIDE, grave
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.strategies.approved import approve_answers, make_strategy
from workspaces.models import Membership, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def message(workspace: Workspace, marketer: Membership) -> KeyMessage:
    strategy = make_strategy(workspace)
    families = Audience.objects.create(strategy=strategy, name="Families", position=1)
    found = KeyMessage.objects.create(strategy=strategy, text="Open for everyone", position=1)
    found.audiences.add(families)
    approve_answers(strategy, by=marketer)
    return found


def photo() -> dict[str, object]:
    written = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, format="JPEG")
    return {"name": "boat-hall.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_post_is_written_counted_connected_and_given_an_image(
    message: KeyMessage, marketer: Membership, page_of: PageOf
) -> None:
    make_channel(marketer, "x")
    make_channel(marketer, "bluesky")
    page = page_of(marketer)
    page.goto("/w/fjordlys/calendar/posts/add/")

    page.get_by_label("Text", exact=True).fill("a" * 290)
    page.get_by_role("checkbox", name="X", exact=True).check()
    page.get_by_role("checkbox", name="Bluesky", exact=True).check()
    expect(page.locator("#post-counts")).to_contain_text("10 too many")
    expect(page.locator("#post-counts")).to_contain_text("10 left")

    page.get_by_text("Version for X").click()
    page.locator("textarea[name$=own_text]").first.fill("Short on X")
    expect(page.locator("#post-counts")).not_to_contain_text("too many")
    page.get_by_role("checkbox", name="Bluesky", exact=True).uncheck()
    expect(page.get_by_text("Version for Bluesky")).to_be_hidden()
    expect(page.locator("textarea[name$=own_text]").first).to_have_value("Short on X")

    page.get_by_text("Connect to the strategy").click()
    page.get_by_label("Key message").select_option(label="Open for everyone")
    expect(page.get_by_role("checkbox", name="Families")).to_be_checked()
    page.get_by_role("button", name="Add the post").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("aaaa")
    post = Post.objects.get()
    assert [version.own_text for version in post.versions.all()] == ["Short on X"]

    page.get_by_label("Text", exact=True).fill("Not saved yet")
    page.get_by_text("Add an image, a video or a link").click()
    page.get_by_label("Image or video").set_input_files(photo())  # type: ignore[arg-type]
    page.get_by_role("button", name="Add it to the post").click()
    expect(page.get_by_role("link", name="boat-hall.jpg")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Not saved yet")
    image = page.locator("#post-media img")
    wait_until(page, lambda: bool(image.evaluate("one => one.naturalWidth > 0")))
    expect(page.locator("#post-checks")).to_contain_text("1 image has no alt text")
    page.get_by_label("Description for people who cannot see it").fill("The boat hall at night")
    page.get_by_role("button", name="Save the descriptions").click()
    expect(page.locator("#messages")).to_contain_text("The descriptions were saved.")
    expect(page.locator("#post-checks")).not_to_contain_text("no alt text")
    assert post.media.get().alt_text == "The boat hall at night"

    page.reload()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Not saved yet")


def test_file_that_is_too_large_is_not_sent(
    marketer: Membership, page_of: PageOf, settings: Settings
) -> None:
    settings.LONGEST_VIDEO_MB = 0
    post = make_post(marketer)
    page = page_of(marketer)
    page.goto(post.get_absolute_url())
    page.get_by_text("Add an image, a video or a link").click()

    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"a" * 10_000_001}
    page.get_by_label("Image or video").set_input_files(film)  # type: ignore[arg-type]

    expect(page.locator("#messages")).to_contain_text("Add a link to where the file lies.")
    expect(page.get_by_label("Image or video")).to_have_value("")


def test_version_typed_for_a_channel_that_was_just_ticked_is_kept(
    marketer: Membership, page_of: PageOf
) -> None:
    make_channel(marketer, "facebook")
    post = make_post(marketer)
    page = page_of(marketer)
    page.goto(post.get_absolute_url())

    page.get_by_role("checkbox", name="Facebook").check()
    page.get_by_text("Version for Facebook").click()
    page.locator("textarea[name$=own_text]").fill("Only on Facebook")
    page.reload()

    expect(page.locator("textarea[name$=own_text]")).to_have_value("Only on Facebook")

    page.get_by_role("button", name="Throw away").click()
    page.reload()
    expect(page.get_by_role("checkbox", name="Facebook")).not_to_be_checked()
    expect(page.get_by_text("We kept text you typed")).to_have_count(0)


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide and light", "narrow and dark"])
def test_editor_is_open_to_all_and_fits(
    look: dict[str, object], message: KeyMessage, marketer: Membership, page_of: PageOf
) -> None:
    post = make_post(marketer, make_channel(marketer), message_uid=message.uid, title="Lights")
    post.comments.create(author=marketer.user, text="Shall we?")
    page = page_of(marketer, **look)

    for address in (post.get_absolute_url(), "/w/fjordlys/calendar/posts/add/"):
        page.goto(address)

        assert grave(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
