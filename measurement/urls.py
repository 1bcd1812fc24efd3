"""Addresses below /w/<workspace>/results/."""

from django.urls import path

from measurement import views

READING = "readings/<uuid:reading>/"

app_name = "measurement"
urlpatterns = [
    path("", views.ResultsView.as_view(), name="results"),
    path("<uuid:strategy>/<uuid:figure>/", views.FigureView.as_view(), name="figure"),
    path(READING, views.ReadingView.as_view(), name="reading"),
    path(f"{READING}remove/", views.ReadingRemoveView.as_view(), name="remove"),
    path(f"{READING}restore/", views.ReadingRestoreView.as_view(), name="restore"),
]
