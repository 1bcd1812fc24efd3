"""Addresses: versions and decisions."""

from django.urls import path

from strategies.views import changes, reviewers, reviews

VERSION = "<uuid:strategy>/versions/<int:number>/"

urlpatterns = [
    path("<uuid:strategy>/submit/", reviews.SubmitView.as_view(), name="submit"),
    path(
        "<uuid:strategy>/invite-reviewer/",
        reviewers.InviteReviewerView.as_view(),
        name="invite_reviewer",
    ),
    path("<uuid:strategy>/changes/", changes.ChangesView.as_view(), name="changes"),
    path("<uuid:strategy>/changes/discard/", changes.DiscardView.as_view(), name="discard"),
    path("<uuid:strategy>/versions/", reviews.VersionsView.as_view(), name="versions"),
    path(VERSION, reviews.VersionView.as_view(), name="version"),
    path(f"{VERSION}approve/", reviews.ApproveView.as_view(), name="approve"),
    path(f"{VERSION}ask-for-changes/", reviews.AskForChangesView.as_view(), name="ask_for_changes"),
    path(f"{VERSION}approve-alone/", reviews.ApproveAloneView.as_view(), name="approve_alone"),
    path(f"{VERSION}withdraw/", reviews.WithdrawView.as_view(), name="withdraw"),
    path(f"{VERSION}reviewers/", reviews.ReviewersView.as_view(), name="reviewers"),
]
