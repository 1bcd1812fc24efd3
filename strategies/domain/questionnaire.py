"""The questionnaire: *Before you begin* and the eight questions, declared.

Everything known about a kind of row or a field stands here or is derived from its model; forms,
pages, saving, snapshot, diff, summary, copying and handing over read this declaration. The README
lists what adding a kind takes.
The words are our own; B-numbers refer to the brief that the product was made from.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.rows import Row
from networks.enums import PostFormat
from networks.models import Channel
from networks.services import KNOWABLE
from strategies.domain import row_texts
from strategies.domain.answer_types import (
    ActivityAnswer,
    AudienceAnswer,
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    FollowerAimAnswer,
    GoalAnswer,
    HabitAnswer,
    InitiativeAnswer,
    KpiAnswer,
    ListeningAnswer,
    MessageAnswer,
    ObjectiveAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    PillarAnswer,
    PostKindAnswer,
    StandingAnswer,
    StepNote,
    VoiceAnswer,
    WatchAnswer,
)
from strategies.domain.row_kind import (
    AskedWhen,
    ComparedTogether,
    FieldDescription,
    FieldsTogether,
    FirstPass,
    RowKind,
    Step,
)
from strategies.enums import Direction
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
    StepAnswer,
    Voice,
)
from strategies.models.metrics import OWN_METRIC

# A row that says something of a channel is called by the channel, and so is counted.
CHANNELS = ngettext_lazy("%(number)d channel", "%(number)d channels", "number")
DAYS_UNKNOWN = {"days": _("days not known yet")}

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
                answer=PeriodAnswer,
                one=_("period"),
                heading=_("The period"),
                hint=_("Half a year or a year works for most."),
                first=("starts_on", "ends_on"),
                single=True,
                first_pass=FirstPass(
                    _("Which period do you plan for?"),
                    _(
                        "Half a year or a year works for most. Everything else is counted from these two days."
                    ),
                    example=(
                        _("From 1 January to 30 June."),
                        _(
                            "It is long enough to see what works, ends before the summer, and leaves "
                            "half a year to do it better."
                        ),
                    ),
                ),
                card=row_texts.period_card,
                described={
                    "starts_on": FieldDescription(label=_("first day")),
                    "ends_on": FieldDescription(label=_("last day")),
                },
            ),
            RowKind(
                code="goal",
                model=Goal,
                answer=GoalAnswer,
                one=_("goal"),
                heading=_("Two to five marketing goals of the organisation"),
                first=("title",),
                more=("detail",),
                more_words=_("what it means"),
                first_pass=FirstPass(
                    _("What does your organisation want from its marketing?"),
                    _(
                        "Two to five goals of the whole organisation, not of a channel. You choose from them again later."
                    ),
                    rows=3,
                ),
                paste="title",
                add=_("Add a goal"),
                empty=_("No goal yet. Start with what the board asks about."),
                title="title",
                counted=ngettext_lazy(
                    "%(number)d marketing goal", "%(number)d marketing goals", "number"
                ),
                order=_("Order of goals"),
            ),
            RowKind(
                code="standing",
                model=ChannelStanding,
                answer=StandingAnswer,
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
                counted=CHANNELS,
                once_a_channel=True,
                described={
                    "reason": FieldDescription(label=_("why it is kept or closed")),
                },
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
                answer=AudienceAnswer,
                one=_("audience"),
                heading=_("Your audiences, most important first"),
                first=("name", "needs", "networks"),
                more=("elsewhere", "size", "aim", "landing_page"),
                more_words=_("other places, how many, what should change for them, their page"),
                first_pass=FirstPass(
                    _("Who are you trying to reach?"),
                    _(
                        "Name two to four groups in the order that matters to you. Posts that try to please everybody reach nobody in particular."
                    ),
                    rows=3,
                ),
                knowable=("needs", "networks", "size"),
                paste="name",
                add=_("Add an audience"),
                empty=_("No audience yet. Begin with the people you would miss most."),
                title="name",
                counted=ngettext_lazy("%(number)d audience", "%(number)d audiences", "number"),
                order=_("Order of audiences"),
                described={
                    "networks": FieldDescription(answered_by="elsewhere"),
                    "elsewhere": FieldDescription(is_sentence=True),
                },
            ),
            RowKind(
                code="audience-notes",
                model=AudienceNotes,
                answer=AudienceNotesAnswer,
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
                answer=MessageAnswer,
                one=_("key message"),
                heading=_("Your key messages"),
                first=("text", "audiences"),
                more=("proof",),
                more_words=_("why they should believe it"),
                first_pass=FirstPass(
                    _("What should they know and think about you?"),
                    _(
                        "Three sentences that you stand behind are worth more than thirty slogans. Each post will carry one of them."
                    ),
                    rows=3,
                ),
                knowable=("audiences", "proof"),
                paste="text",
                add=_("Add a key message"),
                empty=_("No key message yet. What do you wish they would tell a friend about you?"),
                title="text",
                counted=ngettext_lazy(
                    "%(number)d key message", "%(number)d key messages", "number"
                ),
                order=_("Order of key messages"),
                described={
                    "audiences": FieldDescription(asked=_("for whom is it?")),
                },
            ),
            RowKind(
                code="voice",
                model=Voice,
                answer=VoiceAnswer,
                one=_("voice"),
                heading=_("Your voice"),
                first=("words",),
                more=("dos", "donts", "tone_by_channel", "languages", "hashtags"),
                more_words=_("what we do, what we do not, each channel, languages, hashtags"),
                single=True,
                knowable=("words", "languages"),
                described={
                    "dos": FieldDescription(is_by_line=True),
                    "donts": FieldDescription(is_by_line=True),
                    "tone_by_channel": FieldDescription(is_by_line=True),
                },
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
                answer=ChannelAnswer,
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
                first_pass=FirstPass(
                    _("Which accounts speak for you, and who owns each?"),
                    _(
                        "A channel that belongs to everyone is watched by no one. Channels belong to the whole workspace."
                    ),
                    rows=3,
                ),
                knowable=KNOWABLE,
                paste="handle",
                paste_shared=("owner",),
                add=_("Add a channel"),
                empty=_("No channel yet. Add the accounts that speak for you, and any you plan."),
                title="name",
                said_by_title=("network", "other_network", "handle"),
                counted=CHANNELS,
                described={
                    "other_network": FieldDescription(label=_("name of the network")),
                    "address": FieldDescription(is_its_own=True),
                },
                card=row_texts.channel_card,
                read_together=(
                    FieldsTogether(
                        ("operator_kind", "operator", "operator_name"),
                        _("Run by"),
                        row_texts.operator_text,
                        {"operator": _("who that is, is not known yet")},
                    ),
                ),
            ),
            RowKind(
                code="ownership",
                model=Ownership,
                answer=OwnershipAnswer,
                one=_("time, access and policy"),
                heading=_("Time, access and policy"),
                first=("hours_per_week", "can_post", "can_post_external", "policy_need"),
                more=("policy_reason", "tools"),
                more_words=_("why, or where it stands, tools and links"),
                single=True,
                first_pass=FirstPass(
                    _("How much time is there, and who can post?"),
                    _(
                        "So that the plan fits the hours you have, and everybody who can post knows the rules."
                    ),
                    example=(
                        _(
                            "Twelve hours a week. Six people can post, two of them from the agency. "
                            "A policy is needed."
                        ),
                        _(
                            "It says what the plan has to fit into, and for whom there must be rules."
                        ),
                    ),
                ),
                knowable=("hours_per_week", "can_post", "can_post_external", "policy_need"),
                described={
                    "can_post_external": FieldDescription(
                        label=_("people from outside who can post"),
                        asked=_("how many of those who can post are from outside?"),
                    ),
                    "policy_reason": FieldDescription(
                        label=_("why a policy is needed, or where it stands")
                    ),
                    "tools": FieldDescription(is_by_line=True),
                },
            ),
            RowKind(
                code="watch",
                model=ChannelWatch,
                answer=WatchAnswer,
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
                counted=CHANNELS,
                once_a_channel=True,
                described={
                    "days": FieldDescription(asked=_("on which days is it watched?")),
                    "starts_at": FieldDescription(label=_("watched from")),
                    "ends_at": FieldDescription(label=_("watched until")),
                    "takes_over": FieldDescription(
                        label=_("who takes over outside the hours?"), is_sentence=True
                    ),
                    "whom_to_call": FieldDescription(is_sentence=True),
                },
                card=row_texts.watch_card,
                read_together=(
                    FieldsTogether(
                        row_texts.HOURS, _("Watched"), row_texts.hours_text, DAYS_UNKNOWN
                    ),
                    FieldsTogether(
                        ("complaint_hours", "question_hours"),
                        _("Answered"),
                        row_texts.answer_times_text,
                        {
                            "complaint_hours": _("complaints not known yet"),
                            "question_hours": _("questions not known yet"),
                        },
                    ),
                ),
            ),
            RowKind(
                code="duty",
                model=Duty,
                answer=DutyAnswer,
                one=_("part"),
                heading=_("Who does what"),
                first=("title", "holder", "holder_name"),
                more=("tasks", "hours_per_week"),
                more_words=_("what it covers, hours a week"),
                knowable=("holder",),
                paste="title",
                add=_("Add a part"),
                empty=_("No part described yet. Small teams can leave this."),
                title="title",
                counted=ngettext_lazy("%(number)d part", "%(number)d parts", "number"),
                described={
                    "holder": FieldDescription(answered_by="holder_name"),
                    "holder_name": FieldDescription(label=_("name or team")),
                    "tasks": FieldDescription(is_by_line=True),
                },
                card=row_texts.duty_card,
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
                answer=ContentPlanAnswer,
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
                first_pass=FirstPass(
                    _("How do you divide what you publish?"),
                    _(
                        "What sells your own things, what is useful to them, and real dialogue. Pushing your own product all the time drives people away."
                    ),
                ),
                described={
                    "promotional": FieldDescription(is_percent=True),
                    "informative": FieldDescription(is_percent=True),
                    "engagement": FieldDescription(is_percent=True),
                },
                card=row_texts.mix_card,
                read_together=(
                    FieldsTogether(
                        tuple(f"minutes_{post_format}" for post_format in PostFormat.values),
                        _("Minutes for a post"),
                        row_texts.minutes_text,
                    ),
                ),
                compared_together=ComparedTogether(
                    ("promotional", "informative", "engagement"),
                    _("Mix: selling / useful / dialogue"),
                ),
            ),
            RowKind(
                code="post-kind",
                model=PostKind,
                answer=PostKindAnswer,
                one=_("kind of post"),
                heading=_("Kinds of post on each channel, and how many"),
                hint=_("A channel may have several. Together they are what it gets."),
                first=("channel", "format", "lowest", "highest", "period"),
                more=("pillar", "days", "times", "note"),
                more_words=_("theme, good days and times, what goes here"),
                first_pass=FirstPass(
                    _("How often do you post, and where?"),
                    _(
                        "Fewer posts that you can keep up beat many you cannot. A channel may have several kinds of post."
                    ),
                    rows=3,
                ),
                knowable=("highest", "days"),
                add=_("Add a kind of post"),
                empty=_(
                    "Nothing planned yet. Fewer posts that you can keep up beat many you cannot."
                ),
                counted=ngettext_lazy(
                    "%(number)d kind of post", "%(number)d kinds of post", "number"
                ),
                described={
                    "lowest": FieldDescription(label=_("lowest number of posts")),
                    "highest": FieldDescription(
                        label=_("highest number of posts"), asked=_("how many posts?")
                    ),
                    "period": FieldDescription(label=_("posts are counted over")),
                    "note": FieldDescription(label=_("what is posted there?")),
                },
                card=row_texts.post_kind_card,
                read_together=(
                    FieldsTogether(
                        ("days", "times"),
                        _("Good days and times"),
                        row_texts.times_text,
                        DAYS_UNKNOWN,
                    ),
                ),
            ),
            RowKind(
                code="pillar",
                model=Pillar,
                answer=PillarAnswer,
                one=_("theme"),
                heading=_("Themes you come back to"),
                first=("name",),
                more=("description", "category", "percent"),
                more_words=_("what belongs to it, what it mostly is, its share"),
                paste="name",
                add=_("Add a theme"),
                empty=_("No theme yet. Three to five make planning easy."),
                title="name",
                counted=ngettext_lazy("%(number)d theme", "%(number)d themes", "number"),
                described={
                    "category": FieldDescription(label=_("mostly for")),
                    "percent": FieldDescription(label=_("share of all posts"), is_percent=True),
                },
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
                answer=FollowerAimAnswer,
                one=_("followers aimed at"),
                heading=_("The right followers"),
                first=("relevant", "engagement_rate"),
                more=("attract", "number"),
                more_words=_("what attracts them, how many followers"),
                single=True,
                first_pass=FirstPass(
                    _("Who are the right followers?"),
                    _("A small group that cares beats a large one that scrolls past."),
                ),
                knowable=("relevant", "engagement_rate"),
                described={
                    "engagement_rate": FieldDescription(
                        label=_("target engagement rate"), is_percent=True
                    ),
                },
            ),
            RowKind(
                code="habit",
                model=Habit,
                answer=HabitAnswer,
                one=_("weekly habit"),
                heading=_("What you do every week"),
                first=("text", "times_per_week"),
                more=("kind", "person"),
                more_words=_("the kind, who does it"),
                knowable=("person",),
                paste="text",
                add=_("Add a weekly habit"),
                empty=_("No habit yet. Ten minutes a day of commenting is a good one."),
                title="text",
                counted=ngettext_lazy("%(number)d habit", "%(number)d habits", "number"),
                described={
                    "kind": FieldDescription(label=_("kind of habit")),
                },
                card=row_texts.habit_card,
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
                answer=ObjectiveAnswer,
                one=_("objective"),
                heading=_("Your objectives"),
                first=("statement", "kind", "other_kind", "by_on"),
                more=("goal", "audiences"),
                more_words=_("which marketing goal it serves, for which audiences"),
                first_pass=FirstPass(
                    _("What do you want to achieve?"),
                    _(
                        "Choose one to three specific things that will be different at the end of the period."
                    ),
                    rows=2,
                ),
                knowable=("by_on", "goal"),
                paste="statement",
                paste_day="by_on",
                paste_shared=("kind", "other_kind"),
                add=_("Add an objective"),
                empty=_("No objective yet. What would make you say, a year from now: it worked?"),
                title="statement",
                title_has_lines=True,
                counted=ngettext_lazy("%(number)d objective", "%(number)d objectives", "number"),
                order=_("Order of objectives"),
                described={
                    "kind": FieldDescription(label=_("kind of objective")),
                    "other_kind": FieldDescription(label=_("other kind of objective")),
                },
            ),
            RowKind(
                code="initiative",
                model=Initiative,
                answer=InitiativeAnswer,
                one=_("initiative"),
                heading=_("Initiatives: the work that leads there"),
                first=("title", "objective", "owner", "due_on"),
                more=("owner_name", "actions", "reason", "priority"),
                more_words=_("a name or team, the steps, why it matters, priority"),
                knowable=("owner", "due_on"),
                paste="title",
                paste_shared=("objective", "owner"),
                paste_day="due_on",
                add=_("Add an initiative"),
                empty=_("No initiative yet. Each becomes a milestone in the roadmap."),
                title="title",
                counted=ngettext_lazy("%(number)d initiative", "%(number)d initiatives", "number"),
                described={
                    "owner": FieldDescription(label=_("owner"), answered_by="owner_name"),
                    "owner_name": FieldDescription(label=_("name or team")),
                    "due_on": FieldDescription(
                        label=_("to be done by"), asked=_("by when is it done?")
                    ),
                    "actions": FieldDescription(is_by_line=True),
                    "reason": FieldDescription(label=_("why it matters"), is_sentence=True),
                },
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
                answer=KpiAnswer,
                one=_("figure"),
                heading=_("Your figures and signs"),
                first=("metric", "name", "objective", "baseline", "target", "read_every", "reader"),
                more=(
                    "family",
                    "channels",
                    "is_sign",
                    "by_on",
                    "direction",
                    "source",
                    "definition",
                    "divided_by",
                ),
                more_words=_(
                    "what it tells of, its channels, a sign instead of a number, by when, up or down, where it is read, how it is counted"
                ),
                first_pass=FirstPass(
                    _("How will you know that it works?"),
                    _(
                        "One or two figures are enough: do more people know you, and do more of them mean to come or buy?"
                    ),
                    rows=2,
                ),
                knowable=("baseline", "target", "reader", "read_every"),
                paste="name",
                paste_shared=("objective", "is_sign", "read_every", "reader"),
                add=_("Add a figure or sign"),
                empty=_("No figure yet. One for awareness and one for intention is a good start."),
                title="label",
                said_by_title=("metric", "name"),
                counted=ngettext_lazy("%(number)d figure", "%(number)d figures", "number"),
                described={
                    "metric": FieldDescription(label=_("figure")),
                    "name": FieldDescription(label=_("own name")),
                    "is_sign": FieldDescription(label=_("a sign, without a number")),
                    "source": FieldDescription(label=_("where is it read?")),
                    "read_every": FieldDescription(
                        label=_("how often is it read?"), asked=_("how often is it read?")
                    ),
                },
                asked_when=(
                    AskedWhen(
                        ("name", "family", "is_sign", "definition", "divided_by"),
                        "metric",
                        (OWN_METRIC,),
                    ),
                    AskedWhen(("baseline", "target", "direction", "divided_by"), "is_sign", ("",)),
                    AskedWhen(
                        ("target", "by_on"),
                        "direction",
                        tuple(one for one in Direction.values if one != Direction.FOLLOW),
                    ),
                ),
                card=row_texts.kpi_card,
            ),
            RowKind(
                code="listening",
                model=ListeningTerm,
                answer=ListeningAnswer,
                one=_("word to listen for"),
                heading=_("What to listen for"),
                first=("term", "kind"),
                paste="term",
                paste_shared=("kind",),
                add=_("Add a word"),
                empty=_("Nothing to listen for yet. Begin with your own name, also misspelt."),
                title="term",
                counted=ngettext_lazy("%(number)d word", "%(number)d words", "number"),
                described={
                    "kind": FieldDescription(label=_("kind of word")),
                },
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
                answer=ActivityAnswer,
                one=_("campaign or activity"),
                heading=_("Campaigns and activities"),
                first=("name", "kind", "other_kind", "starts_on", "ends_on", "support"),
                more=("goal", "owner", "budget"),
                more_words=_("which marketing goal it serves, whose it is, budget for advertising"),
                first_pass=FirstPass(
                    _("Which campaigns and activities are planned?"),
                    _(
                        "A season, a fair, a newsletter: say what your channels do for each. Nothing planned yet? Go on."
                    ),
                ),
                knowable=("starts_on", "support"),
                paste="name",
                paste_day="starts_on",
                add=_("Add a campaign or activity"),
                empty=_("No campaign yet. A trade fair, a newsletter, a season: what is planned?"),
                title="name",
                counted=ngettext_lazy("%(number)d campaign", "%(number)d campaigns", "number"),
                described={
                    "kind": FieldDescription(label=_("kind of activity")),
                    "other_kind": FieldDescription(label=_("other kind of activity")),
                    "starts_on": FieldDescription(
                        label=_("first day"), asked=_("when does it begin?")
                    ),
                    "ends_on": FieldDescription(label=_("last day")),
                    "owner": FieldDescription(label=_("owner")),
                },
                card=row_texts.activity_card,
                read_together=(
                    FieldsTogether(
                        ("starts_on", "ends_on"),
                        _("When"),
                        row_texts.activity_text,
                        {"starts_on": _("first day not known yet")},
                    ),
                ),
            ),
        ),
    ),
)

# What is said of a question as a whole, as if it were one more kind of row.
NOTE_KIND = RowKind(
    code="step",
    model=StepAnswer,
    answer=StepNote,
    one=_("question as a whole"),
    heading=_("Not known yet"),
    first=("find_out", "finder", "by_on"),
    single=True,
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
FROM_THEMES = "themes"  # the code of the mix that the themes add up to


def neighbours(step: Step) -> tuple[Step | None, Step | None]:
    """Return the steps before and after ``step``."""
    at = STEPS.index(step)
    return (STEPS[at - 1] if at else None, STEPS[at + 1] if at + 1 < len(STEPS) else None)


def single_kinds() -> Iterator[RowKind]:
    """Yield the kinds of which every strategy has exactly one row."""
    return (kind for kind in KINDS.values() if kind.single)
