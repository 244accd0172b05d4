# SPDX-License-Identifier: MIT
"""Installs Synapse, a test tool, into an environment of its own beside the bot's: its pinned libraries never mix."""

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / ".venv-synapse"
PYTHON = HOME / "bin" / "python"
VERSION = "matrix-synapse>=1.150,<2"


def main() -> int:
    """Install it unless it is there; return the exit status."""
    if is_installed():
        return 0
    print("Installing Synapse for the end-to-end tests (once, about a minute and a half) …", file=sys.stderr)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", VERSION]
    return subprocess.run(pip, check=False).returncode


def is_installed() -> bool:
    """Tell whether it is there and whole."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run([str(PYTHON), "-c", "import synapse.app.homeserver"], check=False, capture_output=True)
    return asked.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
