"""What a service says when it will not do a thing."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A service refuses. The message may be shown to the person; nothing was written.

    Views catch exactly this class (or an app's own child of it).
    """

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Exception):
    """The row is no longer as the person read it: somebody else saved first. Nothing was written."""
