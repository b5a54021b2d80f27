"""What the operating system gives a process: its streams, the signals that ask it to end, the folders of its user."""
