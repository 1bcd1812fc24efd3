"""Addresses below /w/<workspace>/channels/."""

from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("", views.ChannelList.as_view(), name="list"),
    path("add/", views.ChannelAdd.as_view(), name="add"),
    path("<uuid:channel>/", views.ChannelEdit.as_view(), name="edit"),
    path("<uuid:channel>/move/", views.ChannelMove.as_view(), name="move"),
    path("<uuid:channel>/remove/", views.ChannelRemove.as_view(), name="remove"),
    path("<uuid:channel>/restore/", views.ChannelRestore.as_view(), name="restore"),
]
