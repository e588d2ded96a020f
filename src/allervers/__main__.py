"""`python -m allervers` is `allervers`."""

from allervers.cli import main

if __name__ == "__main__":
    main()
