"""Which account an email address belongs to. An address that is not confirmed gives no right."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from accounts.models import User


def confirmed_people() -> QuerySet[User]:
    """Return the people with at least one confirmed address."""
    return User.objects.filter(
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
    )


def is_confirmed(user: User) -> bool:
    """Return whether any address of ``user`` is confirmed."""
    return confirmed_people().filter(pk=user.pk).exists()


def account_of(email: str) -> User | None:
    """Return the account that ``email`` belongs to, or None.

    That is the account that confirmed it; without one, the account that was signed up with it and
    has confirmed nothing so far. An unconfirmed address beside a confirmed one belongs to nobody:
    its owner must be able to sign up, and cannot reset the password of a stranger's account.
    """
    confirmed = (
        EmailAddress.objects.filter(email=email.lower(), verified=True)
        .select_related("user")
        .first()
    )
    if confirmed:
        owner: User = confirmed.user
        return owner
    return User.objects.filter(email__iexact=email).exclude(pk__in=confirmed_people()).first()


def is_address_of(user: User, email: str) -> bool:
    """Return whether ``email`` is among the addresses of ``user`` and nobody else's confirmed one."""
    return account_of(email) in {None, user} and (
        user.email.lower() == email.lower()
        or EmailAddress.objects.filter(user=user, email=email.lower()).exists()
    )


def lock_address(email: str) -> None:
    """Let only one transaction at a time decide whose ``email`` is."""
    list(EmailAddress.objects.select_for_update().filter(email=email.lower()).order_by("pk"))


@transaction.atomic
def free_address(email: str, *, keep: User | None = None) -> None:
    """Remove ``email`` from accounts that have another, confirmed address, except ``keep``.

    An account that has confirmed nothing keeps it: somebody may just be signing up.
    """
    confirmed = confirmed_people()
    if keep is not None:
        confirmed = confirmed.exclude(pk=keep.pk)
    EmailAddress.objects.filter(email=email.lower(), verified=False, user__in=confirmed).delete()
    for person in confirmed.filter(email__iexact=email):
        own = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")[0]
        if own.email != email.lower():
            own.set_as_primary()


@transaction.atomic
def take_address(email: str, *, for_user: User) -> None:
    """Remove ``email`` from every other account: it was proven to be ``for_user``'s.

    An account that was signed up with it and has confirmed nothing is closed.
    """
    free_address(email, keep=for_user)
    EmailAddress.objects.filter(email=email.lower(), verified=False).exclude(user=for_user).delete()
    for person in User.objects.filter(email__iexact=email).exclude(pk=for_user.pk):
        _close(person)


def _close(person: User) -> None:
    """Delete an account that nobody ever came into; one with a past is only locked."""
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        person.is_active = False
        person.email = f"{person.uid}@unconfirmed.invalid"
        person.save(update_fields=["is_active", "email"])


@transaction.atomic
def confirm_address(user: User, email: str) -> list[str]:
    """Record that ``email`` was proven to be ``user``'s; return the unconfirmed ones removed."""
    lock_address(email)
    address, _is_new = EmailAddress.objects.get_or_create(user=user, email=email.lower())
    if address.set_verified():  # it is nobody else's
        take_address(email, for_user=user)
    removed = remove_unconfirmed(user)
    if EmailAddress.objects.get_primary(user) is None:
        address.user = user
        address.set_as_primary()
    return removed


def remove_unconfirmed(user: User) -> list[str]:
    """Remove the addresses that ``user`` never confirmed, and return them."""
    rows = EmailAddress.objects.filter(user=user, verified=False)
    removed = list(rows.order_by("email").values_list("email", flat=True))
    rows.delete()
    return removed
