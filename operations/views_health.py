"""What watches the machine asks here: no sign-in, no session, nothing secret in the answer."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import Delivery
from operations.health import health_of


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers; nothing else is asked."""
    return JsonResponse({"live": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the database is there and the work goes on; 503 where not."""
    try:
        health = health_of()
        failed = Delivery.objects.dead().count()
    except Error:
        return JsonResponse({"ready": False, "database": False}, status=503)
    answer = {
        "ready": health.is_ready,
        "database": True,
        "last_tick_seconds": seconds_of(health.tick_age),
        "oldest_overdue_seconds": seconds_of(health.overdue),
        "failed": failed,
    }
    return JsonResponse(answer, status=200 if health.is_ready else 503)


def seconds_of(span: timedelta | None) -> Any:
    return None if span is None else round(span.total_seconds())
