"""The board on the screen: where squares lie, what each looks like, and the widget that draws them."""
