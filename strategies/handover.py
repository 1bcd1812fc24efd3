"""What a leaver holds in strategies."""

from django.utils.translation import gettext_lazy as _

from members.handover import Work, register
from strategies.services import handover

register(
    Work(
        "strategies.milestones",
        _("Open milestones"),
        count=handover.milestones_of,
        move=handover.move_milestones,
    )
)
register(
    Work(
        "strategies.answers",
        _("Initiatives, figures and other answers"),
        count=handover.answers_naming,
        move=handover.move_answers,
    )
)
