"""The strategy in force. Days are counted from the period, or from today; people by their key."""

from datetime import time
from decimal import Decimal

from core.enums import ContentCategory, Weekday
from demo.drafts import DayFromToday
from networks.enums import PostFormat
from strategies.enums import (
    ActivityKind,
    CadencePeriod,
    Direction,
    HabitKind,
    ListeningKind,
    ObjectiveKind,
    PolicyNeed,
    ReadEvery,
    Verdict,
)
from strategies.starters import DayOfPeriod, RowDraft

WEEKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
EVERY_DAY = (*WEEKDAYS, Weekday.SAT, Weekday.SUN)

BEGIN = (
    RowDraft("period", {"starts_on": DayOfPeriod(0), "ends_on": DayOfPeriod(-1)}),
    RowDraft(
        "goal",
        {
            "title": "12,000 visitors between the seasons",
            "detail": "Summer takes care of itself. The building is heated all year; last winter "
            "8,700 people used it.",
        },
        "visitors",
    ),
    RowDraft(
        "goal",
        {
            "title": "Every school in the county visits once in three years",
            "detail": "41 of 68 did in the last three.",
        },
        "schools",
    ),
    RowDraft(
        "goal",
        {
            "title": "Be the place that people in the county show their guests",
            "detail": "In the county’s survey a third could not say what we have inside.",
        },
        "pride",
    ),
    RowDraft(
        "standing",
        {
            "channel": "instagram",
            "followers": 6420,
            "posts_last_90_days": 51,
            "verdict": Verdict.KEEP,
            "reason": "This is where families ask.",
        },
    ),
    RowDraft(
        "standing",
        {
            "channel": "facebook",
            "followers": 9180,
            "posts_last_90_days": 38,
            "verdict": Verdict.KEEP,
        },
    ),
    RowDraft(
        "standing",
        {
            "channel": "linkedin",
            "followers": 1130,
            "posts_last_90_days": 6,
            "verdict": Verdict.KEEP,
            "reason": "Small, and every head teacher in the county is there.",
        },
    ),
    RowDraft(
        "standing",
        {
            "channel": "youtube",
            "followers": 820,
            "posts_last_90_days": 2,
            "verdict": Verdict.KEEP,
            "reason": "Kept for the films that schools show in class. No more than one a month.",
        },
    ),
    RowDraft(
        "standing",
        {
            "channel": "podcast",
            "verdict": Verdict.OPEN,
            "reason": "Four tales are recorded already.",
        },
    ),
)

AUDIENCE = (
    RowDraft(
        "audience",
        {
            "name": "Families with children under 12, within an hour’s drive",
            "needs": "They decide on Thursday what to do on Saturday. Is it indoors, what does it "
            "cost, how long does it last, can the little one touch things?",
            "aim": "They come twice between the seasons, and the second time with another family.",
            "networks": ("instagram", "facebook"),
            "elsewhere": "Nursery newsletters, the swimming hall",
            "size": 14000,
        },
        "families",
    ),
    RowDraft(
        "audience",
        {
            "name": "Teachers of years 5 to 10 in the county",
            "needs": "A visit has to fit the plan for the term, be booked in one go, and need no "
            "bus before nine.",
            "aim": "They book the lens workshop before the autumn break, and use the film before "
            "they come.",
            "networks": ("linkedin", "youtube"),
            "elsewhere": "The county’s Monday letter to schools",
            "size": 2300,
        },
        "teachers",
    ),
    RowDraft(
        "audience",
        {
            "name": "Grown-ups who came here as children",
            "needs": "To see what has become of the place, without children at their knees.",
            "aim": "They come to a late Thursday and bring somebody.",
            "networks": ("facebook", "instagram"),
            "elsewhere": "The local paper",
            "size": 30000,
        },
        "returners",
    ),
    RowDraft(
        "audience",
        {
            "name": "Cruise guests with one day ashore",
            "needs": "Twenty minutes on foot from the quay, and back before the whistle.",
            "networks": ("instagram", "tiktok"),
            "elsewhere": "The harbour’s screen",
        },
        "cruise",
    ),
    RowDraft(
        "audience-notes",
        {
            "order_reason": "Families and schools come in the months when we have room. Cruise "
            "guests come anyway, and only in summer.",
            "left_out": "Researchers. The library writes to them itself.",
        },
    ),
)

