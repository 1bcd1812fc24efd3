"""From submission to a standing roadmap: two people, one change asked for."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from strategies.enums import VersionState
from strategies.models import Audience, Kpi, Milestone, StrategyVersion
from strategies.services.versions import ask_for_changes
from tests.strategies.ready import ready_strategy, submitted
from workspaces.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PageOf = Callable[..., Page]


def test_review_marketer_and_manager_from_submission_to_roadmap(
    page_of: PageOf, marketer: Membership, manager: Membership
) -> None:
    strategy = ready_strategy(marketer, name="Autumn")
    audience = Audience.objects.get(strategy=strategy)
    parts = [strategy.workspace.slug, strategy.uid]
    mari, magnus = page_of(marketer), page_of(manager)

    # Mari submits.
    mari.goto(reverse("strategies:submit", args=parts))
    expect(mari.get_by_label("Magnus Manager · Manager")).to_be_checked()
    mari.get_by_label("A word to the reviewers").fill("First go.")
    mari.get_by_role("button", name="Submit for review").click()
    expect(mari.get_by_role("heading", level=1)).to_have_text("Version 1")
    expect(mari.get_by_text("Your decision")).to_have_count(0)

    # Magnus hears of it, reads, and asks for a change.
    magnus.goto(reverse("notifications:list", args=[strategy.workspace.slug]))
    magnus.get_by_role("button", name="asks you to review version 1 of “Autumn”").click()
    expect(magnus.get_by_role("heading", level=1)).to_have_text("Review version 1")
    version = StrategyVersion.objects.get()
    expect(magnus.get_by_text("First go.")).to_be_visible()
    magnus.get_by_text("Comment on question 1", exact=True).click()
    magnus.get_by_label("Your comment on question 1").fill("Which county do they live in?")
    magnus.get_by_role("button", name="Ask for changes").click()
    expect(magnus.get_by_role("alert")).to_contain_text("Say what should change")
    expect(magnus.get_by_label("Your comment on question 1")).to_have_value(
        "Which county do they live in?"
    )
    magnus.get_by_label("To Mari Marketer, in a sentence or two").fill("Nearly. See question 1.")
    magnus.get_by_role("button", name="Ask for changes").click()
    expect(magnus.get_by_role("heading", name="The decision")).to_be_visible()
    assert StrategyVersion.objects.get().state == VersionState.CHANGES_REQUESTED

    # Mari edits the answer itself, and submits again.
    mari.goto(version.get_absolute_url())
    expect(mari.get_by_text("Which county do they live in?")).to_be_visible()
    question = reverse("strategies:question", args=[*parts, "audience"])
    mari.goto(f"{question}?open={audience.uid}")
    field = mari.locator(f"#id_audience-{audience.uid}-name")
    field.fill("Families in Vestland")
    with mari.expect_response(lambda response: response.request.method == "POST"):
        field.blur()
    expect(mari.locator("[data-saved]").first).to_contain_text("Saved")
    mari.goto(reverse("strategies:submit", args=parts))
    mari.get_by_role("button", name="Submit for review").click()
    expect(mari.get_by_role("heading", level=1)).to_have_text("Version 2")

    # Magnus sees what changed since the version he read, and approves.
    magnus.goto(reverse("strategies:version", args=[*parts, 2]))
    changed = magnus.locator("#q-audience")
    expect(changed.locator("ins").first).to_contain_text("in Vestland")
    expect(changed.get_by_role("heading", name="Audience 1")).to_be_visible()
    magnus.get_by_role("button", name="Approve version 2").click()
    expect(magnus.get_by_text("its roadmap is ready")).to_be_visible()

    # The roadmap stands.
    magnus.get_by_role("link", name="See the roadmap").click()
    expect(magnus.get_by_role("heading", level=1)).to_contain_text("Roadmap")
    milestone = Milestone.objects.for_workspace(strategy.workspace).for_roadmap().first()
    assert milestone is not None
    expect(magnus.get_by_text(milestone.title).first).to_be_visible()


def test_review_by_phone_leads_to_the_decision_and_loses_nothing_to_a_quicker_colleague(
    page_of: PageOf, marketer: Membership, manager: Membership, second_manager: Membership
) -> None:
    strategy = ready_strategy(marketer, name="Autumn")
    parts = [strategy.workspace.slug, strategy.uid]
    mari = page_of(marketer)
    mari.goto(reverse("strategies:submit", args=parts))
    mari.get_by_role("button", name="Submit for review").click()
    expect(mari.get_by_role("heading", level=1)).to_have_text("Version 1")
    address = reverse("strategies:version", args=[*parts, 1])
    siri = page_of(second_manager, viewport={"width": 390, "height": 844})
    siri.goto(address)
    siri.get_by_role("link", name="Go to your decision").click()
    text = siri.get_by_label("To Mari Marketer, in a sentence or two")
    expect(text).to_be_in_viewport()
    text.fill("Not before the budget is known.")

    magnus = page_of(manager)
    magnus.goto(address)
    magnus.get_by_role("button", name="Approve version 1").click()
    expect(magnus.get_by_text("its roadmap is ready")).to_be_visible()
    siri.get_by_role("button", name="Ask for changes").click()

    expect(siri.get_by_role("alert")).to_contain_text("Magnus Manager has already approved")
    expect(siri.get_by_label("To Mari Marketer, in a sentence or two")).to_have_value(
        "Not before the budget is known."
    )
    assert StrategyVersion.objects.get().state == VersionState.APPROVED


def test_review_works_without_script(
    page_of: PageOf, marketer: Membership, manager: Membership
) -> None:
    strategy = ready_strategy(marketer, name="Autumn")
    parts = [strategy.workspace.slug, strategy.uid]
    mari = page_of(marketer, java_script_enabled=False)
    mari.goto(reverse("strategies:submit", args=parts))
    mari.get_by_role("button", name="Submit for review").click()
    magnus = page_of(manager, java_script_enabled=False)
    magnus.goto(reverse("strategies:version", args=[*parts, 1]))

    magnus.get_by_label("To Mari Marketer, in a sentence or two").fill("See 1.")
    magnus.get_by_role("button", name="Ask for changes").click()

    expect(magnus.get_by_role("heading", name="The decision")).to_be_visible()
    expect(magnus.get_by_text("See 1.")).to_be_visible()


BROKEN_WORDS = """
() => [...document.querySelectorAll(".jump li")].flatMap((line) => {
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  return broken;
})
"""


@pytest.mark.parametrize("width", [1440, 1210])
def test_review_list_of_questions_keeps_its_words_whole_beside_many_changes(
    width: int, page_of: PageOf, marketer: Membership, manager: Membership
) -> None:
    strategy = ready_strategy(marketer)
    version = submitted(strategy, by=marketer, reviewers=[manager])
    ask_for_changes(version, comments={}, text="Say how you measure it.", by=manager.user)
    for number in range(35):
        Kpi.objects.create(strategy=strategy, name=f"Sign {number}", position=number)
    second = submitted(strategy, by=marketer, reviewers=[manager])

    page = page_of(manager, viewport={"width": width, "height": 900})
    page.goto(second.get_absolute_url())

    expect(page.locator(".jump")).to_contain_text("35 changes")
    assert page.evaluate(BROKEN_WORDS) == []
