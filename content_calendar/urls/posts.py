"""One post: its page, adding, removing and restoring it."""

from django.urls import path

from content_calendar.views import posts

urlpatterns = [
    path("posts/add/", posts.PostAdd.as_view(), name="add"),
    path("posts/<uuid:post>/", posts.PostPage.as_view(), name="post"),
    path("posts/<uuid:post>/remove/", posts.PostRemove.as_view(), name="remove"),
    path("posts/<uuid:post>/restore/", posts.PostRestore.as_view(), name="restore"),
]
