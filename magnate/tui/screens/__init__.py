"""The screens of the terminal client, one a module."""
