"""The addresses of strategies, one file a part."""

from strategies.urls import questions, reviews, roadmap, strategies

app_name = "strategies"
urlpatterns = [
    *strategies.urlpatterns,
    *questions.urlpatterns,
    *reviews.urlpatterns,
    *roadmap.urlpatterns,
]
