"""Addresses below /w/<workspace>/calendar/."""

from content_calendar.urls import calendar, editor, holds, posts, states

app_name = "calendar"
urlpatterns = [
    *calendar.urlpatterns,
    *posts.urlpatterns,
    *editor.urlpatterns,
    *states.urlpatterns,
    *holds.urlpatterns,
]
