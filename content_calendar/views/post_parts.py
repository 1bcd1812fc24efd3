"""Parts of the post's page that have forms of their own."""

from typing import Any

from django.utils import timezone

from content_calendar.enums import WAITING, PostState
from content_calendar.findings import draft_of, run_checks
from content_calendar.forms.going_out import AddressForm, HandOverForm
from content_calendar.models import Post
from content_calendar.presentation.going_out import going_out_of
from content_calendar.presentation.post_state import standing_of
from workspaces.models import Membership


def state_parts(post: Post, member: Membership) -> dict[str, Any]:
    """Return what the page shows of the post's state and of its going out."""
    now = timezone.now()
    findings = run_checks(draft_of(post)) if post.state == PostState.DRAFT else []
    parts = going_out_of(post, member, now=now)
    return {
        "standing": standing_of(post, member, now=now, findings=findings),
        **parts,
        "outgoing": [
            (
                one,
                AddressForm(
                    initial={"address": one.version.published_address},
                    auto_id=f"id_{one.version.pk}_%s",
                ),
            )
            for one in parts.get("outgoing", ())
        ],
        "hand_over_form": HandOverForm() if post.state in WAITING else None,
    }
