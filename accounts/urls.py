"""Addresses: oneself."""

from django.urls import path

from accounts.views import Profile

app_name = "accounts"
urlpatterns = [path("", Profile.as_view(), name="profile")]
