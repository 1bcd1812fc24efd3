"""``manage.py secure_demo``: what must hold before a database that may be a demo is served."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import close_demo_passwords, refuse_demo_in_public


class Command(BaseCommand):
    """Refuse a demo that others could reach; leave demo people no password."""

    help = "Refuse a demo beyond this machine, and take the passwords off demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both; a refusal is one sentence."""
        try:
            refuse_demo_in_public()
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
        close_demo_passwords()
