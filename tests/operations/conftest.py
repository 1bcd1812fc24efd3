"""The type of notice that the tests of sending know."""

from tests.notifications.conftest import told_type

__all__ = ["told_type"]
