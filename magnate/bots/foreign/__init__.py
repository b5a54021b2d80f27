"""Other people's bots: their modules, the digest of their code, and the one way in which their code is run."""
