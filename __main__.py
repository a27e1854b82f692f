"""`python -m carbonpeak`."""

from carbonpeak.cli import main

if __name__ == "__main__":
    main()
