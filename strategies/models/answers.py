"""The answer rows, one class a kind, in the order of the questionnaire.

A row may be incomplete: the database bounds each single value, and what must fit together
(a mix of 100, a start before the end) is a check, proved when the strategy is submitted.
The words on the page stand here: verbose_name is the label, help_text the help below it.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory, Weekday
from core.fields import CodesField, TimesField
from core.rows import Row
from core.text import cut, first_line
from networks.catalogue import NETWORK_CHOICES
from networks.enums import PostFormat
from networks.models import Channel
from strategies.enums import (
    ActivityKind,
    CadencePeriod,
    Direction,
    HabitKind,
    ListeningKind,
    ObjectiveKind,
    PolicyNeed,
    Priority,
    ReadEvery,
    Verdict,
)
from strategies.models.metrics import FAMILIES_OF_OWN, METRIC_CHOICES
from strategies.models.strategy import Strategy
from workspaces.models import Membership

PEOPLE_AT_MOST = 10_000_000_000  # more than live on earth


def whole_number(
    label: object, highest: int, **options: object
) -> "models.PositiveBigIntegerField[int | None, int | None]":
    """Return an optional whole number from 0 to ``highest``."""
    return models.PositiveBigIntegerField(
        label,  # type: ignore[arg-type]
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(highest)],
        **options,  # type: ignore[arg-type]
    )


def person(
    label: object, **options: object
) -> "models.ForeignKey[Membership | None, Membership | None]":
    """Return an optional member of the workspace."""
    return models.ForeignKey(
        Membership,
        verbose_name=label,  # type: ignore[arg-type]
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        **options,  # type: ignore[arg-type]
    )


def bounded(model: str, **highest: int) -> Iterable[models.CheckConstraint]:
    """Return a constraint a field: empty, or from 0 to its highest value."""
    for field, limit in highest.items():
        yield models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, limit)}),
            name=f"{model}_{field}_bounded",
        )


class AnswerRow(Row):
    """A row that belongs to a strategy."""

    strategy = models.ForeignKey(
        Strategy, editable=False, on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Row.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "pk"]


class ChannelRow(AnswerRow):
    """A row that says something of one channel."""

    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(AnswerRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.channel)


class StepAnswer(AnswerRow):
    """What is said of a question as a whole: that it is not known yet, and who finds out."""

    step = models.CharField(max_length=20, editable=False)
    is_not_known = models.BooleanField(_("not known yet"), default=False)
    find_out = models.TextField(_("what must be found out?"), max_length=1000, blank=True)
    finder = person(_("who finds out?"))
    by_on = models.DateField(_("by when?"), null=True, blank=True)

    class Meta(AnswerRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["strategy", "step"], name="step_answer_once"),
        ]

    def __str__(self) -> str:
        return self.step


# --- before you begin -------------------------------------------------------------------------


class Period(AnswerRow):
    """From when to when the strategy holds."""

    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Goal(AnswerRow):
    """A marketing goal of the organisation, which social media should serve."""

    title = models.CharField(_("the goal"), max_length=300)
    detail = models.TextField(_("what it means"), max_length=4000, blank=True)

    def __str__(self) -> str:
        return self.title


class ChannelStanding(ChannelRow):
    """Where a channel stands today."""

    followers = whole_number(_("followers today"), PEOPLE_AT_MOST)
    posts_last_90_days = whole_number(_("posts in the last 90 days"), 100_000)
    verdict = models.CharField(
        _("what becomes of it?"), max_length=10, choices=Verdict.choices, blank=True
    )
    reason = models.TextField(_("why?"), max_length=1000, blank=True)

    class Meta(ChannelRow.Meta):
        constraints = [
            *bounded("standing", followers=PEOPLE_AT_MOST, posts_last_90_days=100_000),
        ]


# --- 1 audience -------------------------------------------------------------------------------


class Audience(AnswerRow):
    """A group you are trying to reach."""

    name = models.CharField(_("who are they?"), max_length=160)
    needs = models.TextField(
        _("what matters to them?"),
        max_length=4000,
        blank=True,
        help_text=_("In their words: what do they want, fear or ask about?"),
    )
    aim = models.TextField(
        _("what should change for them?"),
        max_length=4000,
        blank=True,
        help_text=_("What they know, think or do when the strategy has worked."),
    )
    networks = CodesField(_("where do you find them?"), choices=NETWORK_CHOICES)
    elsewhere = models.CharField(
        _("other places"), max_length=500, blank=True, help_text=_("Forums, events, newsletters.")
    )
    size = whole_number(_("roughly how many?"), PEOPLE_AT_MOST)
    landing_page = models.URLField(
        _("their page"),
        max_length=500,
        blank=True,
        help_text=_("Where a post for them should lead."),
    )

    class Meta(AnswerRow.Meta):
        constraints = [*bounded("audience", size=PEOPLE_AT_MOST)]

    def __str__(self) -> str:
        return self.name


class AudienceNotes(AnswerRow):
    """What holds for the audiences together."""

    order_reason = models.TextField(_("why this order?"), max_length=2000, blank=True)
    left_out = models.TextField(
        _("whom do you leave out?"),
        max_length=2000,
        blank=True,
        help_text=_("Saying whom you will not write for makes the rest easier."),
    )

    def __str__(self) -> str:
        return str(_("Order of audiences"))


# --- 2 message --------------------------------------------------------------------------------


class KeyMessage(AnswerRow):
    """One thing an audience should know or think."""

    text = models.CharField(_("what should they know or think?"), max_length=500)
    audiences = models.ManyToManyField(
        Audience, verbose_name=_("for whom?"), blank=True, related_name="+"
    )
    proof = models.TextField(
        _("why should they believe it?"),
        max_length=4000,
        blank=True,
        help_text=_("A fact, a figure, something you have done."),
    )

    def __str__(self) -> str:
        return self.text


class Voice(AnswerRow):
    """How you sound, and in which languages."""

    words = models.CharField(
        _("your voice in a few words"),
        max_length=300,
        blank=True,
        help_text=_("Warm, exact, curious."),
    )
    dos = models.TextField(_("we do"), max_length=2000, blank=True)
    donts = models.TextField(_("we do not"), max_length=2000, blank=True)
    languages = models.CharField(
        _("languages"),
        max_length=300,
        blank=True,
        help_text=_("In which languages do you publish?"),
    )
    hashtags = models.CharField(
        _("hashtags of your own"),
        max_length=300,
        blank=True,
        help_text=_("#MuseumNight, #AskACurator"),
    )
    tone_by_channel = models.TextField(
        _("how it differs from channel to channel"),
        max_length=2000,
        blank=True,
        help_text=_("LinkedIn: whole sentences, no emoji. Instagram: we say “du”."),
    )

    def __str__(self) -> str:
        return str(_("Voice"))


# --- 3 ownership ------------------------------------------------------------------------------


class Ownership(AnswerRow):
    """Time, access and policy."""

    hours_per_week = models.DecimalField(
        _("hours a week for social media, all people together"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10_000)],
    )
    can_post = whole_number(_("people who can post today"), 100_000)
    can_post_external = whole_number(_("how many of them are from outside"), 100_000)
    policy_need = models.CharField(
        _("is a social media policy needed?"),
        max_length=20,
        choices=PolicyNeed.choices,
        blank=True,
        help_text=_("It binds employees and everyone hired in."),
    )
    policy_reason = models.TextField(_("why, or where does it stand?"), max_length=2000, blank=True)
    tools = models.TextField(
        _("tools and links"),
        max_length=2000,
        blank=True,
        help_text=_("Where you plan, make pictures and read figures. One a line."),
    )

    class Meta(AnswerRow.Meta):
        constraints = [
            *bounded(
                "ownership", hours_per_week=10_000, can_post=100_000, can_post_external=100_000
            )
        ]

    def __str__(self) -> str:
        return str(_("Time, access and policy"))


class Duty(AnswerRow):
    """A part somebody plays."""

    title = models.CharField(
        _("the part"), max_length=200, help_text=_("Editor, designer, on duty.")
    )
    holder = person(_("who has it?"))
    holder_name = models.CharField(_("or a name or team"), max_length=160, blank=True)
    tasks = models.TextField(_("what it covers"), max_length=4000, blank=True)
    hours_per_week = models.DecimalField(
        _("hours a week"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10_000)],
    )

    class Meta(AnswerRow.Meta):
        verbose_name_plural = _("duties")
        constraints = [*bounded("duty", hours_per_week=10_000)]

    def __str__(self) -> str:
        return self.title


class ChannelWatch(ChannelRow):
    """When a channel is watched, and how fast people are answered."""

    days = CodesField(_("watched on"), choices=Weekday.choices)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    complaint_hours = whole_number(_("complaints answered within (hours)"), 720)
    question_hours = whole_number(_("questions answered within (hours)"), 720)
    takes_over = models.CharField(
        _("who takes over outside these hours?"), max_length=300, blank=True
    )
    whom_to_call = models.CharField(
        _("whom to call in an emergency"),
        max_length=300,
        blank=True,
        help_text=_("Name and number."),
    )

    class Meta(ChannelRow.Meta):
        constraints = [*bounded("watch", complaint_hours=720, question_hours=720)]


# --- 4 content --------------------------------------------------------------------------------


class ContentPlan(AnswerRow):
    """The mix aimed at, what may be scheduled, and what a post costs in minutes."""

    promotional = whole_number(_("selling, percent"), 100)
    informative = whole_number(_("useful, percent"), 100)
    engagement = whole_number(_("dialogue, percent"), 100)
    tolerance = whole_number(
        _("tolerance, points"),
        50,
        default=10,
        help_text=_("How far from the target a month may be before you are told."),
    )
    may_schedule = models.TextField(_("may be scheduled ahead"), max_length=2000, blank=True)
    by_hand = models.TextField(
        _("always by hand"),
        max_length=2000,
        blank=True,
        help_text=_("Answers, condolences, anything on the news of the day."),
    )
    # Minutes a post: our own working figures, to be replaced by the team's.
    minutes_text = whole_number(_("minutes for a text or link"), 10_000, default=45)
    minutes_image = whole_number(_("minutes for an image"), 10_000, default=30)
    minutes_carousel = whole_number(_("minutes for a carousel"), 10_000, default=120)
    minutes_story = whole_number(_("minutes for a story"), 10_000, default=15)
    minutes_short_video = whole_number(_("minutes for a short video or reel"), 10_000, default=300)
    minutes_long_video = whole_number(_("minutes for a long video"), 10_000, default=900)
    minutes_live = whole_number(_("minutes for a live"), 10_000, default=240)
    minutes_thread = whole_number(_("minutes for a thread"), 10_000, default=60)
    minutes_article = whole_number(_("minutes for an article"), 10_000, default=240)

    class Meta(AnswerRow.Meta):
        constraints = [
            *bounded(
                "content",
                promotional=100,
                informative=100,
                engagement=100,
                tolerance=50,
                **{f"minutes_{post_format}": 10_000 for post_format in PostFormat.values},
            )
        ]

    def __str__(self) -> str:
        return str(_("Mix"))


class Pillar(AnswerRow):
    """A recurring subject."""

    name = models.CharField(_("the theme"), max_length=160)
    description = models.TextField(_("what belongs to it?"), max_length=2000, blank=True)
    category = models.CharField(
        _("mostly"), max_length=20, choices=ContentCategory.choices, blank=True
    )
    percent = whole_number(_("of all posts, percent"), 100)

    class Meta(AnswerRow.Meta):
        constraints = [*bounded("pillar", percent=100)]

    def __str__(self) -> str:
        return self.name


class PostKind(ChannelRow):
    """A kind of post on a channel: format and theme, how many, and when is a good time."""

    format = models.CharField(
        _("format"), max_length=20, choices=PostFormat.choices, default=PostFormat.TEXT
    )
    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lowest = whole_number(_("at least"), 1_000)
    highest = whole_number(_("at most"), 1_000)
    period = models.CharField(
        _("posts"), max_length=10, choices=CadencePeriod.choices, default=CadencePeriod.WEEK
    )
    days = CodesField(_("good days"), choices=Weekday.choices)
    times = TimesField(_("good times"), help_text=_("Up to six, for example 08:00, 12:30 and 17."))
    note = models.TextField(_("what goes here?"), max_length=2000, blank=True)

    class Meta(ChannelRow.Meta):
        constraints = [*bounded("post_kind", lowest=1_000, highest=1_000)]


# --- 5 followers ------------------------------------------------------------------------------


class FollowerAim(AnswerRow):
    """Who counts as relevant, and how engaged they are; how many comes second."""

    relevant = models.TextField(
        _("who counts as a relevant follower?"),
        max_length=2000,
        blank=True,
        help_text=_("How would you tell from a profile?"),
    )
    attract = models.TextField(_("what attracts them?"), max_length=2000, blank=True)
    engagement_rate = models.DecimalField(
        _("target engagement rate (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Likes, comments and shares of a post, divided by those who saw it."),
    )
    number = whole_number(_("number of followers aimed at, all channels"), PEOPLE_AT_MOST)

    class Meta(AnswerRow.Meta):
        constraints = [*bounded("follower_aim", engagement_rate=100, number=PEOPLE_AT_MOST)]

    def __str__(self) -> str:
        return str(_("Followers aimed at"))


class Habit(AnswerRow):
    """Something done every week so that the right people find you."""

    text = models.CharField(_("what do you do?"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=20, choices=HabitKind.choices, default=HabitKind.COMMENT
    )
    times_per_week = whole_number(_("times a week"), 1_000)
    person = person(_("who does it?"))

    class Meta(AnswerRow.Meta):
        constraints = [*bounded("habit", times_per_week=1_000)]

    def __str__(self) -> str:
        return self.text


# --- 6 success --------------------------------------------------------------------------------


class Objective(AnswerRow):
    """Something specific to pursue."""

    statement = models.TextField(
        _("what do you want to achieve?"), max_length=4000, help_text=_("One thing, said plainly.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=ObjectiveKind.choices, default=ObjectiveKind.BRAND
    )
    other_kind = models.CharField(_("which, if something else"), max_length=120, blank=True)
    by_on = models.DateField(_("by when?"), null=True, blank=True)
    audiences = models.ManyToManyField(
        Audience, verbose_name=_("for which audiences?"), blank=True, related_name="+"
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("which marketing goal does it serve?"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    def __str__(self) -> str:
        return cut(first_line(self.statement), 120)


class Initiative(AnswerRow):
    """Work that serves an objective; becomes a milestone."""

    title = models.CharField(_("what will you do?"), max_length=300)
    actions = models.TextField(
        _("the steps"), max_length=8000, blank=True, help_text=_("One a line.")
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("which objective does it serve?"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    owner = person(_("whose is it?"))
    owner_name = models.CharField(_("or a name or team"), max_length=160, blank=True)
    due_on = models.DateField(_("by when?"), null=True, blank=True)
    reason = models.TextField(_("why does it matter?"), max_length=2000, blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, blank=True)

    def __str__(self) -> str:
        return self.title


# --- 7 measurement ----------------------------------------------------------------------------


class Kpi(AnswerRow):
    """A figure, or a sign that is seen or not."""

    metric = models.CharField(
        _("which figure?"),
        max_length=40,
        choices=METRIC_CHOICES,
        default="own",
        help_text=_("Awareness and intention to act come first; take your own if none fits."),
    )
    name = models.CharField(
        _("its name, if it is your own"),
        max_length=300,
        blank=True,
        help_text=_("For example: bookings by schools."),
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("which objective does it measure?"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    family = models.CharField(
        _("what does it tell of?"),
        max_length=20,
        choices=FAMILIES_OF_OWN,
        blank=True,
        help_text=_("For a figure of your own."),
    )
    channels = models.ManyToManyField(
        Channel,
        verbose_name=_("on which channels?"),
        blank=True,
        related_name="+",
        help_text=_(
            "An app, a website or a newsletter too: add it to your channels in question 3."
        ),
    )
    is_sign = models.BooleanField(_("a sign: seen or not, without a number"), default=False)
    definition = models.TextField(_("what exactly is counted?"), max_length=2000, blank=True)
    divided_by = models.CharField(_("divided by"), max_length=300, blank=True)
    baseline = models.DecimalField(
        _("figure today"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    direction = models.CharField(
        _("which way is better"), max_length=10, choices=Direction.choices, default=Direction.UP
    )
    by_on = models.DateField(_("target reached by"), null=True, blank=True)
    source = models.CharField(_("read where?"), max_length=300, blank=True)
    read_every = models.CharField(
        _("how often?"), max_length=20, choices=ReadEvery.choices, blank=True
    )
    reader = person(_("who reads it?"))

    class Meta(AnswerRow.Meta):
        verbose_name = _("figure")

    def __str__(self) -> str:
        return self.name or str(self.get_metric_display())


class ListeningTerm(AnswerRow):
    """A word to listen for."""

    term = models.CharField(_("word or name"), max_length=200)
    kind = models.CharField(
        _("it is"), max_length=20, choices=ListeningKind.choices, default=ListeningKind.OWN
    )

    def __str__(self) -> str:
        return self.term


# --- 8 fit ------------------------------------------------------------------------------------


class MarketingActivity(AnswerRow):
    """A campaign or activity that social media supports."""

    name = models.CharField(_("what is it?"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ActivityKind.choices, default=ActivityKind.CAMPAIGN
    )
    other_kind = models.CharField(_("which, if something else"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    support = models.TextField(_("how does social media support it?"), max_length=4000, blank=True)
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("which marketing goal does it serve?"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    budget = models.DecimalField(
        _("budget for advertising"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In your own currency."),
    )
    owner = person(_("whose is it?"))

    class Meta(AnswerRow.Meta):
        verbose_name_plural = _("marketing activities")
        constraints = [*bounded("activity", budget=9_999_999_999)]

    def __str__(self) -> str:
        return self.name
