"""For the day on which something goes wrong."""

from django.utils.translation import gettext_lazy as _

from policies.enums import Concerned
from policies.starters.shape import PolicyStarter

TROUBLE = PolicyStarter(
    code="trouble",
    title=_("When something goes wrong"),
    about=_(
        "For the day of an accident, a mistake or a storm of comments: who does what, in order."
    ),
    concerned=Concerned.EVERYONE,
    clauses=(
        (
            _("Stop first, ask afterwards"),
            _(
                "Stop planned posts on all channels, also in other tools, and pause paid ads. "
                "Nobody is blamed for stopping too early. Answers to people who need help go on."
            ),
        ),
        (
            _("Whom to call"),
            _(
                "Call [name and number] at once, at any hour. If nobody answers within ten "
                "minutes, call [second name and number]."
            ),
        ),
        (
            _("A post of ours was wrong"),
            _(
                "Take a picture of it before you change anything. Correct it where people see it, "
                "and say what you corrected. Delete only what harms somebody or must not be "
                "public, and say that you did."
            ),
        ),
        (
            _("Many angry comments"),
            _(
                "Answer once, with what you know and when there will be more. Hide threats and "
                "what names private people; leave criticism where it is. Nobody sits alone with "
                "it for more than an hour."
            ),
        ),
        (
            _("Somebody got into an account"),
            _(
                "Change the password from another device, end all sessions, and tell "
                "[name of who is responsible]. Then look at what was posted and who was written to."
            ),
        ),
        (
            _("The day after"),
            _(
                "Go through the stopped posts one by one before anything goes out again. Write "
                "down in ten lines what happened and what we do differently."
            ),
        ),
    ),
)
