"""Ids of the other workspace and of former members, typed into every field of every form.

The address is our own and so is the person; what is posted names somebody else's thing. A field
with a list of choices refuses it, and then nothing is written. Free text may say what it likes,
and still nothing of theirs is copied, changed or referred to.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.test import Client

from content_calendar.enums import PostState
from content_calendar.models import Post
from core.form_fields import ClockTimesField
from strategies.enums import VersionState
from strategies.models import StrategyVersion
from tests.crawl.addresses import Address, Visit, addresses, visits
from tests.crawl.parameters import POSTED, posted_names
from tests.crawl.traces import (
    noted_forms,
    rows_of_world,
    shown,
    tables_in,
    undone,
    watched,
    wrong_references,
)
from tests.crawl.world import BOTH, World
from workspaces.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

Data = dict[str, Any]

#: Rows answer a script with a few lines of JSON in place of the page.
BRIEFLY = {"X-Autosave": "1"}

MANY = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)

INSIDE = [address for address in addresses() if address.is_inside]

#: Written like this, an empty field of each kind is valid. The first kind that fits decides.
TYPED: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.DateField, "2026-12-24"),
    (forms.TimeField, "09:00"),
    (ClockTimesField, "09:00, 17:00"),
    (forms.EmailField, "typed@typed.example"),
    (forms.URLField, "https://typed.example/"),
    (forms.FileField, None),
    (forms.DecimalField, "4"),
    (forms.IntegerField, "1"),
    (forms.CharField, "typed"),
)

#: What must be said otherwise than the form begins, so that it is accepted.
MEANT: dict[str, Data] = {
    "calendar:move": {"revision": "2"},
    "measurement:figure": {"read_on": "2026-01-05"},
    "networks:access_import": {"pasted": "Channel,Name,Company,Level\ntyped,typed,typed,Admin"},
    "notifications:settings": {"quiet_until": "17:00"},
    "notifications:webhook_add": {"address": "https://typed.example/"},
    "policies:hashtag_check": {"avoid_until": ""},
    "policies:signed_copy": {"signed_on": "2026-01-05"},
    "strategies:milestone": {"owner_name": ""},
    "strategies:milestone_add": {"owner_name": ""},
    "reminders:add": {"about": ""},
}


def test_the_world_is_in_order_and_a_key_that_leads_outside_is_found(
    ours: World, theirs: World
) -> None:
    milestone = ours.things["milestone"]

    assert wrong_references(ours) == []
    for stranger in (theirs.members["reader"], *ours.former):
        milestone.owner = stranger
        milestone.save(update_fields=["owner"])
        assert wrong_references(ours) == [f"Milestone.owner of {milestone.pk}"]


@pytest.mark.parametrize("address", INSIDE, ids=lambda address: address.name)
def test_foreign_ids_are_refused_in_every_field(
    address: Address, ours: World, theirs: World, theirs_before: dict[str, str]
) -> None:
    client = ours.client(BOTH)
    shapes: set[Any] = set()
    tried: set[Any] = set()
    if address.name == "strategies:submit":  # one version waits at a time
        StrategyVersion.objects.filter(pk=ours.things["version"].pk).update(
            state=VersionState.WITHDRAWN
        )
    if address.name == "calendar:hold_answer":  # only what waits for its minute is held
        Post.objects.filter(pk=ours.things["post"].pk).update(state=PostState.SCHEDULED)

    for visit in visits(address, ours):
        own = own_data(client, address, visit)
        read = accepted_forms(client, visit, own)
        shape = tuple((type(form), *form.fields) for form in read)
        if shape in shapes:
            continue  # another kind of row with the same fields
        for data in closed_fields(read, tried, ours, theirs):
            with undone(), watched() as written:
                response = client.post(visit.url, {**own, **data})
            assert response.status_code < 500, f"{visit.url} {data}"
            assert written == [], f"{visit.url} {data}"
            assert not theirs.is_in(shown(response)), f"{visit.url} {data}"
        names = open_fields(address, read, is_first=not shapes)
        for data in foreign_texts(names, visit, ours, theirs, is_first=not shapes):
            with undone():
                with watched() as written:
                    response = client.post(visit.url, {**own, **data})
                assert response.status_code < 500, f"{visit.url} {data}"
                assert not theirs.is_in(shown(response)), f"{visit.url} {data}"
                tables = tables_in(written)
                assert wrong_references(ours, tables) == [], f"{visit.url} {data}"
                assert not theirs.is_in(str(rows_of_world(ours, tables))), f"{visit.url} {data}"
                there = rows_of_world(theirs, tables)
                assert there.items() <= theirs_before.items(), f"{visit.url} {data}"
        shapes.add(shape)


# --- what would be accepted ---------------------------------------------------------------------


def own_data(client: Client, address: Address, visit: Visit) -> Data:
    """Return what a person would post here of their own."""
    data: Data = {name: POSTED[name] for name in posted_names(address)}
    for form in forms_of(client, visit, data, BRIEFLY):
        for name in form.fields:
            value = own_value(form, name)
            if value is not None:
                data[form.add_prefix(name)] = value
    return data | MEANT.get(address.name, {})


def accepted_forms(client: Client, visit: Visit, data: Data) -> list[forms.BaseForm]:
    """Return the forms that the address reads, once they accept ``data``.

    Otherwise a foreign id would be refused only because something else is wrong.
    """
    found = forms_of(client, visit, data)
    for form in found:
        assert not form.errors, f"{visit.url} {data}: {form.errors.as_text()}"
    return found


def forms_of(
    client: Client, visit: Visit, data: Data, headers: dict[str, str] | None = None
) -> list[forms.BaseForm]:
    """Return the forms that the address reads ``data`` with, one of each class."""
    with undone(), noted_forms() as noted:
        client.post(visit.url, data, headers=headers)
    return list({type(form): form for form in noted if form.is_bound}.values())


def own_value(form: forms.BaseForm, name: str) -> Any:
    """Return what stands in the field, else something that fits; None sends nothing."""
    field: Any = form.fields[name]
    stands = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field, forms.BooleanField):
        return "on" if stands else None
    if stands not in (None, "", [], ()):
        return stands
    if is_closed(field):
        return next((code for code in codes_of(field) if code), None)
    return next(value for kind, value in TYPED if isinstance(field, kind))


# --- what is not ours ---------------------------------------------------------------------------


def is_closed(field: forms.Field) -> bool:
    """Whether the field says itself what can be chosen."""
    return isinstance(field, forms.ChoiceField | forms.ModelChoiceField)


def codes_of(field: Any) -> Iterator[str]:
    """Yield what can be chosen, as it is sent."""
    for code, words in field.choices:
        if isinstance(words, list | tuple):
            yield from (str(inner) for inner, _words in words)
        else:
            yield str(code)


def closed_fields(
    read: list[forms.BaseForm], tried: set[Any], ours: World, theirs: World
) -> Iterator[Data]:
    """Yield foreign ids for the fields in which a thing is chosen.

    Every field is asked by itself first, also those in which a code is chosen. What is yielded to
    be posted is one field of each sort at an address: ``tried`` are those that were.
    """
    for form in read:
        for name, field in form.fields.items():
            if not is_closed(field):
                continue
            foreign = foreign_values(field, ours, theirs)
            for one in foreign:
                with pytest.raises(ValidationError):
                    field.clean(as_sent(field, one))
            models = frozenset(named_models(field, ours))
            if models and (type(field), models) not in tried:
                tried.add((type(field), models))
                for one in {foreign[0], foreign[-1]}:
                    yield {form.add_prefix(name): as_sent(field, one)}


def named_models(field: Any, ours: World) -> set[type[Model]]:
    """Return the models whose rows can be chosen; none where codes are."""
    queryset = getattr(field, "queryset", None)
    if queryset is not None:
        return {queryset.model}
    codes = set(codes_of(field)) - {""}
    return {type(one) for one in ours.everything() if str(getattr(one, "uid", "")) in codes}


def foreign_values(field: Any, ours: World, theirs: World) -> list[str]:
    """Return ids like those that can be chosen, of things that may not be chosen."""
    models = named_models(field, ours) or {Membership}
    key = getattr(field, "to_field_name", "uid") or "pk"
    alike = [thing for thing in theirs.everything() if type(thing) in models][:1]
    if Membership in models:
        alike += [theirs.members[BOTH], *ours.former]
    return [str(getattr(thing, key)) for thing in alike]


def as_sent(field: forms.Field, value: str) -> str | list[str]:
    """Return the value as a browser sends it."""
    return [value] if isinstance(field, MANY) else value


def open_fields(address: Address, read: list[forms.BaseForm], *, is_first: bool) -> list[list[str]]:
    """Return the names of fields that take anything, and of what is read past the forms.

    Texts that are seen, hidden ones, and fields of other sorts go separately: one that is refused
    must not hide what another one does. Of a further kind of row only the texts differ.
    """
    groups: dict[str, list[str]] = {"past the forms": sorted(posted_names(address))}
    for form in read:
        for name, field in form.fields.items():
            if not is_closed(field):
                is_text = type(field) is forms.CharField
                group = "hidden" if field.widget.is_hidden else "text" if is_text else "other"
                groups.setdefault(group, []).append(form.add_prefix(name))
    wanted = groups if is_first else {"text": groups.get("text", [])}
    return [names for names in wanted.values() if names]


def foreign_texts(
    groups: list[list[str]], visit: Visit, ours: World, theirs: World, *, is_first: bool
) -> Iterator[Data]:
    """Yield foreign uids for each group of fields."""
    things = [theirs.things[f"row:{visit.kinds[0]}"], theirs.members["reader"]]
    if is_first:
        things += [theirs.things["strategy"], ours.members["gone"]]
    for names in groups:
        for thing in things:
            yield {name: str(thing.uid) for name in names}
