"""The forms of rows: what people type, what they may choose, and what is refused with a sentence."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.http import QueryDict
from django.utils import timezone

from networks.models import Channel
from strategies.domain.answers import load_answers
from strategies.domain.checks.state import left_open, open_in
from strategies.domain.questionnaire import KINDS
from strategies.forms.rows import ONLY_WHEN_OTHER, RowForm, row_form
from strategies.models import Strategy
from strategies.services.rows import remove_row, save_row
from strategies.services.strategies import create_strategy
from tests.strategies.typed import EVERY, add, code_of, only_row, typed, with_choices
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(workspace: Workspace, marketer: Membership) -> Strategy:
    return create_strategy(workspace, name="Spring", by=marketer.user)


def test_every_kind_with_more_fields_says_in_short_what_they_are() -> None:
    for kind in KINDS.values():
        assert bool(kind.more_words) == bool(kind.more), kind.code


def filled(strategy: Strategy, code: str, row: Any = None, **over: Any) -> RowForm:
    """The form of a kind with something valid in it, and ``over``."""
    kind = KINDS[code]
    return row_form(kind)({**typed(kind, strategy), **over}, strategy=strategy, instance=row)


@pytest.mark.parametrize("kind", EVERY, ids=code_of)
def test_every_kind_has_a_form_that_takes_every_field(
    kind: Any, strategy: Strategy, marketer: Membership
) -> None:
    with_choices(strategy, marketer.user)

    form = filled(strategy, kind.code)

    assert form.is_valid(), form.errors
    assert set(form.values) == set(kind.fields)
    names = [item.bound.name for item in (*form.first_fields, *form.more_fields)]
    assert names == list(kind.fields)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200),
        (" 1 200 ", 1200),
        ("1\u00a0200", 1200),
        ("1\u202f200", 1200),
        ("1’200", 1200),
        ("1,200", 1200),
        ("1.200.000", 1_200_000),
        ("", None),
        ("0", 0),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(
    text: str, number: int | None, strategy: Strategy
) -> None:
    form = filled(strategy, "audience", size=text)

    assert form.is_valid(), form.errors
    assert form.values["size"] == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-3", "Write 0 or more."),
        ("−3", "Write 0 or more."),
        ("1000000000000", "Write 10\u202f000\u202f000\u202f000 or less."),
        ("9" * 400, "Write a whole number, for example 1200."),
        ("1.234,5", "Write a whole number, for example 1200."),
        ("12.5", "Write a whole number, for example 1200."),
        ("1e5", "Write a whole number, for example 1200."),
        ("many", "Write a whole number, for example 1200."),
    ],
)
def test_wrong_whole_numbers_get_a_sentence(text: str, sentence: str, strategy: Strategy) -> None:
    form = filled(strategy, "audience", size=text)

    assert form.errors["size"] == [sentence]
    assert form["size"].value() == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("37.5", "37.5"),
        ("37,5", "37.5"),
        ("1 200,5", "1200.5"),
        ("0,5", "0.5"),
        ("20", "20"),
    ],
)
def test_decimals_take_comma_or_point(text: str, number: str, strategy: Strategy) -> None:
    form = filled(strategy, "ownership", hours_per_week=text)

    assert form.is_valid(), form.errors
    assert form.values["hours_per_week"] == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.234,5", "Write it with a point for decimals and nothing else, for example 1234.5."),
        ("1,234.5", "Write it with a point for decimals and nothing else, for example 1234.5."),
        ("1,200", "This can be read in two ways. Write 1200 or 1.2, whichever you mean."),
        ("NaN", "Write a number, for example 12 or 12.5."),
        ("Infinity", "Write a number, for example 12 or 12.5."),
        (".", "Write a number, for example 12 or 12.5."),
        ("-1", "Write 0 or more."),
        ("1000000000000", "Write 10\u202f000 or less."),
        ("1.25", "Use at most 1 decimal."),
    ],
)
def test_wrong_decimals_get_a_sentence(text: str, sentence: str, strategy: Strategy) -> None:
    form = filled(strategy, "ownership", hours_per_week=text)

    assert form.errors["hours_per_week"] == [sentence]
    assert form["hours_per_week"].value() == text


@pytest.mark.parametrize("text", ["2027-03-01", "01.03.2027", "2027/03/01"])
def test_days_are_read_as_people_write_them(text: str, strategy: Strategy) -> None:
    form = filled(strategy, "period", starts_on=text)

    assert form.is_valid(), form.errors
    assert form.values["starts_on"] == date(2027, 3, 1)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2027-02-30", "soon"])
def test_wrong_days_get_a_sentence(text: str, strategy: Strategy) -> None:
    form = filled(strategy, "period", starts_on=text)

    assert str(form.errors["starts_on"][0]).startswith(("Choose a date", "Choose a day"))


@pytest.mark.parametrize("text", ["08:30", "8.30", "0830", "08:30:00"])
def test_times_are_read_as_people_write_them(
    text: str, strategy: Strategy, marketer: Membership
) -> None:
    add(strategy, "channel", by=marketer.user)

    form = filled(strategy, "watch", starts_at=text)

    assert form.is_valid(), form.errors
    assert form.values["starts_at"] == time(8, 30)


def test_wrong_times_get_a_sentence(strategy: Strategy, marketer: Membership) -> None:
    add(strategy, "channel", by=marketer.user)

    form = filled(strategy, "watch", starts_at="25:00")

    assert form.errors["starts_at"] == ["Write a time of day, for example 08:30."]


def test_a_text_that_is_too_long_is_told_with_its_length(strategy: Strategy) -> None:
    form = filled(strategy, "audience", name="x" * 161)

    assert form.errors["name"] == ["Keep this to 160 characters; it has 161 now."]


@pytest.mark.parametrize(
    "text", ["🦊 𝒻𝑜𝓍", "عائلات", "<script>alert(1)</script>", "👨\u200d👩\u200d👧", "{{ x }}"]
)
def test_texts_of_all_kinds_are_kept_as_they_are(text: str, strategy: Strategy) -> None:
    form = filled(strategy, "audience", name=text)

    assert form.is_valid(), form.errors
    assert form.values["name"] == text


def test_a_figure_of_ones_own_needs_a_name(strategy: Strategy) -> None:
    form = filled(strategy, "kpi", metric="own", name="")

    assert "name" in form.errors


# --- choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "value", "other"),
    [
        ("channel", "network", "facebook", "other_network"),
        ("objective", "kind", "brand", "other_kind"),
        ("activity", "kind", "campaign", "other_kind"),
    ],
)
def test_what_something_else_is_stays_only_while_it_is_something_else(
    code: str, name: str, value: str, other: str, strategy: Strategy
) -> None:
    meant = filled(strategy, code, **{name: "other", other: "Peace"})
    left = filled(strategy, code, **{name: value, other: "Peace"})
    wrong = filled(strategy, code, **{name: "no such", other: "Peace"})

    assert meant.is_valid()
    assert meant.values[other] == "Peace"
    assert left.is_valid()
    assert left.values[other] == ""
    assert not wrong.is_valid()
    assert wrong.cleaned_data[other] == "Peace"


@pytest.mark.parametrize("kind", EVERY, ids=code_of)
def test_what_something_else_is_stands_beside_what_asks_for_it(kind: Any) -> None:
    for name, other in ONLY_WHEN_OTHER.items():
        if other in kind.fields:
            assert kind.first.index(other) == kind.first.index(name) + 1


def test_choices_are_those_of_the_workspace_and_the_strategy(
    strategy: Strategy, marketer: Membership, stranger: Membership, other_workspace: Workspace
) -> None:
    with_choices(strategy, marketer.user)
    other = create_strategy(strategy.workspace, name="Other", by=marketer.user)
    foreign_audience = add(other, "audience", by=marketer.user)
    foreign_channel = Channel.objects.create(
        workspace=other_workspace, network="x", handle="@theirs"
    )

    message = filled(strategy, "message", audiences=[str(foreign_audience.uid)])
    plan = filled(strategy, "post-kind", channel=str(foreign_channel.uid))
    duty = filled(strategy, "duty", holder=str(stranger.uid))

    again = "Choose again: this one is no longer on the list."
    assert message.errors["audiences"] == ["Choose again: one of these is no longer on the list."]
    assert plan.errors["channel"] == [again]
    assert duty.errors["holder"] == [again]


@pytest.mark.parametrize("value", ["1", "nobody", "9" * 50, "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_choice_is_told(value: str, strategy: Strategy) -> None:
    assert "holder" in filled(strategy, "duty", holder=value).errors


def test_a_member_who_left_stays_chosen_and_is_not_offered_to_others(
    strategy: Strategy, marketer: Membership, manager: Membership
) -> None:
    duty = add(strategy, "duty", by=marketer.user, holder=str(manager.uid))
    manager.left_at = timezone.now()
    manager.save(update_fields=["left_at"])
    duty.refresh_from_db()

    own = filled(strategy, "duty", row=duty, holder=str(manager.uid))
    new = filled(strategy, "duty", holder=str(manager.uid))

    assert own.is_valid(), own.errors
    assert own.values["holder"] == manager
    words = dict(own.fields["holder"].choices)  # type: ignore[attr-defined]
    assert words[str(manager.uid)] == "Magnus Manager (has left)"
    assert "holder" in new.errors


def test_a_removed_choice_is_hidden_and_not_lost(strategy: Strategy, marketer: Membership) -> None:
    with_choices(strategy, marketer.user)
    message = add(strategy, "message", by=marketer.user)
    objective = add(strategy, "objective", by=marketer.user)
    families, goal = only_row(strategy, "audience"), only_row(strategy, "goal")
    for row in (families, goal):
        remove_row(row, strategy=strategy, by=marketer.user)
    objective.refresh_from_db()

    shown = filled(strategy, "message", row=message, audiences=[])
    serves = filled(strategy, "objective", row=objective, audiences=[], goal="")

    assert shown.is_valid()
    assert shown.values["audiences"] == [families]
    assert serves.is_valid()
    assert serves.values["goal"] == goal


def test_a_channel_has_one_watch(strategy: Strategy, marketer: Membership) -> None:
    channel = add(strategy, "channel", by=marketer.user)
    watch = add(strategy, "watch", by=marketer.user)

    assert "channel" in filled(strategy, "watch", channel=str(channel.uid)).errors
    assert filled(strategy, "watch", row=watch, channel=str(channel.uid)).is_valid()


# --- not known yet ------------------------------------------------------------------------------


def test_not_known_yet_answers_an_empty_field_only(strategy: Strategy) -> None:
    form = filled(strategy, "audience", needs="", size="12", not_known=["needs", "size"])

    assert form.is_valid(), form.errors
    assert form.answered_not_known == ("needs",)


def test_not_known_yet_is_no_answer_to_other_fields(strategy: Strategy) -> None:
    assert "not_known" in filled(strategy, "audience", not_known=["name"]).errors


def test_a_value_takes_not_known_yet_back(strategy: Strategy, marketer: Membership) -> None:
    row = add(strategy, "audience", by=marketer.user, needs="", not_known=["needs"])
    form = filled(strategy, "audience", row=row, needs="A roof", not_known=["needs"])
    assert form.is_valid()

    saved = save_row(
        row,
        strategy=strategy,
        values=form.values,
        not_known=form.answered_not_known,
        expected=row.revision,
        by=marketer.user,
    )

    assert saved.not_known == ()


# --- the fold -----------------------------------------------------------------------------------


def test_the_rest_is_folded_until_it_says_something(
    strategy: Strategy, marketer: Membership
) -> None:
    mix = row_form(KINDS["content-plan"])
    plan = only_row(strategy, "content-plan")
    assert not mix(strategy=strategy, instance=plan).is_more_open

    plan.by_hand = "Condolences"

    assert mix(strategy=strategy, instance=plan).is_more_open
    assert filled(strategy, "audience", size="many", aim="", elsewhere="").is_more_open


def test_a_form_costs_the_same_with_many_choices(
    strategy: Strategy, marketer: Membership, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        add(strategy, "audience", by=marketer.user, word=f"{number}")

    with django_assert_max_num_queries(2):
        form = row_form(KINDS["message"])(strategy=strategy)
        str(form["audiences"])


# --- what is asked of a figure ------------------------------------------------------------------


def left_out(form: RowForm) -> set[str]:
    drawn = [*form.first_fields, *form.more_fields]
    return {item.bound.name for item in drawn if item.is_left_out}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"metric": "own", "name": "Bookings"}, set()),
        ({"metric": "reach"}, {"name", "family", "is_sign", "definition", "divided_by"}),
        ({"metric": "own", "is_sign": "on"}, {"baseline", "target", "direction", "divided_by"}),
        ({"metric": "own", "direction": "follow"}, {"target", "by_on"}),
    ],
)
def test_a_figure_is_asked_what_applies_to_it(
    said: dict[str, str], expected: set[str], strategy: Strategy
) -> None:
    form = row_form(KINDS["kpi"])({"direction": "up", **said}, strategy=strategy)

    assert left_out(form) == expected


def test_what_does_not_apply_and_says_something_stays_in_sight(strategy: Strategy) -> None:
    said = {"metric": "reach", "definition": "Without our own staff", "not_known": ["baseline"]}
    form = row_form(KINDS["kpi"])({**said, "is_sign": "on", "direction": "down"}, strategy=strategy)

    assert left_out(form) == {"name", "family", "divided_by", "target"}


def test_a_figure_keeps_what_does_not_apply_to_it(strategy: Strategy, marketer: Membership) -> None:
    row = add(strategy, "kpi", by=marketer.user, metric="own", name="Bookings", target=12)
    data = {"metric": "own", "name": "Bookings", "target": "12", "is_sign": "on", "direction": "up"}
    form = row_form(KINDS["kpi"])(data, strategy=strategy, instance=row)

    assert form.is_valid(), form.errors
    assert form.values["target"] == 12


# --- dates by month -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "field", "typed_text", "day"),
    [
        ("objective", "by_on", "September 2027", date(2027, 9, 30)),
        ("initiative", "due_on", "2028-02", date(2028, 2, 29)),
        ("kpi", "by_on", "Q3 2027", date(2027, 9, 30)),
        ("activity", "starts_on", "autumn 2027", date(2027, 9, 1)),
        ("activity", "ends_on", "autumn 2027", date(2027, 11, 30)),
        ("period", "starts_on", "Jan 2027", date(2027, 1, 1)),
    ],
)
def test_a_month_is_taken_as_its_first_or_last_day(
    code: str, field: str, typed_text: str, day: date, strategy: Strategy
) -> None:
    kind = KINDS[code]
    given: dict[str, str] = {name: "" for name in ("starts_on", "ends_on") if name in kind.fields}
    form = filled(strategy, code, **{**given, field: typed_text})

    assert form.is_valid(), form.errors
    assert form.values[field] == day
    assert f'value="{day}"' in str(form[field])  # what it became is shown


def test_a_month_chosen_beside_the_day_counts(strategy: Strategy) -> None:
    form, alone = (
        row_form(KINDS["objective"])(sent(strategy, by_on=texts), strategy=strategy)
        for texts in (["2027-01-15", "2027-09"], ["2027-01-15", ""])
    )

    assert form.is_valid()
    assert form.values["by_on"] == date(2027, 9, 30)
    assert alone.is_valid()
    assert alone.values["by_on"] == date(2027, 1, 15)


def sent(strategy: Strategy, **over: list[str]) -> QueryDict:
    """An objective as a browser sends it, where two controls may have one name."""
    data = QueryDict(mutable=True)
    for name, value in {**typed(KINDS["objective"], strategy), **over}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_a_month_merges_as_the_day_it_is(strategy: Strategy, marketer: Membership) -> None:
    row = add(strategy, "objective", by=marketer.user, by_on=date(2027, 1, 15))
    before = row_form(KINDS["objective"])(strategy=strategy, instance=row)
    save_row(
        row=row,
        strategy=strategy,
        values={"by_on": date(2027, 9, 30)},
        expected=row.revision,
        by=marketer.user,
    )
    row.refresh_from_db()
    same, other = (
        row_form(KINDS["objective"])(
            sent(strategy, by_on=["", month], began=[before.began_now]),
            strategy=strategy,
            instance=row,
        )
        for month in ("2027-09", "2027-10")
    )

    assert [one.name for one in same.conflicts if one.name == "by_on"] == []
    assert [one.mine for one in other.conflicts if one.name == "by_on"] == [
        "Sun\u00a031\u00a0Oct\u00a02027"
    ]


def test_other_places_answer_where_an_audience_is_found(strategy: Strategy) -> None:
    form = filled(strategy, "audience", networks=[], elsewhere="Fairs", not_known=["networks"])
    nowhere = filled(strategy, "audience", networks=[], elsewhere="", not_known=["networks"])

    assert form.is_valid()
    assert form.answered_not_known == ()
    assert next(one for one in form.first_fields if one.bound.name == "networks").is_said
    assert nowhere.is_valid()
    assert nowhere.answered_not_known == ("networks",)


def test_other_places_leave_nothing_open_on_the_card(
    strategy: Strategy, marketer: Membership
) -> None:
    kind = KINDS["audience"]
    add(strategy, "audience", by=marketer.user, networks=[], elsewhere="Fairs")
    (row,) = load_answers(strategy).audiences

    assert left_open(row, kind) == []
    assert "networks" not in open_in([row], kind)
    assert left_open(msgspec.structs.replace(row, elsewhere=""), kind) == ["networks"]
