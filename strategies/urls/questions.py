"""Addresses: the questions and their rows."""

from django.urls import URLPattern, path

from strategies.views.channel_table import ChannelTableView, SameForAllView, SameUndoView
from strategies.views.first_pass import (
    FirstPassFinish,
    FirstPassScreen,
    FirstPassView,
    ScreenFromFinish,
)
from strategies.views.questions import NotKnownView, QuestionView
from strategies.views.rows import (
    RowAddView,
    RowMoveView,
    RowPasteView,
    RowRemoveView,
    RowRestoreView,
    RowsNotKnownView,
    RowView,
)

STEP = "<uuid:strategy>/questions/<slug:step>/"
SCREENS = "<uuid:strategy>/first-pass/"
ROWS = "<uuid:strategy>/rows/<slug:kind>/"
ROW = f"{ROWS}<uuid:row>/"
CHANNELS = "<uuid:strategy>/channels/"

urlpatterns: list[URLPattern] = [
    path(SCREENS, FirstPassView.as_view(), name="first_pass"),
    path(f"{SCREENS}finish/", FirstPassFinish.as_view(), name="first_pass_finish"),
    path(f"{SCREENS}finish/<slug:kind>/", ScreenFromFinish.as_view(), name="screen_from_finish"),
    path(f"{SCREENS}<slug:kind>/", FirstPassScreen.as_view(), name="first_pass_screen"),
    path(STEP, QuestionView.as_view(), name="question"),
    path(f"{STEP}not-known/", NotKnownView.as_view(), name="not_known"),
    path(CHANNELS, ChannelTableView.as_view(), name="channel_table"),
    path(f"{CHANNELS}undo/", SameUndoView.as_view(), name="same_undo"),
    path(f"{CHANNELS}<uuid:channel>/same/", SameForAllView.as_view(), name="same_for_all"),
    path(f"{ROWS}add/", RowAddView.as_view(), name="row_add"),
    path(f"{ROWS}paste/", RowPasteView.as_view(), name="row_paste"),
    path(f"{ROWS}not-known/", RowsNotKnownView.as_view(), name="rows_not_known"),
    path(ROW, RowView.as_view(), name="row"),
    path(f"{ROW}move/", RowMoveView.as_view(), name="row_move"),
    path(f"{ROW}remove/", RowRemoveView.as_view(), name="row_remove"),
    path(f"{ROW}restore/", RowRestoreView.as_view(), name="row_restore"),
]
