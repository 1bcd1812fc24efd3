"""Addresses: who did what."""

from django.urls import path

from activity.views import ActivityList

app_name = "activity"
urlpatterns = [path("", ActivityList.as_view(), name="list")]
