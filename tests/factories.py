"""Makers of rows for tests. Append yours; each makes the smallest valid thing."""

import factory
from django.contrib.auth.hashers import make_password

from accounts.models import User
from workspaces.enums import Role
from workspaces.models import Membership, Workspace

PASSWORD = "a quiet harbour at dawn"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class WorkspaceFactory(factory.django.DjangoModelFactory[Workspace]):
    class Meta:
        model = Workspace

    name = factory.Sequence(lambda n: f"Workspace {n}")
    slug = factory.Sequence(lambda n: f"workspace-{n}")


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    workspace = factory.SubFactory(WorkspaceFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.READER
