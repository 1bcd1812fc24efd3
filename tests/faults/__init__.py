"""What must hold when workers, brokers and databases die: real processes, killed for real."""
