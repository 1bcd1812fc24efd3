"""Stopping posts, what is held, and lifting the stop."""

from django.urls import path

from content_calendar.views import holds

HOLD = "stops/<uuid:hold>"

urlpatterns = [
    path("stops/", holds.HoldList.as_view(), name="holds"),
    path("stops/stop-posts/", holds.HoldStop.as_view(), name="hold_stop"),
    path(f"{HOLD}/", holds.HoldPage.as_view(), name="hold"),
    path(f"{HOLD}/lift/", holds.HoldLift.as_view(), name="hold_lift"),
    path(f"{HOLD}/rest/", holds.HoldRest.as_view(), name="hold_rest"),
    path(f"{HOLD}/posts/<uuid:post>/answer/", holds.HoldAnswerView.as_view(), name="hold_answer"),
    path(f"{HOLD}/posts/<uuid:post>/stopped/", holds.HoldTick.as_view(), name="hold_tick"),
    path(f"{HOLD}/posts/<uuid:post>/not-stopped/", holds.HoldUntick.as_view(), name="hold_untick"),
    path("posts/<uuid:post>/crisis/", holds.CrisisMark.as_view(), name="crisis_mark"),
    path("posts/<uuid:post>/not-crisis/", holds.CrisisUnmark.as_view(), name="crisis_unmark"),
]
