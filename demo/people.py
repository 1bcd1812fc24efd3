"""The people of Fjordlys Museum. All of them are invented, as are their addresses.

They have no passwords: on loopback the sign-in page signs one in with one press.
"""

from dataclasses import dataclass

from workspaces.enums import Engagement, Role

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
