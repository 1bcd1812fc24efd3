"""The balance in sentences, in the active language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from content_calendar.balance.days import Days, week_number
from content_calendar.balance.mix import FEWEST_TO_JUDGE, MOST_ADVISED, Mix, MixShare
from content_calendar.balance.others import OthersShare
from content_calendar.balance.spacing import Gap
from content_calendar.balance.suggestions import Suggestion
from content_calendar.balance.weeks import PostsInWeek, WeekState
from content_calendar.balance.work import WorkInWeek
from core.enums import ContentCategory
from core.text import LIST_SEPARATOR, cut, date_words, isolated, work_text
from networks.enums import PostFormat
from strategies.enums import CadencePeriod

MESSAGE_AT_MOST = 60  # characters of a key message inside a sentence

CATEGORY_IN_SENTENCE: "dict[ContentCategory, str | Promise]" = {
    ContentCategory.PROMOTIONAL: pgettext_lazy("category inside a sentence", "selling"),
    ContentCategory.INFORMATIVE: pgettext_lazy("category inside a sentence", "useful"),
    ContentCategory.ENGAGEMENT: pgettext_lazy("category inside a sentence", "dialogue"),
}


# --- mix --------------------------------------------------------------------------------------


def month_words(month: Days, today: date) -> str:
    """Write “in November”, with the year when it is not this one's."""
    form = "F" if month.first.year == today.year else "F Y"
    return pgettext("posts …", "in %(month)s") % {"month": date_format(month.first, form)}


def rolling_words() -> str:
    """Write “in the last four weeks”."""
    return pgettext("posts …", "in the last four weeks")


def view_words() -> str:
    """Write “in the days shown”."""
    return pgettext("posts …", "in the days shown")


def mix_sentence(mix: Mix, when: str) -> str:
    """Write “12 posts in November: selling 50 %, 17 points above target.”; ``when`` is “in …”."""
    if not mix.posts and mix.uncategorised:
        return gettext("No posts with a category %(when)s.") % {"when": when}
    if not mix.posts:
        return gettext("No posts %(when)s.") % {"when": when}
    words = {"posts": _posts(mix.posts, when)}
    if mix.is_too_few:
        words["fewest"] = str(FEWEST_TO_JUDGE)
        return gettext("%(posts)s: too few to judge, it takes %(fewest)s.") % words
    if not mix.is_off:
        return gettext("%(posts)s: on target.") % words
    part = mix.furthest
    return gettext("%(posts)s: %(category)s %(percent)d\u00a0%%, %(points)s.") % {
        **words,
        "category": CATEGORY_IN_SENTENCE[part.category],
        "percent": part.percent,
        "points": _points(part),
    }


def advice_sentence(mix: Mix) -> str:
    """Write “Plan 3 useful posts next.”; empty where nothing has to be done."""
    if mix.advice is None:
        return ""
    if mix.advice.is_enough:
        posts = [_posts_of(category, number) for category, number in mix.advice.posts]
        return gettext("Plan %(posts)s next.") % {"posts": _and(posts)}
    most, _number = max(mix.advice.posts, key=lambda one: one[1])
    return gettext(
        "It takes more than %(most)d posts to get back to target: begin with %(category)s."
    ) % {"most": MOST_ADVISED, "category": CATEGORY_IN_SENTENCE[most]}


def uncategorised_sentence(posts: int) -> str:
    """Write how many posts are not counted for want of a category; empty for none."""
    if not posts:
        return ""
    return ngettext(
        "%(posts)d post has no category and is not counted.",
        "%(posts)d posts have no category and are not counted.",
        posts,
    ) % {"posts": posts}


