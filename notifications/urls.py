"""Addresses: notices, and letters that failed."""

from django.urls import URLPattern

app_name = "notifications"
urlpatterns: list[URLPattern] = []
