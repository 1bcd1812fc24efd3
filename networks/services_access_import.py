"""Bringing a list of accesses into the register, and writing the register as a list.

A list is first only read: ``plan_of`` says what it would add and change and which lines cannot be
taken. ``take_over`` does all of it or nothing.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.services import record
from core.exceptions import Refusal
from core.form_fields import DayField
from core.text import isolated
from core.text_input import is_changed
from networks import after_saving
from networks.access_table import COLUMNS, TableLine, read_table, write_table
from networks.access_terms import outsider_uid
from networks.enums import AccessLevel, LoginKind, TwoFactor
from networks.models import AccessGrant, AccessGrantQuerySet, AccessUpload, Channel
from networks.services_access import clean_access
from workspaces.models import Membership, Workspace

KEPT_FOR = timedelta(days=7)  # a list that nobody takes over
YES = (gettext_lazy("yes"), "yes", "y", "true", "1", "x", "ja")
NO = (gettext_lazy("no"), "no", "n", "false", "0", "", "nei")
#: Identity of an access: channel, person, level, login.
Key = tuple[int, uuid.UUID, str, str]


@dataclass(frozen=True)
class LineError:
    """Why a line cannot be taken: its number, the column, what stands there and what to do."""

    number: int
    column: str
    cell: str
    sentence: str


@dataclass
class Plan:
    """What taking over a list would do. With ``errors`` nothing of it is done."""

    added: list[AccessGrant] = field(default_factory=list)
    #: Each with the labels of the fields that change.
    changed: list[tuple[AccessGrant, list[str]]] = field(default_factory=list)
    same: int = 0
    errors: list[LineError] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class _Wrong(Exception):
    """One cell of a line is not to be understood."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


#: Headings of columns that hold passwords, rather than say where they are kept.
_SECRET_HEADING = re.compile(r"(?i)pass|pwd|\bpin\b|secret|hemmelig")


@transaction.atomic
def keep_upload(workspace: Workspace, *, name: str, text: str, by: User) -> AccessUpload:
    """Keep a list until it is taken over; the person's earlier ones are cleared.

    Those of others that nobody took over within a day are cleared: they name people. Raises Refusal
    for what is no such table.
    """
    secret = next(filter(_SECRET_HEADING.search, read_table(text).unread), None)
    if secret:
        words = {"column": isolated(secret)}
        raise Refusal(_("Take out the column %(column)s: passwords are never kept here.") % words)
    here = AccessUpload.objects.filter(workspace=workspace)
    yesterday = timezone.now() - timedelta(days=1)
    _clear(here.filter(Q(uploaded_by=by) | Q(created_at__lt=yesterday)))
    return AccessUpload.objects.create(
        workspace=workspace, uploaded_by=by, name=name[:120], text=text
    )


def clear_uploads() -> int:
    """Clear the lists that nobody took over within a week; return how many."""
    return _clear(AccessUpload.objects.filter(created_at__lt=timezone.now() - KEPT_FOR))


def _clear(uploads: "models.QuerySet[AccessUpload]", **also: Any) -> int:
    kept = uploads.filter(cleared_at__isnull=True)
    return kept.update(name="", text="", cleared_at=timezone.now(), **also)


def plan_of(workspace: Workspace, text: str) -> Plan:
    """Return what taking over ``text`` would do now: four queries, however many lines."""
    table = read_table(text)
    return _Reader(workspace).plan(table.lines, unread=table.unread)


