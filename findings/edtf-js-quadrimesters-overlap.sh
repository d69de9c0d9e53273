#!/usr/bin/env bash
# edtf.js gives the first two thirds of a year five months each.
#
# Guess: EDTF level 2 codes 37, 38 and 39 are quadrimesters, four months each: January to April, May to August, September
# to December.
# Seen, edtf 4.11.1:
# 37 lasts until the end of May and 38 until the end of September, so that neighbours overlap by a month; quarters
# (33 to 36) and semestrals (40, 41) are right.
# Why it matters here: ranges of dates that come from another reader are no basis for saying that two dates contradict each other.
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
for (const code of [33, 34, 37, 38, 39, 40, 41]) {
  const span = edtf(`2031-${code}`);
  console.log(code, day(span.min), day(span.max));
}
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
33 2031-01-01 2031-03-31
34 2031-04-01 2031-06-30
37 2031-01-01 2031-05-31
38 2031-05-01 2031-09-30
39 2031-09-01 2031-12-31
40 2031-01-01 2031-06-30
41 2031-07-01 2031-12-31
END
diff expected.txt seen.txt && echo "as described: edtf 4.11.1"
