"""Addresses: the status page, and what is done there about emails that failed."""

from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("", views.StatusPage.as_view(), name="status"),
    path("emails/<uuid:delivery>/retry/", views.DeliveryRetry.as_view(), name="retry"),
    path("emails/<uuid:delivery>/discard/", views.DeliveryDiscard.as_view(), name="discard"),
]
