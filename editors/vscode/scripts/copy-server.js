// Puts the release build of the server into the extension, for the platform that it was built on.
const fs = require("fs");
const path = require("path");

const name = process.platform === "win32" ? "whosaid.exe" : "whosaid";
const target = process.env.CARGO_TARGET_DIR || path.join(__dirname, "..", "..", "..", "target");
const built = process.env.WHOSAID_BINARY || path.join(target, "release", name);
const folder = path.join(__dirname, "..", "server");

if (!fs.existsSync(built)) {
  console.error(`${built} is missing: run \`cargo build --release --locked\` first, or set WHOSAID_BINARY.`);
  process.exit(1);
}
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder);
fs.copyFileSync(built, path.join(folder, name));
fs.chmodSync(path.join(folder, name), 0o755);
// What the program's lists and weights were derived from travels with it.
for (const notice of ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"]) {
  fs.copyFileSync(path.join(__dirname, "..", "..", "..", notice), path.join(folder, notice));
}
console.log(`server/${name} (${Math.round(fs.statSync(built).size / 1e5) / 10} MB)`);
