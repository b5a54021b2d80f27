"""What the benchmark of the server drives: a world in a database, two servers to compare, and clients that play."""
