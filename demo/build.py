"""The demo: an invented museum at work, made through the services that people use."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.models import User
from core.wake import without_waking
from demo import (
    access,
    channels,
    hashtags,
    holds,
    people,
    policies,
    posts,
    readings,
    reminders,
    reviews,
    roadmap,
    sharing,
    strategies,
    webhooks,
)
from workspaces.models import Workspace


@transaction.atomic
def build_demo() -> Workspace | None:
    """Make the demo, or return None where it is already. Refuses where others could reach it."""
    if not settings.DEMO_SIGN_INS:
        raise ImproperlyConfigured("The demo is only made in demo mode on loopback.")
    if User.objects.filter(is_demo=True).exists():
        return None
    with without_waking():  # all its emails count as sent
        return _tell_story()


def _tell_story() -> Workspace:
    """Go through the museum's past, oldest first; each part says how many days ago it was."""
    museum = people.found_museum()
    channels.add_channels(museum)
    access.note_accesses(museum)
    policy = policies.publish_first(museum)
    in_force = strategies.write_in_force(museum)
    reviews.approve_in_force(museum, in_force)
    roadmap.work_on_roadmap(museum, in_force)
    readings.read_figures(museum, in_force)
    holds.stop_one_night(museum)
    posts.plan_posts(museum)
    hashtags.look_up_hashtags(museum)
    hashtags.plan_tagged_posts(museum)
    following = strategies.write_next(museum, copy_of=in_force)
    reviews.ask_for_changes_in_next(museum, following)
    webhooks.add_example(museum)
    strategies.rewrite_next(museum, following)
    reviews.submit_next_again(museum, following)
    sharing.share_in_force(museum, in_force)
    strategies.begin_another(museum)
    people.invite_film_company(museum)
    policies.publish_second(museum, policy)
    reminders.set_reminders(museum)
    return museum.workspace
