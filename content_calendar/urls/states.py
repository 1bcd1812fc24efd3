"""Moving posts from state to state, deciding on them, and saying that they are out."""

from django.urls import path

from content_calendar.views import approval, day_check, going_out, reasons, zone

POST = "posts/<uuid:post>"
VERSION = f"{POST}/versions/<uuid:post_version>"

urlpatterns = [
    path(f"{POST}/submit/", approval.PostSubmit.as_view(), name="submit"),
    path(f"{POST}/schedule/", approval.PostSchedule.as_view(), name="schedule"),
    path(f"{POST}/make-draft/", approval.PostMakeDraft.as_view(), name="make_draft"),
    path(f"{POST}/cancel/", approval.PostCancel.as_view(), name="cancel"),
    path(f"{POST}/publish-now/", approval.PostPublishNow.as_view(), name="publish_now"),
    path(f"{POST}/reasons/", reasons.PostReasons.as_view(), name="reasons"),
    path(f"{POST}/review/", approval.PostReview.as_view(), name="review"),
    path(f"{POST}/approve/", approval.PostApprove.as_view(), name="approve"),
    path(f"{POST}/ask-for-changes/", approval.PostAskForChanges.as_view(), name="ask_for_changes"),
    path(f"{POST}/correct/", approval.PostCorrect.as_view(), name="correct"),
    path(f"{POST}/approve-alone/", approval.PostApproveAlone.as_view(), name="approve_alone"),
    path(f"{VERSION}/published/", going_out.VersionPublished.as_view(), name="published"),
    path(
        f"{VERSION}/not-published/", going_out.VersionNotPublished.as_view(), name="not_published"
    ),
    path(f"{POST}/hand-over/", going_out.PostHandOver.as_view(), name="hand_over"),
    path(f"{POST}/take-back/", going_out.PostTakeBack.as_view(), name="take_back"),
    path(
        f"{POST}/check-of-the-day/undo/",
        day_check.DayUntick.as_view(),
        name="day_untick",
    ),
    path("check-of-the-day/", day_check.DayCheckPage.as_view(), name="day_check"),
    path("time-zone/", zone.ZoneAnswer.as_view(), name="zone"),
    path("hand-over/", going_out.HandOverMany.as_view(), name="hand_over_many"),
    path("should-be-out/", going_out.ShouldBeOut.as_view(), name="should_be_out"),
    path(
        "should-be-out/<uuid:outcome>/undo/",
        going_out.ShouldBeOutUndo.as_view(),
        name="should_be_out_undo",
    ),
]
