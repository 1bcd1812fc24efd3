"""Reading uploaded files: what they are is told by their content, never by their name.

Images are decoded and written anew, so that nothing is stored that an image viewer would not show:
places and cameras (EXIF) are gone, and so is whatever else was hidden in the file.
"""

import struct
import threading
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from core.exceptions import Refusal
from core.text import number_text

IMAGE_BYTES_AT_MOST = 10_000_000
PIXELS_AT_MOST = 40_000_000
#: Pixels of all pictures of a moving image together.
MOVING_PIXELS_AT_MOST = 60_000_000
PREVIEW_SIDE = 1200

#: Pillow's names of the formats that are taken → content type and ending.
FORMATS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "GIF": ("image/gif", "gif"),
}
MOVING = {"GIF", "WEBP"}
#: What Pillow raises for a file that is broken, or no image at all.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    struct.error,
)
#: A large image takes some 400 MB while it is decoded: a process does one after the other.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class ImageFile:
    """An image written anew, and its preview as WebP."""

    content: bytes
    preview: bytes
    content_type: str
    ending: str
    width: int
    height: int


@dataclass(frozen=True)
class VideoType:
    """What a video is, from its first bytes."""

    content_type: str
    ending: str


def read_image(file: "File[bytes]") -> ImageFile:
    """Decode and write anew, upright and without metadata; raises Refusal with what to do."""
    content = file.read(IMAGE_BYTES_AT_MOST + 1)
    if len(content) > IMAGE_BYTES_AT_MOST:
        raise Refusal(
            _("This image is larger than %(size)s MB. Make it smaller, or add a link to the file.")
            % {"size": number_text(IMAGE_BYTES_AT_MOST // 1_000_000)}
        )
    try:
        with _ONE_AT_A_TIME:
            with Image.open(BytesIO(content), formats=[*FORMATS]) as image:
                _refuse_too_large(image)
                image.verify()
            with Image.open(BytesIO(content), formats=[*FORMATS]) as image:
                return _written_anew(image)
    except Image.DecompressionBombError:  # far more than that
        raise _too_many_pixels() from None
    except BROKEN:
        raise Refusal(
            _("This file cannot be read. Save it again as JPEG, PNG, WebP or GIF, or as MP4.")
        ) from None


def video_type(file: "File[bytes]") -> VideoType | None:
    """Return what a video is (MP4, MOV or WebM), or None for anything else."""
    file.seek(0)
    beginning = file.read(64)
    file.seek(0)
    if beginning[4:8] == b"ftyp":
        is_mov = beginning[8:12] == b"qt  "
        return VideoType("video/quicktime", "mov") if is_mov else VideoType("video/mp4", "mp4")
    if beginning.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in beginning:
        return VideoType("video/webm", "webm")
    return None


def too_long() -> str:
    """What is said of a video that is not taken."""
    return _("This video is larger than %(size)s MB. Add a link to where the file lies.") % {
        "size": number_text(settings.LONGEST_VIDEO_MB)
    }


def _too_many_pixels() -> Refusal:
    return Refusal(
        _("This image has more than %(number)s million pixels. Make it smaller.")
        % {"number": number_text(PIXELS_AT_MOST // 1_000_000)}
    )


def _refuse_too_large(image: Image.Image) -> None:
    """Look at the size that the file claims, before anything is decoded."""
    pixels = image.width * image.height
    if pixels > PIXELS_AT_MOST:
        raise _too_many_pixels()
    if pixels * getattr(image, "n_frames", 1) > MOVING_PIXELS_AT_MOST:
        raise Refusal(_("This moving image is too long. Save it as a video (MP4)."))


def _written_anew(image: Image.Image) -> ImageFile:
    format = str(image.format)
    content_type, ending = FORMATS[format]
    if format in MOVING and getattr(image, "n_frames", 1) > 1:
        content, first = _moving(image, format)
    else:
        first = ImageOps.exif_transpose(image)
        content = _encoded(first, format)
    return ImageFile(content, _preview(first), content_type, ending, first.width, first.height)


def _moving(image: Image.Image, format: str) -> tuple[bytes, Image.Image]:
    pictures = [picture.convert("RGBA") for picture in ImageSequence.Iterator(image)]
    durations = [picture.info.get("duration", 100) for picture in pictures]
    written = BytesIO()
    pictures[0].save(
        written,
        format=format,
        save_all=True,
        append_images=pictures[1:],
        duration=durations,
        loop=image.info.get("loop", 0),
        disposal=2,
    )
    return written.getvalue(), pictures[0]


def _encoded(image: Image.Image, format: str) -> bytes:
    colours = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    options: dict[str, object] = {"icc_profile": colours} if colours else {}
    if format == "JPEG":
        image = image if image.mode in {"RGB", "L"} else image.convert("RGB")
        options |= {"quality": 90, "optimize": True}
    elif format == "WEBP":
        image = image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA")
        options |= {"quality": 90}
    plain = Image.new(image.mode, image.size)  # nothing of the file comes along but its pixels
    if image.mode == "P":
        plain.putpalette(image.getpalette() or [])
        if "transparency" in image.info:
            options["transparency"] = image.info["transparency"]
    plain.paste(image)
    written = BytesIO()
    plain.save(written, format=format, **options)
    return written.getvalue()


def _preview(image: Image.Image) -> bytes:
    has_transparency = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    small = image.convert("RGBA" if has_transparency else "RGB")
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    small.info.clear()
    written = BytesIO()
    small.save(written, format="WEBP", quality=80)
    return written.getvalue()
