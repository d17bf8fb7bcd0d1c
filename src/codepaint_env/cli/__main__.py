"""Runs the command line as `python -m codepaint_env.cli`."""

from codepaint_env.cli.main import main

if __name__ == "__main__":
    main()
