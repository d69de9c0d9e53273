// Vim and ALE with editors/vim/whosaid.vim, by the keys that a user presses.     usage: node vim.js WORKSPACE HOME
const fs = require("fs");
const path = require("path");
const { Terminal, wait } = require("./terminal");

const [, , workspace, home] = process.argv;

(async () => {
  const rc = path.join(home, "vimrc");
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(
    rc,
    `set nocompatible linebreak noswapfile nomore\nfiletype plugin on\npackadd ale\nlet g:ale_linters_explicit = 1\n` +
      "let g:ale_linters = {'markdown': ['whosaid'], 'text': ['whosaid']}\nlet g:ale_virtualtext_cursor = 0\nlet g:ale_lint_delay = 50\n" +
      `source ${path.join(__dirname, "../../../editors/vim/whosaid.vim")}\n`,
  );
  const environment = { PATH: `${path.dirname(process.env.WHOSAID_BINARY)}:${process.env.PATH}` };
  const vim = new Terminal("vim", workspace, ["vim.nox", "-u", rc, "-i", "NONE", "talks.md"], environment);
  const command = async (text) => {
    await vim.keys("Escape");
    await vim.type(`:${text}`);
    await vim.keys("Enter");
  };
  const at = async (text) => command(`call cursor(1,1) | call search('${text}', 'cW')`);

  await vim.sees("an unsourced figure is found", (screen) => marks(screen) === 1);
  await at("Haddad said");
  await command("ALEHover");
  await vim.sees("hover on a surname shows the person", /Nadim Haddad · person/);
  await command("pclose");
  await at("Haddad said");
  await command("ALEFindReferences -quickfix");
  await wait(1500);
  await command("copen");
  await vim.sees("references find every spelling in all notes", (screen) => screen.includes("nadim-haddad.md|"));
  await command("cclose");
  await at("Haddad said");
  await command("ALEGoToDefinition");
  await vim.sees("definition is the entity note", "Trade minister of Meridia since 2029.");
  await command("edit! talks.md");
  await at("38 million");
  await command("ALECodeAction");
  await vim.sees("a quick fix is offered", /(\d+)[.)] ?Ignore A101 here/);
  await vim.type((/(\d+)[.)] ?Ignore A101 here/.exec(vim.screen()) ?? ["", "1"])[1]);
  await vim.keys("Enter");
  await vim.sees("and applied", "whosaid: ignore A101");
  await vim.sees("it silences the finding", (screen) => marks(screen) === 0);
  await command("undo");
  await vim.sees("undo brings it back", (screen) => marks(screen) === 1);
  await at("Nadim Haddad");
  await command("ALERename");
  await vim.sees("ALE asks for the new name", /New name/i);
  await vim.keys("C-u");
  await vim.type("Nadim Haddad-Stern");
  await vim.keys("Enter");
  await vim.sees("rename changes the name", "Nadim Haddad-Stern, the trade");
  await command("undo");
  await command("ALEStopAllLSPs");
  await wait(1000);
  await command("edit!");
  await command("ALELint");
  await vim.sees("another server finds the same", (screen) => marks(screen) === 1);
  await at("in 2030");
  await vim.type("ea");
  await vim.keys("Escape");
  await command("s/in 2030\\./in 2030, the harbour authority said./");
  await vim.sees("a source clears the finding", (screen) => screen.includes("authority said") && marks(screen) === 0);
  vim.check("nothing was written", !fs.readFileSync(path.join(workspace, "talks.md"), "utf8").includes("ignore"), "");
  process.exit(vim.end());
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

/** How many lines have a sign. */
function marks(screen) {
  return screen.split("\n").filter((line) => /^(>>|--|W>|E>)/.test(line)).length;
}
