"""Addresses: signing in; they stand before django-allauth's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
