"""What was changed since a version was approved, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict, Refusal
from strategies.domain.answers import answers_of, load_answers
from strategies.models import StrategyVersion
from strategies.presentation.diff import diff
from strategies.services.changes import discard_changes
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission


class ChangesPage(StrategyView):
    """A page about what differs from the approved version."""

    version: StrategyVersion

    def load_objects(self) -> None:
        """Find that version; without one there is nothing to compare with."""
        super().load_objects()
        if self.approved is None:
            raise Http404
        self.version = self.approved


class ChangesView(ChangesPage):
    """The answers now beside those approved, word by word."""

    template_name = "strategies/changes.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Compare them."""
        steps = diff(answers_of(self.version), load_answers(self.strategy))
        return self.page(
            version=self.version,
            steps=[step for step in steps if step.changes],
            can_edit=self.may_answer,
        )


class DiscardView(ChangesPage):
    """Write the approved answers back."""

    permission = Permission.EDIT_STRATEGY

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Discard what was changed."""
        try:
            discard_changes(self.strategy, self.version, by=self.membership.user)
        except Conflict:
            messages.error(request, _("Somebody saved one of the answers just now. Look again."))
            return redirect("strategies:changes", self.workspace.slug, self.strategy.uid)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.strategy)
        says = _("The answers are those of version %(number)d again.")
        messages.success(request, says % {"number": self.version.number})
        return redirect(self.strategy)
