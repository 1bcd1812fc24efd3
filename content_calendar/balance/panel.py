"""What stands beside the calendar, ready to print: a template only goes through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext

from content_calendar.balance.balance import Balance, ChannelWeeks, Window
from content_calendar.balance.days import week_number
from content_calendar.balance.findings import BalanceFinding, balance_findings
from content_calendar.balance.mix import FEWEST_TO_JUDGE, Mix
from content_calendar.balance.picture import BarPart, bar_parts
from content_calendar.balance.sentences import (
    advice_sentence,
    message_words,
    mix_sentence,
    month_words,
    others_sentence,
    plan_words,
    rolling_words,
    short_mix_words,
    state_words,
    suggestion_reasons,
    suggestion_title,
    suggestion_when,
    uncategorised_sentence,
    usual_mix_sentence,
    view_words,
    week_words,
    work_sentence,
)
from content_calendar.balance.suggestions import Suggestion
from content_calendar.balance.weeks import PostsInWeek, WeekState
from core.text import isolated

# State of a week → icon, and class of the number.
WEEK_LOOKS = {
    WeekState.RIGHT: ("check", "cad-right"),
    WeekState.BELOW: ("empty", "cad-few"),
    WeekState.TO_GO: ("empty", "cad-few"),
    WeekState.ABOVE: ("up", "cad-many"),
    WeekState.NOT_PLANNED: ("", ""),
}


@dataclass(frozen=True)
class ChannelLook:
    """A channel as it is shown: its name, and the code of its network for the glyph."""

    name: str
    network: str


@dataclass(frozen=True)
class MixLine:
    """One stretch of days or one channel in the table of mixes."""

    name: str
    network: str
    posts: int
    percents: tuple[int, ...]
    words: str
    is_off: bool


@dataclass(frozen=True)
class MixPanel:
    """The bar of a month with its sentences, and the other mixes in a table."""

    sentence: str
    advice: str
    bar: Sequence[BarPart]
    notes: Sequence[str]
    lines: Sequence[MixLine]

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything in the bar."""
        return any(part.percent for part in self.bar)


@dataclass(frozen=True)
class WeekCell:
    """The posts of a channel in one week."""

    posts: int
    words: str
    icon: str
    css_class: str


@dataclass(frozen=True)
class WeekLine:
    """One channel: its plan in ``week`` of the panel, and the cells of all weeks."""

    name: str
    network: str
    plan: str
    cell: WeekCell
    cells: Sequence[WeekCell]


@dataclass(frozen=True)
class WeeksPanel:
    """One week in figures, all of the view in a row; ``work`` is that of the one week."""

    week: str
    weeks: Sequence[int]
    lines: Sequence[WeekLine]
    work: str
    is_too_much_work: bool


@dataclass(frozen=True)
class SuggestionPanel:
    """A thing to plan next in words; ``suggestion`` is what a form is filled from."""

    title: str
    reasons: str
    when: str
    audience: str
    message: str
    letter: "str | Promise"
    css_class: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Panel:
    """The whole side."""

    has_strategy: bool
    mix: MixPanel
    weeks: WeeksPanel
    suggestions: Sequence[SuggestionPanel]
    findings: Sequence[BalanceFinding]
    how_counted: Sequence[str]


def panel_of(balance: Balance, channels: Mapping[str, ChannelLook]) -> Panel:
    """Return the balance in words; ``channels`` are those of the workspace by uid, gone ones too."""
    return Panel(
        has_strategy=balance.strategy_today,
        mix=_mix(balance, channels),
        weeks=_weeks(balance, channels),
        suggestions=[_suggestion(one, balance, channels) for one in balance.suggestions],
        findings=balance_findings(balance, {uid: look.name for uid, look in channels.items()}),
        how_counted=how_counted(balance.month.mix),
    )


