"""Reads the table of docs/security.md and says what it adds up to: `python3 tools/asvs.py`.

Exit code 1, with the faults: a number that stands twice or out of order, a verdict that is none, a path that is not there.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/security.md"
VERDICTS = ("met", "not applicable", "open")
ROW = re.compile(r"^\| (\d+)\.(\d+)\.(\d+) \| (.+?) \| \*\*(.+?)\*\* \| (.*) \|$")


def main():
    faults, before, chapters = [], (0, 0, 0), {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if not row:
            if re.match(r"^\| \d+\.\d+", line):
                faults.append(f"not written as a row: {line[:60]}")
            continue
        number = tuple(int(part) for part in row.groups()[:3])
        if number <= before:
            faults.append(f"{number} after {before}")
        before = number
        if row[5] not in VERDICTS:
            faults.append(f"{number}: no such verdict: {row[5]}")
            continue
        for path in re.findall(r"`([\w./-]+/[\w./-]+)`", row[6]):
            if not (ROOT / path).exists():
                faults.append(f"{number}: there is no {path}")
        counts = chapters.setdefault(number[0], dict.fromkeys(VERDICTS, 0))
        counts[row[5]] += 1
    print(f"{'chapter':<8}" + "".join(f"{verdict:>16}" for verdict in VERDICTS))
    for chapter, counts in chapters.items():
        print(f"{chapter:<8}" + "".join(f"{counts[verdict]:>16}" for verdict in VERDICTS))
    total = {verdict: sum(counts[verdict] for counts in chapters.values()) for verdict in VERDICTS}
    print(f"{'all':<8}" + "".join(f"{total[verdict]:>16}" for verdict in VERDICTS))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
