"""A small shop: three people who sell and mend bicycles, six hours a week for social media."""

from datetime import time
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.enums import ContentCategory, Weekday
from networks.enums import PostFormat
from strategies.domain.periods import MONTHS
from strategies.enums import (
    ActivityKind,
    CadencePeriod,
    Direction,
    HabitKind,
    ListeningKind,
    ObjectiveKind,
    PolicyNeed,
    ReadEvery,
)
from strategies.starters.shape import ChannelDraft, DayOfPeriod, RowDraft, Starter

TUESDAY_TO_SATURDAY = (Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI, Weekday.SAT)

CHANNELS = (
    ChannelDraft(
        "instagram",
        "instagram",
        _("@yourshop"),
        _("Show the workshop’s week in pictures, and answer questions about repairs."),
    ),
    ChannelDraft(
        "facebook",
        "facebook",
        _("Your shop"),
        _("Opening hours, courses, and neighbours who ask whether we can mend it today."),
    ),
    ChannelDraft(
        "newsletter",
        "other",
        _("Letter from the workshop"),
        _("Once a month, to customers who asked for it: what to look after this season."),
        other_network=_("Newsletter"),
    ),
)

BEGIN = (
    RowDraft("period", {"starts_on": DayOfPeriod(0), "ends_on": DayOfPeriod(-1)}),
    RowDraft(
        "goal",
        {
            "title": _("Fill the workshop in the quiet months"),
            "detail": _(
                "From January to March two of three stands are empty. A fifth more repairs would "
                "carry the rent."
            ),
        },
        "fill",
    ),
    RowDraft(
        "goal",
        {
            "title": _("Be the first place neighbours think of when a bicycle breaks"),
            "detail": _("Today many drive to the chain store at the ring road."),
        },
        "first",
    ),
    RowDraft(
        "goal",
        {
            "title": _(
                "Half of the people who buy a bicycle come back for a service within a year"
            ),
            "detail": _("One in three does so now."),
        },
        "return",
    ),
)

AUDIENCE = (
    RowDraft(
        "audience",
        {
            "name": _("People who cycle to work, within five kilometres"),
            "needs": _(
                "It has to run on Monday morning. They ask: how long does it take, what does it "
                "cost, can I leave it on my way and fetch it after work?"
            ),
            "aim": _("They book a service before winter instead of waiting until it breaks."),
            "networks": ("facebook", "instagram"),
            "elsewhere": _("The notice board of the office park, the cyclists’ association"),
            "size": 4000,
        },
        "commuters",
    ),
    RowDraft(
        "audience",
        {
            "name": _("Parents who carry children by bicycle"),
            "needs": _(
                "Safe, quick, and affordable second hand. They worry about brakes and about seats "
                "that fit the age, and they ask other parents first."
            ),
            "aim": _("They let us check seat and brakes before they buy from a stranger."),
            "networks": ("facebook",),
            "elsewhere": _("Parents’ groups, the nursery’s swap day"),
            "size": 1500,
        },
        "parents",
    ),
    RowDraft(
        "audience",
        {
            "name": _("People who like to mend it themselves"),
            "needs": _(
                "The right part today, and somebody who shows the one step they are stuck on, "
                "without being made to feel stupid."
            ),
            "aim": _("They come to the Thursday course and tell others about it."),
            "networks": ("instagram", "youtube"),
            "elsewhere": _("The library’s tool corner"),
            "size": 600,
        },
        "menders",
    ),
    RowDraft(
        "audience-notes",
        {
            "order_reason": _(
                "People who ride every day bring repairs in every month of the year; the other two "
                "fill the weekends and recommend us."
            ),
            "left_out": _(
                "Racers. They know more than we do about their machines and order on the net."
            ),
        },
    ),
)

MESSAGE = (
    RowDraft(
        "message",
        {
            "text": _("In before ten, back before six"),
            "audiences": ("commuters",),
            "proof": _(
                "Nine of ten ordinary repairs left the shop the same day last spring; those that "
                "did not were waiting for a part."
            ),
        },
    ),
    RowDraft(
        "message",
        {
            "text": _("We tell you when it is not worth mending"),
            "audiences": ("commuters", "parents"),
            "proof": _(
                "Every repair above half the bicycle’s value gets a telephone call first, with the "
                "price of both choices."
            ),
        },
    ),
    RowDraft(
        "message",
        {
            "text": _("You can learn to do this yourself"),
            "audiences": ("menders", "parents"),
            "proof": _("A free hour every second Thursday; 84 people came last year."),
        },
    ),
    RowDraft(
        "voice",
        {
            "words": _("Neighbourly, exact, a little dry"),
            "dos": _(
                "Say the price and the day. Show hands and tools. Name the person who did it."
            ),
            "donts": _(
                "No jargon, no countdowns to the end of a sale, no laughing at rusty chains."
            ),
            "languages": _("The language of the street, and English under pictures"),
        },
    ),
)

