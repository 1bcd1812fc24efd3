"""Addresses: notices."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("settings/", views.NoticeSettingsPage.as_view(), name="settings"),
    path("read/", views.NoticesRead.as_view(), name="read_all"),
    path("<uuid:notice>/open/", views.NoticeOpen.as_view(), name="open"),
]
