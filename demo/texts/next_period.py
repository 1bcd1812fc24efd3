"""The next period's strategy: changes to a copy of the one in force, before and after its review."""

from demo.drafts import RowChange
from strategies.starters import DayOfPeriod

FIRST_DRAFT: tuple[RowChange, ...] = (
    RowChange("post-kind", "Instagram", {"highest": 6}),
    RowChange("objective", "900 visits", {"by_on": DayOfPeriod(-10)}),
    RowChange("objective", "Families", {"by_on": DayOfPeriod(-40)}),
    RowChange("objective", "A question", {"by_on": DayOfPeriod(45)}),
)
SECOND_DRAFT: tuple[RowChange, ...] = (
    RowChange(
        "audience",
        "Cruise guests",
        {
            "needs": "Twenty minutes on foot from the quay, a ticket without a queue, and back an "
            "hour before the whistle.",
            "aim": "One in ten who walk past comes in.",
            "networks": ("instagram",),
            "size": 48000,
        },
    ),
    RowChange(
        "audience-notes",
        "",
        {
            "order_reason": "Families and schools come in the months when we have room. Cruise "
            "guests come anyway, from May on, so they get signs and answers but no campaign.",
        },
    ),
    RowChange("post-kind", "Instagram", {"highest": 4}),
    RowChange(
        "content-plan",
        "",
        {
            "promotional": 17,
            "informative": 43,
            "engagement": 40,
            "by_hand": "Answers, storms and closures, late ships, anything about an accident at sea.",
        },
    ),
    RowChange(
        "objective",
        "Families",
        {
            "statement": "Families within an hour’s drive know that there is something to do "
            "indoors, what it costs, and when the lens is lit",
        },
    ),
)
