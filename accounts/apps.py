"""accounts: who a person is: sign-in, name, language, time zone."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who a person is: sign-in, name, language, time zone."""

    name = "accounts"
