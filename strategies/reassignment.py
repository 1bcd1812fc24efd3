"""What a leaver holds in strategies."""

from django.utils.translation import gettext_lazy as _

from members.reassignment import Work, register
from strategies.services import reassignment

register(
    Work(
        "strategies.milestones",
        _("Open milestones"),
        count=reassignment.milestones_of,
        move=reassignment.move_milestones,
    )
)
register(
    Work(
        "strategies.answers",
        _("Initiatives, figures and other answers"),
        count=reassignment.answers_naming,
        move=reassignment.move_answers,
    )
)
