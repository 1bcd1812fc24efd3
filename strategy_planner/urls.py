"""Every address of the product, lowest app first. A workspace's pages stand below /w/<slug>/."""

from django.contrib import admin
from django.urls import include, path

workspace_patterns = [
    path("", include("today.urls")),
    path("activity/", include("activity.urls")),
    path("notices/", include("notifications.urls")),
    path("channels/", include("networks.urls")),
    path("policies/", include("policies.urls")),
    path("strategies/", include("strategies.urls")),
    path("calendar/", include("content_calendar.urls")),
    path("results/", include("measurement.urls")),
    path("reminders/", include("reminders.urls")),
    path("status/", include("operations.urls")),
]

urlpatterns = [
    path("", include("today.urls_home")),
    path("accounts/", include("accounts.urls_sign_in")),
    path("accounts/", include("allauth.account.urls")),
    path("profile/", include("accounts.urls")),
    path("", include("workspaces.urls")),  # /workspaces/ and inside /w/<slug>/
    path("", include("members.urls")),  # /invitations/ and inside /w/<slug>/people/
    path("less-email/", include("notifications.urls_less_email")),
    path("healthz/", include("operations.urls_health")),
    path("shared/", include("strategies.urls.shared")),
    path("w/<slug:workspace>/", include(workspace_patterns)),
    path("support/", admin.site.urls),
]
handler400 = "core.views.bad_request"
handler403 = "workspaces.failures.not_allowed"
handler404 = "workspaces.failures.not_found"
handler500 = "core.views.server_error"
