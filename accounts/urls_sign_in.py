"""Addresses: signing in; they stand before django-allauth's own."""

from django.urls import path

from accounts.views import DemoSignInView, SignIn

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("demo/<slug:role>/", DemoSignInView.as_view(), name="demo_sign_in"),
]