@transaction.atomic
def take_over(upload: AccessUpload, *, by: User) -> Plan:
    """Add and change what the list says, and forget the list. Raises Refusal where a line is wrong."""
    workspace = Workspace.objects.select_for_update().get(pk=upload.workspace_id)
    found = AccessUpload.objects.get(pk=upload.pk)
    if found.taken_over_at is not None:
        raise Refusal(_("This list was imported already."))
    if found.cleared_at is not None:
        raise Refusal(_("This list was cleared meanwhile. Import it again."))
    plan = plan_of(workspace, upload.text)
    if plan.errors:
        raise Refusal(_("The register has changed since. Look at the lines below."))
    now = timezone.now()
    for grant in [*plan.added, *(changed for changed, _fields in plan.changed)]:
        grant.updated_by, grant.updated_at = by, now
    AccessGrant.objects.bulk_create(plan.added, batch_size=500)
    for grant, _fields in plan.changed:
        grant.revision += 1
    AccessGrant.objects.bulk_update(
        [grant for grant, _fields in plan.changed],
        [*CHANGEABLE, "revision", "updated_by", "updated_at"],
        batch_size=200,
    )
    _clear(AccessUpload.objects.filter(pk=upload.pk), taken_over_at=now)
    if plan.added or plan.changed:
        record(
            workspace,
            by=by,
            verb="networks.accesses_brought_in",
            subject=("access", ""),
            changes={"added": [None, len(plan.added)], "changed": [None, len(plan.changed)]},
        )
        after_saving.tell(workspace, by=by)
    return plan


# --- reading ------------------------------------------------------------------------------------

#: Fields that a line may change of an access that is noted.
CHANGEABLE = (
    "outsider_email",
    "two_factor",
    "password_place",
    "holds_recovery_email",
    "holds_recovery_phone",
    "starts_on",
    "ends_on",
    "confirmed_on",
)


class _WrongLine(Exception):
    """All that is wrong in one line."""

    def __init__(self, problems: Iterable[_Wrong]) -> None:
        super().__init__()
        self.problems = list(problems)