MESSAGE = (
    RowDraft(
        "message",
        {
            "text": "Here you may touch the light",
            "audiences": ("families", "teachers"),
            "proof": "Eleven of fourteen rooms have something to turn, lift or look through; the "
            "great lens is lit twice a day.",
        },
    ),
    RowDraft(
        "message",
        {
            "text": "An hour here replaces a week of the physics book",
            "audiences": ("teachers",),
            "proof": "The workshop was written with four teachers and follows the plan for years "
            "8 and 9.",
        },
    ),
    RowDraft(
        "message",
        {
            "text": "It is warm, dry and twenty minutes from anywhere in town",
            "audiences": ("families", "returners", "cruise"),
            "proof": "Bus 4 stops at the door every ten minutes; the café opens an hour before us.",
        },
    ),
    RowDraft(
        "voice",
        {
            "words": "Curious, exact, never in a hurry",
            "dos": "Begin with what one can see. Give the hour and the price. Let keepers speak.",
            "donts": "No puns on light. No pictures of children without a signed yes.",
            "languages": "Norwegian; English on Instagram and YouTube",
        },
    ),
)

OWNERSHIP = (
    RowDraft(
        "ownership",
        {
            "hours_per_week": Decimal(16),
            "can_post": 7,
            "can_post_external": 1,
            "policy_need": PolicyNeed.NEEDED,
            "policy_reason": "What we have is from before the film company. It must bind them too.",
        },
    ),
    *(
        RowDraft(
            "watch",
            {
                "channel": channel,
                "days": days,
                "starts_at": time(8),
                "ends_at": ends_at,
                "complaint_hours": complaint,
                "question_hours": question,
                "takes_over": "The front desk until closing, then nobody before eight",
                "whom_to_call": "Ingrid Solheim",
            },
        )
        for channel, days, ends_at, complaint, question in (
            ("instagram", EVERY_DAY, time(20), 2, 4),
            ("facebook", EVERY_DAY, time(18), 2, 4),
            ("linkedin", WEEKDAYS, time(16), 8, 24),
            ("youtube", (Weekday.MON, Weekday.THU), time(16), 24, 48),
        )
    ),
    RowDraft(
        "duty",
        {
            "title": "Editor of the week",
            "holder": "marketer",
            "tasks": "Chairs Monday’s twenty minutes, has the last word on texts.",
            "hours_per_week": Decimal(6),
        },
    ),
    RowDraft(
        "duty",
        {
            "title": "Pictures",
            "holder": "contributor",
            "tasks": "Two hours on Tuesday with the tripod; keeps the signed consents.",
            "hours_per_week": Decimal(5),
        },
    ),
    RowDraft(
        "duty",
        {
            "title": "Answers at the weekend",
            "holder_name": "Front desk",
            "hours_per_week": Decimal(3),
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
            "may_schedule": "Events, opening hours, films, the theme of the week.",
            "by_hand": "Answers, storms and closures, anything about an accident at sea.",
        },
    ),
    *(
        RowDraft(
            "post-kind",
            {
                "channel": channel,
                "format": post_format,
                "lowest": lowest,
                "highest": highest,
                "period": period,
                "days": days,
                "times": (starts_at, ends_at),
                "note": note,
            },
        )
        for channel, post_format, lowest, highest, period, days, starts_at, ends_at, note in (
            (
                "instagram",
                PostFormat.CAROUSEL,
                3,
                4,
                CadencePeriod.WEEK,
                (Weekday.TUE, Weekday.THU, Weekday.SUN),
                time(17),
                time(20),
                "One thing to try at home, one face, one look at the lens.",
            ),
            (
                "facebook",
                PostFormat.TEXT,
                2,
                3,
                CadencePeriod.WEEK,
                (Weekday.THU, Weekday.SUN),
                time(18),
                time(21),
                "The weekend on Thursday, a memory on Sunday.",
            ),
            (
                "linkedin",
                PostFormat.TEXT,
                1,
                2,
                CadencePeriod.WEEK,
                (Weekday.TUE, Weekday.WED),
                time(7),
                time(9),
                "For teachers, before the first lesson.",
            ),
            (
                "youtube",
                PostFormat.SHORT_VIDEO,
                0,
                1,
                CadencePeriod.MONTH,
                (Weekday.MON,),
                time(12),
                time(15),
                "Only what a class can watch in five minutes.",
            ),
            (
                "podcast",
                PostFormat.TEXT,
                1,
                1,
                CadencePeriod.MONTH,
                (Weekday.SUN,),
                time(8),
                time(10),
                "One keeper’s tale; the recording itself is counted with the museum’s own hours.",
            ),
        )
    ),
    RowDraft(
        "pillar",
        {
            "name": "Try it at home",
            "description": "A glass of water, a lamp, a piece of card: one thing that works.",
            "category": ContentCategory.INFORMATIVE,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": "Who kept the light",
            "description": "One keeper, one night, one page of the log.",
            "category": ContentCategory.INFORMATIVE,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": "What do you remember?",
            "description": "An old picture of the museum and a question under it.",
            "category": ContentCategory.ENGAGEMENT,
        },
    ),
    RowDraft(
        "pillar",
        {
            "name": "This weekend",
            "description": "What is on, when, what it costs.",
            "category": ContentCategory.PROMOTIONAL,
        },
    ),
)

