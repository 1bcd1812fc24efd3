"""The pages of strategies, one file a part."""
