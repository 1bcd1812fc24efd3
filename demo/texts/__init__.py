"""What the museum answers in its strategies, as drafts; one file for each strategy."""
