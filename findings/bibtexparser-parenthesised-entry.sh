#!/usr/bin/env bash
# bibtexparser 2 drops an entry that is written in parentheses, and reports nothing.
#
# Guess: `@misc(key, …)` is as good BibTeX as `@misc{key, …}`; a reader either reads it or lists it among its failed
# blocks.
# Seen, bibtexparser 2.0.0b9:
# the entry is neither among the entries nor among the failed blocks; its text has become an implicit comment.
# Why it matters here: a check that trusts "no failed blocks" loses sources without a word, so our own reader counts entries by their
# heads.
# Needs Python 3.10 or later and PyPI. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip -q --disable-pip-version-check install bibtexparser==2.0.0b9
cat >run.py <<'END'
import bibtexparser

library = bibtexparser.parse_string("@misc(log31, title = {Log})\n@misc{quota31, title = {Quota}}\n")
print("entries:", [entry.key for entry in library.entries])
print("failed blocks:", len(library.failed_blocks))
print("comments:", [comment.comment for comment in library.comments])
END
env/bin/python -W ignore run.py >seen.txt
cat seen.txt
cat >expected.txt <<'END'
entries: ['quota31']
failed blocks: 0
comments: ['@misc(log31, title = {Log})']
END
diff expected.txt seen.txt && echo "as described: bibtexparser 2.0.0b9"
