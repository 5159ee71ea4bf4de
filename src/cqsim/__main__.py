"""`python -m cqsim`."""

from cqsim.cli import main

main(prog_name="cqsim")
