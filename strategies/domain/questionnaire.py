"""The questionnaire: *Before you begin* and the eight questions, declared.

A newcomer adds a question's row kind here (and its model in ``models/answers.py``, its struct in
``answers.py``); forms, pages, saving, snapshot, diff, summary and copying read this declaration.
The words are our own; B-numbers refer to the brief that the product was made from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.rows import Row
from networks.enums import PostFormat
from networks.models import Channel
from networks.services import KNOWABLE
from strategies.models import (
    Audience,
    AudienceNotes,
    ChannelStanding,
    ChannelWatch,
    ContentPlan,
    Duty,
    FollowerAim,
    Goal,
    Habit,
    Initiative,
    KeyMessage,
    Kpi,
    ListeningTerm,
    MarketingActivity,
    Objective,
    Ownership,
    Period,
    Pillar,
    PostKind,
    Voice,
)


@dataclass(frozen=True, eq=False)  # there is one of each
class RowKind:
    """One kind of row in a question.

    ``first`` are the fields of the first pass, ``more`` stand under *add more*, and
    ``more_words`` says in short what these are. ``single``: there is exactly one such row.
    ``first_pass``: the kind itself belongs to the first 30 minutes.
    ``knowable``: fields that *not known yet* answers. ``paste``: the field that a pasted line
    becomes; empty where pasting makes no sense. ``paste_shared``: fields said once for all lines
    that are pasted together. ``hint``: help for who answers, beneath the heading.
    """

    code: str
    model: type[Row]
    one: "str | Promise"
    heading: "str | Promise"
    first: tuple[str, ...]
    more: tuple[str, ...] = ()
    more_words: "str | Promise" = ""
    single: bool = False
    first_pass: bool = False
    knowable: tuple[str, ...] = ()
    paste: str = ""
    paste_shared: tuple[str, ...] = ()
    add: "str | Promise" = ""
    empty: "str | Promise" = ""
    hint: "str | Promise" = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, first pass first."""
        return self.first + self.more

    @property
    def is_shared(self) -> bool:
        """Whether its rows belong to the workspace and change for every strategy (channels)."""
        return self.model is Channel


@dataclass(frozen=True, eq=False)
class Step:
    """One question, one page."""

    code: str
    number: int
    name: "str | Promise"
    question: "str | Promise"
    why: "str | Promise"
    example: "str | Promise"
    example_why: "str | Promise"
    kinds: tuple[RowKind, ...]
    tale: "str | Promise" = ""

    @property
    def label(self) -> "str | Promise":
        """Number and name; the card before the questions has no number."""
        return format_lazy("{}. {}", self.number, self.name) if self.number else self.name


