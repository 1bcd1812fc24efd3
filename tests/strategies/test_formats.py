"""A strategy as a file: PDF, Markdown, Word."""

import re
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import markdown as markdown_library
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from strategies.formats import FORMATS, Unavailable, docx, markdown, pdf
from strategies.models import Strategy
from strategies.presentation.document import document_of
from strategies.presentation.paper import Heading, Listing, Paper, Paragraph, blocks_of
from strategies.presentation.sheet import sheet_of
from tests.strategies.answers_of import changed, complete
from tests.strategies.stored import store
from workspaces.models import Membership, Workspace

ClientAs = Callable[[Membership | User], Client]

ARABIC, CHINESE = "أخبار المتحف", "博物馆的消息"


def paper(*, is_sheet: bool = False, name: str = "Autumn and winter", **values: str) -> Paper:
    """A paper of complete answers; ``values`` are of the audience."""
    answers = changed(complete(), "audience", **values)
    return Paper(
        title=name,
        workspace="Fjordlys Museum",
        notes=("Version 1.",),
        sheet=tuple(sheet_of(answers)),
        chapters=() if is_sheet else tuple(document_of(answers)),
        mix=(("Selling", 20), ("Useful", 40), ("Dialogue", 40)),
    )


# --- what all of them write ---------------------------------------------------------------------


def test_blocks_have_one_title_and_skip_no_level() -> None:
    levels = [block.level for block in blocks_of(paper()) if isinstance(block, Heading)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_blocks_of_a_sheet_hold_no_question() -> None:
    texts = [
        str(block.text) for block in blocks_of(paper(is_sheet=True)) if isinstance(block, Heading)
    ]

    assert "Whom we want to reach" in texts
    assert not any("Who are you trying to reach" in text for text in texts)


def test_names_of_files_say_what_they_are_and_hold_nothing_that_is_refused() -> None:
    named = FORMATS["pdf"].name_of

    assert named(paper(), number=2) == "Autumn and winter, version 2.pdf"
    assert named(paper(is_sheet=True), number=None) == "Autumn and winter, in short.pdf"
    assert named(paper(name='../a\\b: "c"?\u202e\n.'), number=None) == "a b c.pdf"
    assert named(paper(name="../"), number=None) == "Strategy.pdf"
    assert named(paper(name="x" * 300), number=None) == f"{'x' * 100}.pdf"


# --- Markdown -----------------------------------------------------------------------------------


def test_markdown_has_headings_and_lists() -> None:
    text = markdown.write(paper()).decode()

    assert text.startswith("# Autumn and winter\n\nFjordlys Museum\n\nVersion 1.\n\n## In short\n")
    assert "\n- Collect\n- Write\n" in text
    assert "\n**What matters to them?** Something indoors\n" in text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# no heading", r"\# no heading"),
        ("- no list\n+ none", "\\- no list  \n\\+ none"),
        ("1. no list\n2) none", "1\\. no list  \n2&#41; none"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("*a* _b_ `c` [d](e) ![f](g)", r"\*a\* \_b\_ \`c\` \[d\](e) !\[f\](g)"),
        ("    no code", "no code"),
        ("no\n===", "no  \n&#61;=="),
        ("a | b\n---|---", "a &#124; b  \n\\---&#124;---"),
        ("~~~\n$x$", "&#126;&#126;&#126;  \n&#36;x&#36;"),
    ],
)
def test_markdown_of_people_is_shown_as_they_typed_it(typed: str, written: str) -> None:
    text = markdown.write(paper(needs=typed)).decode()

    assert f"**What matters to them?** {written}\n" in text


