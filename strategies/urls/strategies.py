"""Addresses: the list, the summary, the document."""

from django.urls import path

from strategies.views import shelf

urlpatterns = [
    path("", shelf.StrategyList.as_view(), name="list"),
    path("new/", shelf.StrategyNew.as_view(), name="new"),
    path("<uuid:strategy>/rename/", shelf.StrategyRename.as_view(), name="rename"),
    path("<uuid:strategy>/archive/", shelf.StrategyArchive.as_view(), name="archive"),
    path("<uuid:strategy>/reopen/", shelf.StrategyReopen.as_view(), name="reopen"),
]
