"""Addresses: the list, the summary, the document."""

from django.urls import path

from strategies.views import shelf, summary

urlpatterns = [
    path("", shelf.StrategyList.as_view(), name="list"),
    path("new/", shelf.StrategyNew.as_view(), name="new"),
    path("<uuid:strategy>/", summary.SummaryView.as_view(), name="summary"),
    path("<uuid:strategy>/document/", summary.DocumentView.as_view(), name="document"),
    path("<uuid:strategy>/who-hears-what/", summary.MatrixView.as_view(), name="matrix"),
    path(
        "<uuid:strategy>/versions/<int:number>/document/",
        summary.VersionDocumentView.as_view(),
        name="version_document",
    ),
    path("<uuid:strategy>/rename/", shelf.StrategyRename.as_view(), name="rename"),
    path("<uuid:strategy>/archive/", shelf.StrategyArchive.as_view(), name="archive"),
    path("<uuid:strategy>/reopen/", shelf.StrategyReopen.as_view(), name="reopen"),
]
