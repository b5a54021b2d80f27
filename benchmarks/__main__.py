"""`python -m benchmarks [NAME …]`: run the benchmarks, all or those that are named, and print their figures."""

import argparse
from importlib import import_module

from benchmarks.yardstick import Figure, unit

BENCHMARKS = ("startup", "engine", "simulate", "server", "tui", "web")
"""The modules of this package that have `def run(unit: float) -> list[Figure]`, in the order they are printed."""

ROW = "{name:<44} {value:>10} {of:<16} {goal:<16} {verdict:<7} {detail}"


def main() -> None:
    """Print one line a figure, as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"which to run: {', '.join(BENCHMARKS)} (default: all)")
    names = parser.parse_args().name or BENCHMARKS
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    seconds = unit()
    print(
        f"1 unit = one random.Random().randint(1, 6) = {seconds * 1e9:.0f} ns here; lines marked MISSED are not held.\n"
    )
    print(ROW.format(name="figure", value="value", of="of", goal="goal", verdict="", detail="here").rstrip())
    for name in names:
        for figure in import_module(f"benchmarks.{name}").run(seconds):
            print(row(figure), flush=True)


def row(figure: Figure) -> str:
    """Return the line of one figure."""
    verdict = "" if not figure.goal() else "held" if figure.holds() else "MISSED"
    value = f"{figure.value:,.0f}" if figure.value >= 1000 else f"{figure.value:.3g}"
    return ROW.format(
        name=figure.name, value=value, of=figure.unit, goal=figure.goal(), verdict=verdict, detail=figure.detail
    ).rstrip()


if __name__ == "__main__":
    main()
