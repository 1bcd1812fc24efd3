"""States of a delivery, and the codes of ways of sending."""

from datetime import time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The way by which somebody without an account can be reached (the others: ``ways``).
EMAIL = "email"
#: The way to another program that the workspace names.
WEBHOOK = "webhook"

#: Stands where a way of sending does, for what is seen in the program itself.
IN_APP = "app"
#: When the daily email goes out, by the person's own clock.
DIGEST_AT = time(8)
#: The type of notice that the daily email is.
DIGEST = "notifications.digest"
#: The types of notice by which somebody tries a way.
TEST_EMAIL = "notifications.test_email"
TEST_WEBHOOK = "notifications.test_webhook"
#: Later than this a notice says when it was due.
LATE = timedelta(minutes=10)


class Topic(models.TextChoices):
    """What a type of notice is about, where a person chooses what to be told."""

    POSTS = "posts", _("Posts")
    STRATEGY = "strategy", _("Strategies, milestones and figures")
    POLICIES = "policies", _("Policies")
    ACCESS = "access", _("People and access")
    OWN = "own", _("Your own reminders, and the daily email")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    RETRYING = "retrying", _("Trying again")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Too late to send")
    HELD = "held", _("Waits for the daily email")
    DIGESTED = "digested", _("In the daily email")


#: What a worker may take up.
DUE_STATES = (DeliveryState.WAITING, DeliveryState.RETRYING)
#: What a worker may take up now or later, or has.
UNFINISHED_STATES = (*DUE_STATES, DeliveryState.SENDING)
#: What can still be called back.
OPEN_STATES = (*DUE_STATES, DeliveryState.HELD)
#: What nobody will try again by itself, and an admin is shown.
DEAD_STATES = (DeliveryState.FAILED, DeliveryState.EXPIRED)

TRANSITIONS: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.WAITING: frozenset({DeliveryState.SENDING, DeliveryState.CANCELLED}),
    DeliveryState.RETRYING: frozenset({DeliveryState.SENDING, DeliveryState.CANCELLED}),
    DeliveryState.SENDING: frozenset(
        {
            DeliveryState.SENDING,  # a claim that outlived its lease is found again
            DeliveryState.SENT,
            DeliveryState.RETRYING,
            DeliveryState.FAILED,
            DeliveryState.CANCELLED,
            DeliveryState.EXPIRED,
            DeliveryState.WAITING,  # put back, not tried
        }
    ),
    DeliveryState.HELD: frozenset({DeliveryState.DIGESTED, DeliveryState.CANCELLED}),
    DeliveryState.DIGESTED: frozenset(),
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING, DeliveryState.CANCELLED}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.CANCELLED: frozenset(),
    DeliveryState.EXPIRED: frozenset({DeliveryState.WAITING, DeliveryState.CANCELLED}),
}


class Outcome(models.TextChoices):
    OPEN = "open", _("Not known: it broke off")
    SENT = "sent", _("Taken")
    LATER = "later", _("Try again later")
    REFUSED = "refused", _("Refused for good")
    CANCELLED = "cancelled", _("Not sent: no longer wanted")
    EXPIRED = "expired", _("Not sent: too late")


class Pace(models.TextChoices):
    """When a person wants the emails of one type."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("Daily email")
    OFF = "off", _("Never")


class WebhookShape(models.TextChoices):
    """What the receiver of a webhook understands."""

    STANDARD = "standard", _("Another program (Standard Webhooks, signed)")
    SLACK = "slack", _("Slack (incoming webhook)")
    TEAMS = "teams", _("Microsoft Teams (workflow)")


class OffReason(models.TextChoices):
    """Why nothing is sent to a webhook."""

    BY_HAND = "by_hand", _("Switched off")
    GONE = "gone", _("Switched off: the address said that it is gone (410)")
