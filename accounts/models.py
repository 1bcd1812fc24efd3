"""The person."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import is_time_zone
from core.rows import Revisioned


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    if not is_time_zone(value):
        raise ValidationError(_("Choose a time zone from the list, such as Europe/Oslo."))


class UserManager(BaseUserManager["User"]):
    """Makes people; email addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in by ``email``."""
        if not email:
            raise ValueError("A person needs an email address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who may also use the support pages."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by email, whatever the case."""
        return self.get(email__iexact=username)


class User(Revisioned, AbstractBaseUser, PermissionsMixin):
    """A person, known by email address; what they may do stands on their memberships."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=10, default="en")
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Oslo", validators=[validate_time_zone]
    )
    is_staff = models.BooleanField(_("may use the support pages"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(default=now, editable=False)
    session_edition = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """One or two letters for the round mark."""
        words = (self.name or self.email).split()
        return "".join(word[0] for word in [words[0], *words[1:][-1:]] if word).upper()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with the password, as in Django, and with ``session_edition``."""
        key_salt = "accounts.models.User.get_session_auth_hash"
        value = f"{self.password}:{self.session_edition}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()


class LimitCount(models.Model):
    """What the rate limits of signing in have counted: the table of Django's database cache.

    Its columns are those of ``createcachetable``. As a model it is made by ``migrate``.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_limit_count"
        verbose_name = _("rate limit")

    def __str__(self) -> str:
        return self.cache_key
