"""Hashtags are looked up before they go out, and those to avoid are taken out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import cut, date_text, date_words, isolated, time_text
from networks.text_parts import HASHTAG_AT_MOST, hashtag_key
from policies.enums import HashtagVerdict
from policies.rules.draft import KnownTag, RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register
from workspaces.enums import Engagement

DEFAULT_HOURS = 4


def hashtags(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """A tag to avoid blocks at any time; one that is not checked only when the time has come."""
    if draft.is_out:
        return
    hours = timedelta(hours=parameters.number("hours"))
    for tag in {hashtag_key(tag): tag for tag in draft.hashtags}.values():
        known = draft.known_tags.get(hashtag_key(tag))
        if len(tag) > HASHTAG_AT_MOST:
            yield Hit("hashtag-long", _too_long(tag))
        elif known and known.is_avoided(draft.at):
            yield Hit("hashtag-avoid", _avoid(tag, known), Severity.BLOCKER, tag=tag)
        elif known and draft.at and known.holds(draft.at, for_external=_is_external(draft)):
            if known.verdict == HashtagVerdict.CAUTION:
                yield Hit("hashtag-caution", _caution(tag, known), Severity.WARNING)
        else:
            yield _unchecked(tag, draft, hours, is_known=known is not None)


def _is_external(draft: RuleDraft) -> bool:
    return draft.engagement == Engagement.EXTERNAL


def _avoid(tag: str, known: KnownTag) -> str:
    return gettext("Take %(tag)s out. %(person)s marked it to avoid on %(day)s: %(about)s") % {
        "tag": isolated(f"#{tag}"),
        "person": isolated(known.by),
        "day": date_text(known.at.date()),
        "about": isolated(known.about),
    }


def _too_long(tag: str) -> str:
    return gettext("Shorten %(tag)s: a hashtag has at most %(most)d letters.") % {
        "tag": isolated(f"#{cut(tag, 30)}"),
        "most": HASHTAG_AT_MOST,
    }


def _caution(tag: str, known: KnownTag) -> str:
    return gettext("Take care with %(tag)s. %(person)s found: %(about)s") % {
        "tag": isolated(f"#{tag}"),
        "person": isolated(known.by),
        "about": isolated(known.about),
    }


def _unchecked(tag: str, draft: RuleDraft, hours: timedelta, *, is_known: bool) -> Hit:
    shown = {"tag": isolated(f"#{tag}")}
    if draft.at is None:
        sentence = gettext("Check %(tag)s on the day on which this goes out.") % shown
        return Hit("hashtag-later", sentence, Severity.TIP)
    begins = draft.at - hours
    if draft.now is not None and draft.now < begins:
        if draft.leaves_now:
            return Hit("hashtag-unchecked", _before_handing_over(tag, begins), tag=tag)
        moment = {
            "day": date_words(begins.date(), with_year=False),
            "time": time_text(begins.time()),
        }
        sentence = (
            gettext("Check %(tag)s again on %(day)s from %(time)s.")
            if is_known
            else gettext("Check %(tag)s on %(day)s from %(time)s, shortly before this goes out.")
        ) % {**shown, **moment}
        return Hit("hashtag-later", sentence, Severity.TIP)
    sentence = (
        gettext("Let somebody employed here check %(tag)s before this goes out.")
        if _is_external(draft)
        else gettext("Check %(tag)s before this goes out: what is it about right now?")
    )
    return Hit("hashtag-unchecked", sentence % shown, tag=tag)


def _before_handing_over(tag: str, begins: datetime) -> str:
    """What is checked so early tells nothing of the minute at which the other tool publishes."""
    return gettext(
        "Check %(tag)s on %(day)s from %(time)s, and hand this over then: the other tool would "
        "publish it without asking."
    ) % {
        "tag": isolated(f"#{tag}"),
        "day": date_words(begins.date(), with_year=False),
        "time": time_text(begins.time()),
    }


register(
    PolicyRule(
        code="hashtags",
        title=_("Hashtags"),
        about=_(
            "Lasting tags of yours are approved once and looked at yearly. Every other tag is looked "
            "up shortly before it goes out; in what an external wrote, by somebody employed here. A "
            "tag that somebody marked to avoid has to be taken out."
        ),
        severity=Severity.BLOCKER,
        judge=hashtags,
        parameters=(
            Parameter(
                name="hours",
                kind="number",
                label=_("How long a check holds, in hours"),
                default=DEFAULT_HOURS,
                lowest=1,
                highest=24,
                help=_("A tag is checked at most so long before its post goes out."),
            ),
        ),
    )
)
