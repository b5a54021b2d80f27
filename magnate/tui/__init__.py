"""The Textual client: screens decide, widgets show."""
