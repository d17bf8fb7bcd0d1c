"""The `codepaint` command, a file a command."""
