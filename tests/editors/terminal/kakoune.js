// Kakoune and kak-lsp with editors/kakoune/whosaid.kak.     usage: node kakoune.js WORKSPACE HOME [SHOTS DESK]
const fs = require("fs");
const path = require("path");
const { Terminal, wait } = require("./terminal");

const [, , workspace, home, shots, desk] = process.argv;

(async () => {
  const settings = path.join(home, "kak");
  const runtime = path.join(home, "run");
  fs.mkdirSync(settings, { recursive: true });
  fs.mkdirSync(runtime, { mode: 0o700 });
  fs.writeFileSync(path.join(settings, "kakrc"), `source ${path.join(__dirname, "../../../editors/kakoune/whosaid.kak")}\nadd-highlighter global/ wrap -word\n`);
  const environment = {
    XDG_CONFIG_HOME: home,
    XDG_RUNTIME_DIR: runtime,
    PATH: [path.join(process.env.WHOSAID_EDITORS, "bin"), path.dirname(process.env.WHOSAID_BINARY), process.env.PATH].join(":"),
  };
  const start = (folder, file) => new Terminal("kakoune", folder, ["kak", file], environment);
  const command = async (kak, text) => {
    await kak.keys("Escape", ":");
    await kak.type(text);
    await kak.keys("Enter");
  };
  const find = async (kak, text) => {
    await kak.keys("Escape", "g", "g", "/");
    await kak.type(text);
    await kak.keys("Enter");
  };

  const kak = start(workspace, "talks.md");
  await kak.keys("g", "g");
  await kak.sees("an unsourced figure is found", () => findings(kak) === 1);
  await find(kak, "Mr Haddad");
  await command(kak, "lsp-hover");
  await kak.sees("hover on a surname shows the person", /Nadim Haddad/);
  await kak.keys("Escape");
  await find(kak, "Mr Haddad");
  await command(kak, "lsp-references");
  await kak.sees("references find every spelling in all notes", /nadim-haddad\.md:\d/);
  await command(kak, "buffer talks.md");
  await find(kak, "Mr Haddad");
  await command(kak, "lsp-definition");
  await kak.sees("definition is the entity note", "Trade minister of Meridia since 2029.");
  await command(kak, "buffer talks.md");
  await find(kak, "38 million");
  await command(kak, "lsp-code-actions");
  await kak.sees("a quick fix is offered", /Ignore A101/);
  await kak.type("Ignore");
  await kak.keys("Enter");
  await kak.sees("and applied", "whosaid: ignore A101");
  await kak.sees("it silences the finding", () => findings(kak) === 0);
  await kak.keys("Escape", "u");
  await kak.sees("undo brings it back", () => findings(kak) === 1);
  await find(kak, "Nadim Haddad");
  await command(kak, "lsp-rename 'Nadim Haddad-Stern'");
  await kak.sees("rename changes the name", "Nadim Haddad-Stern, the trade");
  await kak.keys("Escape", "u");
  await find(kak, "in 2030");
  await kak.keys("a");
  await kak.type(", the harbour authority said");
  await kak.keys("Escape");
  await kak.sees("a source clears the finding", (screen) => screen.includes("authority said") && findings(kak) === 0);
  await kak.keys("u");
  await command(kak, "lsp-restart");
  await wait(1500);
  await find(kak, "Mr Haddad");
  await command(kak, "lsp-hover");
  await kak.sees("after a restart of the server, hover still works", /Nadim Haddad/);
  kak.check("nothing was written", !fs.readFileSync(path.join(workspace, "talks.md"), "utf8").includes("ignore"), "");
  if (desk) {
    const shown = start(desk, "articles/2031-03-12-quota-talks.txt");
    await wait(2500);
    await find(shown, "Mr Haddad");
    await shown.brings("the desk: hover", () => command(shown, "lsp-hover"), /Trade Minister, Government/);
    await shown.shot("kakoune-hover", shots);
    kak.failed ||= shown.failed;
    await command(shown, "quit!");
    shown.kill();
  }
  process.exit(kak.end());
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

/** How many marks stand in the gutter. */
function findings(kak) {
  return kak.screen().split("\n").filter((line) => line.startsWith("!")).length;
}
