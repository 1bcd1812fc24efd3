"""The first pass: the same rows and forms as the questions, one kind of row a screen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.findings import Severity, how_many
from strategies.domain.first_pass import (
    SCREEN_BY_CODE,
    SCREENS,
    first_open,
    is_answered,
    not_known,
    what_helps_most,
)
from strategies.domain.links import Target, answer_url
from strategies.domain.questionnaire import STEP_OF_KIND
from strategies.domain.row_kind import RowKind
from strategies.presentation.summary import ten_lines
from strategies.services.first_pass import forget_screen, keep_screen, screen_left
from strategies.views.mixins import StrategyView
from strategies.views.questions import QuestionRead
from workspaces.permissions import Permission

NAMED_AT_MOST = 5  # answers not known yet that stand there at once


class FirstPassPage(StrategyView):
    """A page of the first pass, for those who answer."""

    permission = Permission.EDIT_STRATEGY


class FirstPassView(FirstPassPage):
    """The way in: to the screen that one left, else the first that asks for something."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead there; where nothing is asked any more, to the finish."""
        slug, uid = self.workspace.slug, self.strategy.uid
        screen = screen_left(self.strategy, self.membership) or first_open(self.answers)
        if screen is None:
            return redirect("strategies:first_pass_finish", slug, uid)
        return redirect("strategies:first_pass_screen", slug, uid, screen.code)


class FirstPassScreen(FirstPassPage, QuestionRead):
    """One screen."""

    kind: RowKind

    def load_objects(self) -> None:
        """Find the kind of row whose screen it is."""
        super().load_objects()
        kind = SCREEN_BY_CODE.get(self.kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind, self.step = kind, STEP_OF_KIND[kind.code]

    @property
    def screen(self) -> RowKind | None:
        """The kind in the address."""
        return self.kind

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it, and remember that the person is here."""
        keep_screen(self.strategy, self.membership, self.kind)
        return super().get(request, **kwargs)


class ScreenFromFinish(FirstPassScreen):
    """One screen, opened from the finish: it leads back there."""

    @property
    def way(self) -> str:
        """Back to the finish."""
        return "finish"


class FirstPassFinish(FirstPassPage):
    """The end: what there is now, what is missing to submit, and what would help most."""

    template_name = "strategies/first_pass_finish.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Read the answers and the findings once."""
        forget_screen(self.strategy, self.membership)
        missing = [one for one in self.findings if one.severity == Severity.BLOCKER]
        stronger = what_helps_most(self.findings)
        unknown = [(one, self.where(one.target)) for one in not_known(self.answers)]
        return self.page(
            lines=ten_lines(self.answers, at_most=3),
            missing=[(one, self.where(one.target, elsewhere=one.url)) for one in missing],
            not_known=unknown[:NAMED_AT_MOST],
            not_known_more=unknown[NAMED_AT_MOST:],
            number_not_known=len(unknown),
            stronger=stronger,
            more=how_many(self.findings) - how_many(missing) - how_many(stronger),
            last=SCREENS[-1],
            left=sum(not is_answered(self.answers, kind) for kind in SCREENS),
        )

    def where(self, target: Target, *, elsewhere: str = "") -> str:
        """Where an answer is given: on its screen, else ``elsewhere`` or in its question."""
        inside = self.workspace.slug, self.strategy.uid
        if target.kind not in SCREEN_BY_CODE:
            return elsewhere or answer_url(*inside, target)
        screen = reverse("strategies:screen_from_finish", args=[*inside, target.kind])
        return answer_url(*inside, target, page=screen)
