"""Addresses below /w/<workspace>/policies/."""

from django.urls import path

from policies.views import hashtags, policies, reading, rules

app_name = "policies"
urlpatterns = [
    path("", policies.PolicyList.as_view(), name="list"),
    path("add/", policies.PolicyAdd.as_view(), name="add"),
    path("try/", rules.TryRules.as_view(), name="try"),
    path("hashtags/", hashtags.HashtagList.as_view(), name="hashtags"),
    path("hashtags/check/", hashtags.HashtagCheckAdd.as_view(), name="hashtag_check"),
    path("hashtags/lasting/", hashtags.LastingApprove.as_view(), name="hashtags_lasting"),
    path("hashtags/<uuid:hashtag>/", hashtags.HashtagRead.as_view(), name="hashtag"),
    path("<uuid:policy>/", reading.PolicyRead.as_view(), name="policy"),
    path("<uuid:policy>/read/", reading.PolicyAcknowledge.as_view(), name="acknowledge"),
    path("<uuid:policy>/edit/", policies.PolicyEdit.as_view(), name="edit"),
    path("<uuid:policy>/draft/", policies.DraftView.as_view(), name="draft"),
    path("<uuid:policy>/publish/", policies.PolicyPublish.as_view(), name="publish"),
    path("<uuid:policy>/archive/", policies.PolicyArchive.as_view(), name="archive"),
    path("<uuid:policy>/restore/", policies.PolicyRestore.as_view(), name="restore"),
    path("<uuid:policy>/versions/", reading.VersionList.as_view(), name="versions"),
    path("<uuid:policy>/versions/<int:number>/", reading.VersionRead.as_view(), name="version"),
    path(
        "<uuid:policy>/versions/<int:number>/withdraw/",
        policies.VersionWithdraw.as_view(),
        name="withdraw",
    ),
    path("<uuid:policy>/readers/", reading.ReaderList.as_view(), name="readers"),
    path("<uuid:policy>/readers/export/", reading.ReaderExport.as_view(), name="readers_export"),
    path("<uuid:policy>/readers/remind/", reading.ReadersRemind.as_view(), name="remind"),
    path("<uuid:policy>/readers/signed/", reading.SignedCopyAdd.as_view(), name="signed_copy"),
    path("<uuid:policy>/rules/", rules.RuleList.as_view(), name="rules"),
    path("<uuid:policy>/rules/<slug:rule>/", rules.RuleEdit.as_view(), name="rule"),
]
