"""Addresses: everyone's first page in a workspace."""

from django.urls import path

from today.views import FindView, NumbersView, TodayView

app_name = "today"
urlpatterns = [
    path("", TodayView.as_view(), name="today"),
    path("numbers/", NumbersView.as_view(), name="numbers"),
    path("find/", FindView.as_view(), name="find"),
]
