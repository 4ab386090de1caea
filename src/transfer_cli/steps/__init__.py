"""What a command does, step by step: find and read the rows, ask the core, show the answer."""
