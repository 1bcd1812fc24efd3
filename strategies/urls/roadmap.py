"""Addresses: milestones."""

from django.urls import path

from strategies.views import roadmap

ROADMAP = "<uuid:strategy>/roadmap/"
MILESTONE = f"{ROADMAP}<uuid:milestone>/"

urlpatterns = [
    path(ROADMAP, roadmap.RoadmapView.as_view(), name="roadmap"),
    path(f"{ROADMAP}add/", roadmap.MilestoneAddView.as_view(), name="milestone_add"),
    path(MILESTONE, roadmap.MilestoneView.as_view(), name="milestone"),
    path(f"{MILESTONE}do/", roadmap.MilestoneDoView.as_view(), name="milestone_do"),
    path(f"{MILESTONE}state/", roadmap.MilestoneStateView.as_view(), name="milestone_state"),
    path(f"{MILESTONE}remove/", roadmap.MilestoneRemoveView.as_view(), name="milestone_remove"),
    path(f"{MILESTONE}restore/", roadmap.MilestoneRestoreView.as_view(), name="milestone_restore"),
]
