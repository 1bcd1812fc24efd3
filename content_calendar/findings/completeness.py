"""What every post needs before it can go out, whatever the strategy says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content_calendar.domain.post_finding import MEDIA_FIELD, PostFinding
from content_calendar.enums import Origin
from content_calendar.findings.draft import Draft
from content_calendar.findings.registry import check
from core.findings import Severity
from core.text import date_words, isolated
from networks.catalogue import NETWORKS
from networks.enums import ChannelState, PostFormat


@check("no-text")
def no_text(draft: Draft) -> Iterator[PostFinding]:
    """Nothing would go out: neither text nor media."""
    if not draft.has_media and not draft.text and not any(one.text for one in draft.versions):
        yield PostFinding(
            severity=Severity.BLOCKER, code="no-text", sentence=_("Write the text of the post.")
        )


@check("needs-media")
def needs_media(draft: Draft) -> Iterator[PostFinding]:
    """A network posts nothing without a picture or a video, and there is none yet."""
    if draft.has_media:
        return
    for version in draft.versions:
        network = NETWORKS[version.network]
        if network.needs_media and version.format != PostFormat.LIVE:
            yield PostFinding(
                severity=Severity.WARNING,
                code="needs-media",
                sentence=_("%(network)s needs a picture or a video, and this post has none yet.")
                % {"network": network.name},
                field=MEDIA_FIELD,
            )


@check("no-channel")
def no_channel(draft: Draft) -> Iterator[PostFinding]:
    """It goes nowhere."""
    if not draft.versions:
        yield PostFinding(
            severity=Severity.BLOCKER,
            code="no-channel",
            sentence=_("Choose at least one channel."),
            field="channels_0",
        )


@check("channel-not-in-use")
def channel_not_in_use(draft: Draft) -> Iterator[PostFinding]:
    """A channel is planned, frozen or closed."""
    for version in draft.versions:
        if version.state != ChannelState.ACTIVE:
            yield PostFinding(
                severity=Severity.WARNING,
                code="channel-not-in-use",
                sentence=_("%(channel)s is %(state)s. Open it first, or choose another channel.")
                % {
                    "channel": isolated(version.channel_name),
                    "state": str(ChannelState(version.state).label).lower(),
                },
                field="channels_0",
            )


@check("no-category")
def no_category(draft: Draft) -> Iterator[PostFinding]:
    """It counts in no part of the mix."""
    if not draft.category:
        yield PostFinding(
            severity=Severity.WARNING,
            code="no-category",
            sentence=_("Choose a category: without one this post is missing in the mix."),
            field="category",
        )


@check("source-missing")
def source_missing(draft: Draft) -> Iterator[PostFinding]:
    """What comes from somebody else says from whom."""
    if draft.origin != Origin.US and not draft.source:
        yield PostFinding(
            severity=Severity.WARNING,
            code="source-missing",
            sentence=_("Name the source: this is not your own content."),
            field="source",
        )
    if draft.origin == Origin.FOLLOWERS and not draft.has_permission:
        yield PostFinding(
            severity=Severity.WARNING,
            code="permission-missing",
            sentence=_("Ask the follower for permission, then tick that you have it."),
            field="has_permission",
        )


@check("rights-over")
def rights_over(draft: Draft) -> Iterator[PostFinding]:
    """Licence or consent ends before the post goes out."""
    if draft.day is None:
        return
    if draft.licence_until and draft.licence_until < draft.day:
        yield PostFinding(
            severity=Severity.BLOCKER,
            code="licence-over",
            sentence=_(
                "The licence ends on %(day)s, before this goes out. Renew it, or take another picture."
            )
            % {"day": date_words(draft.licence_until, with_year=True)},
            field="licence_until",
        )
    if draft.consent_until and draft.consent_until < draft.day:
        yield PostFinding(
            severity=Severity.BLOCKER,
            code="consent-over",
            sentence=_("The consent of the people shown ends on %(day)s, before this goes out.")
            % {"day": date_words(draft.consent_until, with_year=True)},
            field="consent_until",
        )


@check("clash")
def clash(draft: Draft) -> Iterator[PostFinding]:
    """Another post goes out on the same channel within the hour."""
    for version in draft.versions:
        near = [
            one.at
            for one in draft.others_on(version.channel)
            if version.at and abs((one.at - version.at).total_seconds()) < CLASH_SECONDS
        ]
        if near:
            yield PostFinding(
                severity=Severity.WARNING,
                code="clash",
                sentence=_(
                    "Another post goes out on %(channel)s at %(time)s. Leave an hour between them."
                )
                % {"channel": isolated(version.channel_name), "time": f"{near[0]:%H:%M}"},
                field="planned_time",
            )


CLASH_SECONDS = 60 * 60
