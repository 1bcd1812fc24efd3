"""Images, videos and links of a post: adding, describing, ordering, removing; and their files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from content_calendar.domain.rights import may_edit
from content_calendar.enums import MediaKind, PostState
from content_calendar.forms.media import DescriptionsForm, MediaForm, MoveMediaForm
from content_calendar.models import Post, PostMedia
from content_calendar.services.media import (
    add_file,
    add_link,
    describe_media,
    move_media,
    remove_media,
    restore_media,
)
from content_calendar.views.base import CalendarView
from content_calendar.views.post_parts import media_of
from content_calendar.views.posts import PostPage
from core.exceptions import Refusal
from core.idempotency import uid_from_token
from core.messages import success_with_undo
from core.text import isolated
from workspaces.permissions import Permission

#: A file of somebody else's making is never a page of ours, whatever it holds.
SANDBOX = "default-src 'none'; sandbox"


def answer_with_media(view: CalendarView, post: Post, **forms: Any) -> HttpResponse:
    """Return the part of the page for a script, and lead back to the page otherwise."""
    if _is_asked_again(post):
        messages.info(view.request, _("The post waits for approval again."))
    if not is_asked_by_script(view.request):
        return redirect(f"{post.get_absolute_url()}#post-media")
    part = media_of(post, **forms)
    response = view.page("content_calendar/post_media.html", post=post, form=True, oob=True, **part)
    response.headers["HX-Trigger"] = (
        "planner:media"  # what the networks say may be another thing now
    )
    return response


def _is_asked_again(post: Post) -> bool:
    """Whether the change sent a post to review that had left it when it was looked at."""
    now = Post.objects.values_list("state", flat=True).get(pk=post.pk)
    return now == PostState.IN_REVIEW and post.state != PostState.IN_REVIEW


def is_asked_by_script(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page."""
    return bool(getattr(request, "htmx", False))


class MediaAdd(PostPage):
    """Add a file or a link."""

    permission = Permission.DRAFT_POSTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Add it, once for one page however often the button was pressed."""
        self.refuse_unless_may_edit()
        form = MediaForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.refuse(form)
        page = uid_from_token(self.membership.uid, "media", form.cleaned_data["token"])
        file, address = form.cleaned_data["file"], form.cleaned_data["address"]
        try:
            if file:
                add_file(self.post_, file, by=self.membership.user, owner=page)
            else:
                uid = uid_from_token(page, "link", address)
                add_link(self.post_, address, by=self.membership.user, uid=uid)
        except Refusal as refusal:
            form.add_error("file" if file else "address", str(refusal))
            return self.refuse(form)
        return answer_with_media(self, self.post_)

    def refuse(self, form: MediaForm) -> HttpResponse:
        """Show what is wrong."""
        if is_asked_by_script(self.request):
            return answer_with_media(self, self.post_, form=form)
        return self.show(self.form(), **media_of(self.post_, form))


class MediaDescribe(PostPage):
    """Say what the images show."""

    permission = Permission.DRAFT_POSTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Save what differs; where somebody else described the same image, ask first."""
        self.refuse_unless_may_edit()
        media = list(PostMedia.objects.live().filter(post=self.post_))
        form = DescriptionsForm(request.POST, media=media)
        if form.is_valid():
            try:
                describe_media(self.post_, form.texts, form.captions, by=self.membership.user)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The descriptions were saved."))
            return answer_with_media(self, self.post_)
        if is_asked_by_script(request):
            return answer_with_media(self, self.post_, descriptions=form)
        return self.show(self.form(), **media_of(self.post_, descriptions=form))


class MediaView(CalendarView):
    """Turn the address into ``self.media``, looked up inside the workspace only."""

    media: PostMedia

    def load_objects(self) -> None:
        """Find it, once the membership has been checked."""
        self.media = get_object_or_404(
            PostMedia.objects.for_workspace(self.workspace).select_related("post"),
            uid=self.kwargs["media"],
        )
        self.media.post.workspace = self.workspace


class MediaAction(MediaView):
    """Something done with one image, video or link of a post that one may change."""

    permission = Permission.DRAFT_POSTS

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it, and show all of them."""
        if not may_edit(self.membership, self.media.post):
            raise PermissionDenied
        try:
            self.act(request)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return answer_with_media(self, self.media.post)

    def act(self, request: HttpRequest) -> None:
        """Change it."""
        raise NotImplementedError


class MediaMove(MediaAction):
    """Change the order."""

    def act(self, request: HttpRequest) -> None:
        """Move it one place."""
        form = MoveMediaForm({**request.GET.dict(), **request.POST.dict()})
        if form.is_valid():
            is_up = form.cleaned_data["direction"] == "up"
            move_media(self.media, by=self.membership.user, is_up=is_up)


class MediaRemove(MediaAction):
    """Take it off the post."""

    def act(self, request: HttpRequest) -> None:
        """Remove it and offer to take that back."""
        remove_media(self.media, by=self.membership.user)
        undo = reverse("calendar:media_restore", args=[self.workspace.slug, self.media.uid])
        success_with_undo(
            request, _("%(media)s was removed.") % {"media": isolated(self.media)}, undo
        )


class MediaRestore(MediaAction):
    """Bring it back."""

    def act(self, request: HttpRequest) -> None:
        """Restore it where it was."""
        restore_media(self.media, by=self.membership.user)
        messages.success(request, _("%(media)s is back.") % {"media": isolated(self.media)})


class MediaFile(MediaView):
    """The file itself, to be saved and never to be shown as a page."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> Any:
        """Hand it over; a link leads to where the file lies."""
        if self.media.removed_at is not None:
            raise Http404
        if self.media.kind == MediaKind.LINK:
            return redirect(self.media.post)
        ending = str(self.media.file.name).rpartition(".")[2]
        name = self.media.name.rpartition(".")[0] or "file"
        return FileResponse(
            self.media.file.open("rb"),
            as_attachment=True,
            filename=f"{name}.{ending}",
            content_type=self.media.content_type,
            headers={"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"},
        )


class MediaPreview(MediaView):
    """The preview of an image, which we made ourselves."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> Any:
        """Show it."""
        if self.media.removed_at is not None:
            raise Http404
        if not self.media.preview:
            return redirect(self.media.post)
        return FileResponse(
            self.media.preview.open("rb"),
            content_type="image/webp",
            headers={
                "Content-Security-Policy": SANDBOX,
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=86400",
            },
        )
