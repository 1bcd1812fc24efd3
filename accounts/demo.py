"""The invented people of a demo, one a role. They exist on one machine only (settings)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from accounts.models import User


@dataclass(frozen=True)
class DemoSignIn:
    """One person to look around as. ``code`` is the role's."""

    code: str
    role: "str | Promise"
    user: User
    note: str = ""

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def email(self) -> str:
        return self.user.email


#: Lists the demo people. The app above, which knows roles, says here how.
Lister = Callable[[], list[DemoSignIn]]
_listers: list[Lister] = []


def list_demo_people_by(lister: Lister) -> None:
    """Name the function that lists them."""
    _listers[:] = [lister]


def demo_sign_ins() -> list[DemoSignIn]:
    """Return who may be signed in with one press: nobody, unless this is a demo on loopback."""
    if not settings.DEMO_SIGN_INS:
        return []
    return [person for lister in _listers for person in lister() if person.user.is_demo]


def refuse_demo_in_public() -> None:
    """Raise ImproperlyConfigured where others could reach a database that holds demo people."""
    if settings.REFUSE_DEMO_PEOPLE and User.objects.filter(is_demo=True).exists():
        raise ImproperlyConfigured(
            "The database holds the demo, whose people are signed in without a password, so it is "
            "served on this machine only: start make run without HOST, or choose another database."
        )


def close_demo_passwords() -> None:
    """Take the passwords off demo people that an earlier release, or somebody, gave them."""
    for person in User.objects.filter(is_demo=True):
        if person.has_usable_password():
            person.set_unusable_password()
            person.save(update_fields=["password"])
