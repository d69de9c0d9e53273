// Runs inside the extension host, in a folder that is not trusted and that names a program of its own.
const assert = require("assert");
const fs = require("fs");
const vscode = require("vscode");

const { passed, step, until } = require("./steps");

exports.run = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, "talks.md");
  const parts = await vscode.extensions.getExtension("whosaid.whosaid").activate();
  await step("a folder that is not trusted names no program", async () => {
    assert.strictEqual(vscode.workspace.isTrusted, false);
    const settings = fs.readFileSync(vscode.Uri.joinPath(folder, ".vscode", "settings.json").fsPath, "utf8");
    assert.match(settings, /whosaid\.path.*intruder/);
    await until("the server", () => parts.server.life === "running");
    assert(!fs.existsSync(vscode.Uri.joinPath(folder, "was-run").fsPath), "the folder's own program was run");
  });
  await step("and is judged all the same", async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await until("A101", () => vscode.languages.getDiagnostics(uri).some((d) => d.source === "whosaid"));
  });
  passed();
};
