"""Every message of the wire, read and written; no socket."""
