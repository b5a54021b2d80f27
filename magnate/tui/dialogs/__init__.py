"""Questions to the player: each a modal screen that is dismissed with the answer."""