STEPS: tuple[Step, ...] = (
    Step(
        code="begin",
        number=0,
        name=_("Before you begin"),
        question=_("Before you begin"),
        why=_(
            "Say which period you plan for and what the organisation wants from its marketing. "
            "You choose from these goals again in questions 6 and 8."
        ),
        example=_(
            "Sell 400 season tickets by June. Be the place families think of on a wet Sunday."
        ),
        example_why=_(
            "They are goals of the whole organisation, not of a channel, and few enough to remember."
        ),
        kinds=(
            RowKind(
                code="period",
                model=Period,
                one=_("period"),
                heading=_("The period"),
                hint=_("Half a year or a year works for most."),
                first=("starts_on", "ends_on"),
                single=True,
                first_pass=True,
            ),
            RowKind(
                code="goal",
                model=Goal,
                one=_("goal"),
                heading=_("Two to five marketing goals of the organisation"),
                first=("title",),
                more=("detail",),
                more_words=_("what it means"),
                first_pass=True,
                paste="title",
                add=_("Add a goal"),
                empty=_("No goal yet. Start with what the board asks about."),
            ),
            RowKind(
                code="standing",
                model=ChannelStanding,
                one=_("channel today"),
                heading=_("Where each channel stands today"),
                first=("channel", "followers", "posts_last_90_days", "verdict"),
                more=("reason",),
                more_words=_("the reason"),
                knowable=("followers", "posts_last_90_days", "verdict"),
                add=_("Describe a channel"),
                empty=_(
                    "No channel is described yet. The channels themselves are added in question 3."
                ),
            ),
        ),
    ),
    Step(
        code="audience",
        number=1,
        name=_("Audience"),
        question=_("Who are you trying to reach?"),
        why=_(
            "Posts that try to please everybody reach nobody in particular. Name two to four groups "
            "in the order that matters to you; everything else is chosen for them."
        ),
        example=_(
            "Parents with children under 12, within an hour’s drive. About 14,000 homes. They decide "
            "on Thursday what to do on Saturday, and ask: is it indoors, what does it cost, where do "
            "we park?"
        ),
        example_why=_(
            "It says who, how many, and what they ask themselves. “The general public” does none of "
            "these."
        ),
        kinds=(
            RowKind(
                code="audience",
                model=Audience,
                one=_("audience"),
                heading=_("Your audiences, most important first"),
                first=("name", "needs", "networks"),
                more=("elsewhere", "size", "aim"),
                more_words=_("other places, how many, what shall change for them"),
                first_pass=True,
                knowable=("needs", "networks", "size"),
                paste="name",
                add=_("Add an audience"),
                empty=_("No audience yet. Begin with the people you would miss most."),
            ),
            RowKind(
                code="audience-notes",
                model=AudienceNotes,
                one=_("order of audiences"),
                heading=_("The order, and whom you leave out"),
                first=(),
                more=("order_reason", "left_out"),
                more_words=_("why this order, whom you leave out"),
                single=True,
                knowable=("order_reason",),
            ),
        ),
    ),
    Step(
        code="message",
        number=2,
        name=_("Message"),
        question=_("What should they know and think about you?"),
        why=_(
            "Three sentences that you stand behind are worth more than thirty slogans. Each post "
            "will carry one of them, so that in the end somebody remembers it."
        ),
        example=_(
            "“You can come in your work clothes.” For people who have never been to a concert hall. "
            "Because: one concert in four this season is at five o’clock, an hour long, with no "
            "interval."
        ),
        example_why=_("It is one thought, it is for somebody, and there is a fact behind it."),
        kinds=(
            RowKind(
                code="message",
                model=KeyMessage,
                one=_("key message"),
                heading=_("Your key messages"),
                first=("text", "audiences"),
                more=("proof",),
                more_words=_("why they should believe it"),
                first_pass=True,
                knowable=("audiences", "proof"),
                paste="text",
                add=_("Add a key message"),
                empty=_("No key message yet. What do you wish they would tell a friend about you?"),
            ),
            RowKind(
                code="voice",
                model=Voice,
                one=_("voice"),
                heading=_("Your voice"),
                first=("words",),
                more=("dos", "donts", "languages"),
                more_words=_("what we do, what we do not, languages"),
                single=True,
                knowable=("words", "languages"),
            ),
        ),
    ),
    Step(
        code="ownership",
        number=3,
        name=_("Ownership"),
        question=_("Who does the work?"),
        why=_(
            "A channel that belongs to everyone is watched by no one. Name one owner for each, say "
            "when it is watched, and who may post."
        ),
        example=_(
            "Instagram. Owner: Ingrid. Run by Ingrid and Jonas. Backup: Amir. Watched on weekdays "
            "from 8 to 16; complaints are answered within one hour, questions within four. After "
            "16: the person on duty, by telephone."
        ),
        example_why=_("If something goes wrong at nine in the evening, everybody knows who acts."),
        tale=_(
            "Why ask about outsiders? A shop once let an agency in another country post for it. The "
            "agency saw a hashtag climb, took it for a product’s name and put an advertisement "
            "under it. It was the name of a town where twelve people had been shot the day before. "
            "Nobody there had been told to look up a hashtag before using it. A policy that binds "
            "everyone who can post, hired in or not, would have asked them to."
        ),
        kinds=(
            RowKind(
                code="channel",
                model=Channel,
                one=_("channel"),
                heading=_("Your channels"),
                hint=_(
                    "Channels belong to the whole workspace: what you change here changes at once, "
                    "for every strategy."
                ),
                first=("network", "other_network", "handle", "owner"),
                more=(
                    "state",
                    "backup",
                    "operator_kind",
                    "operator",
                    "operator_name",
                    "purpose",
                    "address",
                ),
                more_words=_("state, backup, who runs it, what it is for, address"),
                first_pass=True,
                knowable=KNOWABLE,
                add=_("Add a channel"),
                empty=_("No channel yet. Add the accounts that speak for you, and any you plan."),
            ),
            RowKind(
                code="ownership",
                model=Ownership,
                one=_("time, access and policy"),
                heading=_("Time, access and policy"),
                first=("hours_per_week", "can_post", "can_post_external", "policy_need"),
                more=("policy_reason",),
                more_words=_("why, or where it stands"),
                single=True,
                first_pass=True,
                knowable=("hours_per_week", "can_post", "can_post_external", "policy_need"),
            ),
            RowKind(
                code="watch",
                model=ChannelWatch,
                one=_("watch"),
                heading=_("When each channel is watched"),
                first=(
                    "channel",
                    "days",
                    "starts_at",
                    "ends_at",
                    "complaint_hours",
                    "question_hours",
                ),
                more=("takes_over", "whom_to_call"),
                more_words=_("who takes over, whom to call"),
                knowable=("days", "complaint_hours", "question_hours", "takes_over"),
                add=_("Add watch hours for a channel"),
                empty=_(
                    "No watch hours yet. People who complain in public expect an answer within "
                    "hours."
                ),
            ),
            RowKind(
                code="duty",
                model=Duty,
                one=_("part"),
                heading=_("Who does what"),
                first=("title", "holder", "holder_name"),
                more=("tasks", "hours_per_week"),
                more_words=_("what it covers, hours a week"),
                knowable=("holder",),
                paste="title",
                add=_("Add a part"),
                empty=_("No part described yet. Small teams can leave this."),
            ),
        ),
    ),
    Step(
        code="content",
        number=4,
        name=_("Content"),
        question=_("What will you publish?"),
        why=_(
            "Pushing your own product all the time drives people away. Balance what sells with what "
            "is useful to them, often from others, and with real dialogue."
        ),
        example=_(
            "20 percent selling, 40 useful, 40 dialogue. Instagram three to five posts a week, "
            "between 17 and 20. Themes: behind the scenes, ask a curator, this week in history. "
            "Answers and anything about an accident are always written by hand."
        ),
        example_why=_("Someone new could fill next month’s calendar from it."),
        kinds=(
            RowKind(
                code="content-plan",
                model=ContentPlan,
                one=_("mix"),
                heading=_("The mix"),
                first=("promotional", "informative", "engagement"),
                more=(
                    "tolerance",
                    "may_schedule",
                    "by_hand",
                    *(f"minutes_{post_format}" for post_format in PostFormat.values),
                ),
                more_words=_(
                    "how far the mix may be off, what is scheduled ahead, minutes for each kind of post"
                ),
                single=True,
                first_pass=True,
            ),
            RowKind(
                code="post-kind",
                model=PostKind,
                one=_("kind of post"),
                heading=_("Kinds of post on each channel, and how many"),
                hint=_("A channel may have several. Together they are what it gets."),
                first=("channel", "format", "lowest", "highest", "period"),
                more=("pillar", "days", "times", "note"),
                more_words=_("theme, good days and times, what goes here"),
                first_pass=True,
                knowable=("highest", "days"),
                add=_("Add a kind of post"),
                empty=_(
                    "Nothing planned yet. Fewer posts that you can keep up beat many you cannot."
                ),
            ),
            RowKind(
                code="pillar",
                model=Pillar,
                one=_("theme"),
                heading=_("Themes you come back to"),
                first=("name",),
                more=("description", "category"),
                more_words=_("what belongs to it, what it mostly is"),
                paste="name",
                add=_("Add a theme"),
                empty=_("No theme yet. Three to five make planning easy."),
            ),
        ),
    ),
    Step(
        code="followers",
        number=5,
        name=_("Followers"),
        question=_("Who should follow you, and why would they?"),
        why=_(
            "A small group that cares beats a large one that scrolls past. Say how you recognise "
            "the right people and what you do each week so that they find you."
        ),
        example=_(
            "Relevant: lives in the county and has children, or teaches. Engagement rate 4 percent. "
            "Every week: answer all comments, comment on ten posts of local schools, share two posts "
            "of other museums."
        ),
        example_why=_("It counts the right people first and the number of them second."),
        kinds=(
            RowKind(
                code="follower-aim",
                model=FollowerAim,
                one=_("followers aimed at"),
                heading=_("The right followers"),
                first=("relevant", "engagement_rate"),
                more=("attract", "number"),
                more_words=_("what attracts them, how many followers"),
                single=True,
                first_pass=True,
                knowable=("relevant", "engagement_rate"),
            ),
            RowKind(
                code="habit",
                model=Habit,
                one=_("weekly habit"),
                heading=_("What you do every week"),
                first=("text", "times_per_week"),
                more=("kind", "person"),
                more_words=_("the kind, who does it"),
                knowable=("person",),
                paste="text",
                add=_("Add a weekly habit"),
                empty=_("No habit yet. Ten minutes a day of commenting is a good one."),
            ),
        ),
    ),
    Step(
        code="success",
        number=6,
        name=_("Success"),
        question=_("What do you want to achieve?"),
        why=_(
            "Choose one to three specific things: to be known, to be listened to, to bring people to "
            "your pages or your door, to help customers. Each serves a goal of the organisation."
        ),
        example=_(
            "Customer service: questions about opening hours are answered within two hours, so that "
            "the desk’s telephone is free by June. Initiative: write the twenty most common answers "
            "(Kari, 1 March)."
        ),
        example_why=_("It says what will be different, by when, and which work leads there."),
        kinds=(
            RowKind(
                code="objective",
                model=Objective,
                one=_("objective"),
                heading=_("Your objectives"),
                first=("statement", "kind", "other_kind", "by_on"),
                more=("goal", "audiences"),
                more_words=_("which marketing goal it serves, for which audiences"),
                first_pass=True,
                knowable=("by_on", "goal"),
                paste="statement",
                add=_("Add an objective"),
                empty=_("No objective yet. What would make you say, a year from now: it worked?"),
            ),
            RowKind(
                code="initiative",
                model=Initiative,
                one=_("initiative"),
                heading=_("Initiatives: the work that leads there"),
                first=("title", "objective", "owner", "due_on"),
                more=("owner_name", "actions"),
                more_words=_("a name or team, the steps"),
                knowable=("owner", "due_on"),
                paste="title",
                paste_shared=("objective", "owner"),
                add=_("Add an initiative"),
                empty=_("No initiative yet. Each becomes a milestone in the roadmap."),
            ),
        ),
    ),
    Step(
        code="measurement",
        number=7,
        name=_("Measurement"),
        question=_("How will you know that it works?"),
        why=_(
            "Keep it simple: do more people know you, and do more of them mean to come or buy? It "
            "need not be tied to sales, which are hard to trace to a post."
        ),
        example=_(
            "Searches for our name: 1,900 a month today, 2,500 by June. Read by Ingrid on the first "
            "of every month, in the search console."
        ),
        example_why=_("It has a figure for today, a target, a source, and somebody who reads it."),
        kinds=(
            RowKind(
                code="kpi",
                model=Kpi,
                one=_("figure"),
                heading=_("Your figures and signs"),
                first=("metric", "name", "objective", "baseline", "target", "read_every", "reader"),
                more=(
                    "is_sign",
                    "by_on",
                    "direction",
                    "source",
                    "definition",
                    "divided_by",
                ),
                more_words=_(
                    "a sign instead of a number, by when, up or down, where it is read, how it is counted"
                ),
                first_pass=True,
                knowable=("baseline", "target", "reader", "read_every"),
                paste="name",
                paste_shared=("objective", "is_sign", "read_every", "reader"),
                add=_("Add a figure or sign"),
                empty=_("No figure yet. One for awareness and one for intention is a good start."),
            ),
            RowKind(
                code="listening",
                model=ListeningTerm,
                one=_("word to listen for"),
                heading=_("What to listen for"),
                first=("term", "kind"),
                paste="term",
                paste_shared=("kind",),
                add=_("Add a word"),
                empty=_("Nothing to listen for yet. Begin with your own name, also misspelt."),
            ),
        ),
    ),
    Step(
        code="fit",
        number=8,
        name=_("Fit"),
        question=_("How does social media support the rest of your marketing?"),
        why=_(
            "Social media is one part of a larger plan. Name the campaigns and activities of the "
            "period, and what your channels do for each."
        ),
        example=_(
            "Winter lights, 14 November to 5 January (event). Social media: a countdown in the last "
            "week, visitors’ pictures while it lasts, thanks to the volunteers afterwards."
        ),
        example_why=_("Nobody is surprised by it, and the posts are there before the event is."),
        kinds=(
            RowKind(
                code="activity",
                model=MarketingActivity,
                one=_("campaign or activity"),
                heading=_("Campaigns and activities"),
                first=("name", "kind", "other_kind", "starts_on", "ends_on", "support"),
                more=("goal", "owner", "budget"),
                more_words=_("which marketing goal it serves, whose it is, budget for advertising"),
                first_pass=True,
                knowable=("starts_on", "support"),
                paste="name",
                add=_("Add a campaign or activity"),
                empty=_("No campaign yet. A trade fair, a newsletter, a season: what is planned?"),
            ),
        ),
    ),
)