class _Reader:
    """Turns lines into accesses of one workspace, with all that is needed for it read once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.today = workspace, workspace.today()
        self.channels: dict[str, list[Channel]] = {}
        for channel in Channel.objects.for_workspace(workspace).live().in_order():
            for name in {str(channel), channel.handle, channel.address, channel.network_name}:
                if name:
                    self.channels.setdefault(name.casefold(), []).append(channel)
        here = Membership.objects.for_workspace(workspace).select_related("user")
        self.by_email: dict[str, Membership] = {}
        self.by_name: dict[str, list[Membership]] = {}
        for member in here.order_by("pk"):
            member.workspace = workspace
            self.by_email.setdefault(member.user.email.casefold(), member)
            if member.left_at is None:
                self.by_name.setdefault(str(member.user).casefold(), []).append(member)
        current = AccessGrant.objects.for_workspace(workspace).filter(ended_at__isnull=True)
        self.noted: dict[Key, AccessGrant] = {
            _key_of(grant): grant for grant in current.with_people()
        }
        self.levels = _codes(AccessLevel)
        self.logins = _codes(LoginKind) | {"": LoginKind.PERSONAL.value}
        self.factors = _codes(TwoFactor) | {"": TwoFactor.UNKNOWN.value}
        self.factors |= {str(word).casefold(): "yes" for word in YES}
        self.factors |= {str(word).casefold(): "no" for word in NO if word}
        self.day = DayField(required=False)

    def plan(self, lines: Iterable[TableLine], *, unread: list[str]) -> Plan:
        """Read every line; each that is wrong is told by itself."""
        plan = Plan(unread=unread)
        seen: dict[Key, int] = {}
        for line in lines:
            try:
                self._read(line, plan, seen)
            except _WrongLine as wrong:
                plan.errors += [_error(line, problem) for problem in wrong.problems]
        return plan

    def _read(self, line: TableLine, plan: Plan, seen: dict[Key, int]) -> None:
        if line.has_too_many:
            raise _wrong_line(
                "",
                _(
                    "This line has more cells than there are columns. Put texts with commas in quotes."
                ),
            )
        grant = self._grant(line.cells)
        key = _key_of(grant)
        if key in seen:
            raise _wrong_line(
                "name",
                _("Line %(line)d says the same person, level and login already. Keep one.")
                % {"line": seen[key]},
            )
        seen[key] = line.number
        noted = self.noted.get(key)
        if noted is None:
            plan.added.append(grant)
            return
        changed = [name for name in CHANGEABLE if self._changes(name, noted, grant, line.cells)]
        if not changed:
            plan.same += 1
            return
        for name in changed:
            setattr(noted, name, getattr(grant, name))
        if noted.starts_on and noted.ends_on and noted.ends_on < noted.starts_on:
            raise _wrong_line(
                "ends_on" if "ends_on" in changed else "starts_on",
                _("With what is noted already, the last day would be before the first."),
            )
        labels = [str(AccessGrant._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        plan.changed.append((noted, labels))

    @staticmethod
    def _changes(
        name: str, noted: AccessGrant, grant: AccessGrant, cells: Mapping[str, str]
    ) -> bool:
        """Whether a line says something else than is noted; a column that is not there says nothing."""
        column = "email" if name == "outsider_email" else name
        if column not in cells or not is_changed(noted, name, getattr(grant, name)):
            return False
        if name == "confirmed_on":  # an older list takes no confirmation back
            after, before = grant.confirmed_on, noted.confirmed_on
            return after is not None and (before is None or after > before)
        return True

    def _grant(self, cells: Mapping[str, str]) -> AccessGrant:
        problems: list[_Wrong] = []
        read = partial(_read_or_note, problems)
        channel = read(self._channel, cells)
        person = read(self._person, cells)
        values: dict[str, Any] = {
            "level": read(self._code, cells, "level", self.levels),
            "login": read(self._code, cells, "login", self.logins),
            "two_factor": read(self._code, cells, "two_factor", self.factors),
            "password_place": read(self._text, cells, "password_place"),
            "holds_recovery_email": read(self._yes, cells, "holds_recovery_email"),
            "holds_recovery_phone": read(self._yes, cells, "holds_recovery_phone"),
            "starts_on": read(self._day, cells, "starts_on"),
            "ends_on": read(self._day, cells, "ends_on"),
        }
        confirmed_on = read(self._confirmed_on, cells)
        try:
            clean_access(self.workspace, values)
        except ValidationError as error:
            problems += [
                _Wrong(name, sentences[0]) for name, sentences in error.message_dict.items()
            ]
        if problems:
            raise _WrongLine(problems)
        member, name, company = (
            person[part] for part in ("member", "outsider_name", "outsider_company")
        )
        return AccessGrant(
            workspace=self.workspace,
            channel=channel,
            person_uid=member.uid if member else outsider_uid(self.workspace.pk, name, company),
            confirmed_on=confirmed_on,
            **person,
            **values,
        )

    def _confirmed_on(self, cells: Mapping[str, str]) -> date | None:
        found = self._day(cells, "confirmed_on")
        if found and found > self.today:
            raise _Wrong("confirmed_on", _("Write a day that has come, or leave it empty."))
        return found

    def _channel(self, cells: Mapping[str, str]) -> Channel:
        name = cells.get("channel", "")
        found = self.channels.get(name.casefold(), [])
        if not name:
            raise _Wrong("channel", _("Name the channel."))
        if not found:
            raise _Wrong(
                "channel",
                _(
                    "There is no such channel here. Write it as “Channels” shows it, or add it first."
                ),
            )
        if len({channel.pk for channel in found}) > 1:
            exact = [channel for channel in found if str(channel).casefold() == name.casefold()]
            if len(exact) == 1:
                return exact[0]
            raise _Wrong(
                "channel",
                _("Several channels are called so. Write the network too, such as “%(channel)s”.")
                % {"channel": isolated(found[0])},
            )
        return found[0]

    def _person(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Say who it is: a member by email, somebody outside by company, else a member by name."""
        email, name = cells.get("email", ""), self._text(cells, "name", longest=120)
        company = self._text(cells, "company", longest=120)
        member = self.by_email.get(email.casefold()) if email else None
        if member is not None:
            return _member(member)
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise _Wrong(
                    "email", _("Write an email address, for example kari@example.org.")
                ) from None
        if company:
            if not name:
                raise _Wrong("name", _("Write the name of the person."))
            return {
                "member": None,
                "outsider_name": name,
                "outsider_company": company,
                "outsider_email": email,
            }
        alike = self.by_name.get(name.casefold(), []) if not email else []
        if len(alike) == 1:
            return _member(alike[0])
        if len(alike) > 1:
            raise _Wrong("name", _("Several members are called so. Write the email address."))
        if not name and not email:
            raise _Wrong("name", _("Write the name of the person, or a member’s email address."))
        raise _Wrong(
            "company",
            _("This is no member here. Write the company of somebody from outside."),
        )

    def _code(self, cells: Mapping[str, str], column: str, codes: Mapping[str, str]) -> str:
        said = cells.get(column, "").casefold()
        if said in codes:
            return codes[said]
        words = {"choices": ", ".join(str(label) for label in _LABELS[column])}
        raise _Wrong(column, _("Write one of: %(choices)s.") % words)

    def _yes(self, cells: Mapping[str, str], column: str) -> bool:
        said = cells.get(column, "").casefold()
        if said in {str(word).casefold() for word in YES}:
            return True
        if said in {str(word).casefold() for word in NO}:
            return False
        raise _Wrong(column, _("Write yes or no."))

    def _day(self, cells: Mapping[str, str], column: str) -> date | None:
        try:
            found: date | None = self.day.clean(cells.get(column, ""))
        except ValidationError as error:
            code = error.error_list[0].code
            sentence = error.messages[0] if code in {"ambiguous", "range"} else ""
            raise _Wrong(column, sentence or _("Write the day as 2026-11-24.")) from error
        return found

    @staticmethod
    def _text(cells: Mapping[str, str], column: str, *, longest: int = 200) -> str:
        text = cells.get(column, "")
        if len(text) > longest:
            raise _Wrong(column, _("Keep this to %(number)d characters.") % {"number": longest})
        return text


