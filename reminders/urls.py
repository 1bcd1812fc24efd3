"""Addresses below /w/<workspace>/reminders/."""

from django.urls import path

from reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.ReminderList.as_view(), name="list"),
    path("add/", views.ReminderAdd.as_view(), name="add"),
    path("<uuid:reminder>/", views.ReminderEdit.as_view(), name="edit"),
    path("<uuid:reminder>/pause/", views.ReminderPause.as_view(), name="pause"),
    path("<uuid:reminder>/resume/", views.ReminderResume.as_view(), name="resume"),
    path("<uuid:reminder>/remove/", views.ReminderRemove.as_view(), name="remove"),
    path("<uuid:reminder>/restore/", views.ReminderRestore.as_view(), name="restore"),
]
