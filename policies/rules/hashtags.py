"""Hashtags that are known, and those to avoid."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import isolated
from core.text_input import clean_line
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register
from workspaces.enums import Engagement


def hashtags(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    """A tag on the list to avoid blocks; one on neither list has to be looked up."""
    known = {_key(tag) for tag in parameters.lines("known")}
    avoided = {_key(tag) for tag in parameters.lines("avoid")}
    for tag in draft.hashtags:
        shown = {"tag": isolated(f"#{tag}")}
        if _key(tag) in avoided:
            yield Hit(
                "hashtag-avoid",
                gettext("Take %(tag)s out: it is on the list of hashtags to avoid.") % shown,
                Severity.BLOCKER,
            )
        elif _key(tag) not in known:
            sentence = (
                gettext(
                    "%(tag)s is not on the list. Let somebody employed here look it up on the network."
                )
                if draft.engagement == Engagement.EXTERNAL
                else gettext(
                    "%(tag)s is not on the list. Look it up on the network: what is it about today?"
                )
            )
            yield Hit("hashtag-unknown", sentence % shown)


def _key(tag: str) -> str:
    return clean_line(tag).strip().lstrip("#＃").casefold()


register(
    PolicyRule(
        code="hashtags",
        title=_("Hashtags"),
        about=_(
            "Tags of your own and lasting ones are approved once; others are looked up before they "
            "are used. What is to be avoided always has to be taken out."
        ),
        severity=Severity.NEEDS_APPROVAL,
        judge=hashtags,
        parameters=(
            Parameter(
                name="known",
                kind="lines",
                label=_("Approved hashtags"),
                help=_("One on each line, with or without #."),
            ),
            Parameter(
                name="avoid",
                kind="lines",
                label=_("Hashtags to avoid"),
                help=_("One on each line. A post with one of these cannot go out."),
            ),
        ),
    )
)
