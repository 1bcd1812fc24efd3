"""Addresses: the people of a workspace, and the door that an invitation opens."""

from django.urls import URLPattern

app_name = "members"
urlpatterns: list[URLPattern] = []
