"""The museum's policy: one version that bound the staff, and one that binds the film company too."""

from datetime import timedelta

from activity.models import Record
from demo.museum import Museum
from demo.texts.policy import FIRST, RULES, SECOND, SUMMARY, TITLE
from notifications.models import Notification
from policies.enums import Concerned
from policies.models import Acknowledgement, Policy, PolicyVersion
from policies.rules import RULES as KNOWN_RULES
from policies.services.policies import Publication, add_policy, publish_policy, save_policy
from policies.services.reading import acknowledge
from policies.services.rules import save_rule, setting_of

READING = (Acknowledgement, Notification, Record)
DAYS_SINCE_FIRST = 55  # before the strategy in force began
DAYS_SINCE_SECOND = 4
DAYS_LEFT_TO_READ = 3
UNREAD_BY = {"contributor", "tomas"}


def publish_first(museum: Museum) -> Policy:
    """Publish the version that all employees have read."""
    days, admin = museum.days_in_force + DAYS_SINCE_FIRST, museum.users["admin"]
    with museum.history.on(days, hour=11):
        values = {"title": TITLE, "text": FIRST, "concerned": Concerned.EMPLOYEES}
        policy = add_policy(museum.workspace, values, by=museum.users["manager"])
        version = publish_policy(policy, Publication(), expected=policy.revision, by=admin)
    read_by_on = museum.today - timedelta(days=days - 7)
    PolicyVersion.objects.filter(pk=version.pk).update(read_by_on=read_by_on)
    with museum.history.on(days - 1, hour=9, only=READING):
        for key, member in museum.members.items():
            if key != "tomas":
                acknowledge(version, by=member)
    return policy


def publish_second(museum: Museum, policy: Policy) -> None:
    """Publish the version that Jonas and the film company have not read yet, with its rules."""
    manager, admin = museum.users["manager"], museum.users["admin"]
    with museum.history.on(DAYS_SINCE_SECOND + 2, hour=13):
        policy.refresh_from_db()
        values = {"text": SECOND, "concerned": Concerned.EVERYONE}
        save_policy(policy, values, expected=policy.revision, by=manager)
        for code, clause, given in RULES:
            rule = KNOWN_RULES[code]
            setting = setting_of(policy, rule)
            on = {"is_on": True, "clause": clause, **given}
            save_rule(policy, rule, on, expected=setting.revision, by=admin)
    with museum.history.on(DAYS_SINCE_SECOND, hour=10):
        policy.refresh_from_db()
        read_by_on = museum.today + timedelta(days=DAYS_LEFT_TO_READ)
        publication = Publication(summary=SUMMARY, read_by_on=read_by_on)
        version = publish_policy(policy, publication, expected=policy.revision, by=admin)
    with museum.history.on(DAYS_SINCE_SECOND - 1, hour=9):
        for key, member in museum.members.items():
            if key not in UNREAD_BY:
                acknowledge(version, by=member)
