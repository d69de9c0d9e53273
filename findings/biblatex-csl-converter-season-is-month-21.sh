#!/usr/bin/env bash
# biblatex-csl-converter exports an EDTF season as the twenty-first month.
#
# Guess: `date = {2031-21}` (EDTF: spring 2031) becomes `season` in CSL-JSON, or is reduced to the year.
# Seen, biblatex-csl-converter 3.2.2:
# it becomes the date part [2031, 21], which CSL-JSON does not allow (months are 1 to 12), without a warning.
# Why it matters here: date parts of a CSL library must be checked for their range before they are compared with dates of the text.
# Needs Node 20 or later and the npm registry. Fails if the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund biblatex-csl-converter@3.2.2 >/dev/null
cat >run.mjs <<'END'
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter";
const read = new BibLatexParser("@misc{q31, title = {Quota}, date = {2031-21}}", {}).parse();
const [item] = Object.values(new CSLExporter(read.entries).parse());
console.log(JSON.stringify(item.issued), read.errors.length, "errors", read.warnings.length, "warnings");
END
node run.mjs >seen.txt
cat seen.txt
cat >expected.txt <<'END'
{"date-parts":[[2031,21]]} 0 errors 0 warnings
END
diff expected.txt seen.txt && echo "as described: biblatex-csl-converter 3.2.2"
