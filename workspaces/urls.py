"""Addresses: the workspaces of a person, and settings and permissions inside one."""

from django.urls import URLPattern

app_name = "workspaces"
urlpatterns: list[URLPattern] = []
