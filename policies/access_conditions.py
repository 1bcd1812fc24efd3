"""What is asked before somebody from outside is given access: that the policies are read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import isolated
from networks.access_conditions import ACCESS_CONDITIONS, Unmet
from networks.models import AccessGrant
from policies.services.access import Unread, unread_for


def have_read(grant: AccessGrant) -> Iterator[Unmet]:
    """Ask that all is read before the first access, and what is late before every other."""
    others = AccessGrant.objects.for_workspace(grant.workspace).current()
    is_first = not others.filter(person_uid=grant.person_uid).exclude(pk=grant.pk).exists()
    for unread in unread_for(grant.workspace, [grant], timezone.now()):
        if is_first or unread.is_late:
            yield _unmet(unread)


def _unmet(unread: Unread) -> Unmet:
    grant, policy = unread.grant, unread.version.policy
    words = {"person": isolated(grant.person_name), "policy": isolated(unread.version.title)}
    place = [policy.workspace.slug, policy.uid]
    if grant.member is not None:
        return Unmet(
            _(
                "%(person)s has not read “%(policy)s”. People from outside read it before their first "
                "access: ask them to sign in and read it."
            )
            % words,
            _("Open the policy"),
            reverse("policies:policy", args=place),
        )
    return Unmet(
        _(
            "No copy of “%(policy)s” signed by %(person)s is on file. Have it signed before the first "
            "access, and note it."
        )
        % words,
        _("Note a signed copy"),
        reverse("policies:signed_copy", args=place),
    )


ACCESS_CONDITIONS.register("policies.read", have_read)