def usual_mix_sentence(mix: Mix) -> str:
    """Write what the target is where no strategy says it; empty where one does for all posts."""
    if not mix.is_usual:
        return ""
    if mix.by_usual < mix.posts:
        return ngettext(
            "No strategy was in force for %(posts)d of the posts: it is judged by the usual thirds.",
            "No strategy was in force for %(posts)d of the posts: they are judged by the usual thirds.",
            mix.by_usual,
        ) % {"posts": mix.by_usual}
    return gettext("No strategy is in force in these days, so the target is the usual thirds.")


def short_mix_words(mix: Mix) -> str:
    """Write where a mix stands in a cell: “too few”, “on target”, “selling +17”."""
    if mix.is_too_few:
        return pgettext("mix", "too few to judge")
    if not mix.is_off:
        return pgettext("mix", "on target")
    return pgettext("mix", "%(category)s %(points)s points") % {
        "category": CATEGORY_IN_SENTENCE[mix.furthest.category],
        "points": f"{mix.furthest.points:+d}".replace("-", "−"),
    }


def others_sentence(others: OthersShare) -> str:
    """Write how many of the useful posts are from others; empty without useful ones."""
    if not others.useful:
        return ""
    return ngettext(
        "%(others)d of %(useful)d useful post in the last four weeks is from others.",
        "%(others)d of %(useful)d useful posts in the last four weeks are from others.",
        others.useful,
    ) % {"others": others.from_others, "useful": others.useful}


# --- weeks ------------------------------------------------------------------------------------


def week_words(week: Days) -> str:
    """Write “Week 48”."""
    return gettext("Week %(number)d") % {"number": week_number(week)}


def plan_words(one: PostsInWeek) -> str:
    """Write the numbers planned, and over what where that is not a week: “1–2 a month”."""
    if not one.range or one.period is CadencePeriod.WEEK:
        return one.range
    return pgettext("number of posts, and over what", "%(range)s %(period)s") % {
        "range": one.range,
        "period": one.period.label,
    }


def state_words(one: PostsInWeek) -> str:
    """Write how the week stands, empty without a plan; what is counted over longer says how many."""
    match one.state:
        case WeekState.NOT_PLANNED:
            return ""
        case WeekState.TO_GO:
            words = ngettext("%(number)d to go", "%(number)d to go", one.to_go)
            state = words % {"number": one.to_go}
        case _:
            state = str(one.state.label)
    if one.is_planned_in_part:
        state = gettext("%(state)s for %(days)d of %(all)d days") % {
            "state": state,
            "days": one.planned_days,
            "all": len(one.span),
        }
    numbers = {"state": state, "posts": one.in_span}
    match one.period:
        case CadencePeriod.WEEK:
            return state
        case CadencePeriod.TWO_WEEKS:
            return gettext("%(state)s, %(posts)d in two weeks") % numbers
        case CadencePeriod.MONTH:
            return gettext("%(state)s, %(posts)d in the month") % numbers


def work_sentence(work: WorkInWeek) -> str:
    """Write the work of a week against the hours; empty where neither is said."""
    if work.available is None:
        return (
            gettext("About %(work)s of work.") % {"work": work_text(work.minutes)}
            if work.minutes
            else ""
        )
    return gettext("About %(work)s of work, %(hours)s available.") % {
        "work": work_text(work.minutes),
        "hours": work_text(work.available),
    }


# --- what to plan next ------------------------------------------------------------------------


def suggestion_title(one: Suggestion, channel: str) -> str:
    """Write “Dialogue on Facebook, week 49.”."""
    return gettext("%(category)s on %(channel)s, week %(week)d.") % {
        "category": one.category.label,
        "channel": isolated(channel),
        "week": week_number(one.week),
    }


def suggestion_reasons(one: Suggestion) -> list[str]:
    """Write why, the strongest reason first; there is always one."""
    found = []
    if one.last.is_below and one.last.posts >= 3:
        found.append(_last_posts(one))
    if one.in_week.to_go:
        found.append(_to_go(one.in_week))
    if one.unplanned:
        found.append(
            gettext("Nothing is planned for %(audience)s.") % {"audience": isolated(one.unplanned)}
        )
    if not found:
        found.append(gettext("It brings the mix nearest to its target."))
    return found