FOLLOWERS = (
    RowDraft(
        "follower-aim",
        {
            "relevant": "Lives in the county and has children, teaches, or came here as a child.",
            "attract": "Things to try, and people they recognise.",
            "engagement_rate": Decimal("4.5"),
        },
    ),
    RowDraft(
        "habit",
        {
            "text": "Answer every comment the same day",
            "kind": HabitKind.ANSWER,
            "times_per_week": 7,
            "person": "contributor",
        },
    ),
    RowDraft(
        "habit",
        {
            "text": "Comment on posts of schools and of other museums",
            "kind": HabitKind.COMMENT,
            "times_per_week": 10,
            "person": "ane",
        },
    ),
    RowDraft(
        "habit",
        {
            "text": "Share a visitor’s picture, with their yes",
            "kind": HabitKind.PROMOTE,
            "times_per_week": 2,
            "person": "contributor",
        },
    ),
)

SUCCESS = (
    RowDraft(
        "objective",
        {
            "statement": "Families within an hour’s drive know that there is something to do "
            "indoors, and what it costs",
            "kind": ObjectiveKind.BRAND,
            "by_on": DayOfPeriod(-30),
            "audiences": ("families", "returners"),
            "goal": "visitors",
        },
        "known",
    ),
    RowDraft(
        "objective",
        {
            "statement": "900 visits a month to the booking page come from our channels",
            "kind": ObjectiveKind.TRAFFIC,
            "by_on": DayOfPeriod(-1),
            "audiences": ("families", "teachers"),
            "goal": "schools",
        },
        "booking",
    ),
    RowDraft(
        "objective",
        {
            "statement": "A question asked in public is answered within four hours",
            "kind": ObjectiveKind.SERVICE,
            "by_on": DayOfPeriod(60),
            "audiences": ("families",),
            "goal": "pride",
        },
        "answers",
    ),
    RowDraft(
        "initiative",
        {
            "title": "Write the twenty most common answers and pin them",
            "actions": "Collect a month of questions\nAgree with the front desk\nPin and print",
            "objective": "answers",
            "owner": "contributor",
            "due_on": DayFromToday(-64),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": "Campaign tags on every link to the booking page",
            "actions": "Agree on names\nMake the list\nLook at the first week together",
            "objective": "booking",
            "owner": "henrik",
            "due_on": DayFromToday(-41),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": "Film “How a lens bends a storm” for years 8 and 9",
            "actions": "Script with two teachers\nTwo days in the lamp room\nSubtitles",
            "objective": "booking",
            "owner": "marketer",
            "due_on": DayFromToday(-6),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": "Ask 200 people at the swimming hall whether they know us",
            "actions": "Three questions on a card\nTwo Saturdays\nType it in",
            "objective": "known",
            "owner": "ane",
            "due_on": DayFromToday(12),
        },
    ),
    RowDraft(
        "initiative",
        {
            "title": "Twelve “Try it at home” posts ahead of the dark months",
            "actions": "Choose twelve\nPhotograph all on one Tuesday\nTexts in both languages",
            "objective": "known",
            "owner": "contributor",
            "due_on": DayFromToday(26),
        },
    ),
)

