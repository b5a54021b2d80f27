"""One file a chapter of the rules: who may do what (`refuse_…` returns a reason or None) and what it does."""
