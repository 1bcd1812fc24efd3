"""How often one visitor may do a thing: the limits of ``ACCOUNT_RATE_LIMITS``."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_too_often(request: HttpRequest, action: str) -> bool:
    """Count one more time that the visitor does ``action``, and tell whether it is too often."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, limit_get=True)
    return not usage
