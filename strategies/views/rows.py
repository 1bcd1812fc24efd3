"""The addresses of rows: add, save, move, remove, restore, paste. One address an action."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.exceptions import Conflict, Refusal
from core.merging import until_alone
from core.messages import success_with_undo
from core.rows import Row, RowRemoved
from core.text import cut, inside_quotes, isolated
from strategies.domain.answers import load_answers
from strategies.domain.checks.state import open_in
from strategies.domain.questionnaire import FROM_THEMES, KINDS, MIX_PRESETS, STEP_OF_KIND
from strategies.domain.row_kind import RowKind
from strategies.domain.theme_mix import mix_of_themes
from strategies.forms.rows import MoveRowForm, PasteForm, RowForm, row_form
from strategies.presentation.answer_display import labelled
from strategies.presentation.cards import card_title
from strategies.services.rows import (
    add_row,
    move_row,
    paste_rows,
    remove_row,
    restore_row,
    rows_of,
    said_before,
    save_row,
    say_not_known,
    uid_for,
)
from strategies.views.page import Opened, QuestionPage
from workspaces.permissions import Permission

WAYS = ("first", "finish")  # what ``way`` may be on a screen of the first pass
NAMED_AT_MOST = 3  # lines that a message names


class KindPage(QuestionPage):
    """A page whose address names the kind of row; its question is shown around it."""

    permission = Permission.EDIT_STRATEGY
    kind: RowKind

    def load_objects(self) -> None:
        """Find the kind; channels belong to the workspace and need their own permission."""
        super().load_objects()
        kind = KINDS.get(self.kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind, self.step = kind, STEP_OF_KIND[kind.code]
        if kind.is_shared and not self.membership.can(Permission.EDIT_CHANNELS):
            raise PermissionDenied

    @property
    def screen(self) -> RowKind | None:
        """The kind, where the form stood on its screen of the first pass."""
        return self.kind if self.way and self.kind.first_pass else None

    @property
    def way(self) -> str:
        """As the form says it, in its field or address ``pass``."""
        asked = self.request.POST.get("pass") or self.request.GET.get("pass")
        return asked if asked in WAYS else ""

    def sent(self) -> QueryDict:
        """The fields as sent; a pressed preset of the mix fills its three numbers."""
        sent = self.request.POST
        code = sent.get("preset")
        mix: tuple[int, ...] | None = next((mix[1:] for mix in MIX_PRESETS if mix[0] == code), None)
        if code == FROM_THEMES:
            mix = mix_of_themes(load_answers(self.strategy))
        if mix is None:
            return sent
        filled = sent.copy()
        filled["promotional"], filled["informative"], filled["engagement"] = map(str, mix)
        return filled

    def bound(self, row: Row | None, *, goes_on: bool = False) -> RowForm:
        """The form as sent, merged with the row as it is now."""
        form = row_form(self.kind)
        token = self.request.POST.get("token", "")
        sent = self.sent()
        return form(sent, strategy=self.strategy, instance=row, token=token, goes_on=goes_on)

    # --- answers ----------------------------------------------------------------------------

    def save(self, opened: Opened) -> HttpResponse:
        """Save a row that is there, unless the same field was changed by somebody else.

        Raises Conflict when somebody saved since ``opened.row`` was read.
        """
        form, row = opened.form, opened.row
        if row is None:
            raise ValueError("there is no row to save")
        opened.is_gone = row.removed_at is not None
        if form.conflicts:
            return self.collided(opened)
        if not form.is_valid():
            return self.refused(opened)
        try:
            saved = save_row(
                row,
                strategy=self.strategy,
                values=form.values,
                not_known=form.answered_not_known,
                expected=row.revision,
                by=self.membership.user,
            )
        except Refusal as refusal:
            return self.refuse(opened, refusal)
        return self.done(saved, form, **self.moved(opened, saved))

    def moved(self, opened: Opened, row: Row) -> dict[str, str]:
        """Where the script saves from now on, when this form was to add the row."""
        address = self.address("row", self.kind.code, row.uid)
        return {"location": address, "uid": str(row.uid)} if opened.is_add else {}

    def done(self, row: Row, form: RowForm, **more: Any) -> HttpResponse:
        """After a save: JSON for the script, else on to where the pressed button leads."""
        if self.is_autosave:
            self.forget()
            more |= {"title": self.title_of(row), "left_out": form.without_removed}
            return self.saved_json(row, form, **more)
        self.tell_left_out(form)
        return redirect(self.next_address(row))

    def title_of(self, row: Row) -> str:
        """What the card of ``row`` is called now."""
        uid = str(row.uid)
        found = (one for one in self.answers.of_kind(self.kind.code) if one.uid == uid)
        return next((card_title(self.answers, self.kind, one) for one in found), "")

    def next_address(self, row: Row) -> str:
        """Where the person wanted to go: on, another row, or this one, open still after a preset."""
        if leads := self.pressed():
            return leads
        if "preset" in self.request.POST:
            return self.card_url(self.kind, str(row.uid))
        return self.saved_url(row)

    def pressed(self) -> str:
        """Where the pressed button leads beside saving; empty for one that only saves."""
        match self.request.POST.get("then"):
            case "next":
                return self.onward()
            case "back":
                return self.back()
            case "add" if not self.kind.single:
                return self.add_url(self.kind)
            case "paste" if self.kind.paste:
                return self.paste_url
        return ""

    @property
    def paste_url(self) -> str:
        """The page with the box for several lines open."""
        return f"{self.place}?paste={self.kind.code}#kind-{self.kind.code}"

    def refused(self, opened: Opened, *, status: int = 422) -> HttpResponse:
        """Show what was typed again, without what is gone."""
        if not self.is_autosave:
            self.tell_left_out(opened.form)
        return super().refused(opened, status=status)

    def tell_left_out(self, form: RowForm) -> None:
        """Say which rows the form had that were removed meanwhile."""
        if form.without_removed:
            messages.warning(self.request, form.without_removed)

    def refuse(self, opened: Opened, refusal: Refusal) -> HttpResponse:
        """Say why a service would not, with what was typed still in the form."""
        opened.form.add_error(None, str(refusal))
        opened.is_gone = isinstance(refusal, RowRemoved)
        return self.refused(opened, status=410 if opened.is_gone else 422)


class RowAddView(KindPage):
    """Add a row; the same token twice gives one row."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the question with an empty form; ``?token=`` gives the form that has it again."""
        if self.kind.single:
            return redirect(f"{self.place}#kind-{self.kind.code}")
        asked = {
            name: request.GET[name][:64] for name in ("channel", "token") if name in request.GET
        }
        return redirect(self.add_url(self.kind, **asked))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it, or save the row that the same token made before."""
        return until_alone(self.add_or_save)

    def add_or_save(self) -> HttpResponse:
        """Add or save once; raises Conflict when somebody else did at the same moment."""
        row = self.row_made()
        form = self.bound(row, goes_on=row is not None and row.revision == 1)
        opened = Opened(self.kind, form, self.address("row_add", self.kind.code), row, is_add=True)
        if row is None and form.is_untouched and self.request.POST.get("then") != "add":
            return redirect(self.without_adding())
        if row is not None:
            if form.conflicts or row.removed_at is not None:
                opened.address = self.address("row", self.kind.code, row.uid)
                opened.is_add = False
            return self.save(opened)
        if not form.is_valid():
            return self.refused(opened)
        try:
            made, _is_new = add_row(
                self.strategy,
                self.kind,
                values=form.values,
                not_known=form.answered_not_known,
                token=form.cleaned_data["token"],
                by=self.membership.user,
            )
        except Refusal as refusal:
            return self.refuse(opened, refusal)
        return self.done(made, form, **self.moved(opened, made))

    def without_adding(self) -> str:
        """Where an empty form leads: on, or back to the list."""
        return self.pressed() or f"{self.place}#kind-{self.kind.code}"

    def row_made(self) -> Row | None:
        """The row that this form's token made before, or the one row of a single kind."""
        rows = rows_of(self.strategy, self.kind.model)
        token = self.request.POST.get("token", "")
        found: Row | None = rows.filter(uid=uid_for(self.strategy, self.kind, token)).first()
        if found is None and self.kind.single:
            found = rows.live().in_order().first()
        return found


