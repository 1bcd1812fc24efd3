"""Addresses: what watches the machine."""

from django.urls import path

from operations.views_health import live, ready

app_name = "healthz"
urlpatterns = [path("live", live, name="live"), path("ready", ready, name="ready")]
