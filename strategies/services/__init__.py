"""What changes strategies, one file a part: rows, strategies, versions, roadmap."""
