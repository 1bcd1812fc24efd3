"""Where links lead: no shorteners, https, and campaign tags on own domains only."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.findings import Severity
from core.text import isolated
from policies.rules.draft import RuleDraft
from policies.rules.parameters import Parameter, Parameters
from policies.rules.registry import Hit, PolicyRule, register

SHORTENERS = [
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "dlvr.it",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "trib.al",
]


def links(draft: RuleDraft, parameters: Parameters) -> Iterator[Hit]:
    shorteners, own = parameters.lines("shorteners"), parameters.lines("own_domains")
    for link in draft.links:
        host, has_tags = _read(link)
        if is_below(host, shorteners):
            yield Hit(
                "shortener",
                gettext(
                    "Write the whole address instead of %(link)s: readers cannot see where it leads."
                )
                % {"link": isolated(link)},
            )
        if link.casefold().startswith("http://"):
            yield Hit(
                "http",
                gettext("Use https in %(link)s: browsers warn of http.") % {"link": isolated(link)},
            )
        if own and has_tags and not is_below(host, own):
            yield Hit(
                "foreign-campaign-tag",
                gettext("Take the campaign tags off %(link)s: they count on your own sites only.")
                % {"link": isolated(link)},
            )


def is_below(host: str, domains: Sequence[str]) -> bool:
    """Whether a host is one of the domains or below one."""
    plain = [domain.casefold().strip().removeprefix("www.").strip("./") for domain in domains]
    return any(host == domain or host.endswith(f".{domain}") for domain in plain if domain)


def _read(link: str) -> tuple[str, bool]:
    """Return the host of a link and whether it has campaign tags."""
    whole = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
        names = [name for name, _value in parse_qsl(parts.query, keep_blank_values=True)]
    except ValueError:
        return "", False
    return host, any(name.casefold().startswith("utm_") for name in names)


register(
    PolicyRule(
        code="links",
        title=_("Links"),
        about=_("Looks for shortened addresses, for http, and for campaign tags on others’ sites."),
        severity=Severity.WARNING,
        judge=links,
        parameters=(
            Parameter(
                name="shorteners",
                kind="lines",
                label=_("Shorteners"),
                default="\n".join(SHORTENERS),
                help=_("One domain on each line."),
            ),
            Parameter(
                name="own_domains",
                kind="lines",
                label=_("Your own domains"),
                help=_(
                    "One on each line. While none stands here, campaign tags are not looked at."
                ),
            ),
        ),
    )
)
