"""Addresses below /w/<workspace>/calendar/."""

from content_calendar.urls import calendar, posts, states

app_name = "calendar"
urlpatterns = [*calendar.urlpatterns, *posts.urlpatterns, *states.urlpatterns]
