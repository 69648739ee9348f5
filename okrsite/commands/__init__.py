"""The commands, each in a module of its own: what it takes, what it does, what it says."""

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a command declares itself."""
