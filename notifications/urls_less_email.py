"""Addresses below /less-email/."""

from django.urls import path

from notifications import views_less_email as views

app_name = "less_email"
urlpatterns = [
    path("<str:token>/", views.LessEmailPage.as_view(), name="less"),
    path("<str:token>/stop/", views.StopEmail.as_view(), name="stop"),
]
