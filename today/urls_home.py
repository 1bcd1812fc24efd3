"""The address without a path: it leads to the place that is the person's own."""

from django.urls import path

from today.views import HomeView

urlpatterns = [path("", HomeView.as_view(), name="home")]