OWNERSHIP = (
    RowDraft(
        "ownership",
        {
            "hours_per_week": Decimal(6),
            "can_post": 2,
            "can_post_external": 0,
            "policy_need": PolicyNeed.NEEDED,
            "policy_reason": _(
                "One page is enough: who posts, whose pictures need a yes first, and what we never "
                "comment on."
            ),
        },
    ),
    RowDraft(
        "watch",
        {
            "channel": "instagram",
            "days": TUESDAY_TO_SATURDAY,
            "starts_at": time(10),
            "ends_at": time(18),
            "complaint_hours": 4,
            "question_hours": 8,
            "takes_over": _("Nobody: an automatic answer says when the shop opens"),
            "whom_to_call": _("The owner of the shop"),
        },
    ),
    RowDraft(
        "watch",
        {
            "channel": "facebook",
            "days": TUESDAY_TO_SATURDAY,
            "starts_at": time(10),
            "ends_at": time(18),
            "complaint_hours": 4,
            "question_hours": 8,
            "takes_over": _("Nobody: an automatic answer says when the shop opens"),
            "whom_to_call": _("The owner of the shop"),
        },
    ),
    RowDraft(
        "duty",
        {
            "title": _("Writes and takes the pictures"),
            "tasks": _("Two hours on Tuesday morning before opening, and five minutes a day."),
            "hours_per_week": Decimal(4),
        },
    ),
    RowDraft(
        "duty",
        {
            "title": _("Answers"),
            "tasks": _("Whoever stands at the counter, at noon and before closing."),
            "hours_per_week": Decimal(2),
        },
    ),
)

CONTENT = (
    RowDraft(
        "content-plan",
        {
            "promotional": 20,
            "informative": 40,
            "engagement": 40,
            "tolerance": 10,
            "may_schedule": _("Care tips, course dates, opening hours, the bicycle of the week."),
            "by_hand": _("Answers, anything about an accident, and the weather of the day."),
        },
    ),
    RowDraft(
        "post-kind",
        {
            "channel": "instagram",
            "format": PostFormat.TEXT,
            "lowest": 2,
            "highest": 3,
            "period": CadencePeriod.WEEK,
            "days": (Weekday.TUE, Weekday.THU, Weekday.SAT),
            "times": (time(7), time(9)),
            "note": _("One before and after, one tip, one face."),
        },
    ),
    RowDraft(
        "post-kind",
        {
            "channel": "facebook",
            "format": PostFormat.TEXT,
            "lowest": 1,
            "highest": 2,
            "period": CadencePeriod.WEEK,
            "days": (Weekday.WED, Weekday.SUN),
            "times": (time(19), time(21)),
            "note": _("Questions to the neighbourhood, courses, lost and found."),
        },
    ),
    RowDraft(
        "post-kind",
        {
            "channel": "newsletter",
            "format": PostFormat.TEXT,
            "lowest": 1,
            "highest": 1,
            "period": CadencePeriod.MONTH,
            "note": _("Three short pieces, one offer, the course dates."),
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": _("Before and after"),
            "description": _("One repair in two pictures, with what it cost and how long it took."),
            "category": ContentCategory.INFORMATIVE,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": _("Five-minute care"),
            "description": _("One thing to do at home, and how to tell that you should not."),
            "category": ContentCategory.INFORMATIVE,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": _("Whose bicycle is this?"),
            "description": _("A customer and where they ride. Always with their yes."),
            "category": ContentCategory.ENGAGEMENT,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": _("On the hook this week"),
            "description": _("One used bicycle that is ready, with size and price."),
            "category": ContentCategory.PROMOTIONAL,
        },
    ),
)

FOLLOWERS = (
    RowDraft(
        "follower-aim",
        {
            "relevant": _("Lives or works within five kilometres, or runs something that does."),
            "attract": _("Tips that save a visit, and people they know from the street."),
            "engagement_rate": Decimal(5),
            "number": 1200,
        },
    ),
    RowDraft(
        "habit",
        {
            "text": _("Answer every comment and message before closing"),
            "kind": HabitKind.ANSWER,
            "times_per_week": 5,
        },
    ),
    RowDraft(
        "habit",
        {
            "text": _("Comment on posts of schools, clubs and shops nearby"),
            "kind": HabitKind.COMMENT,
            "times_per_week": 5,
        },
    ),
    RowDraft(
        "habit",
        {
            "text": _("Share one post of a neighbour"),
            "kind": HabitKind.PROMOTE,
            "times_per_week": 1,
        },
    ),
)

