"""The addresses of the table of channels: save it, say the same of all, take that back."""

import uuid
from collections.abc import Container, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Refusal
from core.merging import Text, same, until_alone
from core.messages import success_with_undo
from core.rows import Row
from core.templatetags.ui_tags import clock
from core.text import isolated
from networks.models import Channel
from strategies.domain.questionnaire import STEP_OF_KIND
from strategies.domain.same_for_all import Spread, key_of, spread, taken_back
from strategies.domain.watching import is_answered_on
from strategies.forms.channel_table import ChannelLine, ChannelTableForm, channels_in
from strategies.services.channel_lines import save_channel_lines
from strategies.services.rows import record_conflict, rows_of
from strategies.views.page import QuestionPage
from workspaces.permissions import Permission

#: Where the session keeps what a press changed: {token: {"strategy": …, "texts": …, "unknown": …}}.
CHANGED = "same_for_all"
CHANGES_KEPT = 5
NAMED_AT_MOST = 3  # channels that a message names


class ChannelTablePage(QuestionPage):
    """What the addresses of the table share; the page around it is question 3."""

    permission = Permission.EDIT_STRATEGY

    def load_objects(self) -> None:
        """Channels belong to the workspace and need their own permission."""
        super().load_objects()
        self.step = STEP_OF_KIND["watch"]
        if not self.membership.can(Permission.EDIT_CHANNELS):
            raise PermissionDenied

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the table."""
        return redirect(self.table_url)

    @property
    def table_url(self) -> str:
        """The table on the page of its question."""
        return f"{self.place}#kind-watch"

    def refusal_of(self, form: ChannelTableForm) -> HttpResponse | None:
        """What is answered instead of saving; None where everything can be saved."""
        if form.left_over:
            return self.told_of_left_over(form)
        if form.conflicts:
            return self.asked_again(form)
        return None if form.is_valid() else self.not_taken(form)

    def write(self, form: ChannelTableForm, unknown: Container[str] = ()) -> list[Row]:
        """Save a valid form."""
        by = self.membership.user
        return save_channel_lines(self.strategy, form.values(unknown), by=by)

    def told_of_left_over(self, form: ChannelTableForm) -> HttpResponse:
        """Show what was typed for channels that are gone, to be copied; nothing was written."""
        if not self.is_autosave:
            return self.show(table=form, status=409)
        context = {**self.frame(), "table": form}
        html = render_to_string("strategies/channel_left_over.html", context, self.request)
        began = form.beginning(form.begun)
        theirs = {
            key: form.begun[key]
            for key, text in form.without_line.items()
            if not same(text, form.begun[key])
        }
        told = {"html": html, "began": began, "taken": {}, "theirs": theirs}
        return JsonResponse(told, status=409)

    def asked_again(self, form: ChannelTableForm) -> HttpResponse:
        """Ask about what two people changed; both texts stay in the history."""
        rows: list[Row] = []
        for key, texts in form.both_texts.items():
            line, kind, name = form.where(key)
            row = line.rows[kind.code]
            if row is not None:
                rows.append(row)
                record_conflict(
                    row,
                    kind,
                    strategy=self.strategy,
                    both={name: texts},
                    by=self.membership.user,
                )
        if not self.is_autosave:
            return self.show(table=form, status=409)
        latest = max(rows, key=lambda row: row.updated_at, default=None)
        context = {**self.frame(), "form": form, "saved": latest}
        html = render_to_string("components/conflicts.html", context, self.request)
        theirs = {one.name: one.stored for one in form.conflicts}
        told = {"html": html, "began": form.beginning(form.texts), "taken": form.taken_texts}
        return JsonResponse({**told, "theirs": theirs}, status=409)

    def not_taken(self, form: ChannelTableForm) -> HttpResponse:
        """Show what was typed again, with what must be mended; nothing was written."""
        if not self.is_autosave:
            return self.show(table=form, status=422)
        errors = {name: [str(one) for one in said] for name, said in form.errors.items()}
        return JsonResponse({"errors": errors, "saved": []}, status=422)


class ChannelTableView(ChannelTablePage):
    """The whole table: one save."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save_once)

    def save_once(self) -> HttpResponse:
        """Save once; raises Conflict when somebody else did at the same moment."""
        form = ChannelTableForm(self.request.POST, strategy=self.strategy)
        refused = self.refusal_of(form)
        if refused is not None:
            return refused
        try:
            self.write(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.not_taken(form)
        if self.is_autosave:
            return self.saved_table(form)
        messages.success(self.request, _("The table is saved."))
        return redirect(self.table_url)

    def saved_table(self, form: ChannelTableForm) -> JsonResponse:
        """What the script needs after a save."""
        self.forget()
        context = self.beside()
        stored = ChannelTableForm(strategy=self.strategy, among=form.shown)
        return JsonResponse(
            {
                "began": form.beginning(stored.texts),
                "taken": form.taken_texts,
                "saved_at": clock(timezone.now(), self.workspace),
                "findings_html": render_to_string("strategies/question_findings.html", context),
                "steps_html": render_to_string("strategies/question_steps.html", context),
            }
        )


class SameForAllView(ChannelTablePage):
    """Take what one line says to every other channel."""

    def load_objects(self) -> None:
        """Find the channel, which may have no line any more."""
        super().load_objects()
        self.channel = get_object_or_404(
            rows_of(self.strategy, Channel), uid=self.kwargs["channel"]
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what was typed, and take it on; one press takes it back."""
        return until_alone(self.take_on)

    def take_on(self) -> HttpResponse:
        """Do it once, all or nothing; raises Conflict when somebody else saved at that moment."""
        form = self.typed()
        refused = self.refusal_of(form)
        if refused is not None:
            return refused
        try:
            with transaction.atomic():
                self.write(form)
                among = form.shown
                stored = ChannelTableForm(strategy=self.strategy, among=among)
                plan = self.plan(stored)
                if plan and plan.changed:
                    changed = stored.sending(plan.texts)
                    if not changed.is_valid():
                        raise Refusal(self.why_not(changed))
                    self.write(changed)
        except Refusal as refusal:
            form = self.typed()
            form.add_error(None, str(refusal))
            return self.not_taken(form)
        self.tell(stored.lines, plan)
        return redirect(self.table_url)

    def typed(self) -> ChannelTableForm:
        """The table as it was sent."""
        return ChannelTableForm(self.request.POST, strategy=self.strategy)

    def plan(self, stored: ChannelTableForm) -> Spread | None:
        """What becomes of each field of the other lines; an owner who has left stays behind."""
        others = [line.channel for line in stored.lines if line.channel != self.channel]
        now, chosen = stored.texts, str(self.channel.uid)
        if any(line.owner_has_left for line in stored.lines if line.channel == self.channel):
            now[key_of("owner", chosen)] = ""
        return spread(
            now,
            chosen,
            [str(channel.uid) for channel in others],
            [str(channel.uid) for channel in others if not is_answered_on(channel)],
        )

    def why_not(self, changed: ChannelTableForm) -> str:
        """Why the other lines cannot say what this one does."""
        key, said = next(iter(changed.errors.items()))
        words = {"channel": isolated(changed.where(key)[0].channel), "error": said[0]}
        return _("Nothing is saved: this line cannot be taken to %(channel)s. %(error)s") % words

    def tell(self, lines: Sequence[ChannelLine], plan: Spread | None) -> None:
        """Say what changed, on how many lines something else stood, and what did not go along."""
        names = {str(line.channel.uid): isolated(line.channel) for line in lines}
        line = next((line for line in lines if line.channel == self.channel), None)
        if line is None:
            says = _(
                "%(channel)s was closed or removed meanwhile, so nothing was taken from it. "
                "The table is saved."
            )
            messages.error(self.request, says % {"channel": isolated(self.channel)})
            return
        behind = self.left_behind(line, plan, names)
        if plan is None:
            says = _("This line says nothing to take along. Choose an owner, days or hours first.")
            messages.error(self.request, " ".join([says, *behind]))
            return
        if not plan.changed:
            messages.info(self.request, " ".join([self.same_already(plan, names), *behind]))
            return
        said = " ".join([self.sentences(plan, isolated(line.channel), names), *behind])
        token = self.remember(lines, plan)
        success_with_undo(self.request, said, f"{self.address('same_undo')}?token={token}")

    def left_behind(
        self, line: ChannelLine, plan: Spread | None, names: dict[str, str]
    ) -> list[str]:
        """One sentence for each thing that did not go along."""
        found = []
        if line.owner_has_left:
            found.append(_("The owner has left the workspace and did not go along."))
        if plan and plan.skipped:
            says = _("Days and hours did not go to %(names)s: nobody has to watch there.")
            found.append(says % {"names": named(plan.skipped, names)})
        return found

    def same_already(self, plan: Spread, names: dict[str, str]) -> str:
        """What is said when no line changed."""
        if "days" not in plan.said:
            return _(
                "The other channels have this owner already. "
                "This line has no days and hours to take along."
            )
        if len(plan.skipped) == len(names) - 1:
            return _("Nothing changed.")
        return _("The other channels say the same already.")

    def sentences(self, plan: Spread, channel: str, names: dict[str, str]) -> str:
        """One sentence of what changed, and one of what stood there before."""
        number = len(plan.changed)
        fields = {key.partition("-")[0] for key in plan.texts}
        if fields == {"owner"}:
            says = ngettext(
                "%(number)d other channel has the owner of %(channel)s now.",
                "%(number)d other channels have the owner of %(channel)s now.",
                number,
            )
        elif "owner" in fields:
            says = ngettext(
                "%(number)d other channel has the owner, days and hours of %(channel)s now.",
                "%(number)d other channels have the owner, days and hours of %(channel)s now.",
                number,
            )
        else:
            says = ngettext(
                "%(number)d other channel has the days and hours of %(channel)s now.",
                "%(number)d other channels have the days and hours of %(channel)s now.",
                number,
            )
        says %= {"number": number, "channel": channel}
        if not plan.said_else:
            return says
        which = named(plan.said_else, names)
        before = ngettext(
            "%(number)d of them had something else before: %(names)s.",
            "%(number)d of them had something else before: %(names)s.",
            len(plan.said_else),
        )
        return f"{says} {before % {'number': len(plan.said_else), 'names': which}}"

    def remember(self, lines: Sequence[ChannelLine], plan: Spread) -> str:
        """Keep in the session what stood there before; return the token that names it."""
        token = uuid.uuid4().hex
        unknown = [
            key
            for line in lines
            for key, (code, name) in line.names.items()
            if key in plan.texts and (row := line.rows[code]) and name in row.not_known
        ]
        texts = {key: [text, plan.texts.get(key, text)] for key, text in plan.before.items()}
        kept = dict(self.request.session.get(CHANGED, {}))
        kept[token] = {"strategy": str(self.strategy.uid), "texts": texts, "unknown": unknown}
        self.request.session[CHANGED] = dict(list(kept.items())[-CHANGES_KEPT:])
        return token


def named(uids: Sequence[str], names: dict[str, str]) -> str:
    """Return the names of the first of these channels."""
    more = ["…"] if len(uids) > NAMED_AT_MOST else []
    return ", ".join([names[uid] for uid in uids[:NAMED_AT_MOST]] + more)


class SameUndoView(ChannelTablePage):
    """Give the other channels back what they said."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back, but for what somebody changed since."""
        kept = request.session.get(CHANGED, {})
        found = kept.get(request.GET.get("token", ""))
        if not found or found["strategy"] != str(self.strategy.uid):
            messages.info(request, _("There is nothing to take back any more."))
            return redirect(self.table_url)
        answer = until_alone(lambda: self.take_back(found["texts"], set(found["unknown"])))
        request.session[CHANGED] = {token: one for token, one in kept.items() if one is not found}
        return answer

    def take_back(self, texts: dict[str, list[Text]], unknown: set[str]) -> HttpResponse:
        """Do it once; raises Conflict when somebody else saved at the same moment."""
        stored = ChannelTableForm(strategy=self.strategy, among=channels_in(texts))
        before, back, stay = taken_back(texts, stored.texts)
        form = stored.sending(before)
        if not form.is_valid():
            before, back, stay = taken_back(texts, stored.texts, form.errors)
            form = stored.sending(before)
        try:
            if form.is_valid():
                self.write(form, unknown & set(before))
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.table_url)
        tell = messages.success if back else messages.info
        tell(self.request, " ".join([*went_back(back), *stayed(stay)]))
        return redirect(self.table_url)


def went_back(keys: Sequence[str]) -> Iterator[str]:
    """One sentence for the owners that are as before the press, and one for days and hours."""
    if number := sum(key.startswith("owner-") for key in keys):
        says = ngettext(
            "The owner of %(number)d channel is as it was before.",
            "The owners of %(number)d channels are as they were before.",
            number,
        )
        yield says % {"number": number}
    if number := len(keys) - number:
        says = ngettext(
            "The days and hours of %(number)d channel are as they were before.",
            "The days and hours of %(number)d channels are as they were before.",
            number,
        )
        yield says % {"number": number}


def stayed(keys: Sequence[str]) -> Iterator[str]:
    """One sentence for the owners that stay as somebody left them, and one for days and hours."""
    if number := sum(key.startswith("owner-") for key in keys):
        says = ngettext(
            "The owner of %(number)d channel stays: it or the channel was changed since.",
            "The owners of %(number)d channels stay: they or the channels were changed since.",
            number,
        )
        yield says % {"number": number}
    if number := len(keys) - number:
        says = ngettext(
            "The days and hours of %(number)d channel stay: they or the channel were changed since.",
            "The days and hours of %(number)d channels stay: they or the channels were changed since.",
            number,
        )
        yield says % {"number": number}
