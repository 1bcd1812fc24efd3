"""The list of strategies; begin one, rename it, put it away and take it out again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.idempotency import uid_from_submission
from core.messages import success_with_undo
from core.text import isolated
from strategies.domain.first_pass import SCREENS
from strategies.forms.strategy_list import NewStrategyForm, RenameForm
from strategies.presentation.strategy_list import listed_strategies
from strategies.services.strategies import (
    archive_strategy,
    create_strategy,
    rename_strategy,
    reopen_strategy,
    why_not_archive,
)
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission
from workspaces.workspace_view import WorkspaceView


class StrategyList(WorkspaceView):
    """All strategies of the workspace, by where they stand."""

    template_name = "strategies/strategy_list.html"
    nav = "strategy"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the strategies by where they stand."""
        groups = listed_strategies(self.workspace, today=self.workspace.today())
        return self.page(groups=groups)


class StrategyNew(WorkspaceView):
    """Begin a strategy."""

    template_name = "strategies/strategy_new.html"
    nav = "strategy"
    permission = Permission.EDIT_STRATEGY

    def form(self, data: QueryDict | None = None) -> NewStrategyForm:
        """Return the form; a link may choose what is copied: ``?copy_of=<uid>``."""
        asked = self.request.GET.get("copy_of")
        return NewStrategyForm(
            data,
            workspace=self.workspace,
            today=self.workspace.today(),
            initial={"start": "copy", "copy_of": asked} if asked else {},
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.page(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin it, once for one page however often the button was pressed.

        Where both days were typed here, the first pass does not ask for them again.
        """
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form=form)
        strategy = create_strategy(
            self.workspace,
            name=form.cleaned_data["name"],
            by=self.membership.user,
            copy_of=form.copied,
            starter=form.starter,
            period=form.period,
            uid=uid_from_submission(self.membership.uid, "strategy", request.POST),
        )
        period, after = SCREENS[:2]
        first = after if all(form.period) else period
        uid = strategy.uid
        return redirect("strategies:first_pass_screen", self.workspace.slug, uid, first.code)


class StrategyRename(StrategyView):
    """Give a strategy another name."""

    template_name = "strategies/strategy_rename.html"
    permission = Permission.EDIT_STRATEGY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin with the name it has."""
        return self.page(form=RenameForm(instance=self.strategy))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Rename it."""
        form = RenameForm(request.POST, instance=self.strategy)
        if not form.is_valid():
            return self.page(form=form)
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
            return self.page(form=form)
        messages.success(
            request, _("It is called “%(name)s” now.") % {"name": isolated(self.strategy)}
        )
        return redirect(self.strategy)


class StrategyArchive(StrategyView):
    """Say what archiving does, and do it."""

    template_name = "strategies/strategy_archive.html"
    permission = Permission.EDIT_STRATEGY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show why it cannot be archived now, if so."""
        return self.page(why_not=why_not_archive(self.strategy))

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


class StrategyReopen(StrategyView):
    """Take a strategy out of the archive."""

    permission = Permission.EDIT_STRATEGY

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Reopen it."""
        reopen_strategy(self.strategy, by=self.membership.user)
        messages.success(
            request, _("“%(name)s” is open again.") % {"name": isolated(self.strategy)}
        )
        return redirect(self.strategy)
