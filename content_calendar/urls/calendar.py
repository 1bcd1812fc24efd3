"""The views of the calendar, and what is done from them."""

from django.urls import path, re_path

from content_calendar.views import agenda, bulk, filters, grid, moves, overviews, suggestion

MONTH, DAY = r"(?P<month>\d{4}-\d{2})", r"(?P<day>\d{4}-\d{2}-\d{2})"

urlpatterns = [
    path("", grid.Home.as_view(), name="home"),
    re_path(rf"^month/{MONTH}/$", grid.MonthPage.as_view(), name="month"),
    re_path(rf"^week/{DAY}/$", grid.WeekPage.as_view(), name="week"),
    re_path(rf"^day/{DAY}/$", grid.DayPage.as_view(), name="day"),
    path("agenda/", agenda.Agenda.as_view(), name="agenda"),
    path("board/", agenda.Board.as_view(), name="board"),
    path("list/", agenda.PostList.as_view(), name="list"),
    path("year/<int:year>/", overviews.YearPage.as_view(), name="year"),
    re_path(rf"^who-hears-what/{MONTH}/$", overviews.HearingPage.as_view(), name="hearing"),
    path("quick-add/", moves.QuickAdd.as_view(), name="quick_add"),
    path("posts/<uuid:post>/move/", moves.PostMove.as_view(), name="move"),
    path("together/", bulk.BulkChange.as_view(), name="bulk"),
    path("together/<str:change>/undo/", bulk.BulkUndo.as_view(), name="bulk_undo"),
    path("filters/save/", filters.FilterSave.as_view(), name="filter_save"),
    path(
        "filters/<uuid:saved_filter>/remove/",
        filters.FilterRemove.as_view(),
        name="filter_remove",
    ),
    path("plan-suggestion/", suggestion.PlanSuggestion.as_view(), name="plan_suggestion"),
]
