"""A type of notification that only these tests know."""

TOLD = "tests.told"
