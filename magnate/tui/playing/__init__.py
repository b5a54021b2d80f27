"""What the screen of a game is made of, beside what it shows: small objects, each with a state of its own."""
