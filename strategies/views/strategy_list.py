"""The list of strategies; begin one, rename it, put it away and take it out again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.messages import success_with_undo
from core.text import isolated
from strategies.forms.strategy_list import NewStrategyForm, RenameForm
from strategies.presentation.strategy_list import listed_strategies
from strategies.services.strategies import (
    archive_strategy,
    create_strategy,
    rename_strategy,
    reopen_strategy,
    why_not_archive,
)
from strategies.views.mixins import StrategyMixin
from workspaces.mixins import WorkspaceMixin
from workspaces.permissions import Permission


class StrategyList(WorkspaceMixin, TemplateView):
    """All strategies of the workspace, by where they stand."""

    template_name = "strategies/strategy_list.html"
    nav = "strategy"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the strategies by where they stand."""
        groups = listed_strategies(self.workspace, today=self.workspace.today())
        return super().get_context_data(groups=groups, **kwargs)


class StrategyNew(WorkspaceMixin, FormView[NewStrategyForm]):
    """Begin a strategy."""

    template_name = "strategies/strategy_new.html"
    form_class = NewStrategyForm
    nav = "strategy"
    permission = Permission.EDIT_STRATEGY

    def get_initial(self) -> dict[str, Any]:
        """Let a link choose what is copied: ``?copy_of=<uid>``."""
        initial = super().get_initial()
        if asked := self.request.GET.get("copy_of"):
            initial |= {"start": "copy", "copy_of": asked}
        return initial

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer this workspace's strategies only."""
        today = self.workspace.today()
        return {**super().get_form_kwargs(), "workspace": self.workspace, "today": today}

    def form_valid(self, form: NewStrategyForm) -> HttpResponse:
        """Begin it, once for one page however often the button was pressed."""
        strategy = create_strategy(
            self.workspace,
            name=form.cleaned_data["name"],
            by=self.membership.user,
            copy_of=form.copied,
            starter=form.starter,
            uid=uid_from_submission(self.membership.uid, "strategy", self.request.POST),
        )
        return redirect("strategies:question", self.workspace.slug, strategy.uid, "begin")


class StrategyRename(StrategyMixin, FormView[RenameForm]):
    """Give a strategy another name."""

    template_name = "strategies/strategy_rename.html"
    form_class = RenameForm
    permission = Permission.EDIT_STRATEGY

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the name it has."""
        return {**super().get_form_kwargs(), "instance": self.strategy}

    def form_valid(self, form: RenameForm) -> HttpResponse:
        """Rename it."""
        try:
            rename_strategy(
                self.strategy,
                name=form.cleaned_data["name"],
                before=form.cleaned_data["before"],
                by=self.membership.user,
            )
        except Refusal as refusal:
            form.data = {**form.data.dict(), "before": self.strategy.name}  # type: ignore[attr-defined]
            form.add_error("name", str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, _("It is called “%(name)s” now.") % {"name": isolated(self.strategy)}
        )
        return redirect(self.strategy)


class StrategyArchive(StrategyMixin, TemplateView):
    """Say what archiving does, and do it."""

    template_name = "strategies/strategy_archive.html"
    permission = Permission.EDIT_STRATEGY

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why it cannot be archived now, if so."""
        return super().get_context_data(why_not=why_not_archive(self.strategy), **kwargs)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Archive it and offer to take that back."""
        try:
            archive_strategy(self.strategy, by=self.membership.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.strategy)
        undo = reverse("strategies:reopen", args=[self.workspace.slug, self.strategy.uid])
        success_with_undo(
            request, _("“%(name)s” is archived.") % {"name": isolated(self.strategy)}, undo
        )
        return redirect("strategies:list", self.workspace.slug)


class StrategyReopen(StrategyMixin, View):
    """Take a strategy out of the archive."""

    permission = Permission.EDIT_STRATEGY

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Reopen it."""
        reopen_strategy(self.strategy, by=self.membership.user)
        messages.success(
            request, _("“%(name)s” is open again.") % {"name": isolated(self.strategy)}
        )
        return redirect(self.strategy)
