"""The catalogue of figures: awareness and intention to act first, as the brief asks (B19).

Adding one is one entry here; codes are stored and never change. Definitions are our own words.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    """What a figure tells of."""

    AWARENESS = "awareness", _("Awareness")
    INTENTION = "intention", _("Intention to act")
    DIALOGUE = "dialogue", _("Dialogue")
    TRAFFIC = "traffic", _("Traffic and leads")
    SERVICE = "service", _("Customer service")
    SIZE = "size", _("Size")
    OWN = "own", _("Your own")


#: What an own figure may be said to tell of.
FAMILIES_OF_OWN = [(one.value, one.label) for one in Family if one != Family.OWN]
OWN_METRIC = "own"  # not of the catalogue: the workspace names and defines it


@dataclass(frozen=True)
class Metric:
    """A figure: what is counted, and divided by what (empty where it is a plain count).

    ``is_part``: what is counted is among what it is divided by, so it is 100 percent at most.
    """

    code: str
    family: Family
    name: "str | Promise"
    definition: "str | Promise"
    divided_by: "str | Promise" = ""
    is_part: bool = False

    def why_not(self, value: Decimal) -> "str | Promise":
        """Return why the figure cannot be ``value``; nothing where it can. One's own can be all."""
        if self.family == Family.OWN:
            return ""
        if value < 0:
            return _("This figure cannot be below 0. Write 0 or more.")
        if self.is_part and value > 100:
            return _("This is a part of a whole in percent. Write 100 or less.")
        return ""


METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        Metric(
            "reach",
            Family.AWARENESS,
            _("People reached"),
            _("Different people who saw at least one post in the month."),
        ),
        Metric(
            "mentions",
            Family.AWARENESS,
            _("Mentions by others"),
            _("Posts by others that name you, without your own."),
        ),
        Metric(
            "share_of_voice",
            Family.AWARENESS,
            _("Share of voice"),
            _("Mentions of you."),
            _("mentions of you and the competitors you named"),
            is_part=True,
        ),
        Metric(
            "brand_search",
            Family.AWARENESS,
            _("Searches for your name"),
            _("Searches in the month that hold your name."),
        ),
        Metric(
            "aided_awareness",
            Family.AWARENESS,
            _("People who know you"),
            _("Asked people who say they know you."),
            _("people asked"),
            is_part=True,
        ),
        Metric(
            "intention",
            Family.INTENTION,
            _("People who mean to act"),
            _("Asked people who say they will buy, visit or join."),
            _("people asked"),
            is_part=True,
        ),
        Metric(
            "saves_shares",
            Family.INTENTION,
            _("Saves and shares"),
            _("Times a post was saved or passed on."),
            _("people reached"),
        ),
        Metric(
            "sign_ups",
            Family.INTENTION,
            _("Sign-ups"),
            _("New subscribers, members or trial users who came from social media."),
        ),
        Metric(
            "engagement_rate",
            Family.DIALOGUE,
            _("Engagement rate"),
            _("Likes, comments and shares."),
            _("people reached"),
        ),
        Metric(
            "conversations",
            Family.DIALOGUE,
            _("Conversations"),
            _("Threads in which both they and you wrote."),
        ),
        Metric("likes", Family.SIZE, _("Likes"), _("Likes on all posts in the month.")),
        Metric("followers", Family.SIZE, _("Followers"), _("Followers on all channels.")),
        Metric(
            "visits",
            Family.TRAFFIC,
            _("Visits to the website"),
            _("Visits that came from your channels, told by campaign tags."),
        ),
        Metric(
            "leads",
            Family.TRAFFIC,
            _("Leads"),
            _("Enquiries that came from your channels."),
        ),
        Metric(
            "conversion",
            Family.TRAFFIC,
            _("Visits that lead to something"),
            _("Visits from your channels that end in the act you want."),
            _("visits from your channels"),
            is_part=True,
        ),
        Metric(
            "answer_time",
            Family.SERVICE,
            _("Time to answer"),
            _(
                "Hours from a question to the first answer by a person, the middle one of the month."
            ),
        ),
        Metric(
            "answered",
            Family.SERVICE,
            _("Questions answered"),
            _("Questions answered within the promised time."),
            _("questions asked"),
            is_part=True,
        ),
        Metric(OWN_METRIC, Family.OWN, _("Your own figure or sign"), _("What you define.")),
    )
}

METRIC_CHOICES = [(metric.code, metric.name) for metric in METRICS.values()]
