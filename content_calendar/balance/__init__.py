"""How planned and published posts stand against the strategy. Pure: posts and answers in, numbers out."""
