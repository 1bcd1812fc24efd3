"""The addresses of strategies, one file a part."""

from strategies.urls import documents, questions, reviews, roadmap, strategies

app_name = "strategies"
urlpatterns = [
    *strategies.urlpatterns,
    *documents.urlpatterns,
    *questions.urlpatterns,
    *reviews.urlpatterns,
    *roadmap.urlpatterns,
]
