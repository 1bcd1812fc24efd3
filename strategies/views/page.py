"""The page of one question, which the views of its rows show as well when something must be mended."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from core.findings import how_many
from core.rows import Row
from core.templatetags.ui_tags import clock
from networks.catalogue import NETWORKS
from networks.findings import ChannelFinding, findings_on, first_of
from networks.models import Channel
from strategies.domain.answers import Answers
from strategies.domain.cadence import cadence_of, cadence_text, channel_sums, kinds_by_channel
from strategies.domain.checks import for_step, takes_not_known
from strategies.domain.checks.registry import NAMED_AT_MOST
from strategies.domain.effort import effort
from strategies.domain.first_pass import SCREENS, beside, is_answered, minutes_left
from strategies.domain.links import Target, answer_url
from strategies.domain.matrix import matrix_of
from strategies.domain.questionnaire import (
    FROM_THEMES,
    MIX_PRESETS,
    NOTE_KIND,
    STEP_OF_KIND,
    neighbours,
)
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.theme_mix import mix_of_themes
from strategies.enums import VersionState
from strategies.forms.channel_table import ChannelTableForm
from strategies.forms.rows import PasteForm, RowForm, row_form
from strategies.models import StepAnswer, StepComment
from strategies.models.metrics import METRICS
from strategies.models.version import DECIDED
from strategies.presentation.cards import Section, elsewhere, sections, step_links, target_of
from strategies.services.rows import record_conflict, rows_of
from strategies.views.mixins import StrategyView
from workspaces.permissions import Permission


@dataclass
class Opened:
    """A form that stands open on the page: of ``row``, or of a row to be added."""

    kind: RowKind
    form: RowForm
    address: str
    row: Row | None = None
    is_add: bool = False
    is_gone: bool = False
    presets: list[dict[str, Any]] = field(default_factory=list)

    @property
    def uid(self) -> str:
        """Of the row, or ``new``."""
        return str(self.row.uid) if self.row else "new"

    @property
    def is_bare(self) -> bool:
        """Whether all of it stands under *add more*, and nothing is said yet."""
        return not self.kind.first and not self.form.is_more_open


class QuestionPage(StrategyView):
    """What all views of a question share: its address, its context, its answers to the script."""

    template_name = "strategies/question.html"
    step: Step

    @property
    def screen(self) -> RowKind | None:
        """The kind whose screen of the first pass this is; None on the page of a question."""
        return None

    @property
    def way(self) -> str:
        """``first`` on a screen of the first pass, ``finish`` on one opened from its finish."""
        return "first" if self.screen else ""

    # --- what is looked up ------------------------------------------------------------------

    def saved_at(self, row: Row) -> str:
        """The hour and minute of a save, in the workspace's zone."""
        return clock(row.updated_at, self.workspace)

    @property
    def is_autosave(self) -> bool:
        """Whether the script asks, which takes JSON."""
        return self.request.headers.get("X-Autosave") == "1"

    # --- addresses --------------------------------------------------------------------------

    def address(self, name: str, *more: Any) -> str:
        """An address below this strategy."""
        return reverse(f"strategies:{name}", args=[self.workspace.slug, self.strategy.uid, *more])

    @property
    def place(self) -> str:
        """The page on which the forms of this view stand."""
        if self.screen:
            name = "screen_from_finish" if self.way == "finish" else "first_pass_screen"
            return self.address(name, self.screen.code)
        return self.address("question", self.step.code)

    def card_url(self, kind: RowKind, uid: str) -> str:
        """The page with the row opened."""
        if self.screen:
            return f"{self.place}?{urlencode({'open': uid})}#row-{uid}"
        target = target_of(kind, self.step, uid)
        return answer_url(self.workspace.slug, self.strategy.uid, target)

    def saved_url(self, row: Row) -> str:
        """The question, leading to the row that was just saved."""
        return f"{self.place}?saved={row.uid}#row-{row.uid}"

    def add_url(self, kind: RowKind, **more: str) -> str:
        """The question with an empty form; the token makes pressing twice harmless."""
        query = urlencode({"add": kind.code, "token": str(uuid.uuid4()), **more})
        return f"{self.place}?{query}#kind-{kind.code}"

    # --- forms ------------------------------------------------------------------------------

    def open_row(self, kind: RowKind, row: Row) -> Opened:
        """The form of a row as it is now."""
        form = row_form(kind)(strategy=self.strategy, instance=row)
        return Opened(kind, form, self.address("row", kind.code, row.uid), row)

    def open_add(
        self, kind: RowKind, token: str = "", initial: dict[str, Any] | None = None
    ) -> Opened:
        """An empty form that adds a row."""
        form = row_form(kind)(
            strategy=self.strategy, token=token or str(uuid.uuid4()), initial=initial or {}
        )
        return Opened(kind, form, self.address("row_add", kind.code), is_add=True)

    # --- answers ----------------------------------------------------------------------------

    def show(self, *, status: int = 200, **state: Any) -> HttpResponse:
        """The page; ``state`` says what is open on it."""
        if self.screen:
            context = {**self.state_of(**state), **self.screen_state(self.screen)}
            return self.page("strategies/first_pass.html", status=status, **context)
        return self.page(status=status, **self.state_of(**state))

    def screen_state(self, screen: RowKind) -> dict[str, Any]:
        """What a screen of the first pass names beside its rows."""
        own_example = screen.first_pass.example if screen.first_pass else ()
        return {
            "screen": screen,
            "way": self.way,
            "asked": screen.first_pass,
            "example": own_example or (self.step.example, self.step.example_why),
            "number": SCREENS.index(screen) + 1,
            "total": len(SCREENS),
            "minutes_left": minutes_left(self.answers, screen),
            "back_url": self.back(),
            "next_url": self.onward(),
            "screens": [
                (one, is_answered(self.answers, one), self.address("first_pass_screen", one.code))
                for one in SCREENS
            ],
        }

    def state_of(
        self,
        *,
        opened: Opened | None = None,
        paste: PasteForm | None = None,
        paste_kind: str = "",
        note: Opened | None = None,
        saved: Row | None = None,
        table: ChannelTableForm | None = None,
    ) -> dict[str, Any]:
        """Everything that the template names."""
        before, after = neighbours(self.step)
        parts = self.sections(opened, paste, paste_kind, saved)
        forms = (part.opened or part.adding for part in parts)
        shown = next((form for form in forms if form), None)
        self._put_table(parts, table, shown)
        beside, said = self.beside(), self.note(note)
        is_done = any(
            link.is_current and link.state.code == "done" for link, _url in beside["step_links"]
        )
        return {
            **beside,
            "step": self.step,
            "place": self.place,
            "before": before,
            "after": after,
            "sections": parts,
            "opened": shown,
            "pasting": bool(self.screen) and any(part.is_paste_open for part in parts),
            "table": table,
            "posts_url": self.address("question", "content") + "#kind-post-kind",
            "can_edit": self.may_answer,
            "saved": saved,
            "saved_uid": str(saved.uid) if saved else "",
            "note": said,
            "may_say_not_known": (
                self.may_answer and takes_not_known(self.step.code) and not said and not is_done
            ),
            **self.review(),
            "effort": effort(self.answers) if self.step.code == "content" else None,
            "channel_sums": channel_sums(self.answers) if self.step.code == "content" else [],
            "matrix": matrix_of(self.answers) if self.step.code == "message" else None,
            "metrics": METRICS.values() if self.step.code == "measurement" else (),
            "frequencies": self.frequencies() if self.step.code == "content" else [],
        }

    def sections(
        self,
        opened: Opened | None,
        paste: PasteForm | None,
        paste_kind: str,
        saved: Row | None = None,
    ) -> list[Section]:
        """The rows of the question; one form stands open, so that no other text can be lost."""
        parts = sections(self.answers, self.step)
        if self.screen:
            parts = [part for part in parts if part.kind is self.screen]
        if self.screen and self.screen.paste and paste_kind == self.screen.code:
            opened = None  # *Next* sends one form: that of the lines
        elif self.may_answer:
            opened = opened or self.first_open(parts, saved)
        for part in parts:
            if opened and opened.kind.code == part.kind.code:
                self._put(part, opened)
            if self.may_answer and part.kind.order:
                self._lead_moves(part)
            if part.kind.paste and self.may_answer:
                is_open = paste_kind == part.kind.code
                token = str(uuid.uuid4())
                part.paste = (
                    paste
                    if is_open and paste
                    else PasteForm(kind=part.kind, strategy=self.strategy, token=token)
                )
                part.is_paste_open = is_open
        return parts

    def _put_table(
        self, parts: list[Section], table: ChannelTableForm | None, opened: Opened | None
    ) -> None:
        """Put the table of channels in the place of the cards of the watch, one line a channel."""
        part = next((part for part in parts if part.kind.code == "watch"), None)
        may = self.may_answer and self.membership.can(Permission.EDIT_CHANNELS)
        if part is None or self.screen or not may:
            return
        beside = opened.row if opened else None
        form = table or ChannelTableForm(strategy=self.strategy, beside=beside)
        if not form.lines:
            return
        kinds = kinds_by_channel(self.answers)
        for line in form.lines:
            line.posts = cadence_text(cadence_of(kinds.get(str(line.channel.uid), ())))
        part.table = form

    def _lead_moves(self, part: Section) -> None:
        """Give each card its address for moving."""
        inside = self.workspace.slug, self.strategy.uid, part.kind.code
        part.cards = [
            replace(card, move_url=reverse("strategies:row_move", args=[*inside, card.uid]))
            for card in part.cards
        ]

    def first_open(self, parts: list[Section], saved: Row | None = None) -> Opened | None:
        """Which form stands open when nothing was asked for.

        An empty first list asks for its first row; else the part that every strategy has is open,
        unless it was the one that was just ``saved``: *Done* closes.
        """
        first = parts[0]
        if (
            not first.kind.single
            and not first.cards
            and (self.screen or not self.answers.is_not_known(self.step.code))
        ):
            return self.open_add(first.kind, self.first_token(first.kind))
        single = next((part for part in parts if part.kind.single), None)
        if single is None:
            return None
        row = rows_of(self.strategy, single.kind.model).live().in_order().first()
        if row is not None and row == saved and not self.screen:
            return None
        return self.open_row(single.kind, row) if row else self.open_add(single.kind, "single")

    def first_token(self, kind: RowKind) -> str:
        """A token that a reload gives again, so that text sent while leaving makes no second row."""
        ever = rows_of(self.strategy, kind.model).count()
        return f"first {self.membership.uid.hex} {ever}"

    def _put(self, part: Section, opened: Opened) -> None:
        opened.presets = presets(self.answers) if opened.kind.code == "content-plan" else []
        if any(card.uid == opened.uid for card in part.cards):
            part.opened, part.opened_uid = opened, opened.uid
        else:
            part.adding = opened

    def note(self, note: Opened | None) -> Opened | None:
        """The form that says who finds out; only where the question is not known yet."""
        if note is not None:
            return note
        if not self.answers.is_not_known(self.step.code):
            return None
        answer = StepAnswer._default_manager.get(strategy=self.strategy, step=self.step.code)
        return self.open_note(answer)

    def open_note(self, answer: StepAnswer) -> Opened:
        """The form of what is said of the question as a whole."""
        form = row_form(NOTE_KIND)(strategy=self.strategy, instance=answer)
        return Opened(NOTE_KIND, form, self.address("not_known", self.step.code), answer)

    def beside(self) -> dict[str, Any]:
        """The stepper and what is to look at."""
        slug, uid = self.workspace.slug, self.strategy.uid
        here = for_step(self.findings, self.step.code)
        others = elsewhere(self.findings, self.step)
        asks_period = self.step is STEP_OF_KIND["period"]
        return {
            "strategy": self.strategy,
            "workspace": self.workspace,
            "step_links": [
                (link, answer_url(slug, uid, Target(link.step.code)))
                for link in step_links(self.answers, self.findings, self.step)
            ],
            "here": [
                *((finding, finding.url if self.may_answer else "") for finding in here),
                *((finding, finding.url) for finding in self.on_channels()),
            ],
            "overlap": self.overlap if self.strategy.is_open and asks_period else None,
            "elsewhere": others,
            "number_elsewhere": how_many(others),
        }

    def on_channels(self) -> list[ChannelFinding]:
        """What is to look at on the channels of this strategy, beside the question about them."""
        if self.step is not STEP_OF_KIND["channel"]:
            return []
        if not self.membership.can(Permission.EDIT_CHANNELS):
            return []
        channels = list(Channel.objects.for_workspace(self.workspace).live().in_order())
        found = findings_on(self.workspace, channels, self.workspace.today())
        return first_of(found, self.workspace, at_most=NAMED_AT_MOST)

    def review(self) -> dict[str, Any]:
        """The version that waits, and what came with the latest decision on this question."""
        newest_first = list(self.strategy.versions.without_snapshot())
        waiting = (one for one in newest_first if one.state == VersionState.SUBMITTED)
        decided = next((one for one in newest_first if one.state in DECIDED), None)
        said = (
            decided.comments.filter(step=self.step.code) if decided else StepComment.objects.none()
        )
        return {"waiting": next(waiting, None), "comments": said.select_related("author")}

    def frequencies(self) -> list[dict[str, Any]]:
        """What others say of posts a week, for the networks where there is a channel."""
        used = dict.fromkeys(channel.network for channel in self.answers.channels)
        return [
            {"name": NETWORKS[code].name, "frequency": NETWORKS[code].frequency}
            for code in used
            if NETWORKS[code].frequency
        ]

    def saved_json(self, row: Row, form: RowForm, **more: Any) -> JsonResponse:
        """What the script needs after a save: the texts now stored, time, and what stands beside.

        ``taken`` are the texts that somebody else saved and that the script puts into its fields.
        """
        began = row_form(form.kind)(strategy=self.strategy, instance=row).began_now
        context = self.beside()
        return JsonResponse(
            {
                "revision": row.revision,
                "began": began,
                "taken": form.taken_texts,
                "saved_at": self.saved_at(row),
                "findings_html": render_to_string("strategies/question_findings.html", context),
                "steps_html": render_to_string("strategies/question_steps.html", context),
                **more,
            },
            status=201 if "location" in more else 200,
        )

    def collided(self, opened: Opened) -> HttpResponse:
        """Ask about the fields that two people changed; both texts stay in the history."""
        form, row = opened.form, opened.row
        if row is None:
            raise ValueError("nothing is stored to collide with")
        record_conflict(
            row,
            opened.kind,
            strategy=self.strategy,
            both=form.both_texts,
            by=self.membership.user,
        )
        return self.refused(opened, status=409)

    def refused(self, opened: Opened, *, status: int = 422) -> HttpResponse:
        """Show what was typed again, with what must be mended; nothing was written."""
        if self.is_autosave:
            return self.refused_json(opened, status=status)
        if opened.kind is NOTE_KIND:
            return self.show(note=opened, status=status)
        return self.show(opened=opened, status=status)

    def refused_json(self, opened: Opened, *, status: int = 422) -> JsonResponse:
        """What the script needs when nothing was saved."""
        form = opened.form
        if form.conflicts:
            context = {**self.frame(), "form": form, "saved": opened.row}
            html = render_to_string("components/conflicts.html", context, self.request)
            told = {"html": html, "began": form.began_now, "taken": form.taken_texts}
            theirs = {one.name: one.stored for one in form.conflicts}
            return JsonResponse({**told, "theirs": theirs}, status=409)
        errors = {name: [str(one) for one in sentences] for name, sentences in form.errors.items()}
        return JsonResponse({"errors": errors, "saved": []}, status=status)

    def onward(self) -> str:
        """The next question; after the last one the summary. In the first pass the next screen.

        A screen that was opened from the finish leads back there.
        """
        if self.screen:
            following = beside(self.screen)[1]
            if following is None or self.way == "finish":
                return self.address("first_pass_finish")
            return self.address("first_pass_screen", following.code)
        _before, after = neighbours(self.step)
        return self.address("question", after.code) if after else self.address("summary")

    def back(self) -> str:
        """The screen or the question before this one; before the first one nothing."""
        if self.screen:
            screen = beside(self.screen)[0] if self.way == "first" else None
            return self.address("first_pass_screen", screen.code) if screen else ""
        step = neighbours(self.step)[0]
        return self.address("question", step.code) if step else ""


def presets(answers: Answers) -> list[dict[str, Any]]:
    """The mixes that one press fills in: the usual ones, and what the themes add up to."""
    themes = mix_of_themes(answers)
    known = [*MIX_PRESETS, *([(FROM_THEMES, *themes)] if themes else [])]
    return [
        {
            "code": code,
            "promotional": sell,
            "informative": useful,
            "engagement": talk,
            "is_of_themes": code == FROM_THEMES,
        }
        for code, sell, useful, talk in known
    ]
