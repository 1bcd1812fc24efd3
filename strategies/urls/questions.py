"""Addresses: the questions and their rows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
