"""Who somebody is: names, passwords, tokens, and what is refused."""