def how_counted(mix: Mix) -> list[str]:
    """Say how the numbers come about."""
    return [
        gettext("A post on several channels counts once; for a channel each version counts."),
        gettext(
            "Planned and published posts count, ideas and cancelled posts do not. Each post is judged by the strategy of its own day."
        ),
        gettext(
            "The mix is on target while each part is within the strategy’s points or one post of it, whichever is more: %(points)d points for these posts. It takes %(fewest)d posts to judge."
        )
        % {"points": mix.tolerance, "fewest": FEWEST_TO_JUDGE},
        gettext(
            "Posts per week are compared with the sum of the kinds of post. What is planned for two weeks or a month is compared over those two weeks or that month, and a week is never too low before it ends."
        ),
        gettext(
            "Work is the strategy’s minutes for each format a post is made in, once, however many channels it goes to."
        ),
        gettext(
            "What to plan next is the category that brings four weeks nearest to the target, on the channel and in the week with the most missing."
        ),
    ]


def _look(uid: str, balance: Balance, channels: Mapping[str, ChannelLook]) -> ChannelLook:
    known = channels.get(uid)
    return known or ChannelLook(balance.channel_names.get(uid, gettext("Removed channel")), "other")


def _mix(balance: Balance, channels: Mapping[str, ChannelLook]) -> MixPanel:
    month = balance.month
    notes = [
        usual_mix_sentence(month.mix) if balance.strategy_today else "",
        uncategorised_sentence(month.mix.uncategorised),
        others_sentence(balance.rolling.others),
    ]
    of_channels = [
        _mix_line(_look(uid, balance, channels), mix) for uid, mix in month.channels.items()
    ]
    return MixPanel(
        sentence=mix_sentence(month.mix, month_words(month.days, balance.today)),
        advice=advice_sentence(month.mix),
        bar=bar_parts(month.mix),
        notes=[note for note in notes if note],
        lines=[
            _window_line(rolling_words(), balance.rolling),
            _window_line(month_words(month.days, balance.today), month),
            _window_line(view_words(), balance.view),
            *of_channels,
        ],
    )


def _window_line(when: str, window: Window) -> MixLine:
    name = pgettext("heading of a line", "All posts %(when)s") % {"when": when}
    return _mix_line(ChannelLook(name, ""), window.mix)


def _mix_line(look: ChannelLook, mix: Mix) -> MixLine:
    return MixLine(
        name=look.name,
        network=look.network,
        posts=mix.posts,
        percents=tuple(part.percent for part in mix.parts),
        words=short_mix_words(mix),
        is_off=mix.is_off,
    )


def _weeks(balance: Balance, channels: Mapping[str, ChannelLook]) -> WeeksPanel:
    place = next((n for n, week in enumerate(balance.weeks) if balance.today in week), 0)
    work = balance.work[place]
    return WeeksPanel(
        week=week_words(balance.weeks[place]),
        weeks=[week_number(week) for week in balance.weeks],
        lines=[
            _week_line(row, place, _look(row.channel, balance, channels))
            for row in balance.channels
        ],
        work=work_sentence(work),
        is_too_much_work=work.is_above,
    )


def _week_line(row: ChannelWeeks, place: int, look: ChannelLook) -> WeekLine:
    cells = [_cell(one) for one in row.weeks]
    return WeekLine(look.name, look.network, plan_words(row.weeks[place]), cells[place], cells)


def _cell(one: PostsInWeek) -> WeekCell:
    icon, css_class = WEEK_LOOKS[one.state]
    return WeekCell(one.posts, state_words(one), icon, css_class)


def _suggestion(
    one: Suggestion, balance: Balance, channels: Mapping[str, ChannelLook]
) -> SuggestionPanel:
    plan = balance.plans.on(one.day or one.week.last) or balance.plans.on(one.week.first)
    audiences = {row.uid: row.name for row in plan.answers.audiences} if plan else {}
    messages = {row.uid: row.text for row in plan.answers.messages} if plan else {}
    return SuggestionPanel(
        title=suggestion_title(one, _look(one.channel, balance, channels).name),
        reasons=" ".join(suggestion_reasons(one)),
        when=suggestion_when(one),
        audience=isolated(audiences.get(one.audience, "")),
        message=message_words(messages.get(one.message, "")),
        letter=one.category.letter,
        css_class=one.category.css_class,
        suggestion=one,
    )
