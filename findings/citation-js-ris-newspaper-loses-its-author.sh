#!/usr/bin/env bash
# A newspaper article loses author and day on its way through RIS in citation-js; a magazine article does not.
#
# Guess: `AU` and `DA` of a record of type NEWS are its author and date, as for MGZN and JOUR.
# Seen, @citation-js/plugin-ris 0.8.2:
# reading, the author becomes a `reporter` in one string and only the year is kept; writing, author, month and day
# are left out. MGZN and JOUR keep both.
# Why it matters here: clippings of newspapers that reach a library by this way have nobody who wrote them and no day; nothing may be
# concluded from the gap.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 >/dev/null
cat >run.mjs <<'END'
import { createRequire } from "module";
const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
for (const type of ["NEWS", "MGZN"]) {
  const [item] = new Cite(`TY  - ${type}\nAU  - Marr, Lidia\nTI  - Quota\nPY  - 2031\nDA  - 2031/04/02/\nER  - \n`).data;
  console.log(type, JSON.stringify({ author: item.author, reporter: item.reporter, issued: item.issued }));
}
for (const type of ["article-newspaper", "article-magazine"]) {
  const item = { id: "q31", type, title: "Quota", author: [{ family: "Marr", given: "Lidia" }], issued: { "date-parts": [[2031, 4, 2]] } };
  console.log(new Cite([item]).format("ris").trim().split("\n").map((line) => line.trim()).join(" | "));
}
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
NEWS {"reporter":"Marr, Lidia","issued":{"date-parts":[[2031]]}}
MGZN {"author":[{"family":"Marr","given":"Lidia"}],"issued":{"date-parts":[[2031,4,2]]}}
TY  - NEWS | ID  - q31 | PY  - 2031 | TI  - Quota | ER  -
TY  - MGZN | AU  - Marr, Lidia | DA  - 2031/4/2/ | PY  - 2031 | ID  - q31 | TI  - Quota | ER  -
END
diff expected.txt seen.txt && echo "as described: @citation-js/plugin-ris 0.8.2"
