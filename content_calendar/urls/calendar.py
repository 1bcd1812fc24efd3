"""The views of the calendar."""

from django.urls import path

from content_calendar.views import agenda, suggestion

urlpatterns = [
    path("agenda/", agenda.Agenda.as_view(), name="agenda"),
    path("plan-suggestion/", suggestion.PlanSuggestion.as_view(), name="plan_suggestion"),
]
