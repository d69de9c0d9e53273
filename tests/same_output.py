#!/usr/bin/env python3
"""Compares what two builds of whosaid say about the same folders, for changes that must not change an answer.

usage: tests/same_output.py OLD NEW FOLDER...

OLD and NEW are programs, each FOLDER one with notes. Compared to the byte: `analyze --jsonl` of every note, `check
--format json --hints` and `entities --json` of every folder, and the rules' pages. Exits with 0 if nothing differs,
with 1 after naming what does, and with 2 if a program cannot be run.
"""

import difflib
import json
import pathlib
import subprocess
import sys

NOTES = {".md", ".markdown", ".mdown", ".qmd", ".txt"}
SECONDS = 600
SHOWN = 40


def run(program, arguments, given=""):
    done = subprocess.run(
        [program, *arguments], input=given, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    return f"{done.stdout}\n-- standard error\n{done.stderr}\n-- exit code {done.returncode}\n"


def questions(folders):
    """Each question as its name, its arguments and its standard input."""
    for folder in folders:
        notes = sorted(path for path in folder.rglob("*") if path.suffix in NOTES and path.is_file())
        if not notes:
            sys.exit(f"{folder}: no notes")
        lines = (json.dumps({"id": str(path), "text": path.read_text("utf-8", "replace")}) for path in notes)
        yield f"analyze --jsonl, {folder}", ["analyze", "--jsonl"], "".join(f"{line}\n" for line in lines)
        yield f"check, {folder}", ["check", "--format", "json", "--hints", str(folder)], ""
        yield f"entities, {folder}", ["entities", "--json", str(folder)], ""
    yield "explain --list", ["explain", "--list"], ""


def main():
    if len(sys.argv) < 4:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    old, new, *folders = sys.argv[1:]
    differing = 0
    for name, arguments, given in questions([pathlib.Path(folder) for folder in folders]):
        try:
            before, after = (run(program, arguments, given) for program in (old, new))
        except OSError as error:
            print(error, file=sys.stderr)
            sys.exit(2)
        print(f"{'same' if before == after else 'DIFFERS'} ({len(before)} characters): {name}")
        if before != after:
            differing += 1
            changes = difflib.unified_diff(before.splitlines(), after.splitlines(), "old", "new", lineterm="", n=0)
            for _, line in zip(range(SHOWN), changes):
                print(f"  {line[:240]}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
