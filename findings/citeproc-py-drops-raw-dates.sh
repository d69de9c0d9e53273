#!/usr/bin/env bash
# citeproc-py drops a date that CSL-JSON gives as `raw`.
#
# Guess: `issued: {"raw": "2031-04-02"}`, which the CSL-JSON schema allows and Zotero exports, is parsed or kept as text,
# as `literal` is.
# Seen, citeproc-py 0.11.1:
# the date becomes None without a warning, even where `raw` is a plain ISO day; `literal` and `date-parts` are
# kept.
# Why it matters here: a source that looks undated there has a date; a missing date in a converted bibliography is no sign that none
# was recorded.
# Needs Python 3.10 or later and PyPI. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip -q --disable-pip-version-check install citeproc-py==0.11.1
cat >run.py <<'END'
from citeproc.source.json import CiteProcJSON

dates = {"raw": {"raw": "2031-04-02"}, "literal": {"literal": "spring 2031"}, "parts": {"date-parts": [[2031, 4, 2]]}}
items = [{"id": key, "type": "article-newspaper", "title": "Quota", "issued": issued} for key, issued in dates.items()]
for key, item in CiteProcJSON(items).items():
    print(key, dict(item.issued) if item.issued else None)
END
env/bin/python -W ignore run.py >seen.txt
cat seen.txt
cat >expected.txt <<'END'
raw None
literal {'text': 'spring 2031', 'circa': False}
parts {'circa': 0, 'year': 2031, 'month': 4, 'day': 2}
END
diff expected.txt seen.txt && echo "as described: citeproc-py 0.11.1"
