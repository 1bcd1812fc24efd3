"""Who reads the strategy in force without an account: the board does, a film company no longer."""

from demo.museum import Museum
from strategies.models import Strategy
from strategies.services.share_links import create_link, note_opened, revoke_link


def share_in_force(museum: Museum, strategy: Strategy) -> None:
    """Make two links to the approved version; one was opened, the other one ended."""
    version = strategy.versions.approved().get()
    manager = museum.users["manager"]
    with museum.history.on(9, hour=9):
        for_board = create_link(version, label="The board of the museum", days=90, by=manager)
        for_film = create_link(version, label="Tomas’s film company", days=30, by=manager)
    with museum.history.on(5, hour=19):
        note_opened(for_board)
    with museum.history.on(4, hour=8):
        revoke_link(for_film, by=manager)
