"""Addresses below /w/<workspace>/channels/."""

from django.urls import path

from networks import views, views_access

app_name = "networks"
urlpatterns = [
    path("", views.ChannelList.as_view(), name="list"),
    path("add/", views.ChannelAdd.as_view(), name="add"),
    path("access/", views_access.AccessRegister.as_view(), name="access"),
    path("access/add/", views_access.AccessAdd.as_view(), name="access_add"),
    path("access/confirm/", views_access.AccessConfirm.as_view(), name="access_confirm"),
    path("access/export/", views_access.AccessExport.as_view(), name="access_export"),
    path("access/bring-in/", views_access.AccessImport.as_view(), name="access_import"),
    path(
        "access/bring-in/<uuid:upload>/",
        views_access.AccessUploadPreview.as_view(),
        name="access_upload",
    ),
    path("access/people/<uuid:person>/", views_access.LeaverList.as_view(), name="leaver_list"),
    path("access/<uuid:grant>/", views_access.AccessEdit.as_view(), name="access_edit"),
    path("access/<uuid:grant>/end/", views_access.AccessEnd.as_view(), name="access_end"),
    path(
        "access/<uuid:grant>/restore/",
        views_access.AccessRestore.as_view(),
        name="access_restore",
    ),
    path("<uuid:channel>/", views_access.ChannelPage.as_view(), name="channel"),
    path("<uuid:channel>/edit/", views.ChannelEdit.as_view(), name="edit"),
    path("<uuid:channel>/move/", views.ChannelMove.as_view(), name="move"),
    path("<uuid:channel>/remove/", views.ChannelRemove.as_view(), name="remove"),
    path("<uuid:channel>/restore/", views.ChannelRestore.as_view(), name="restore"),
]
