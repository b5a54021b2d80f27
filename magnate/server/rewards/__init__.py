"""What games bring: ratings, and the shop."""
