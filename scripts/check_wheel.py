"""Build the wheel and see that every file of the package is in it: boards, styles, type marker.

`python -m scripts.check_wheel` exits with 1 and names what is missing.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def package_files() -> set[str]:
    """Return the files of the package that git knows, as paths from the root with slashes."""
    listed = subprocess.run(["git", "ls-files", "magnate"], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def wheel_files() -> set[str]:
    """Return the files of a wheel built from the tree."""
    with tempfile.TemporaryDirectory() as directory:
        build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", directory]
        subprocess.run(build, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        (wheel,) = Path(directory).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return set(archive.namelist())


def main() -> int:
    missing = sorted(package_files() - wheel_files())
    for name in missing:
        print(f"{name}: not in the wheel", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
