"""A question's page, and the answer *not known yet* to the question as a whole."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Refusal
from core.merging import until_alone
from core.rows import Row
from strategies.domain.checks import takes_not_known
from strategies.domain.questionnaire import KINDS, NOTE_KIND, STEP_BY_CODE
from strategies.domain.row_kind import RowKind
from strategies.forms.rows import row_form
from strategies.models import StepAnswer
from strategies.services.rows import rows_of, set_not_known, uid_for
from strategies.views.page import Opened, QuestionPage
from workspaces.permissions import Permission

#: How long somebody has to find out what is not known yet, unless they say otherwise.
FIND_OUT = timedelta(days=14)


class StepPage(QuestionPage):
    """A page whose address names the question."""

    def load_objects(self) -> None:
        """Find the question, once the strategy is known."""
        super().load_objects()
        step = STEP_BY_CODE.get(self.kwargs["step"])
        if step is None:
            raise Http404
        self.step = step


class QuestionRead(QuestionPage):
    """A page whose query says what is open on it.

    ``?open=`` a row, ``?add=`` a kind, ``?paste=`` a kind; ``?saved=`` is what was just saved.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the question."""
        paste_kind = request.GET.get("paste", "")
        return self.show(
            opened=self.asked_for() if self.may_answer else None,
            paste_kind=paste_kind,
            saved=self.row_named(request.GET.get("saved", "")),
        )

    def asked_for(self) -> Opened | None:
        """The form that the address asks for; nothing when there is no such row or kind."""
        row = self.row_named(self.request.GET.get("open", ""))
        if row is not None:
            its = next(kind for kind in self.step.kinds if kind.model is type(row))
            return self.open_row(its, row)
        kind = KINDS.get(self.request.GET.get("add", ""))
        if kind is None or kind not in self.step.kinds or kind.single:
            return None
        return self.add_or_again(kind, self.request.GET.get("token", "")[:64])

    def add_or_again(self, kind: RowKind, token: str) -> Opened:
        """An empty form; when its row was made already, that row's.

        A row that nobody saved again keeps the adding address: text that was typed after an answer
        got lost stands under it in the browser.
        """
        made = rows_of(self.strategy, kind.model).filter(uid=uid_for(self.strategy, kind, token))
        row = made.live().first() if token else None
        if row is not None and row.revision > 1:
            return self.open_row(kind, row)
        opened = self.open_add(kind, token, {"channel": self.request.GET.get("channel", "")})
        if row is not None:
            form = row_form(kind)(strategy=self.strategy, instance=row, token=token)
            opened.form, opened.row = form, row
        return opened

    def row_named(self, uid: str) -> Row | None:
        """The live row of this question with ``uid``."""
        try:
            UUID(uid)
        except ValueError:
            return None
        kinds = [
            kind
            for kind in self.step.kinds
            if any(r.uid == uid for r in self.answers.of_kind(kind.code))
        ]
        for kind in kinds:
            found: Row | None = rows_of(self.strategy, kind.model).live().filter(uid=uid).first()
            return found
        return None


class QuestionView(StepPage, QuestionRead):
    """One question."""


class NotKnownView(StepPage):
    """Answer the whole question with *not known yet*, say who finds out, or take it back."""

    permission = Permission.EDIT_STRATEGY

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write it down."""
        return until_alone(self.save)

    def save(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        request = self.request
        answers = StepAnswer._default_manager.select_related("updated_by")
        answer = answers.filter(strategy=self.strategy, step=self.step.code).first()
        take_back = request.POST.get("is_not_known") == "0"
        first = "find_out" not in request.POST
        form = row_form(NOTE_KIND)(
            None if first else request.POST,
            strategy=self.strategy,
            instance=answer,
        )
        is_known = answer is None or not answer.is_not_known
        if is_known and not take_back and not takes_not_known(self.step.code):
            says = _("Nothing can be submitted without this answer. Say what you know so far.")
            messages.error(request, says)
            return redirect(self.address("question", self.step.code))
        opened = Opened(NOTE_KIND, form, self.address("not_known", self.step.code), answer)
        if form.conflicts:
            return self.collided(opened)
        if not first and not form.is_valid():
            return self.refused(opened)
        values: dict[str, Any] = (
            {
                "find_out": answer.find_out if answer else "",
                "finder": (answer.finder if answer else None) or self.membership,
                "by_on": (answer.by_on if answer else None) or self.workspace.today() + FIND_OUT,
            }
            if first
            else form.values
        )
        try:
            saved = set_not_known(
                self.strategy,
                self.step,
                is_not_known=not take_back,
                by=self.membership.user,
                expected=answer.revision if answer else None,
                **values,
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("question", self.step.code))
        if self.is_autosave:
            self.forget()
            return self.saved_json(saved, form)
        if take_back:
            messages.success(request, _("The question is open again."))
        return redirect(
            self.address("question", self.step.code) + ("" if take_back else "#not-known")
        )
