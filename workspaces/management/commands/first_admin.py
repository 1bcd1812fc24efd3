"""``manage.py first_admin``: the first person of an installation, admin of the first workspace."""

import getpass
import os
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User, validate_time_zone
from accounts.services import create_person
from core.text_input import clean_line
from core.validators import refuse_address
from workspaces.services import create_workspace

PASSWORD_VARIABLE = "FIRST_ADMIN_PASSWORD"  # noqa: S105  # the name of a variable


class Command(BaseCommand):
    """Ask for what is not given; without a terminal everything must be given."""

    help = (
        "Create a person and a workspace with that person as its admin. What is left out is asked; "
        f"the password can be given in the variable {PASSWORD_VARIABLE}, never on the command line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the person's name")
        parser.add_argument("--email", help="the address they sign in with")
        parser.add_argument("--workspace", help="the name of the workspace")
        parser.add_argument("--time-zone", default="Europe/Oslo", help="such as Europe/Oslo")
        parser.add_argument(
            "--support", action="store_true", help="may also use the support pages (/support/)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both or neither."""
        name = self.given(options["name"], "--name", "Name: ")
        email = self.given(options["email"], "--email", "Email: ").lower()
        workspace_name = self.given(options["workspace"], "--workspace", "Workspace: ")
        self.refuse_unusable(name, workspace_name, email, options["time_zone"])
        password = self.password()
        try:
            with transaction.atomic():
                person = create_person(
                    email=email,
                    name=name[:120],
                    password=password,
                    timezone=options["time_zone"],
                    is_staff=options["support"],
                    is_superuser=options["support"],
                )
                workspace = create_workspace(
                    name=workspace_name[:80], by=person, timezone=options["time_zone"]
                )
        except ValidationError as error:
            raise CommandError("The password: " + " ".join(error.messages)) from None
        self.stdout.write(f"{person.email} is admin of {workspace.name} (/w/{workspace.slug}/).")

    @staticmethod
    def given(value: str | None, flag: str, question: str) -> str:
        """Return the flag's value, or ask for it."""
        if value is None:
            if not sys.stdin.isatty():
                raise CommandError(f"Give {flag}: there is no terminal to ask at.")
            value = input(question)
        value = clean_line(value).strip()
        if not value:
            raise CommandError(f"{flag} is empty.")
        return value

    @staticmethod
    def refuse_unusable(name: str, workspace: str, email: str, time_zone: str) -> None:
        """Refuse what could not be used, before a password is asked."""
        try:
            refuse_address(name)
            refuse_address(workspace)
            validate_email(email)
            validate_time_zone(time_zone)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} has an account already.")

    @staticmethod
    def password() -> str:
        """Return the password of the environment, or ask twice."""
        given = os.environ.get(PASSWORD_VARIABLE)
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise CommandError(f"Give {PASSWORD_VARIABLE}: there is no terminal to ask at.")
        first = getpass.getpass("Password (12 characters or more): ")
        if getpass.getpass("The same again: ") != first:
            raise CommandError("The two passwords differ.")
        return first
