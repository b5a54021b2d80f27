"""How long `import magnate` and `magnate --help` take, against starting Python with nothing to do."""

import subprocess
import sys

from benchmarks.yardstick import Figure, best_of


def run(unit: float) -> list[Figure]:
    """Return the figures of starting up; they are of whole processes, so the yardstick's unit says nothing."""
    bare = start("-c", "pass")
    return [
        figure("import magnate", start("-c", "import magnate"), bare, most=1.5),
        figure("magnate --help", start("-m", "magnate", "--help"), bare, most=10),
    ]


def start(*arguments: str) -> float:
    """Return the seconds of one Python process from start to end."""

    def work() -> int:
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        return 1

    return best_of(work, rounds=10)


def figure(name: str, seconds: float, bare: float, most: float) -> Figure:
    """Return a figure as a multiple of a bare Python's start."""
    return Figure(name, seconds / bare, "× bare Python", most=most, detail=f"{seconds * 1000:.0f} ms")
