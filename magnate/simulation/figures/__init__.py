"""What a run found: its sums, and the figures that are made of them."""
