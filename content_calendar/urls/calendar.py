"""The views of the calendar."""

from django.urls import path

from content_calendar.views import agenda

urlpatterns = [
    path("agenda/", agenda.Agenda.as_view(), name="agenda"),
]
