#!/usr/bin/env bash
# citeproc-py folds citation keys to lower case, so that two sources become one.
#
# Guess: an `id` of CSL-JSON is opaque and compared exactly, as pandoc and citeproc-js do: `Hd31` and `hd31` are two
# sources.
# Seen, citeproc-py 0.11.1:
# both are stored under `hd31`, and the later one replaces the earlier one without a word.
# Why it matters here: a note that was rendered there can cite a key in any case; here such a key is unknown, and near keys are
# offered.
# Needs Python 3.10 or later and PyPI. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip -q --disable-pip-version-check install citeproc-py==0.11.1
cat >run.py <<'END'
from citeproc.source.json import CiteProcJSON

items = [
    {"id": "Hd31", "type": "article-newspaper", "title": "Quota talks"},
    {"id": "hd31", "type": "article-newspaper", "title": "Harbour dues"},
]
for key, item in CiteProcJSON(items).items():
    print(key, "".join(map(str, item["title"])))
END
env/bin/python -W ignore run.py >seen.txt
cat seen.txt
cat >expected.txt <<'END'
hd31 Harbour dues
END
diff expected.txt seen.txt && echo "as described: citeproc-py 0.11.1"
