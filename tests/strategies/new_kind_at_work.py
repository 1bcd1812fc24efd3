"""Run by test_new_kind.py in a copy of the program that has one more kind of row, with an owner."""

import django
from msgspec.structs import replace

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from strategies.domain.answers import load_answers  # noqa: E402
from strategies.domain.questionnaire import KINDS, STEP_BY_CODE  # noqa: E402
from strategies.domain.roadmap import derive  # noqa: E402
from strategies.presentation.diff import Comparison  # noqa: E402
from strategies.presentation.document import document_of  # noqa: E402
from strategies.services.reassignment import answers_naming, move_answers  # noqa: E402
from strategies.services.rows import add_row  # noqa: E402
from strategies.services.strategies import create_strategy  # noqa: E402
from tests.factories import MembershipFactory, WorkspaceFactory  # noqa: E402
from tests.strategies.answers_of import complete  # noqa: E402
from workspaces.enums import Role  # noqa: E402

setup_test_environment()
call_command("migrate", verbosity=0)
workspace = WorkspaceFactory.create()
leaver = MembershipFactory.create(workspace=workspace, role=Role.MARKETER)
heir = MembershipFactory.create(workspace=workspace, role=Role.MARKETER)
strategy = create_strategy(workspace, name="Spring", by=leaver.user)
client = Client()
client.force_login(leaver.user)


def page(name: str, *args: object) -> str:
    address = reverse(f"strategies:{name}", args=[workspace.slug, strategy.uid, *args])
    return client.get(address).content.decode()


# Its form and its card.
assert "Add a partner" in page("question", "fit")
values = {"name": "Harbour café", "contact": leaver, "promise": "Our poster in their window"}
add_row(strategy, KINDS["partner"], values=values, by=leaver.user)
assert "Harbour café" in page("question", "fit")

# Answers, document, comparison, and a copy.
answers = load_answers(strategy)
assert answers.of_kind("partner")[0].contact.uid == str(leaver.uid)  # type: ignore[attr-defined]
titles = [
    entry.title
    for chapter in document_of(answers)
    for part in chapter.parts
    if part.kind.code == "partner"
    for entry in part.entries
]
assert titles == ["Harbour café"]
before = load_answers(create_strategy(workspace, name="Before", by=leaver.user))
changes = list(Comparison(before, answers).changes(STEP_BY_CODE["fit"]))
assert [change.heading for change in changes] == ["New partner"]
copy = create_strategy(workspace, name="Copy", by=leaver.user, copy_of=strategy)
assert [row.name for row in load_answers(copy).of_kind("partner")] == ["Harbour café"]  # type: ignore[attr-defined]

# What is not known becomes a milestone of its owner's.
unknown = {"name": "Bus company", "contact": leaver, "promise": ""}
add_row(strategy, KINDS["partner"], values=unknown, not_known=["promise"], by=leaver.user)
partners = load_answers(strategy).of_kind("partner")
answers = complete()
period = answers.period
assert period.starts_on
derived = derive(
    replace(answers, partners=partners),
    approved_on=period.starts_on,
    today=period.starts_on,
)
found = [one for one in derived if one.target.kind == "partner"]
assert [(one.title, one.owner and one.owner.uid) for one in found] == [
    ("Find out about “Bus company”: what do they do for you?", str(leaver.uid))
]

# Who leaves hands it over.
assert answers_naming(leaver) == 3
assert move_answers(leaver, heir, by=heir.user) == 3
