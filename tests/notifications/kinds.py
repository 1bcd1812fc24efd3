"""A kind of notice that only these tests know."""

TOLD = "tests.told"
