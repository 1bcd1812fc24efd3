"""Django's admin as the support pages (``INSTALLED_APPS``)."""

from django.contrib.admin.apps import AdminConfig


class SupportConfig(AdminConfig):
    """Has our site in place of Django's."""

    default_site = "core.support.SupportSite"
