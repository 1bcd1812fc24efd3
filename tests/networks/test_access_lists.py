"""Lists of accesses, in and out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from activity.models import Record
from core.exceptions import Refusal
from core.spreadsheet import csv_text, plain_cell, safe_cell
from core.text_input import clean_line
from networks.access_table import BYTES_AT_MOST, COLUMNS, decoded, read_table, write_table
from networks.models import AccessGrant, AccessUpload, Channel
from networks.services_access_import import (
    Plan,
    clear_uploads,
    exported,
    keep_upload,
    plan_of,
    take_over,
)
from networks.tasks import clear
from tests.conftest import ClientAs
from tests.networks.accesses import make_access, make_channel
from tests.queries import counted
from workspaces.models import Membership, Workspace

HEAD = "Channel,Name,E-mail,Company,Level"  # as older exports call it
LINE = "@fjordlys,Mette Krogh,mette@krogh.example,Krogh Foto,Editor or publisher"
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda text: clean_line(text).strip()
)


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return make_channel(workspace)


def wrong(workspace: Workspace, *lines: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    plan = plan_of(workspace, "\n".join([head, *lines]))
    return [(one.number, one.column, one.sentence) for one in plan.errors]


# --- the table itself -----------------------------------------------------------------------------


@given(st.text() | st.text("'= +a"))
@example("'=1")
def test_escaping_a_cell_can_always_be_taken_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), min_size=1, max_size=5))
def test_what_is_written_is_read_again(lines: list[dict[str, str]]) -> None:
    full = [line for line in lines if any(line.values())]
    if not full:
        return

    table = read_table(write_table(full))

    assert [dict(line.cells) for line in table.lines] == full
    assert not any(line.has_too_many for line in table.lines)


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_as_spreadsheets_save_them(parted_by: str, encoding: str) -> None:
    text = "\r\n".join([HEAD, "Ærlig,Åse Bø,,Krøgh,Admin", "", '"a,b",c,d,e,f'])
    content = text.replace(",", parted_by).encode(encoding)

    table = read_table(decoded(content))

    assert [line.number for line in table.lines] == [2, 4]
    assert table.lines[0].cells["name"] == "Åse Bø"


def test_lines_are_numbered_as_an_editor_counts_them() -> None:
    table = read_table(f'{HEAD}\n"two\nlines",a,b,c,d\n\nlast,a,b,c,d\n')

    assert [line.number for line in table.lines] == [2, 5]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing in it"),
        (HEAD, "only the line with the headings"),
        ("Channel,Name\na,b", "does not name “Level”"),
        ("Channel,Level\na,b", "does not name “Name”"),
        ("Channel,Level,Name,level\na,b,c,d", "twice"),
        (HEAD + "\na,b,c,d,e" * 20_001, "more than 20,000"),
        (HEAD + '\n"' + "a" * 200_000, "quotation mark"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_such_table_is_refused_as_a_whole(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_table(text)


def test_file_that_is_too_large_or_no_text_is_refused() -> None:
    with pytest.raises(Refusal, match="5 MB"):
        decoded(b"a" * (BYTES_AT_MOST + 1))
    with pytest.raises(Refusal, match="CSV UTF-8"):
        decoded(b"PK\x03\x04\x00\x00")


def test_columns_of_others_are_named_and_not_read() -> None:
    assert read_table(f"{HEAD},Shoe size\n{LINE},43").unread == ["Shoe size"]


# --- what a list would do ---------------------------------------------------------------------------


def test_members_are_found_by_email_or_name_and_others_by_company(
    channel: Channel, reader: Membership
) -> None:
    plan = plan_of(
        channel.workspace,
        "\n".join(
            [
                HEAD,
                "Instagram: @fjordlys,whoever,RITA@fjordlys.example,,admin",
                "@FJORDLYS,rita reader,,,Analyst",
                LINE,
            ]
        ),
    )

    assert plan.errors == []
    assert [one.member for one in plan.added] == [reader, reader, None]
    assert plan.added[2].person_name == "Mette Krogh (Krogh Foto)"
    assert not AccessGrant.objects.exists()


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (",Mette,,Krogh,Admin", "Channel", "Name the channel"),
        ("@nowhere,Mette,,Krogh,Admin", "Channel", "no such channel"),
        ("@fjordlys,,,Krogh,Admin", "Name", "Write the name"),
        ("@fjordlys,,,,Admin", "Name", "Write the name"),
        ("@fjordlys,Mette,,,Admin", "Company", "no member here"),
        ("@fjordlys,Mette,nonsense,Krogh,Admin", "Email", "email address"),
        ("@fjordlys,Mette,,Krogh,Boss", "Level", "Write one of: Admin, Editor"),
        ("@fjordlys,Mette,,Krogh,Admin,extra", "", "more cells"),
        (f"@fjordlys,{'M' * 121},,Krogh,Admin", "Name", "120 characters"),
    ],
)
def test_wrong_line_says_what_to_do(
    channel: Channel, line: str, column: str, sentence: str
) -> None:
    [(number, where, said)] = wrong(channel.workspace, LINE, line)

    assert (number, where) == (3, column)
    assert sentence in said


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("Until", "01/02/2027", "two ways"),
        ("Until", "tomorrow", "2026-11-24"),
        ("From", "2101-01-01", "between the years"),
        ("Two-factor", "perhaps", "Write one of"),
        ("Holds the recovery phone", "perhaps", "yes or no"),
        ("Where the password is kept", "Sommer2026!", "looks like a password"),
        ("Last confirmed", "2099-01-01", "has come"),
    ],
)
def test_wrong_cell_says_what_to_do(
    channel: Channel, column: str, cell: str, sentence: str
) -> None:
    [(_number, where, said)] = wrong(channel.workspace, f"{LINE},{cell}", head=f"{HEAD},{column}")

    assert where == column
    assert sentence in said


def test_line_tells_all_that_is_wrong_in_it_at_once(channel: Channel) -> None:
    found = wrong(channel.workspace, "@nowhere,Mette,,,Boss,soon", head=f"{HEAD},Until")

    assert [column for _number, column, _sentence in found] == [
        "Channel",
        "Company",
        "Level",
        "Until",
    ]


def test_the_same_access_twice_names_the_line(channel: Channel) -> None:
    [(number, _column, sentence)] = wrong(channel.workspace, LINE, LINE.upper())

    assert number == 3
    assert "Line 2" in sentence


def test_channels_that_share_a_name_are_told_apart_by_their_network(
    channel: Channel, workspace: Workspace
) -> None:
    other = Channel.objects.create(workspace=workspace, network="facebook", handle="@fjordlys")

    assert "Several channels" in wrong(workspace, LINE)[0][2]
    plan = plan_of(workspace, f"{HEAD}\nFacebook: {LINE}")
    assert [one.channel for one in plan.added] == [other]


def test_channels_and_people_of_elsewhere_are_not_known(
    other_workspace: Workspace, channel: Channel, reader: Membership
) -> None:
    make_channel(other_workspace, "@theirs")
    sentences = wrong(other_workspace, LINE, "@theirs,Rita,rita@fjordlys.example,,Admin")

    assert [column for _line, column, _sentence in sentences] == ["Channel", "Company"]


# --- taking it over ---------------------------------------------------------------------------------


def bring_in(workspace: Workspace, by: Membership, text: str) -> AccessUpload:
    return keep_upload(workspace, name="list.csv", text=text, by=by.user)


def test_day_that_does_not_fit_the_one_noted_is_told_before_anything_is_written(
    channel: Channel, marketer: Membership
) -> None:
    take_over(
        bring_in(channel.workspace, marketer, f"{HEAD},From\n{LINE},2026-11-30"), by=marketer.user
    )

    plan = plan_of(channel.workspace, f"{HEAD},Until\n{LINE},2020-01-01")

    assert [(one.column, "before the first" in one.sentence) for one in plan.errors] == [
        ("Until", True)
    ]
    assert not plan.changed


@pytest.mark.parametrize("heading", ["Password", "passord", "PIN"])
def test_list_with_a_column_of_passwords_is_not_kept(
    heading: str, channel: Channel, marketer: Membership
) -> None:
    with pytest.raises(Refusal, match="passwords are never kept"):
        bring_in(channel.workspace, marketer, f"{HEAD},{heading}\n{LINE},sesame")

    assert not AccessUpload.objects.exists()


def test_list_is_taken_over_once_and_not_confirmed(channel: Channel, marketer: Membership) -> None:
    upload = bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}")
    take_over(upload, by=marketer.user)
    with pytest.raises(Refusal, match="already"):
        take_over(upload, by=marketer.user)

    noted = AccessGrant.objects.get()
    assert (noted.person_name, noted.confirmed_on) == ("Mette Krogh (Krogh Foto)", None)
    assert Record.objects.get().changes == {"added": [None, 1], "changed": [None, 0]}
    kept = AccessUpload.objects.get()
    assert (kept.name, kept.text) == ("", "")
    assert kept.cleared_at is not None
    assert kept.taken_over_at is not None


def test_page_of_a_list_that_was_taken_over_says_so_with_a_way_on(
    channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    upload = bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}")
    take_over(upload, by=marketer.user)
    bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}")
    url = reverse("networks:access_upload", args=[channel.workspace.slug, upload.uid])

    answer = client_as(marketer).get(url)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "This list was imported" in page
    assert "no longer kept" not in page
    assert f'href="{reverse("networks:access", args=["fjordlys"])}">See who has access' in page
    assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]


def test_lists_that_nobody_took_over_are_cleared(
    channel: Channel, marketer: Membership, manager: Membership
) -> None:
    workspace, text = channel.workspace, f"{HEAD}\n{LINE}"
    old = bring_in(workspace, manager, text)
    earlier = bring_in(workspace, marketer, text)
    fresh = bring_in(workspace, marketer, text)
    assert list(AccessUpload.objects.values_list("pk", "text").order_by("pk")) == [
        (old.pk, text),
        (earlier.pk, ""),
        (fresh.pk, text),
    ]
    AccessUpload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=2))
    newest = bring_in(workspace, marketer, text)
    assert list(AccessUpload.objects.values_list("pk", "text").order_by("pk")) == [
        (old.pk, ""),
        (earlier.pk, ""),
        (fresh.pk, ""),
        (newest.pk, text),
    ]


@pytest.mark.parametrize(("days", "is_cleared"), [(6, False), (8, True)])
def test_list_of_last_week_is_cleared_by_itself_and_its_page_says_so(
    days: int, is_cleared: bool, channel: Channel, marketer: Membership, client_as: ClientAs
) -> None:
    upload = bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}")
    AccessUpload.objects.update(created_at=timezone.now() - timedelta(days=days))

    clear.apply()

    now = AccessUpload.objects.get()
    assert (now.text == "", now.name == "", now.cleared_at is not None) == (is_cleared,) * 3
    assert clear_uploads() == 0
    url = reverse("networks:access_upload", args=[channel.workspace.slug, upload.uid])
    page = client_as(marketer).get(url).content.decode()
    assert ("This list is no longer kept" in page) == is_cleared
    assert ("Import it" in page) != is_cleared
    if is_cleared:
        answer = client_as(marketer).post(url)
        assert answer.status_code == 409
        assert "cleared meanwhile" in answer.content.decode()
        assert not AccessGrant.objects.exists()


def test_list_that_another_press_took_over_at_the_same_moment_says_so(
    channel: Channel,
    marketer: Membership,
    client_as: ClientAs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}")

    def after_the_other(mine: AccessUpload, *, by: User) -> Plan:
        take_over(mine, by=by)
        return take_over(mine, by=by)

    monkeypatch.setattr("networks.views_access.take_over", after_the_other)
    url = reverse("networks:access_upload", args=[channel.workspace.slug, upload.uid])
    answer = client_as(marketer).post(url)

    assert answer.status_code == 409
    assert "This list was imported already." in answer.content.decode()
    assert "See who has access" in answer.content.decode()
    assert AccessGrant.objects.count() == 1


def test_one_wrong_line_takes_nothing_over(channel: Channel, marketer: Membership) -> None:
    upload = bring_in(channel.workspace, marketer, f"{HEAD}\n{LINE}\n@nowhere,a,,b,Admin")
    with pytest.raises(Refusal):
        take_over(upload, by=marketer.user)

    assert not AccessGrant.objects.exists()
    assert AccessUpload.objects.get() == upload


def test_known_access_is_changed_in_what_the_list_names(
    channel: Channel, marketer: Membership, workspace: Workspace
) -> None:
    made = make_access(channel, None, password_place="Safe", confirmed_on=date(2026, 5, 5))
    text = f"{HEAD},Two-factor,Last confirmed\n{LINE},on,2026-04-01"
    take_over(bring_in(workspace, marketer, text), by=marketer.user)
    again = plan_of(workspace, text)

    made.refresh_from_db()
    assert (made.two_factor, made.outsider_email) == ("yes", "mette@krogh.example")
    assert (made.password_place, made.confirmed_on) == ("Safe", date(2026, 5, 5))
    assert made.revision == 2
    assert (len(again.added), len(again.changed), again.same) == (0, 0, 1)


NAMES = st.text(min_size=1, max_size=30).map(lambda text: clean_line(text).strip()).filter(bool)
GRANTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "company": NAMES,
        "level": st.sampled_from(["admin", "editor", "analyst"]),
        "login": st.sampled_from(["personal", "shared"]),
        "two_factor": st.sampled_from(["yes", "no", "unknown"]),
        "password_place": st.sampled_from(["", "=SUM(A1)", "'=1", 'Safe; "left", above', "@home"]),
        "holds_recovery_email": st.booleans(),
        "holds_recovery_phone": st.booleans(),
        "ends_on": st.none() | st.dates(date(2020, 1, 1), date(2099, 1, 1)),
        "confirmed_on": st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(GRANTS, max_size=4))
def test_register_that_goes_out_and_comes_in_again_is_the_same(
    channel: Channel, reader: Membership, made: list[dict[str, Any]]
) -> None:
    workspace = channel.workspace
    AccessGrant.objects.all().delete()
    make_access(channel, reader, password_place="Kari’s list")
    keys = set()
    for values in made:
        key = (values["name"].casefold(), values["company"].casefold(), values["level"])
        if key not in keys:
            keys.add(key)
            make_access(channel, **values)
    before = list(AccessGrant.objects.order_by("pk").values())
    text = exported(AccessGrant.objects.for_workspace(workspace).with_people().in_order())

    back = plan_of(workspace, text)
    assert (back.errors, back.added, back.changed) == ([], [], [])
    assert back.same == len(before)

    AccessGrant.objects.all().delete()
    AccessGrant.objects.bulk_create(plan_of(workspace, text).added)
    after = list(AccessGrant.objects.order_by("pk").values())
    own = {"id", "uid", "created_at", "updated_at"}
    assert [{k: v for k, v in one.items() if k not in own} for one in after] == [
        {k: v for k, v in one.items() if k not in own} for one in before
    ]


def test_reading_a_list_asks_the_same_number_of_questions_for_every_length(
    channel: Channel, workspace: Workspace
) -> None:
    rows = [HEAD.split(",")]
    rows += [["@fjordlys", f"Person {n}", "", "Agency", "Admin"] for n in range(40)]
    long, short = csv_text(rows), csv_text(rows[:2])

    assert counted(lambda: plan_of(workspace, long)) == counted(lambda: plan_of(workspace, short))


def test_confirmed_in_the_future_of_another_zone_is_taken_as_the_workspaces_day(
    channel: Channel, workspace: Workspace
) -> None:
    today = workspace.today()
    lines = [f"{LINE},{today}"]

    assert wrong(workspace, *lines, head=f"{HEAD},Last confirmed") == []
    tomorrow = today + timedelta(days=1)
    assert wrong(workspace, f"{LINE},{tomorrow}", head=f"{HEAD},Last confirmed")