class RowPage(KindPage):
    """A page whose address names the row, live or removed."""

    row: Row

    def load_objects(self) -> None:
        """Find the row inside the strategy, or among the channels of its workspace."""
        super().load_objects()
        row = rows_of(self.strategy, self.kind.model).filter(uid=self.kwargs["row"]).first()
        if row is None:
            raise Http404
        self.row = row

    def opened(self, form: RowForm) -> Opened:
        """The row's form on the page."""
        address = self.address("row", self.kind.code, self.row.uid)
        return Opened(self.kind, form, address, self.row)


class RowView(RowPage):
    """One row: its form by itself, and its save."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the question with the row opened; a removed one is shown to be brought back."""
        if self.row.removed_at is None:
            return redirect(self.card_url(self.kind, str(self.row.uid)))
        opened = self.open_row(self.kind, self.row)
        opened.is_gone = True
        return self.show(opened=opened)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it; what somebody else saved meanwhile stays, field by field."""
        return until_alone(self.save_once)

    def save_once(self) -> HttpResponse:
        """Bring the row back when that was asked for, and save."""
        rows = rows_of(self.strategy, self.kind.model)
        self.row = rows.select_related("updated_by").get(pk=self.row.pk)
        if self.request.POST.get("bring_back") and self.row.removed_at is not None:
            try:
                restore_row(self.row, strategy=self.strategy, by=self.membership.user)
            except Refusal as refusal:
                return self.refuse(self.opened(self.bound(self.row)), refusal)
            self.row.refresh_from_db()
        return self.save(self.opened(self.bound(self.row)))


class RowMoveView(RowPage):
    """Move a row of a kind whose order means something."""

    def load_objects(self) -> None:
        """Only where the order means something."""
        super().load_objects()
        if not self.kind.order:
            raise Http404

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it; without script lead back to it."""
        said = request.GET.copy()
        said.update(request.POST)
        form = MoveRowForm(said)
        if not form.is_valid():
            return self.fail(_("Say where to: up, down, or a place."))
        try:
            move_row(
                self.row,
                strategy=self.strategy,
                direction=form.cleaned_data["direction"],
                position=form.cleaned_data["position"],
                by=self.membership.user,
            )
        except Refusal as refusal:
            return self.fail(str(refusal))
        if request.headers.get("X-Order"):
            return HttpResponse(status=204)
        return redirect(f"{self.place}#row-{self.row.uid}")

    def fail(self, sentence: str) -> HttpResponse:
        """Say why not."""
        if self.request.headers.get("X-Order"):
            return JsonResponse({"errors": {"__all__": [sentence]}}, status=422)
        messages.error(self.request, sentence)
        return redirect(self.place)


