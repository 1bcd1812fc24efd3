"""Addresses: the workspaces of a person, and settings and permissions inside one."""

from django.urls import path

from workspaces.views import PermissionTable, WorkspaceCreate, WorkspaceList, WorkspaceSettings

app_name = "workspaces"
urlpatterns = [
    path("workspaces/", WorkspaceList.as_view(), name="list"),
    path("workspaces/new/", WorkspaceCreate.as_view(), name="create"),
    path("w/<slug:workspace>/settings/", WorkspaceSettings.as_view(), name="settings"),
    path("w/<slug:workspace>/permissions/", PermissionTable.as_view(), name="permissions"),
]
