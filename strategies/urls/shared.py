"""Addresses of what is read by a link, without an account."""

from django.urls import path

from strategies.views import shared

app_name = "shared"
urlpatterns = [
    path("<str:token>/", shared.SharedDocument.as_view(), name="document"),
    path("<str:token>/in-short/", shared.SharedSheet.as_view(), name="sheet"),
    path("<str:token>/document/<slug:format>/", shared.SharedFile.as_view(), name="document_file"),
    path(
        "<str:token>/in-short/<slug:format>/",
        shared.SharedFile.as_view(is_sheet=True),
        name="sheet_file",
    ),
]