class RowRemoveView(RowPage):
    """Take a row away, with a way back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it and offer to undo."""
        title = self.title_of(self.row)
        try:
            if remove_row(self.row, strategy=self.strategy, by=self.membership.user):
                undo = self.address("row_restore", self.kind.code, self.row.uid)
                success_with_undo(
                    request,
                    _("Removed: %(title)s.") % {"title": isolated(title)},
                    f"{undo}?pass={self.way}" if self.screen else undo,
                )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.place}#kind-{self.kind.code}")


class RowRestoreView(RowPage):
    """Bring a removed row back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Restore it and lead to it."""
        try:
            if restore_row(self.row, strategy=self.strategy, by=self.membership.user):
                messages.success(request, _("It is back where it was."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(self.saved_url(self.row))


class RowsNotKnownView(KindPage):
    """*Not known yet* for what several rows leave open."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the question: there is the form."""
        return redirect(self.section_url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer the fields that were ticked, all or none."""
        fields = open_in(self.answers.of_kind(self.kind.code), self.kind)
        chosen = {name: fields[name] for name in request.POST.getlist("field") if name in fields}
        try:
            changed = say_not_known(self.strategy, self.kind, chosen, by=self.membership.user)
        except Conflict:
            messages.error(request, _("Somebody saved one of them just now. Press again."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            self.tell(chosen, len(changed))
        return redirect(self.section_url)

    def tell(self, chosen: Mapping[str, Collection[str]], number: int) -> None:
        """Say what was answered, that nothing was open any more, or that nothing was chosen."""
        if not self.request.POST.getlist("field"):
            messages.error(self.request, _("Choose first what is not known yet."))
            return
        if not number:
            messages.info(self.request, _("Nothing of it is left open any more."))
            return
        named = "; ".join(
            labelled(self.kind.asked(name), self.kind.count(len(uids)))
            for name, uids in chosen.items()
        )
        says = _("Answered with “not known yet”. %(fields)s.")
        messages.success(self.request, says % {"fields": capfirst(named)})

    @property
    def section_url(self) -> str:
        """The rows of this kind on the page of their question."""
        return f"{self.place}#kind-{self.kind.code}"


class RowPasteView(KindPage):
    """Several lines at once."""

    def load_objects(self) -> None:
        """Only where a line makes a row."""
        super().load_objects()
        if not self.kind.paste:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead to the question with the box open."""
        return redirect(self.paste_url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the rows, all or none; a button that leads on does so with nothing typed, too."""
        leads = self.pressed()
        if leads and not request.POST.get("text", "").strip():
            return redirect(leads)
        form = PasteForm(request.POST, kind=self.kind, strategy=self.strategy)
        if form.is_valid():
            try:
                made = paste_rows(
                    self.strategy,
                    self.kind,
                    text=form.cleaned_data["text"],
                    shared=form.shared,
                    not_known=form.not_known,
                    watch=form.watch,
                    token=form.cleaned_data["token"],
                    by=self.membership.user,
                )
            except Refusal as refusal:
                form.add_error("text", str(refusal))
            else:
                if made:
                    messages.success(request, self.added(made))
                    return redirect(leads or self.saved_url(made[0]))
                form.ask_anew()
        return self.show(paste=form, paste_kind=self.kind.code, status=422)

    def added(self, made: Sequence[Row]) -> str:
        """Say how many rows there are more, and what stands there twice now."""
        number = len(made)
        says = ngettext("One line was added.", "%(number)d lines were added.", number)
        says %= {"number": number}
        twice = said_before(self.strategy, self.kind, made)
        if not twice:
            return says
        quoted = (inside_quotes(cut(text, 60)) for text in twice[:NAMED_AT_MOST])
        named = [_("“%(text)s”") % {"text": text} for text in quoted]
        if len(twice) > NAMED_AT_MOST:
            named.append("…")
        means = ngettext(
            "%(lines)s stands there twice now. Remove one if you did not mean it.",
            "%(lines)s stand there twice now. Remove those that you did not mean.",
            len(twice),
        )
        return f"{says} {means % {'lines': ', '.join(named)}}"
