#!/usr/bin/env bash
# python-frontmatter drops front matter that is a list, and writes the note back without it.
#
# Guess: front matter that is valid YAML but no mapping is refused, or left in the text.
# Seen, python-frontmatter 1.3.0:
# the list is gone: metadata is empty, the content begins after the closing line, and a round trip through `loads`
# and `dumps` yields an empty mapping in its place.
# Why it matters here: a note that passed through such a script has lost what stood on top; we report front matter that is no mapping
# and leave its bytes alone.
# Needs Python 3.10 or later and PyPI. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip -q --disable-pip-version-check install python-frontmatter==1.3.0
cat >run.py <<'END'
import frontmatter

note = frontmatter.loads("---\n- Harbor Daily, 2 April 2031\n- Port register\n---\nThe gate is shut.\n")
print(note.metadata, repr(note.content))
print(repr(frontmatter.dumps(note)))
END
env/bin/python -W ignore run.py >seen.txt
cat seen.txt
cat >expected.txt <<'END'
{} 'The gate is shut.'
'---\n{}\n---\n\nThe gate is shut.'
END
diff expected.txt seen.txt && echo "as described: python-frontmatter 1.3.0"