STEP_BY_CODE = {step.code: step for step in STEPS}
QUESTIONS = tuple(step for step in STEPS if step.number)
KINDS: dict[str, RowKind] = {kind.code: kind for step in STEPS for kind in step.kinds}
KIND_OF_MODEL: dict[type[Row], RowKind] = {kind.model: kind for kind in KINDS.values()}
STEP_OF_KIND: dict[str, Step] = {kind.code: step for step in STEPS for kind in step.kinds}

# The mix presets of the content question, whole numbers that sum to 100, selling / useful / dialogue.
# Sources: rule of thirds (commpro.biz); 4-1-1 read as 17/66/17 and 80/20 (ferncolab.com, which
# cites Hootsuite), the 80 split evenly.
MIX_PRESETS: tuple[tuple[str, int, int, int], ...] = (
    ("thirds", 34, 33, 33),
    ("eighty_twenty", 20, 40, 40),
    ("four_one_one", 17, 66, 17),
)


def neighbours(step: Step) -> tuple[Step | None, Step | None]:
    """Return the steps before and after ``step``."""
    at = STEPS.index(step)
    return (STEPS[at - 1] if at else None, STEPS[at + 1] if at + 1 < len(STEPS) else None)


def single_kinds() -> Iterator[RowKind]:
    """Yield the kinds of which every strategy has exactly one row."""
    return (kind for kind in KINDS.values() if kind.single)
