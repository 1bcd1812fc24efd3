"""What belongs to one post: checks while typing, copies, history, comments, images and videos."""

from django.urls import path

from content_calendar.views import checks, comments, copies, history, media

urlpatterns = [
    path("posts/check/", checks.NewPostCheck.as_view(), name="new_check"),
    path("posts/fields/", checks.NewPostFields.as_view(), name="new_fields"),
    path("posts/<uuid:post>/check/", checks.PostCheck.as_view(), name="check"),
    path("posts/<uuid:post>/fields/", checks.PostFields.as_view(), name="fields"),
    path("posts/<uuid:post>/duplicate/", copies.PostDuplicate.as_view(), name="duplicate"),
    path("posts/<uuid:post>/save-as-template/", copies.TemplateAdd.as_view(), name="template_add"),
    path(
        "templates/<uuid:template>/remove/",
        copies.TemplateRemove.as_view(),
        name="template_remove",
    ),
    path(
        "templates/<uuid:template>/restore/",
        copies.TemplateRestore.as_view(),
        name="template_restore",
    ),
    path("posts/<uuid:post>/history/", history.PostHistory.as_view(), name="history"),
    path("posts/<uuid:post>/undo/", history.PostUndo.as_view(), name="undo"),
    path("posts/<uuid:post>/comments/add/", comments.CommentAdd.as_view(), name="comment_add"),
    path(
        "comments/<uuid:comment>/remove/", comments.CommentRemove.as_view(), name="comment_remove"
    ),
    path(
        "comments/<uuid:comment>/restore/",
        comments.CommentRestore.as_view(),
        name="comment_restore",
    ),
    # strategy_planner/web_worker.py takes long bodies at this address only
    path("posts/<uuid:post>/media/add/", media.MediaAdd.as_view(), name="media_add"),
    path("posts/<uuid:post>/media/describe/", media.MediaDescribe.as_view(), name="media_describe"),
    path("media/<uuid:media>/", media.MediaFile.as_view(), name="media_file"),
    path("media/<uuid:media>/preview/", media.MediaPreview.as_view(), name="media_preview"),
    path("media/<uuid:media>/move/", media.MediaMove.as_view(), name="media_move"),
    path("media/<uuid:media>/remove/", media.MediaRemove.as_view(), name="media_remove"),
    path("media/<uuid:media>/restore/", media.MediaRestore.as_view(), name="media_restore"),
]
