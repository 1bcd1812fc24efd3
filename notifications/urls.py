"""Addresses: notices, and emails that failed."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("settings/", views.NoticeSettingsPage.as_view(), name="settings"),
    path("read/", views.NoticesRead.as_view(), name="read_all"),
    path("<uuid:notice>/open/", views.NoticeOpen.as_view(), name="open"),
    path("emails/<uuid:delivery>/retry/", views.DeliveryRetry.as_view(), name="retry"),
    path("emails/<uuid:delivery>/discard/", views.DeliveryDiscard.as_view(), name="discard"),
]