MEASUREMENT = (
    RowDraft(
        "kpi",
        {
            "metric": "brand_search",
            "objective": "known",
            "baseline": Decimal(1900),
            "target": Decimal(2500),
            "direction": Direction.UP,
            "by_on": DayOfPeriod(-1),
            "source": "The search console",
            "read_every": ReadEvery.MONTH,
            "reader": "marketer",
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "intention",
            "objective": "known",
            "target": Decimal(35),
            "direction": Direction.UP,
            "by_on": DayOfPeriod(-30),
            "source": "The cards from the swimming hall",
            "read_every": ReadEvery.HALF_YEAR,
            "reader": "ane",
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "visits",
            "objective": "booking",
            "baseline": Decimal(610),
            "target": Decimal(900),
            "direction": Direction.UP,
            "by_on": DayOfPeriod(-1),
            "source": "The web statistics, by campaign tag",
            "read_every": ReadEvery.MONTH,
            "reader": "henrik",
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "answer_time",
            "objective": "answers",
            "baseline": Decimal(9),
            "target": Decimal(4),
            "direction": Direction.DOWN,
            "by_on": DayOfPeriod(60),
            "source": "The inboxes, ten questions drawn by lot",
            "read_every": ReadEvery.MONTH,
            "reader": "contributor",
        },
    ),
    RowDraft(
        "kpi",
        {
            "metric": "own",
            "name": "A school writes to us before we write to them",
            "is_sign": True,
            "objective": "booking",
            "definition": "A school that has not visited in three years asks for a date by itself.",
            "by_on": DayOfPeriod(-1),
            "source": "The booking desk’s mail",
            "read_every": ReadEvery.QUARTER,
            "reader": "ane",
        },
    ),
    RowDraft("listening", {"term": "Fjordlys Museum", "kind": ListeningKind.OWN}),
    RowDraft("listening", {"term": "Fjordlyset", "kind": ListeningKind.MISSPELLING}),
    RowDraft("listening", {"term": "The great lens", "kind": ListeningKind.PRODUCT}),
    RowDraft("listening", {"term": "The aquarium at Nordvik", "kind": ListeningKind.COMPETITOR}),
)

FIT = (
    RowDraft(
        "activity",
        {
            "name": "Late Thursdays",
            "kind": ActivityKind.EVENT,
            "starts_on": DayFromToday(-50),
            "ends_on": DayFromToday(40),
            "support": "A picture from the last one on Monday, who plays on Wednesday, a story on "
            "the night itself.",
            "goal": "visitors",
            "owner": "henrik",
        },
    ),
    RowDraft(
        "activity",
        {
            "name": "The dark week: the great lens lit all night",
            "kind": ActivityKind.CAMPAIGN,
            "starts_on": DayFromToday(24),
            "ends_on": DayFromToday(31),
            "support": "A countdown of seven posts, visitors’ pictures while it lasts, thanks to "
            "the volunteers afterwards.",
            "goal": "pride",
            "budget": Decimal(18000),
            "owner": "marketer",
        },
    ),
    RowDraft(
        "activity",
        {
            "name": "Letter to schools",
            "kind": ActivityKind.EMAIL,
            "starts_on": DayFromToday(9),
            "ends_on": DayFromToday(9),
            "support": "The film goes out on LinkedIn the day before the letter does.",
            "goal": "schools",
            "owner": "ane",
        },
    ),
)

IN_FORCE = (
    *BEGIN,
    *AUDIENCE,
    *MESSAGE,
    *OWNERSHIP,
    *CONTENT,
    *FOLLOWERS,
    *SUCCESS,
    *MEASUREMENT,
    *FIT,
)
