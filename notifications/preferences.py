"""What a person wants to be told, by which way and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from notifications.enums import DIGEST_AT, EMAIL, IN_APP, Pace
from notifications.models import NoticeChoice, NoticeSettings
from notifications.notification_types import NOTIFICATION_TYPES, NotificationType


@dataclass(frozen=True)
class Preferences:
    """One person's; what is not chosen is as the type of notice says."""

    user: User
    settings: NoticeSettings
    choices: dict[tuple[str, str], Pace] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The person's own clock."""
        return ZoneInfo(self.user.timezone)

    def pace_of(self, kind: NotificationType, way: str) -> Pace:
        """Return when emails (or what else goes by ``way``) of a type go out."""
        if kind.pace is None:
            return Pace.AT_ONCE
        usual = kind.pace if way == EMAIL else Pace.AT_ONCE
        return self.choices.get((kind.code, way), usual)

    def is_in_app(self, kind: NotificationType) -> bool:
        """Whether notices of a type are shown in the program."""
        return self.pace_of(kind, IN_APP) != Pace.OFF

    def is_paused(self, now: datetime) -> bool:
        """Whether the person wants no emails on the day that it is where they are."""
        until = self.settings.paused_until
        return until is not None and now.astimezone(self.zone).date() < until

    def quiet_end(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end that go on at ``now``; None when there are none."""
        begin, end = self.settings.quiet_from, self.settings.quiet_until
        if begin is None or end is None or begin == end:
            return None
        local = now.astimezone(self.zone)
        at = local.time()
        is_quiet = begin <= at < end if begin < end else at >= begin or at < end
        return first_time(end, self.zone, after=now) if is_quiet else None

    def next_digest(self, since: datetime) -> datetime:
        """Return the first moment of a daily email, from ``since`` on."""
        return first_time(DIGEST_AT, self.zone, after=since - timedelta(microseconds=1))


def first_time(at: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """Return the first moment later than ``after`` at which the clocks of ``zone`` say ``at``."""
    day = after.astimezone(zone).date()
    moment = datetime.combine(day, at, tzinfo=zone)
    if moment <= after:
        moment = datetime.combine(day + timedelta(days=1), at, tzinfo=zone)
    return moment


def preferences_of(users: Iterable[User]) -> dict[int, Preferences]:
    """Return the preferences of each person by primary key, with two queries."""
    people = {user.pk: user for user in users}
    settings = {one.user_id: one for one in NoticeSettings.objects.filter(user__in=people)}
    found = {
        pk: Preferences(user, settings.get(pk) or NoticeSettings(user=user))
        for pk, user in people.items()
    }
    for choice in NoticeChoice.objects.filter(user__in=people):
        found[choice.user_id].choices[choice.kind, choice.way] = Pace(choice.pace)
    return found


def choosable() -> Iterator[NotificationType]:
    """Yield the types of notice that a person can switch off."""
    return (kind for kind in NOTIFICATION_TYPES if kind.pace is not None)
