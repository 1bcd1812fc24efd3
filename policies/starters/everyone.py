"""For everybody who posts."""

from django.utils.translation import gettext_lazy as _

from policies.enums import Concerned
from policies.starters.shape import PolicyStarter

EVERYONE = PolicyStarter(
    code="everyone",
    title=_("Social media policy"),
    about=_(
        "For everybody who posts in your name: who may, what to look at first, and what to do."
    ),
    concerned=Concerned.EVERYONE,
    clauses=(
        (
            _("Who may post"),
            _(
                "You post in our name only from our own channels, and only on those that you were "
                "given access to. Use your own login and never share it. When you leave, your "
                "access ends on the same day. Questions go to [name of who is responsible]."
            ),
        ),
        (
            _("Look before you use a hashtag"),
            _(
                "A tag that trends may be about something else than you think: an accident, a "
                "death, a town in grief. Open it on the network and read the ten newest posts, on "
                "the day yours goes out. If you are in doubt, leave it out."
            ),
        ),
        (
            _("Say whose it is"),
            _(
                "Name the source of what others found out or made. Ask before you use a picture "
                "or a text of a follower, and keep the answer. A picture that you cannot say the "
                "origin of stays out."
            ),
        ),
        (
            _("Say when it is advertising"),
            _(
                "If we are paid, get a gift, work with a partner or write about what one of us "
                "sells, the text begins with “Advertisement”."
            ),
        ),
        (
            _("People in pictures"),
            _(
                "Ask before you publish a face. For a child, ask a parent in writing and note "
                "until when the consent lasts. Describe every picture in words, for those who "
                "cannot see it."
            ),
        ),
        (
            _("Answers"),
            _(
                "Answer politely, in your own words and with your first name. You need not answer "
                "insults. Complaints and questions that you cannot answer go to [name or address] "
                "on the same day."
            ),
        ),
        (
            _("Your own accounts"),
            _(
                "What you post privately is your own. Say that you work here when you write about "
                "us, and keep to yourself what is not public."
            ),
        ),
    ),
)
