"""The `codepaint` command line: `codepaint NAME` lies in the file or folder NAME, with `_` for `-`."""
