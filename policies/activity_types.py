"""What the log says of policies. The label is the policy's title, or the rule's."""

from django.utils.translation import gettext_lazy as _

from activity.activity_types import register
from core.findings import Severity
from policies.enums import Concerned, HashtagVerdict
from policies.rules import RULES

FIELD_NAMES = {
    "title": _("Title"),
    "concerned": _("For whom"),
    "channels": _("Channels"),
    "text": _("Text"),
}
WORDS = {"concerned": dict(Concerned.choices)}
RULE_FIELDS = {
    "is_on": _("On"),
    "severity": _("How grave it is"),
    "asks_why": _("Ask why"),
    "clause": _("Clause"),
} | {one.name: one.label for rule in RULES for one in rule.parameters}
RULE_WORDS = {"severity": dict(Severity.choices)} | {
    one.name: dict(one.choices) for rule in RULES for one in rule.parameters if one.choices
}

register("policies.policy_added", _("%(person)s began the policy “%(label)s”."))
register(
    "policies.policy_saved",
    _("%(person)s changed the policy “%(label)s”."),
    fields=FIELD_NAMES,
    words=WORDS,
)
register(
    "policies.policy_conflict",
    _(
        "%(person)s and somebody else changed the policy “%(label)s” at the same time. Saved → typed:"
    ),
    fields=FIELD_NAMES,
    is_in_full=True,
)
register(
    "policies.version_published",
    _("%(person)s published the policy “%(label)s”."),
    fields={
        "version": _("Version"),
        "in_force_on": _("In force from"),
        "read_by_on": _("To be read by"),
    },
)
register(
    "policies.version_withdrawn",
    _("%(person)s took back a version of the policy “%(label)s” before its day."),
    fields={"version": _("Version")},
)
register("policies.policy_archived", _("%(person)s archived the policy “%(label)s”."))
register("policies.policy_restored", _("%(person)s brought the policy “%(label)s” back."))
register(
    "policies.read",
    _("%(person)s has read and understood the policy “%(label)s”."),
    fields={"version": _("Version")},
)
register(
    "policies.signed_copy",
    _("%(person)s noted a signed copy of the policy “%(label)s”."),
    fields={"outsider": _("Signed by"), "version": _("Version")},
)
register(
    "policies.reminded",
    _("%(person)s reminded those who have not read the policy “%(label)s”."),
    fields={"people": _("People")},
)
register(
    "policies.rule_saved",
    _("%(person)s changed the rule “%(label)s”."),
    fields=RULE_FIELDS,
    words=RULE_WORDS,
)
register(
    "policies.rule_conflict",
    _("%(person)s and somebody else changed the rule “%(label)s” at the same time. Saved → typed:"),
    fields=RULE_FIELDS,
    is_in_full=True,
)
register(
    "policies.hashtag_checked",
    _("%(person)s looked %(label)s up."),
    fields={"verdict": _("Verdict"), "about": _("About"), "is_lasting": _("Lasting")},
    words={"verdict": dict(HashtagVerdict.choices)},
)
