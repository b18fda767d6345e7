"""``reader schemes``."""

import click

from reader.cli.output import say, warn
from reader.schemes import installed
from reader.settings import schemes_dir


@click.command()
def schemes() -> int:
    """List the stance schemes.

    Those that come with the program and those in the folder that docs/schemes.md names, with the key, the
    code, the symbol and the definition of each stance. A file that cannot be used is named, with the line.
    """
    found, problems = installed(schemes_dir())
    for scheme in found:
        say(f"{scheme.name} (version {scheme.version})", *filter(None, [scheme.description]))
        for label in scheme.labels:
            say("retired" if label.retired else label.key, label.code, label.symbol, label.definition)
    for problem in problems:
        warn(problem)
    return 1 if problems else 0
