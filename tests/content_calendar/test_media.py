"""Images, videos and links of posts: what is taken, what is made of it, who gets it."""

import struct
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from content_calendar.domain.fingerprint import fingerprint_of
from content_calendar.domain.media_files import read_image
from content_calendar.enums import MediaKind, PostState
from content_calendar.models import Post, PostMedia
from content_calendar.services.approval import approve, submit_post
from content_calendar.services.media import (
    add_link,
    describe_media,
    move_media,
    remove_media,
    restore_media,
)
from content_calendar.services.states import ASKED
from core.exceptions import Refusal
from notifications.models import Notification
from tests.conftest import ClientAs
from tests.content_calendar.calendar_of import make_channel, make_post
from tests.content_calendar.forms_of import sent_from
from workspaces.models import Membership

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(format: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, format=format, **options)
    return written.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def address(post: Post, name: str = "media_add") -> str:
    return reverse(f"calendar:{name}", args=[post.workspace.slug, post.uid])


def address_of(media: PostMedia, name: str) -> str:
    return reverse(f"calendar:{name}", args=[media.post.workspace.slug, media.uid])


def add(
    client_as: ClientAs, member: Membership, post: Post, content: bytes, name: str = "photo.jpg"
) -> HttpResponse:
    sent = {"file": upload(content, name), "token": "page"}
    return client_as(member).post(address(post), sent)  # type: ignore[return-value]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


# --- what is made of an image ---------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_image_is_written_anew_in_its_format_with_a_preview(format: str) -> None:
    made = read_image(upload(picture(format, (2400, 1200))))

    with Image.open(BytesIO(made.content)) as image, Image.open(BytesIO(made.preview)) as preview:
        assert (image.format, image.size) == (format, (2400, 1200))
        assert (preview.format, preview.size) == ("WEBP", (1200, 600))


def test_place_and_camera_are_dropped_and_the_image_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn it by 90 degrees
    exif[0x010F] = "Camera of Kari"
    exif[0x8825] = {1: "N", 2: (59.0, 55.0, 0.0)}  # where it was taken

    made = read_image(upload(picture(exif=exif)))

    with Image.open(BytesIO(made.content)) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    assert b"Camera" not in made.content


def test_what_lies_behind_the_image_in_its_file_is_dropped() -> None:
    made = read_image(upload(picture("PNG") + b"<script>alert(1)</script>"))

    assert b"script" not in made.content


def test_moving_image_keeps_its_pictures() -> None:
    written = BytesIO()
    pictures = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    pictures[0].save(
        written, format="GIF", save_all=True, append_images=pictures[1:], duration=[100, 200, 300]
    )

    made = read_image(upload(written.getvalue(), "moving.gif"))

    with Image.open(BytesIO(made.content)) as image:
        assert getattr(image, "n_frames", 1) == 3


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has ``width`` × ``height`` pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8_000, 6_000), (60_000, 60_000)])
def test_image_of_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(Refusal, match="more than 40 million pixels"):
        read_image(upload(bomb(*size)))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"",
        picture()[:300],
        picture("BMP"),
        picture("TIFF"),
        b"\x00" * 10_000_001,
    ],
    ids=["svg", "html", "pdf", "nothing", "half an image", "bmp", "tiff", "11 MB"],
)
def test_anything_else_is_refused_with_a_sentence(
    content: bytes, marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)

    response = add(client_as, marketer, post, content, "photo.png")

    assert response.status_code == 200
    assert response.context["media_form"].errors["file"]  # type: ignore[attr-defined]
    assert not post.media.exists()


# --- adding -----------------------------------------------------------------------------------------


