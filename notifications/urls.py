"""Addresses: notices, webhooks."""

from django.urls import path

from notifications import views
from notifications import views_webhooks as webhooks

app_name = "notifications"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("settings/", views.NoticeSettingsPage.as_view(), name="settings"),
    path("settings/test/", views.EmailTest.as_view(), name="test_email"),
    path("read/", views.NoticesRead.as_view(), name="read_all"),
    path("<uuid:notice>/open/", views.NoticeOpen.as_view(), name="open"),
    path("webhooks/", webhooks.WebhookList.as_view(), name="webhooks"),
    path("webhooks/add/", webhooks.WebhookAdd.as_view(), name="webhook_add"),
    path("webhooks/<uuid:webhook>/", webhooks.WebhookPage.as_view(), name="webhook"),
    path("webhooks/<uuid:webhook>/edit/", webhooks.WebhookEdit.as_view(), name="webhook_edit"),
    path("webhooks/<uuid:webhook>/test/", webhooks.WebhookTest.as_view(), name="webhook_test"),
    path(
        "webhooks/<uuid:webhook>/secret/", webhooks.WebhookRotate.as_view(), name="webhook_secret"
    ),
    path("webhooks/<uuid:webhook>/on/", webhooks.WebhookOn.as_view(), name="webhook_on"),
    path("webhooks/<uuid:webhook>/off/", webhooks.WebhookOff.as_view(), name="webhook_off"),
    path(
        "webhooks/<uuid:webhook>/remove/", webhooks.WebhookRemove.as_view(), name="webhook_remove"
    ),
    path(
        "webhooks/<uuid:webhook>/restore/",
        webhooks.WebhookRestore.as_view(),
        name="webhook_restore",
    ),
]
