"""What a leaver holds in the calendar."""

from django.utils.translation import gettext_lazy as _

from content_calendar.services import reassignment
from members.reassignment import Work, register

register(
    Work(
        "content_calendar.posts",
        _("Posts that are not out yet"),
        count=reassignment.posts_of,
        move=reassignment.move_posts,
    )
)
