"""For agencies, freelancers and everybody else from outside."""

from django.utils.translation import gettext_lazy as _

from policies.enums import Concerned
from policies.starters.shape import PolicyStarter

EXTERNALS = PolicyStarter(
    code="externals",
    title=_("Policy for externals and agencies"),
    about=_("For people from outside who post for you: read before their first access."),
    concerned=Concerned.EXTERNALS,
    clauses=(
        (
            _("What you do for us"),
            _(
                "You write and plan posts on the channels named in your contract. You answer for "
                "us only where that was agreed. Your contact is [name of your contact]."
            ),
        ),
        (
            _("Somebody here looks first"),
            _(
                "Nothing of yours goes out before somebody employed here has approved it. A post "
                "that was changed after its approval is approved again."
            ),
        ),
        (
            _("Hashtags and what trends"),
            _(
                "Use the hashtags on our list. For any other one ask somebody employed here to "
                "look it up on the day the post goes out: you may not know what happened in "
                "our town this morning."
            ),
        ),
        (
            _("Access"),
            _(
                "Every person has a login of their own, with two-factor sign-in. Tell us on the "
                "same day when somebody leaves your company. When the contract ends, you give "
                "back every access, also those to tools of others."
            ),
        ),
        (
            _("What is ours"),
            _(
                "Texts, pictures and films made for us are ours to use as the contract says. Do "
                "not show what is not published yet. What you learn about our people and guests "
                "stays with you."
            ),
        ),
    ),
)