SUCCESS = (
    RowDraft(
        "objective",
        {
            "statement": _(
                "60 repairs a month are booked after a post, a message or the newsletter"
            ),
            "kind": ObjectiveKind.LEADS,
            "by_on": DayOfPeriod(-31),
            "audiences": ("commuters", "parents"),
            "goal": "fill",
        },
        "bookings",
    ),
    RowDraft(
        "objective",
        {
            "statement": _(
                "Half of the people in the street can name us when asked who mends bicycles"
            ),
            "kind": ObjectiveKind.BRAND,
            "by_on": DayOfPeriod(-1),
            "audiences": ("commuters", "parents", "menders"),
            "goal": "first",
        },
        "known",
    ),
    RowDraft(
        "objective",
        {
            "statement": _("Questions about price and time are answered the same day"),
            "kind": ObjectiveKind.SERVICE,
            "by_on": DayOfPeriod(60),
            "audiences": ("commuters", "parents"),
            "goal": "return",
        },
        "answers",
    ),
    RowDraft(
        "initiative",
        {
            "title": _("Put a booking link into every profile"),
            "actions": _(
                "Choose the booking page\nTry it on a telephone\nPut it into all profiles"
            ),
            "objective": "bookings",
            "due_on": DayOfPeriod(10),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": _("Write down the twenty most common answers, with prices"),
            "actions": _(
                "Collect a month of questions\nAgree on the prices\nHang them at the counter"
            ),
            "objective": "answers",
            "due_on": DayOfPeriod(28),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": _("Photograph 30 repairs, so that pictures never run out"),
            "actions": _("Fix a lamp over stand 2\nOne before and one after a day"),
            "objective": "known",
            "due_on": DayOfPeriod(42),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": _("A free brake check outside the nursery"),
            "actions": _("Ask the nursery\nFind a Saturday\nInvite through the parents’ group"),
            "objective": "known",
            "due_on": DayOfPeriod(95),
        },
    ),
)

MEASUREMENT = (
    RowDraft(
        "kpi",
        {
            "metric": "brand_search",
            "objective": "known",
            "baseline": Decimal(140),
            "target": Decimal(220),
            "direction": Direction.UP,
            "by_on": DayOfPeriod(-1),
            "source": _("The search engine’s page for owners of a business"),
            "read_every": ReadEvery.MONTH,
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "leads",
            "objective": "bookings",
            "baseline": Decimal(22),
            "target": Decimal(60),
            "direction": Direction.UP,
            "by_on": DayOfPeriod(-31),
            "source": _("The booking page asks: how did you find us?"),
            "read_every": ReadEvery.MONTH,
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "answer_time",
            "objective": "answers",
            "baseline": Decimal(26),
            "target": Decimal(6),
            "direction": Direction.DOWN,
            "by_on": DayOfPeriod(60),
            "source": _("The inboxes of Facebook and Instagram"),
            "read_every": ReadEvery.WEEK,
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "own",
            "name": _("A stranger at the counter mentions something we posted"),
            "is_sign": True,
            "objective": "known",
            "definition": _("Somebody we do not know says so without being asked."),
            "by_on": DayOfPeriod(-1),
            "source": _("A tick on the sheet beside the till"),
            "read_every": ReadEvery.QUARTER,
        },
    ),
    RowDraft("listening", {"term": _("The name of your shop"), "kind": ListeningKind.OWN}),
    RowDraft(
        "listening",
        {"term": _("The name, as people spell it wrongly"), "kind": ListeningKind.MISSPELLING},
    ),
    RowDraft(
        "listening",
        {"term": _("The chain store at the ring road"), "kind": ListeningKind.COMPETITOR},
    ),
    RowDraft("listening", {"term": _("bicycle repair near me"), "kind": ListeningKind.TOPIC}),
)

FIT = (
    RowDraft(
        "activity",
        {
            "name": _("Winter service: a fixed price for the quiet months"),
            "kind": ActivityKind.CAMPAIGN,
            "starts_on": DayOfPeriod(7),
            "ends_on": DayOfPeriod(70),
            "support": _(
                "One post a week with what the service found; the price in every profile; customers "
                "of last year are reminded in the newsletter."
            ),
            "goal": "fill",
            "budget": Decimal(1500),
        },
    ),
    RowDraft(
        "activity",
        {
            "name": _("Thursday course"),
            "kind": ActivityKind.EVENT,
            "starts_on": DayOfPeriod(14),
            "ends_on": DayOfPeriod(-14),
            "support": _(
                "Announced on Facebook ten days ahead, pictures the morning after, the trick of the "
                "evening as a post."
            ),
            "goal": "first",
        },
    ),
    RowDraft(
        "activity",
        {
            "name": _("Letter from the workshop"),
            "kind": ActivityKind.EMAIL,
            "starts_on": DayOfPeriod(0),
            "ends_on": DayOfPeriod(-1),
            "support": _(
                "Two of its three pieces are the month’s best posts, told at more length."
            ),
            "goal": "return",
        },
    ),
)

SMALL_SHOP = Starter(
    code="small-shop",
    name=_("A filled one: a small shop"),
    about=_(
        "Three people who sell and mend bicycles, with six hours a week for social media. All eight "
        "questions are answered, so that you can replace what is different with you. A channel of it "
        "that the workspace does not have is added to its channels, as planned."
    ),
    months=MONTHS,
    channels=CHANNELS,
    rows=(
        *BEGIN,
        *AUDIENCE,
        *MESSAGE,
        *OWNERSHIP,
        *CONTENT,
        *FOLLOWERS,
        *SUCCESS,
        *MEASUREMENT,
        *FIT,
    ),
)
