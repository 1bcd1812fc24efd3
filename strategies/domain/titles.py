"""What rows, fields and numbers of rows are called, on every page and in every sentence."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from core.text import after_first_line, cut, first_line
from core.text_input import clean_line
from networks.enums import PostFormat
from strategies.domain.answers import Answer, Answers, ChannelAnswer, KpiAnswer, PostKindAnswer
from strategies.domain.questionnaire import KINDS, RowKind
from strategies.models import ChannelRow

# The field that a row is called by, for kinds that people call by something of their own.
TITLE_FIELDS = {
    "goal": "title",
    "audience": "name",
    "message": "text",
    "duty": "title",
    "pillar": "name",
    "habit": "text",
    "objective": "statement",
    "initiative": "title",
    "listening": "term",
    "activity": "name",
}

# Kinds whose title may have several lines: the first one is the name, the rest stands beneath it.
TITLES_OF_LINES = frozenset({"objective"})

# What a field asks, where its label says too little without those around it on the form.
STANDING_ALONE: dict[tuple[str, str], "str | Promise"] = {
    ("message", "audiences"): _("for whom is it?"),
    ("ownership", "can_post_external"): _("how many of those who can post are from outside?"),
    ("watch", "days"): _("on which days is it watched?"),
    ("post-kind", "highest"): _("how many posts?"),
    ("initiative", "due_on"): _("by when is it done?"),
    ("kpi", "read_every"): _("how often is it read?"),
    ("activity", "starts_on"): _("when does it begin?"),
}

# Several rows of a kind, counted; a row that says something of a channel is called by the channel.
_CHANNELS = ngettext_lazy("%(number)d channel", "%(number)d channels", "number")

COUNTED: dict[str, Promise] = {
    "goal": ngettext_lazy("%(number)d marketing goal", "%(number)d marketing goals", "number"),
    "standing": _CHANNELS,
    "audience": ngettext_lazy("%(number)d audience", "%(number)d audiences", "number"),
    "message": ngettext_lazy("%(number)d key message", "%(number)d key messages", "number"),
    "channel": _CHANNELS,
    "watch": _CHANNELS,
    "duty": ngettext_lazy("%(number)d part", "%(number)d parts", "number"),
    "post-kind": ngettext_lazy("%(number)d kind of post", "%(number)d kinds of post", "number"),
    "pillar": ngettext_lazy("%(number)d theme", "%(number)d themes", "number"),
    "habit": ngettext_lazy("%(number)d habit", "%(number)d habits", "number"),
    "objective": ngettext_lazy("%(number)d objective", "%(number)d objectives", "number"),
    "initiative": ngettext_lazy("%(number)d initiative", "%(number)d initiatives", "number"),
    "kpi": ngettext_lazy("%(number)d figure", "%(number)d figures", "number"),
    "listening": ngettext_lazy("%(number)d word", "%(number)d words", "number"),
    "activity": ngettext_lazy("%(number)d campaign", "%(number)d campaigns", "number"),
}

# Labels of the form that say something only beside the field above them, or beside other fields,
# and what the answer is called where it stands alone. All other labels do for both.
LABELS_ALONE: dict[tuple[str, str], "str | Promise"] = {
    ("period", "starts_on"): _("first day"),
    ("period", "ends_on"): _("last day"),
    ("standing", "reason"): _("why it is kept or closed"),
    ("channel", "other_network"): _("name of the network"),
    ("ownership", "can_post_external"): _("people from outside who can post"),
    ("ownership", "policy_reason"): _("why a policy is needed, or where it stands"),
    ("watch", "starts_at"): _("watched from"),
    ("watch", "ends_at"): _("watched until"),
    ("watch", "takes_over"): _("who takes over outside the hours?"),
    ("duty", "holder_name"): _("name or team"),
    ("post-kind", "lowest"): _("lowest number of posts"),
    ("post-kind", "highest"): _("highest number of posts"),
    ("post-kind", "period"): _("posts are counted over"),
    ("post-kind", "note"): _("what is posted there?"),
    ("pillar", "category"): _("mostly for"),
    ("habit", "kind"): _("kind of habit"),
    ("objective", "kind"): _("kind of objective"),
    ("objective", "other_kind"): _("other kind of objective"),
    ("initiative", "owner"): _("owner"),
    ("initiative", "owner_name"): _("name or team"),
    ("initiative", "due_on"): _("to be done by"),
    ("kpi", "metric"): _("figure"),
    ("kpi", "name"): _("own name"),
    ("kpi", "is_sign"): _("a sign, without a number"),
    ("kpi", "source"): _("where is it read?"),
    ("kpi", "read_every"): _("how often is it read?"),
    ("listening", "kind"): _("kind of word"),
    ("activity", "kind"): _("kind of activity"),
    ("activity", "other_kind"): _("other kind of activity"),
    ("activity", "starts_on"): _("first day"),
    ("activity", "ends_on"): _("last day"),
    ("activity", "owner"): _("owner"),
}

#: Characters of a title that is quoted by another row.
LONGEST_REFERENCE = 120


def row_titles(answers: Answers) -> dict[str, str]:
    """Return the title of every row by its uid."""
    return {
        row.uid: row_title(answers, code, row) for code in KINDS for row in answers.of_kind(code)
    }


def row_title(answers: Answers, kind_code: str, answer: Answer) -> str:
    """Return what a row is called: its own words, its channel, or the heading of a single one."""
    if isinstance(answer, ChannelAnswer):
        return answer.name
    if isinstance(answer, KpiAnswer):
        return answer.label
    if kind_code in TITLE_FIELDS:
        named = first_line if kind_code in TITLES_OF_LINES else clean_line
        title = named(str(getattr(answer, TITLE_FIELDS[kind_code])))
        return title or capfirst(str(KINDS[kind_code].one))
    kind = KINDS[kind_code]
    if not issubclass(kind.model, ChannelRow):
        return str(kind.heading)
    channel = answers.channel(answer.channel)  # type: ignore[attr-defined]  # every such struct has it
    name = channel.name if channel else gettext("A channel that was removed")
    if not isinstance(answer, PostKindAnswer) or not _has_siblings(answers, answer):
        return name
    words = {"channel": name, "kind": post_kind_name(answers, answer)}
    return gettext("%(channel)s, %(kind)s") % words


def _has_siblings(answers: Answers, kind: PostKindAnswer) -> bool:
    """Whether the channel has other kinds of post."""
    return any(one.channel == kind.channel and one is not kind for one in answers.post_kinds)


def post_kind_name(answers: Answers, kind: PostKindAnswer) -> str:
    """Return what a kind of post is called on its channel: its format, and its theme."""
    post_format = str(PostFormat(kind.format).label)
    pillar = next((one for one in answers.pillars if one.uid == kind.pillar), None)
    if pillar is None:
        return post_format
    return gettext("%(format)s, “%(theme)s”") % {"format": post_format, "theme": short(pillar.name)}


def beneath_title(kind_code: str, answer: Answer) -> str:
    """Return the lines of a row's own words that its title leaves out."""
    if kind_code not in TITLES_OF_LINES:
        return ""
    return after_first_line(str(getattr(answer, TITLE_FIELDS[kind_code])))


def short(title: str) -> str:
    """Return what a row is called where another row refers to it: its first line, cut at need."""
    return cut(first_line(title), LONGEST_REFERENCE)


def asked(kind: RowKind, field: str) -> str:
    """Return what a field asks, in words that stand alone."""
    if words := STANDING_ALONE.get((kind.code, field)):
        return str(words)
    return str(kind.model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def label_alone(kind: RowKind, field: str) -> "str | Promise":
    """Return what an answer is called away from its form."""
    own: str | Promise = kind.model._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return LABELS_ALONE.get((kind.code, field), own)


def counted(kind: RowKind, number: int) -> str:
    """Return so many rows of a kind in words: “35 figures”."""
    return str(COUNTED[kind.code] % {"number": number})
