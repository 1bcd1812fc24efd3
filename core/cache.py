"""A cache that may go away: what it counts is then counted in this process until it is back."""

import logging
from time import monotonic
from typing import Any, ClassVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

#: Seconds that one question to Redis may take.
LONGEST = 1.0
#: Seconds until a Redis that was away is asked again.
PAUSE = 10.0


class LimitCache(RedisCache):
    """Redis, and this process's own memory while Redis is away.

    Only the limits on signing in stand in the cache. Without Redis people still sign in, and
    each web process goes on counting by itself.
    """

    _asked_again_at: ClassVar[float] = 0.0

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        patience = {
            "socket_timeout": LONGEST,
            "socket_connect_timeout": LONGEST,
            "retry": Retry(NoBackoff(), 0),
        }
        options = {**patience, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        own = {name: value for name, value in params.items() if name != "OPTIONS"}
        self._meanwhile = LocMemCache("while redis is away", own)

    def _ask(self, name: str, *args: Any) -> Any:
        if monotonic() >= LimitCache._asked_again_at:
            try:
                return getattr(RedisCache, name)(self, *args)
            except RedisError as error:
                LimitCache._asked_again_at = monotonic() + PAUSE
                logger.warning("redis away, limits are counted here: %s", error)
        return getattr(self._meanwhile, name)(*args)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """Set what is not there yet."""
        return self._ask("add", *_plain(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> Any:
        """Set."""
        return self._ask("set", *_plain(*args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Get."""
        return self._ask("get", key, default, version)

    def delete(self, key: Any, version: int | None = None) -> Any:
        """Forget."""
        return self._ask("delete", key, version)


def _plain(
    key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
) -> tuple[Any, ...]:
    return key, value, timeout, version