def test_image_is_added_and_served_to_members_as_an_attachment(
    marketer: Membership, reader: Membership, client_as: ClientAs, storage: Path
) -> None:
    post = make_post(marketer)

    response = add(client_as, marketer, post, picture(), "Sommer & sol.jpg")

    media = post.media.get()
    assert response.status_code == 302
    assert (media.kind, media.name, media.width) == (MediaKind.IMAGE, "Sommer & sol.jpg", 60)
    assert (storage / str(media.file.name)).exists()
    file = client_as(reader).get(address_of(media, "media_file"))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Type"] == "image/jpeg"
    assert body(file).startswith(b"\xff\xd8")
    preview = client_as(reader).get(address_of(media, "media_preview"))
    assert preview.headers["Content-Type"] == "image/webp"
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert body(preview)[8:12] == b"WEBP"


def test_the_same_file_from_the_same_page_is_added_once_and_another_one_too(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer)

    add(client_as, marketer, post, picture())
    add(client_as, marketer, post, picture())
    assert post.media.count() == 1

    add(client_as, marketer, post, picture(size=(10, 10)))
    assert [media.position for media in post.media.all()] == [1, 2]


def test_video_is_kept_as_it_is(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)

    add(client_as, marketer, post, MP4, "film.html")

    media = post.media.get()
    assert (media.kind, media.content_type) == (MediaKind.VIDEO, "video/mp4")
    file = client_as(marketer).get(address_of(media, "media_file"))
    assert body(file) == MP4
    assert 'filename="film.mp4"' in file.headers["Content-Disposition"]


def test_long_video_is_refused(
    marketer: Membership, client_as: ClientAs, settings: Settings
) -> None:
    settings.LONGEST_VIDEO_MB = 0
    post = make_post(marketer)

    response = add(client_as, marketer, post, MP4)

    assert "link to where the file lies" in response.content.decode()
    assert not post.media.exists()


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("https://files.example.org/film.mp4", True),
        ("javascript:alert(1)", False),
        ("ftp://files.example.org/film.mp4", False),
        ("", False),
    ],
)
def test_link_leads_to_the_web_only(
    marketer: Membership, client_as: ClientAs, typed: str, is_taken: bool
) -> None:
    post = make_post(marketer)

    for _again in range(2):
        client_as(marketer).post(address(post), {"address": typed, "token": "page"})

    assert post.media.count() == is_taken


