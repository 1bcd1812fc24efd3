"""Addresses: everyone's first page in a workspace."""

from django.urls import path

from today.views import FindView, TodayView

app_name = "today"
urlpatterns = [
    path("", TodayView.as_view(), name="today"),
    path("find/", FindView.as_view(), name="find"),
]
