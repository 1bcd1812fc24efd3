"""Addresses: versions and decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
