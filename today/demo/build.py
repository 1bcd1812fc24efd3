"""Making the demo: everything through the services that people use, then moved to its day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import create_person
from activity.models import Record
from core.rows import Row
from core.wake import without_waking
from members.services import invite
from networks.models import Channel
from networks.services import add_channel
from notifications.models import Notification
from strategies.answers import load_answers
from strategies.enums import MilestoneState, Verdict
from strategies.models import ChannelRow, Milestone, Period, Strategy, StrategyVersion
from strategies.outlines import DayOfPeriod, RowDraft
from strategies.periods import MONTHS, months_later, name_of_months
from strategies.questionnaire import KINDS, RowKind
from strategies.roadmap import next_reading, reading_days
from strategies.services.roadmap import (
    MilestoneValues,
    add_milestone,
    apply_roadmap,
    save_milestone,
    set_state,
)
from strategies.services.rows import add_row, rows_of, save_row
from strategies.services.strategies import create_strategy
from strategies.services.versions import approve, ask_for_changes, submit_strategy
from today.demo import texts
from today.demo.history import History
from today.demo.people import ADDRESS, PEOPLE
from today.demo.texts import DayFromToday
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace
from workspaces.services import create_workspace

NAME = "Fjordlys Museum"
MONTHS_GONE = 3  # of the one in force
ROADMAP = (Milestone, Record)


@transaction.atomic
def build_demo() -> Workspace | None:
    """Make the demo, or return None where it is already. Refuses where others could reach it."""
    if not settings.DEMO_SIGN_INS:
        raise ImproperlyConfigured("The demo is only made in demo mode on loopback.")
    if User.objects.filter(is_demo=True).exists():
        return None
    with without_waking():  # all its letters count as sent
        return _Builder().build()


class _Builder:
    """One museum, from its first day to this morning."""

    def __init__(self) -> None:
        since = timezone.now()
        self.users = {
            person.key: create_person(
                email=f"{person.key}@{ADDRESS}",
                name=person.name,
                password=None,
                is_demo=True,
            )
            for person in PEOPLE
        }
        self.workspace = create_workspace(name=NAME, by=self.users["admin"])
        self.history = History(self.workspace, since=since)
        self.today = self.history.today
        self.starts_on = months_later(self.today, -MONTHS_GONE)
        self.members = dict(self._members())
        self.channels: dict[str, Channel] = {}

    def build(self) -> Workspace:
        """Go through its history, oldest first."""
        gone = (self.today - self.starts_on).days
        with self.history.on(gone + 52):
            self._add_channels()
        with self.history.on(gone + 41, hour=13):
            in_force = self._write_in_force()
        self._approve_in_force(in_force, gone)
        self._work_on_roadmap(in_force)
        self._ask_for_changes(in_force)
        with self.history.on(4, hour=15):
            self._begin_another()
        with self.history.on(3, hour=9):
            self._invite()
        return self.workspace

    # --- people and channels ------------------------------------------------------------------

    def _members(self) -> Iterable[tuple[str, Membership]]:
        first_day = (self.today - self.starts_on).days + 60
        joined_at = self.history.moment(self.today - timedelta(days=first_day), 9)
        User.objects.filter(is_demo=True).update(joined_at=joined_at)
        Workspace.objects.filter(pk=self.workspace.pk).update(created_at=joined_at)
        with self.history.on(first_day, hour=9):
            for person in PEOPLE:
                until = self.today + timedelta(days=person.days_left) if person.company else None
                member, _new = Membership.objects.update_or_create(
                    workspace=self.workspace,
                    user=self.users[person.key],
                    defaults={
                        "role": person.role,
                        "engagement": person.engagement,
                        "company": person.company,
                        "engaged_until": until,
                    },
                )
                yield person.key, member

    def _add_channels(self) -> None:
        for key, values in texts.CHANNELS.items():
            named = {
                name: self.members[value] if name in {"owner", "operator", "backup"} else value
                for name, value in values.items()
            }
            self.channels[key] = add_channel(self.workspace, named, by=self.users["marketer"])

    def _invite(self) -> None:
        invite(
            self.workspace,
            by=self.users["admin"],
            role=Role.CONTRIBUTOR,
            engagement=Engagement.EXTERNAL,
            email=f"lyd@kystlyd.{ADDRESS}",
            company="Kystlyd film",
            engaged_until=self.today + timedelta(days=74),
        )

    # --- the strategy in force ----------------------------------------------------------------

    def _write_in_force(self) -> Strategy:
        by = self.users["marketer"]
        strategy = create_strategy(self.workspace, name=name_of_months(self.starts_on), by=by)
        self._write(strategy, texts.IN_FORCE, starts_on=self.starts_on, by=by)
        cruise = self._row(strategy, "audience", "Cruise guests")
        save_row(
            cruise,
            strategy=strategy,
            values={},
            not_known=("size",),
            expected=cruise.revision,
            by=by,
        )
        return strategy

    def _approve_in_force(self, strategy: Strategy, gone: int) -> None:
        with self.history.on(gone + 20, hour=14):
            version = submit_strategy(
                strategy,
                reviewers=[self.members["manager"], self.members["leila"]],
                note="Four audiences, four channels, sixteen hours.",
                by=self.users["marketer"],
            )
        with self.history.on(gone + 12, hour=11):
            approve(
                version,
                comments=texts.APPROVAL_COMMENTS,
                text=texts.APPROVAL,
                next_review_on=self.starts_on + timedelta(days=92),
                by=self.users["manager"],
            )
        # Once more, now that the milestones were born back then: they are due from that day on.
        with self.history.on(gone + 12, hour=11):
            apply_roadmap(version, by=self.users["manager"])
        self._read_notices(version)

    def _work_on_roadmap(self, strategy: Strategy) -> None:
        """Half of what is due is done, some is moved, some is late."""
        self._read_figures(strategy)
        done = Milestone.objects.filter(strategy=strategy, due_on__lt=self.today)
        for milestone in done.filter(
            kind__in=["access", "first-month", "campaign", "find-out", "mid-term"]
        ) | done.filter(kind="initiative", due_on__lt=self.today - timedelta(days=20)):
            before = min(self.today, milestone.due_on - timedelta(days=1))
            with self.history.on((self.today - before).days, hour=15, only=ROADMAP):
                by = milestone.owner.user if milestone.owner else self.users["marketer"]
                set_state(milestone, MilestoneState.DONE, by=by)
        for kind, days, state in (
            ("policy", -9, MilestoneState.BEGUN),
            ("backup", 6, MilestoneState.TO_COME),
            ("operator", 13, MilestoneState.TO_COME),
            ("measure", 15, MilestoneState.BEGUN),
            (Verdict.OPEN.value, 20, MilestoneState.BEGUN),
        ):
            for milestone in Milestone.objects.filter(strategy=strategy, kind=kind):
                with self.history.on(18, hour=9, only=ROADMAP):
                    self._move(milestone, self.today + timedelta(days=days), state)
        for title, days, owner in texts.OWN_MILESTONES:
            with self.history.on(17, hour=9, only=ROADMAP):
                due_on = self.today + timedelta(days=days)
                values = MilestoneValues(due_on, self.members[owner], title=title, phase="run")
                add_milestone(strategy, values=values, by=self.users["manager"])

    def _read_figures(self, strategy: Strategy) -> None:
        """The figures were read every month since: each reading was a milestone of its own."""
        answers = load_answers(strategy)
        for kpi in answers.kpis:
            for day in reading_days(answers, kpi):
                reading = next_reading(answers, kpi, on_or_after=day)
                if day >= self.today or reading is None or reading.owner is None:
                    break
                owner = Membership.objects.get(uid=reading.owner.uid)
                read_at = self.history.moment(day, 11)
                Milestone.objects.create(
                    strategy=strategy,
                    key=reading.key,
                    kind=reading.kind,
                    step=reading.target.step,
                    row_kind=reading.target.kind,
                    row_uid=reading.target.row,
                    phase=reading.phase,
                    title=reading.title,
                    due_on=day,
                    owner=owner,
                    state=MilestoneState.DONE,
                    done_at=read_at,
                    done_by=owner.user,
                    created_at=read_at,
                    updated_at=read_at,
                    updated_by=owner.user,
                )

    def _move(self, milestone: Milestone, due_on: date, state: MilestoneState) -> None:
        values = MilestoneValues(due_on, milestone.owner, milestone.owner_name)
        by = self.users["marketer"]
        save_milestone(milestone, values=values, expected=milestone.revision, by=by)
        set_state(milestone, state, by=by)

    # --- the next one -------------------------------------------------------------------------

    def _ask_for_changes(self, in_force: Strategy) -> None:
        """The next period: version 1 came back, version 2 waits."""
        author = self.users["marketer"]
        starts_on = months_later(self.starts_on, MONTHS)
        with self.history.on(26, hour=13):
            strategy = create_strategy(
                self.workspace, name=name_of_months(starts_on), by=author, copy_of=in_force
            )
            self._write(strategy, texts.BEGIN[:1], starts_on=starts_on, by=author)
            self._rewrite(strategy, texts.FIRST_DRAFT)
            self._rewrite(strategy, self._later_dates(strategy, starts_on))
        asked = [self.members["manager"], self.members["admin"]]
        with self.history.on(16, hour=16):
            first = submit_strategy(strategy, reviewers=asked, note=texts.NOTE_FIRST, by=author)
        with self.history.on(13, hour=12):
            ask_for_changes(
                first,
                comments=texts.CHANGES_COMMENTS,
                text=texts.CHANGES_ASKED,
                by=self.users["manager"],
            )
        self._read_notices(first, but=author)
        with self.history.on(5, hour=14):
            self._rewrite(strategy, texts.SECOND_DRAFT)
        with self.history.on(2, hour=15):
            submit_strategy(strategy, reviewers=asked, note=texts.NOTE_SECOND, by=author)

    def _later_dates(
        self, strategy: Strategy, starts_on: date
    ) -> list[tuple[str, str, dict[str, Any]]]:
        """Move what the copy took along into its own period, spread over it."""
        changes: list[tuple[str, str, dict[str, Any]]] = []
        for place, row in enumerate(rows_of(strategy, KINDS["initiative"].model)):
            due_on = starts_on + timedelta(days=20 + 25 * place)
            changes.append(("initiative", row.title, {"due_on": due_on}))
        for place, row in enumerate(rows_of(strategy, KINDS["activity"].model)):
            first = starts_on + timedelta(days=30 + 40 * place)
            days = {"starts_on": first, "ends_on": first + timedelta(days=20)}
            changes.append(("activity", row.name, days))
        for place, row in enumerate(rows_of(strategy, KINDS["kpi"].model)):
            by_on = starts_on + timedelta(days=150 + 5 * place)
            changes.append(("kpi", str(row), {"by_on": by_on}))
        return changes

    def _begin_another(self) -> None:
        by = self.users["henrik"]
        strategy = create_strategy(self.workspace, name="Opening of the boathouse", by=by)
        self._write(strategy, texts.JUST_BEGUN, starts_on=self.today, by=by)

    def _read_notices(self, version: StrategyVersion, but: User | None = None) -> None:
        """People have opened what is over; ``but`` has not yet."""
        here = Notification.objects.for_workspace(self.workspace).unread()
        notices = here.about(("version", version.uid))
        if but is not None:
            notices = notices.exclude(recipient=but)
        notices.update(read_at=models.F("created_at") + timedelta(hours=3))

    # --- rows ---------------------------------------------------------------------------------

    def _write(
        self, strategy: Strategy, drafts: Iterable[RowDraft], *, starts_on: date, by: User
    ) -> None:
        """Make the rows, or fill those that every strategy has."""
        known: dict[str, Row] = {}
        for draft in drafts:
            kind = KINDS[draft.kind]
            values = self._settled(kind, draft.values, known, starts_on)
            there = self._there(strategy, kind, values)
            if there is not None:
                row = save_row(
                    there, strategy=strategy, values=values, expected=there.revision, by=by
                )
            else:
                row, _is_new = add_row(strategy, kind, values=values, by=by)
            known[draft.key] = row

    def _there(self, strategy: Strategy, kind: RowKind, values: Mapping[str, Any]) -> Row | None:
        """Return the row that was made with the strategy: a single one, or that of a channel."""
        rows = rows_of(strategy, kind.model)
        if kind.single:
            found: Row = rows.get()
            return found
        if issubclass(kind.model, ChannelRow):
            return rows.filter(channel=values["channel"]).first()
        return None

    def _settled(
        self,
        kind: RowKind,
        values: Mapping[str, Any],
        known: Mapping[str, Row],
        starts_on: date,
    ) -> dict[str, Any]:
        """Turn keys into rows and people, and days into dates."""
        settled: dict[str, Any] = {}
        for name, value in values.items():
            field = kind.model._meta.get_field(name)
            if isinstance(field, models.ManyToManyField):
                settled[name] = [known[key] for key in value]
            elif not isinstance(field, models.ForeignKey):
                settled[name] = self._day(value, starts_on)
            elif field.related_model is Membership:
                settled[name] = self.members[value]
            elif field.related_model is Channel:
                settled[name] = self.channels[value]
            else:
                settled[name] = known[value]
        return settled

    def _day(self, value: Any, starts_on: date) -> Any:
        if isinstance(value, DayFromToday):
            return self.today + timedelta(days=value.day)
        if isinstance(value, DayOfPeriod):
            first = starts_on if value.day >= 0 else months_later(starts_on, MONTHS)
            return first + timedelta(days=value.day)
        return value

    def _rewrite(
        self, strategy: Strategy, changes: Iterable[tuple[str, str, dict[str, Any]]]
    ) -> None:
        """Change some fields of rows that are named by how they begin."""
        period = Period.objects.get(strategy=strategy)
        starts_on = period.starts_on or self.starts_on
        for code, beginning, values in changes:
            row = self._row(strategy, code, beginning)
            save_row(
                row,
                strategy=strategy,
                values=self._settled(KINDS[code], values, {}, starts_on),
                not_known=[name for name in row.not_known if name not in values],
                expected=row.revision,
                by=self.users["marketer"],
            )

    def _row(self, strategy: Strategy, code: str, beginning: str) -> Any:
        rows = rows_of(strategy, KINDS[code].model)
        return next(row for row in rows if str(row).startswith(beginning) or not beginning)