def test_there_are_twenty_at_most(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    links = [f"https://files.example.org/{number}" for number in range(21)]

    for link in links:
        client_as(marketer).post(address(post), {"address": link, "token": "page"})

    assert post.media.count() == 20


def test_script_gets_the_part_of_the_page(marketer: Membership, client_as: ClientAs) -> None:
    post = make_post(marketer)
    sent = {"file": upload(picture()), "token": "page"}

    response = client_as(marketer).post(address(post), sent, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert "<html" not in page
    assert address_of(post.media.get(), "media_preview") in page


# --- describing, ordering, removing -------------------------------------------------------------------


def test_instagram_asks_for_a_picture_and_then_shows_it(
    marketer: Membership, client_as: ClientAs
) -> None:
    post = make_post(marketer, make_channel(marketer))
    client = client_as(marketer)

    before = client.get(post.get_absolute_url())
    add(client_as, marketer, post, picture())
    after = client.get(post.get_absolute_url())

    asked = "Instagram needs a picture or a video, and this post has none yet."
    assert [to for one, to in before.context["findings"] if one.sentence == asked] == [
        "#post-media"
    ]
    assert asked not in [one.sentence for one, _to in after.context["findings"]]
    page = after.content.decode()
    preview = page[page.index('class="post-preview"') :].split("</section>")[0]
    assert address_of(post.media.get(), "media_preview") in preview


@pytest.fixture
def two(marketer: Membership, client_as: ClientAs) -> list[PostMedia]:
    post = make_post(marketer)
    add(client_as, marketer, post, picture())
    add(client_as, marketer, post, picture(size=(10, 10)))
    return list(post.media.all())


def alt_texts(post: Post) -> list[str]:
    return [media.alt_text for media in post.media.all()]


def test_two_people_describe_images_and_the_same_one_is_asked_about(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    first, second = two
    url = address(first.post, "media_describe")
    client = client_as(marketer)
    page = client.get(first.post.get_absolute_url())

    client.post(url, sent_from(page, "descriptions", **{f"media-alt-{first.uid}": "A tree"}))
    client.post(url, sent_from(page, "descriptions", **{f"media-alt-{second.uid}": "A lamp"}))
    assert alt_texts(first.post) == ["A tree", "A lamp"]

    asked = client.post(url, sent_from(page, "descriptions", **{f"media-alt-{first.uid}": "Trees"}))
    assert alt_texts(first.post) == ["A tree", "A lamp"]
    assert "Somebody else wrote “A tree” meanwhile." in asked.content.decode()

    client.post(url, sent_from(asked, "descriptions"))
    assert alt_texts(first.post) == ["Trees", "A lamp"]


def test_saving_the_post_saves_what_was_typed_of_its_images(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    first, post = two[0], two[0].post
    client = client_as(marketer)
    page = client.get(post.get_absolute_url())
    typed = {**sent_from(page), **sent_from(page, "descriptions")}

    client.post(post.get_absolute_url(), typed | {f"media-alt-{first.uid}": "A lamp"})
    assert alt_texts(post) == ["A lamp", ""]

    page = client.get(post.get_absolute_url())
    typed = {**sent_from(page), **sent_from(page, "descriptions")}
    too_long = {"text": "Another text", f"media-alt-{first.uid}": "a" * 1501}
    back = client.post(post.get_absolute_url(), typed | too_long).content.decode()
    assert "Look at the descriptions of the images." in back
    assert "a" * 1501 in back
    post.refresh_from_db()
    assert post.text != "Another text"

    client.post(post.get_absolute_url(), sent_from(page) | {"text": "A page without them"})
    assert alt_texts(post) == ["A lamp", ""]


def test_description_that_is_too_long_comes_back(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    sent = {f"media-alt-{two[0].uid}": "a" * 1501}

    response = client_as(marketer).post(address(two[0].post, "media_describe"), sent)

    assert "a" * 1501 in response.content.decode()
    assert alt_texts(two[0].post) == ["", ""]


def test_order_is_changed_by_one_place_and_ends_at_the_end(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    first, second = two
    client = client_as(marketer)

    client.post(f"{address_of(second, 'media_move')}?direction=up")
    assert list(first.post.media.all()) == [second, first]

    client.post(f"{address_of(second, 'media_move')}?direction=up")
    client.post(f"{address_of(second, 'media_move')}?direction=sideways")
    assert list(first.post.media.all()) == [second, first]


def test_removed_media_is_gone_until_it_is_brought_back(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    first, _second = two
    client = client_as(marketer)

    for _again in range(2):
        client.post(address_of(first, "media_remove"))
    assert client.get(address_of(first, "media_file")).status_code == 404
    assert client.get(address_of(first, "media_preview")).status_code == 404

    for _again in range(2):
        client.post(address_of(first, "media_restore"))
    assert body(client.get(address_of(first, "media_preview")))


WRITING = ("media_move", "media_remove", "media_restore")


def test_media_of_another_workspace_are_not_found(
    two: list[PostMedia], stranger: Membership, client_as: ClientAs
) -> None:
    client = client_as(stranger)

    for name in ("media_file", "media_preview"):
        there = reverse(f"calendar:{name}", args=["next-door", two[0].uid])
        assert client.get(there).status_code == 404
        assert client.get(address_of(two[0], name)).status_code == 404
    for name in WRITING:
        there = reverse(f"calendar:{name}", args=["next-door", two[0].uid])
        assert client.post(there).status_code == 404


def test_who_may_not_change_the_post_may_not_change_its_media(
    two: list[PostMedia], contributor: Membership, reader: Membership, client_as: ClientAs
) -> None:
    post = two[0].post
    for member in (contributor, reader):  # it is not the contributor's own post
        client = client_as(member)
        assert add(client_as, member, post, picture(size=(5, 5))).status_code == 403
        assert client.post(address(post, "media_describe")).status_code == 403
        for name in WRITING:
            assert client.post(address_of(two[0], name)).status_code == 403
    assert post.media.count() == 2


def test_media_of_a_published_post_stay_as_they_are(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    Post.objects.update(state=PostState.PUBLISHED)

    response = client_as(marketer).post(address_of(two[0], "media_remove"))

    assert response.status_code == 403


def test_reading_addresses_refuse_writing_and_the_other_way_round(
    two: list[PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    client = client_as(marketer)

    for name in ("media_file", "media_preview"):
        assert client.post(address_of(two[0], name)).status_code == 405
    for name in WRITING:
        assert client.get(address_of(two[0], name)).status_code == 405
    for name in ("media_add", "media_describe"):
        assert client.get(address(two[0].post, name)).status_code == 405


# --- what was approved ----------------------------------------------------------------------------


@pytest.fixture
def approved(marketer: Membership, manager: Membership) -> tuple[Post, PostMedia]:
    """A post with two links, approved as it is, and the first of them."""
    post = make_post(marketer, make_channel(marketer), planned_on=date(2099, 11, 24))
    first = add_link(post, "https://x.example/1", by=marketer.user)
    add_link(post, "https://x.example/2", by=marketer.user)
    submit_post(post, by=marketer.user)
    return approve(post, fingerprint=fingerprint_of(post), by=manager.user).post, first


CHANGES: dict[str, Callable[[Post, PostMedia, User], Any]] = {
    "add": lambda post, _media, by: add_link(post, "https://x.example/3", by=by),
    "describe": lambda post, media, by: describe_media(post, {media: "Lamps"}, by=by),
    "reorder": lambda _post, media, by: move_media(media, by=by, is_up=False),
    "remove": lambda _post, media, by: remove_media(media, by=by),
}


@pytest.mark.parametrize("change", CHANGES)
def test_media_of_an_approved_post_are_approved_again(
    change: str, approved: tuple[Post, PostMedia], marketer: Membership, manager: Membership
) -> None:
    post, media = approved

    CHANGES[change](post, media, marketer.user)

    now = Post.objects.get(pk=post.pk)
    assert (now.state, now.submitted_by) == (PostState.IN_REVIEW, marketer.user)
    assert Notification.objects.filter(recipient=manager.user, kind=ASKED).unread().exists()


def test_media_that_is_restored_is_approved_again(
    approved: tuple[Post, PostMedia], marketer: Membership, manager: Membership
) -> None:
    post, media = approved
    remove_media(media, by=marketer.user)
    now = Post.objects.get(pk=post.pk)
    approve(now, fingerprint=fingerprint_of(now), by=manager.user)

    restore_media(media, by=marketer.user)

    assert Post.objects.get(pk=post.pk).state == PostState.IN_REVIEW


def test_media_that_stays_as_it_is_asks_nobody(
    approved: tuple[Post, PostMedia], marketer: Membership
) -> None:
    post, media = approved

    move_media(media, by=marketer.user, is_up=True)
    describe_media(post, {media: ""}, by=marketer.user)
    restore_media(media, by=marketer.user)

    assert Post.objects.get(pk=post.pk).state == PostState.APPROVED


def test_page_says_that_the_post_waits_for_approval_again(
    approved: tuple[Post, PostMedia], marketer: Membership, client_as: ClientAs
) -> None:
    _post, media = approved
    client = client_as(marketer)

    page = client.post(address_of(media, "media_remove"), follow=True).content.decode()
    again = client.post(address_of(media, "media_restore"), follow=True).content.decode()

    assert "The post waits for approval again." in page
    assert "The post waits for approval again." not in again
