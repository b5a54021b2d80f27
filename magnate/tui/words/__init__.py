"""The game in words and numbers, as the panels and dialogs show it."""
