"""Addresses: the list, the summary."""

from django.urls import path

from strategies.views import strategy_list, summary

urlpatterns = [
    path("", strategy_list.StrategyList.as_view(), name="list"),
    path("new/", strategy_list.StrategyNew.as_view(), name="new"),
    path("<uuid:strategy>/", summary.SummaryView.as_view(), name="summary"),
    path("<uuid:strategy>/who-hears-what/", summary.MatrixView.as_view(), name="matrix"),
    path("<uuid:strategy>/rename/", strategy_list.StrategyRename.as_view(), name="rename"),
    path("<uuid:strategy>/archive/", strategy_list.StrategyArchive.as_view(), name="archive"),
    path("<uuid:strategy>/reopen/", strategy_list.StrategyReopen.as_view(), name="reopen"),
]
