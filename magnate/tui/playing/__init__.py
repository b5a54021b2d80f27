"""What the screens of games are made of, beside what they show: small objects, each with a state of its own."""
