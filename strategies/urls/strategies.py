"""Addresses: the list, the summary, the document."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
