// Runs inside the extension host of a real VS Code: what the extension's users see, through the public API.
const assert = require("assert");
const vscode = require("vscode");

const results = [];
async function step(name, body) {
  await body();
  results.push(name);
  console.log(`[whosaid] ok ${name}`);
}

async function until(what, probe) {
  for (let n = 0; n < 400; n++) {
    const value = await probe();
    if (value) return value;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`nothing after 20 s: ${what}`);
}

exports.run = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, "talks.md");
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const findings = () => vscode.languages.getDiagnostics(uri).filter((d) => d.source === "whosaid");
  const at = (text, offset = 0) => document.positionAt(document.getText().indexOf(text) + offset);
  const execute = (command, ...rest) => vscode.commands.executeCommand(command, uri, ...rest);

  await step("the extension starts", async () => {
    const extension = vscode.extensions.getExtension("whosaid.whosaid");
    assert(extension, "the extension is installed");
    await extension.activate();
  });
  await step("an unsourced figure is underlined, and nothing else", async () => {
    await until("A101", () => findings().length > 0);
    assert.deepStrictEqual(findings().map((d) => [d.code.value ?? d.code, document.getText(d.range)]), [["A101", "38 million tonnes"]]);
  });
  await step("hover on a surname shows the person with his role", async () => {
    const text = await until("hover", async () => {
      const hovers = await execute("vscode.executeHoverProvider", at("Haddad said"));
      const shown = hovers.flatMap((h) => h.contents.map((c) => c.value ?? c)).join("\n");
      return shown.includes("Nadim Haddad") && shown;
    });
    assert.match(text, /trade minister/i);
  });
  await step("references and definition cross notes and spellings", async () => {
    const references = await execute("vscode.executeReferenceProvider", at("Haddad said"));
    assert(references.length >= 4, `${references.length} references`);
    assert(references.some((r) => r.uri.path.endsWith("nadim-haddad.md")));
    const definition = await execute("vscode.executeDefinitionProvider", at("Haddad said"));
    assert((definition[0].targetUri ?? definition[0].uri).path.endsWith("nadim-haddad.md"));
  });
  await step("highlights are right past an emoji", async () => {
    const highlights = await execute("vscode.executeDocumentHighlights", at("Haddad told"));
    assert.deepStrictEqual(highlights.map((h) => document.getText(h.range)), ["Nadim Haddad", "trade minister of Meridia", "Haddad", "Haddad"]);
  });
  await step("the outline and the workspace symbols", async () => {
    const outline = await execute("vscode.executeDocumentSymbolProvider");
    assert(JSON.stringify(outline).includes("Quota talks open in Port Sarn"));
    const symbols = await vscode.commands.executeCommand("vscode.executeWorkspaceSymbolProvider", "haddad");
    assert(symbols.some((s) => s.name.includes("Haddad")));
  });
  await step("ignore here, with a reason, then undo", async () => {
    const actions = await execute("vscode.executeCodeActionProvider", findings()[0].range);
    const ignore = actions.find((a) => /^Ignore/.test(a.title));
    assert(ignore, actions.map((a) => a.title).join(" | "));
    assert(await vscode.workspace.applyEdit(ignore.edit));
    await until("silence", () => findings().length === 0);
    await vscode.commands.executeCommand("undo");
    await until("the finding again", () => findings().length === 1);
  });
  await step("a source clears the finding", async () => {
    await editor.edit((edit) => edit.insert(at("in 2030", "in 2030".length), ", the harbour authority said"));
    await until("silence", () => findings().length === 0);
  });
  await step("a restart of the server brings everything back", async () => {
    await vscode.commands.executeCommand("undo");
    await vscode.commands.executeCommand("whosaid.restart");
    await until("the finding again", () => findings().length === 1);
  });
  console.log(`[whosaid] ${results.length} steps passed`);
};
