"""The people of Fjordlys Museum. All of them are invented, as are their addresses.

They have no passwords: on loopback the sign-in page signs one in with one press.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.services import create_person
from demo.history import History
from demo.museum import Museum
from members.services import invite
from workspaces.enums import Engagement, Role
from workspaces.models import Membership, Workspace
from workspaces.services import create_workspace

NAME = "Fjordlys Museum"
ADDRESS = "fjordlys.example"


@dataclass(frozen=True)
class DemoPerson:
    """One person; ``key`` is what stands before the @ and what the texts refer to."""

    key: str
    name: str
    role: Role
    company: str = ""
    #: Days from today until which an external is engaged.
    days_left: int = 0

    @property
    def engagement(self) -> Engagement:
        """External where there is a company."""
        return Engagement.EXTERNAL if self.company else Engagement.EMPLOYEE


# The first of each role is the one that the sign-in page offers.
PEOPLE = (
    DemoPerson("admin", "Kari Nes", Role.ADMIN),
    DemoPerson("manager", "Ingrid Solheim", Role.MANAGER),
    DemoPerson("marketer", "Amir Rahmani", Role.MARKETER),
    DemoPerson("contributor", "Jonas Berg", Role.CONTRIBUTOR),
    DemoPerson("reader", "Solveig Dahl", Role.READER),
    DemoPerson("leila", "Leila Haddad", Role.MANAGER),
    DemoPerson("henrik", "Henrik Moe", Role.MARKETER),
    DemoPerson("ane", "Ane Lund", Role.CONTRIBUTOR),
    DemoPerson("tomas", "Tomas Wirth", Role.CONTRIBUTOR, "Kystlyd film", 74),
)


def found_museum() -> Museum:
    """Make the people and their workspace, where all of them are members before anything else."""
    since = timezone.now()
    users = {
        person.key: create_person(
            email=f"{person.key}@{ADDRESS}", name=person.name, password=None, is_demo=True
        )
        for person in PEOPLE
    }
    workspace = create_workspace(name=NAME, by=users["admin"])
    museum = Museum(workspace, History(workspace, since=since), users)
    _add_members(museum)
    return museum


def _add_members(museum: Museum) -> None:
    first_day = museum.days_in_force + 60
    joined_at = museum.history.moment(museum.today - timedelta(days=first_day), 9)
    User.objects.filter(is_demo=True).update(joined_at=joined_at)
    Workspace.objects.filter(pk=museum.workspace.pk).update(created_at=joined_at)
    with museum.history.on(first_day, hour=9):
        for person in PEOPLE:
            until = museum.today + timedelta(days=person.days_left) if person.company else None
            museum.members[person.key], _is_new = Membership.objects.update_or_create(
                workspace=museum.workspace,
                user=museum.users[person.key],
                defaults={
                    "role": person.role,
                    "engagement": person.engagement,
                    "company": person.company,
                    "engaged_until": until,
                },
            )


def invite_film_company(museum: Museum) -> None:
    """Invite one more person from outside; the invitation is still open."""
    with museum.history.on(3, hour=9):
        invite(
            museum.workspace,
            by=museum.users["admin"],
            role=Role.CONTRIBUTOR,
            engagement=Engagement.EXTERNAL,
            email=f"lyd@kystlyd.{ADDRESS}",
            company="Kystlyd film",
            engaged_until=museum.today + timedelta(days=74),
        )