def suggestion_when(one: Suggestion) -> str:
    """Write format, day and time where the kind of post says them: “Carousel, Tue 1 Dec, 17:00”."""
    parts = [
        str(PostFormat(one.format).label) if one.format else "",
        date_words(one.day, with_year=False) if one.day else "",
        time_format(one.at, "H:i") if one.at else "",
    ]
    return LIST_SEPARATOR.join(part for part in parts if part)


def _last_posts(one: Suggestion) -> str:
    words = {"some": one.last.of_category, "all": one.last.posts}
    is_none = not one.last.of_category
    match one.category:
        case ContentCategory.PROMOTIONAL:
            if is_none:
                return gettext("None of the last %(all)d posts there sold anything.") % words
            return gettext("Only %(some)d of the last %(all)d posts there sold anything.") % words
        case ContentCategory.INFORMATIVE:
            if is_none:
                return gettext("None of the last %(all)d posts there was useful.") % words
            return (
                ngettext(
                    "Only %(some)d of the last %(all)d posts there was useful.",
                    "Only %(some)d of the last %(all)d posts there were useful.",
                    one.last.of_category,
                )
                % words
            )
        case ContentCategory.ENGAGEMENT:
            if is_none:
                return gettext("None of the last %(all)d posts there asked anything.") % words
            return gettext("Only %(some)d of the last %(all)d posts there asked anything.") % words


def _to_go(one: PostsInWeek) -> str:
    words = {"posts": one.in_span, "lowest": one.lowest}
    match one.period:
        case CadencePeriod.WEEK:
            return (
                gettext("The plan asks for at least %(lowest)d there that week, %(posts)d so far.")
                % words
            )
        case CadencePeriod.TWO_WEEKS:
            return (
                gettext(
                    "The plan asks for at least %(lowest)d there in those two weeks, %(posts)d so far."
                )
                % words
            )
        case CadencePeriod.MONTH:
            return (
                gettext("The plan asks for at least %(lowest)d there that month, %(posts)d so far.")
                % words
            )


# --- pieces of findings -----------------------------------------------------------------------


def gap_sentence(gap: Gap) -> str:
    """Write from when to when nothing goes out."""
    return gettext(
        "No post for %(days)d days, from %(first)s to %(last)s. Plan one in between."
    ) % {
        "days": len(gap.days),
        "first": date_words(gap.days.first, with_year=False),
        "last": date_words(gap.days.last, with_year=False),
    }


def message_words(text: str) -> str:
    """Return a key message as it stands in a sentence."""
    return isolated(cut(text, MESSAGE_AT_MOST))


def _posts(posts: int, when: str) -> str:
    return ngettext("%(posts)d post %(when)s", "%(posts)d posts %(when)s", posts) % {
        "posts": posts,
        "when": when,
    }


def _points(part: MixShare) -> str:
    points = abs(part.points)
    if part.off > 0:
        words = ngettext("%(points)d point above target", "%(points)d points above target", points)
    else:
        words = ngettext("%(points)d point below target", "%(points)d points below target", points)
    return words % {"points": points}


def _posts_of(category: ContentCategory, posts: int) -> str:
    match category:
        case ContentCategory.PROMOTIONAL:
            words = ngettext("%(posts)d selling post", "%(posts)d selling posts", posts)
        case ContentCategory.INFORMATIVE:
            words = ngettext("%(posts)d useful post", "%(posts)d useful posts", posts)
        case ContentCategory.ENGAGEMENT:
            words = ngettext("%(posts)d dialogue post", "%(posts)d dialogue posts", posts)
    return words % {"posts": posts}


def _and(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return pgettext("end of a list", "%(first)s and %(last)s") % {
        "first": LIST_SEPARATOR.join(parts[:-1]),
        "last": parts[-1],
    }
