"""Addresses: the people of a workspace, and the door that an invitation opens."""

from django.urls import include, path

from members import views

app_name = "members"

people = [
    path("", views.MemberList.as_view(), name="list"),
    path("invite/", views.Invite.as_view(), name="invite"),
    path("leave/", views.Leave.as_view(), name="leave"),
    path("invitations/<uuid:invitation>/link/", views.InvitationLink.as_view(), name="link"),
    path("invitations/<uuid:invitation>/again/", views.InvitationAgain.as_view(), name="again"),
    path("invitations/<uuid:invitation>/revoke/", views.InvitationRevoke.as_view(), name="revoke"),
    path("<uuid:member>/", views.MemberChange.as_view(), name="change"),
    path("<uuid:member>/hand-over/", views.MemberHandover.as_view(), name="reassign"),
    path("<uuid:member>/remove/", views.MemberRemove.as_view(), name="remove"),
]
urlpatterns = [
    path("invitations/", views.InvitationPage.as_view(), name="invitation"),
    path("invitations/<str:token>/", views.InvitationDoor.as_view(), name="accept"),
    path("w/<slug:workspace>/people/", include(people)),
]