typed = st.text(st.sampled_from("ab1 .)#*_`[]()<>&|~$=+-!\\\n\"'漢ا"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(text=typed)
def test_markdown_makes_nothing_of_what_was_typed(text: str) -> None:
    html = markdown_library.markdown(markdown.escaped(text))

    assert set(re.findall(r"<(/?\w+)", html)) <= {"p", "/p"}


# --- Word ---------------------------------------------------------------------------------------


def test_docx_has_real_headings_and_lists_and_begins_each_list_with_one() -> None:
    document = Document(BytesIO(docx.write(paper(needs="Line one\nLine two"))))
    styles = {one.text: one.style.name for one in document.paragraphs if one.style}

    assert styles["Autumn and winter"] == "Title"
    assert styles["In short"] == "Heading 1"
    assert styles["1. Who are you trying to reach?"] == "Heading 1"
    assert styles["Collect"] == "List Bullet"
    assert "What matters to them? Line one\nLine two" in styles
    assert document.core_properties.title == "Autumn and winter"


def test_docx_numbers_each_list_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [Heading(1, "A"), *[Listing(("x", "y"), is_numbered=True)] * 2]
    monkeypatch.setattr(docx, "blocks_of", lambda _paper: blocks)

    document = Document(BytesIO(docx.write(paper())))

    items: list[Any] = [one._p for one in document.paragraphs if one.text in "xy"]
    numbers = [one.pPr.numPr.numId.val for one in items]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_docx_runs_from_right_to_left_where_the_text_does_and_keeps_every_letter() -> None:
    content = docx.write(paper(name=ARABIC, needs=f"{CHINESE} \ufffe😀"))

    xml = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert ARABIC in xml
    assert f"{CHINESE} 😀" in xml
    assert xml.count("<w:bidi/>") >= 1
    assert xml.count("<w:rtl ") >= 1


# --- PDF ----------------------------------------------------------------------------------------

needs_pango = pytest.mark.skipif(bool(pdf.missing()), reason="Pango is not installed")


class Asked(BaseHTTPRequestHandler):
    """A host that notes what it is asked."""

    paths: list[str]

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    Asked.paths = []
    server = HTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Asked.paths
    server.shutdown()
    server.server_close()


def unpacked(content: bytes) -> bytes:
    """Return what is packed inside a PDF."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    found = [content]
    for stream in streams:
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


@needs_pango
def test_pdf_is_one_and_tagged_and_knows_its_title() -> None:
    content = pdf.write(paper(is_sheet=True, name=f"{ARABIC} {CHINESE}"))

    assert content.startswith(b"%PDF-")
    inside = unpacked(content)
    assert b"/MarkInfo" in inside
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", inside)) == 1


def test_pdf_of_the_same_page_is_written_once_and_few_are_kept() -> None:
    pages = [f"page {number}" for number in range(pdf.FILES_KEPT + 1)]
    drawn: list[str] = []

    def draw(page: str) -> bytes:
        def drawing() -> bytes:
            drawn.append(page)
            return page.encode()

        return pdf._once(page, drawing)

    assert [draw(page) for page in pages] == [page.encode() for page in pages]
    assert draw(pages[-1]) == pages[-1].encode()
    assert drawn == pages
    draw(pages[0])  # forgotten meanwhile
    assert drawn == [*pages, pages[0]]
    assert len(pdf._files) == pdf.FILES_KEPT


def test_pdf_is_written_one_at_a_time_and_who_would_wait_long_is_told() -> None:
    begun, go_on, at_once = threading.Semaphore(0), threading.Event(), []
    pdf._once("written before", lambda: b"z")

    def draw() -> bytes:
        at_once.append("begun")
        begun.release()
        assert go_on.wait(20)
        at_once.append("ended")
        return b"x"

    threads = [
        threading.Thread(target=pdf._once, args=(f"waits {number}", draw)) for number in range(3)
    ]
    for thread in threads:
        thread.start()
    assert begun.acquire(timeout=20)
    while pdf._places._value:
        threads[-1].join(0.01)
    with pytest.raises(Unavailable, match="Try again in a minute"):
        pdf._once("one more", draw)
    assert pdf._once("written before", draw) == b"z"

    go_on.set()
    for thread in threads:
        thread.join(20)
    assert at_once == ["begun", "ended"] * 3
    assert pdf._once("one more", lambda: b"y") == b"y"


@needs_pango
def test_pdf_that_would_take_very_long_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_PAGE", 1000)

    with pytest.raises(Unavailable, match="too long"):
        pdf.write(paper())


@needs_pango
def test_pdf_asks_no_host_and_reads_no_file(
    monkeypatch: pytest.MonkeyPatch, host: tuple[str, list[str]]
) -> None:
    address, asked = host
    page = (
        f'<html lang="en"><head><title>x</title><link rel="stylesheet" href="{address}/a.css">'
        f'<style>@import "{address}/b.css"; body {{ background: url({address}/c.png) }}'
        f"@font-face {{ font-family: x; src: url({address}/d.woff) }} p {{ font-family: x }}"
        f'</style></head><body><p>x</p><img alt="" src="{address}/e.png">'
        '<img alt="" src="file:///etc/hostname"></body></html>'
    )
    monkeypatch.setattr(pdf, "render_to_string", lambda *_args: page)

    assert pdf.write(paper()).startswith(b"%PDF-")
    assert asked == []


def test_pdf_without_its_library_says_which_package_and_the_other_ways_stay(
    monkeypatch: pytest.MonkeyPatch,
    workspace: Workspace,
    manager: Membership,
    client_as: ClientAs,
) -> None:
    monkeypatch.setattr(pdf, "PANGO", ("libnothing-of-the-sort.so.0",))
    pdf.missing.cache_clear()
    strategy = store(
        complete(),
        Strategy.objects.create(workspace=workspace, name="Autumn"),
        {"p-ingrid": manager, "p-amir": manager},
    )
    place = [workspace.slug, strategy.uid]
    client = client_as(manager)

    try:
        with pytest.raises(Unavailable, match=pdf.DEBIAN_PACKAGE):
            pdf.write(paper())
        page = client.get(reverse("strategies:document", args=place))
        file = client.get(reverse("strategies:document_file", args=[*place, "pdf"]))
    finally:
        pdf.missing.cache_clear()

    assert file.status_code == 503
    for response in (page, file):
        body = response.content.decode()
        assert "libpangoft2-1.0-0" in body
        assert reverse("strategies:document_file", args=[*place, "docx"]) in body
        assert f'href="{reverse("strategies:document_file", args=[*place, "pdf"])}"' not in body


# --- the addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [one.code for one in FORMATS if not one.missing()])
@pytest.mark.parametrize("what", ["document_file", "sheet_file"])
def test_file_is_saved_under_the_name_of_the_strategy(
    code: str, what: str, workspace: Workspace, manager: Membership, client_as: ClientAs
) -> None:
    strategy = store(
        complete(),
        Strategy.objects.create(workspace=workspace, name="Høst og vinter"),
        {"p-ingrid": manager, "p-amir": manager},
    )

    response = client_as(manager).get(
        reverse(f"strategies:{what}", args=[workspace.slug, strategy.uid, code])
    )

    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[code].content_type
    assert response["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''H%C3%B8st%20og%20vinter"
    )
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_file_in_a_format_that_there_is_not_is_not_found(
    workspace: Workspace, manager: Membership, client_as: ClientAs
) -> None:
    strategy = Strategy.objects.create(workspace=workspace, name="Autumn")
    url = reverse("strategies:document_file", args=[workspace.slug, strategy.uid, "exe"])

    assert client_as(manager).get(url).status_code == 404


def test_paragraph_of_a_list_is_followed_by_the_list() -> None:
    blocks = list(blocks_of(paper()))
    at = blocks.index(Paragraph("", "The steps"))

    assert blocks[at + 1] == Listing(("Collect", "Write"))
