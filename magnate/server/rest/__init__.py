"""The REST side: the calls, their bodies, and their document."""
