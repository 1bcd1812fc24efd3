"""Take the pictures of the front door: ``make pictures`` writes static/pictures/.

Starts ``make run`` with a new demo of its own, looks at the month as its marketer in light and in
dark, and stops it again. Needs Chromium (CHROMIUM names one).
"""

import io
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scripts.bench import free_port, running
from scripts.run_tests import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "pictures"
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Pixels of the window, and what is cut off below.
WIDTH, HEIGHT = 1440, 900
KILOBYTES_AT_MOST = 60
SECONDS_TO_START = 180


@contextmanager
def demo() -> Iterator[str]:
    """Yield the address of a new demo."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {**environ, "VAR_DIR": folder, "PORT": str(port), "HOST": "127.0.0.1"}
        command = [sys.executable, "-m", "scripts.run"]
        with running(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL):
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/accounts/login/")
            yield address


def wait_for(address: str) -> None:
    """Return once the page answers; raise TimeoutError when it never does."""
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends:
        try:
            urllib.request.urlopen(address)  # noqa: S310  # our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(f"The demo did not start within {SECONDS_TO_START} seconds.")


def month(browser: Browser, address: str, look: Literal["light", "dark"]) -> Image.Image:
    """Return what the demo's marketer sees of this month."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=look)
    page.goto(f"{address}/accounts/login/")
    page.locator("form[action$='/demo/marketer/'] button").click()
    page.get_by_role("link", name="Calendar").first.click()
    page.wait_for_load_state("networkidle")
    shot = page.screenshot(animations="disabled")
    page.close()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def compressed(image: Image.Image) -> bytes:
    """Return it as lossless WebP of at most KILOBYTES_AT_MOST, with as many colours as fit."""
    for colours in (256, 192, 128, 96, 64, 48, 32):
        stored = io.BytesIO()
        few = image.quantize(colours, dither=Image.Dither.NONE)
        few.save(stored, "WEBP", lossless=True, quality=100, method=6)
        if stored.tell() <= KILOBYTES_AT_MOST * 1024:
            return stored.getvalue()
    raise ValueError(f"It does not fit into {KILOBYTES_AT_MOST} KB.")


def main() -> int:
    """Write both pictures."""
    chromium = find_chromium()
    if not chromium:
        print("There is no Chromium here: install it, or name one in CHROMIUM.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for look in LOOKS:
            picture = compressed(month(browser, address, look))
            (FOLDER / f"month-{look}.webp").write_bytes(picture)
            print(f"static/pictures/month-{look}.webp {len(picture) / 1024:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