def _wrong_line(column: str, sentence: str) -> _WrongLine:
    return _WrongLine([_Wrong(column, sentence)])


def _read_or_note(problems: list[_Wrong], read: Callable[..., Any], *args: Any) -> Any:
    """Return what ``read`` finds; what is wrong is noted, so that a line tells all of it at once."""
    try:
        return read(*args)
    except _Wrong as wrong:
        problems.append(wrong)
        return None


def _error(line: TableLine, wrong: _Wrong) -> LineError:
    label = str(COLUMNS[wrong.column]) if wrong.column else ""
    return LineError(line.number, label, line.cells.get(wrong.column, ""), wrong.sentence)


_LABELS = {
    "level": AccessLevel.labels,
    "login": LoginKind.labels,
    "two_factor": TwoFactor.labels,
}


def _codes(choices: type[models.TextChoices]) -> dict[str, str]:
    """Every way of writing a choice: its code, and its words in the language of the page."""
    words = {str(one.label).casefold(): str(one.value) for one in choices}
    return words | {one.value: one.value for one in choices}


def _member(member: Membership) -> dict[str, Any]:
    return {"member": member, "outsider_name": "", "outsider_company": "", "outsider_email": ""}


def _key_of(grant: AccessGrant) -> Key:
    return grant.channel_id, grant.person_uid, str(grant.level), str(grant.login)


# --- writing ------------------------------------------------------------------------------------


def exported(grants: AccessGrantQuerySet) -> str:
    """Return accesses as a CSV; brought in again, it changes nothing."""
    return write_table(_lines(grants))


def _lines(grants: Iterable[AccessGrant]) -> Iterator[dict[str, object]]:
    yes, no = _("yes"), _("no")
    for grant in grants:
        member = grant.member
        yield {
            "channel": grant.channel,
            "name": member.user if member else grant.outsider_name,
            "email": grant.email,
            "company": member.company if member else grant.outsider_company,
            "level": grant.get_level_display(),
            "login": grant.get_login_display(),
            "two_factor": grant.get_two_factor_display(),
            "password_place": grant.password_place,
            "holds_recovery_email": yes if grant.holds_recovery_email else no,
            "holds_recovery_phone": yes if grant.holds_recovery_phone else no,
            "starts_on": grant.starts_on or "",
            "ends_on": grant.ends_on or "",
            "confirmed_on": grant.confirmed_on or "",
        }
