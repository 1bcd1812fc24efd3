"""Everything that writes posts."""
