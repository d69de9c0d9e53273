#!/usr/bin/env bash
# A set with a range ends, for edtf.js, with the first month of the range.
#
# Guess: "one of April to June 2031", `[2031-04..2031-06]`, may be as late as the end of June, like `[2031-04,2031-06]`.
# Seen, edtf 4.11.1:
# its `max` is the last millisecond of April; written with a comma the same set ends in June.
# Why it matters here: a date that is later than a source seems to allow may still be within it.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund edtf@4.11.1 >/dev/null
cat >run.mjs <<'END'
import edtf from "edtf";
const day = (time) => new Date(time).toISOString().slice(0, 10);
for (const text of ["[2031-04..2031-06]", "{2031-04..2031-06}", "[2031-04,2031-06]"]) {
  const set = edtf(text);
  console.log(text, set.type, day(set.min), day(set.max));
}
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
[2031-04..2031-06] Set 2031-04-01 2031-04-30
{2031-04..2031-06} List 2031-04-01 2031-04-30
[2031-04,2031-06] Set 2031-04-01 2031-06-30
END
diff expected.txt seen.txt && echo "as described: edtf 4.11.1"
