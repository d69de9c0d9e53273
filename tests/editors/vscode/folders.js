// Runs inside the extension host, in a window with two folders and a setting that leads nowhere: the second folder's notes
// are known and judged by its own configuration, documents that are no files can be read and followed, and who has no
// program is told so.
const assert = require("assert");
const vscode = require("vscode");

const { passed, step, until } = require("./steps");

/** Notes that lie on no disk. */
class Elsewhere {
  constructor(files) {
    this.files = files;
    this.onDidChangeFile = new vscode.EventEmitter().event;
  }
  watch() {
    return { dispose() {} };
  }
  stat(uri) {
    const text = this.files[uri.path];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
  }
  readDirectory() {
    return Object.keys(this.files).map((path) => [path.slice(1), vscode.FileType.File]);
  }
  readFile(uri) {
    this.stat(uri);
    return Buffer.from(this.files[uri.path]);
  }
  createDirectory() {}
  writeFile() {}
  delete() {}
  rename() {}
}

exports.run = async () => {
  // This workbench sometimes comes up with the first folder of a workspace alone, or with none: then run.js opens it again.
  const file = vscode.workspace.workspaceFile;
  assert(file, "the window is of a workspace");
  let looks = 0;
  await until("two folders", () => {
    const open = vscode.workspace.workspaceFolders?.length ?? 0;
    if (++looks === 60 && open === 1) vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.joinPath(file, "..", "second") });
    if (looks === 200 && open === 0) throw new Error("the window came up without its folders");
    return open === 2;
  });
  const [first, second] = vscode.workspace.workspaceFolders.map((folder) => folder.uri);
  const findings = (uri) => vscode.languages.getDiagnostics(uri).filter((d) => d.source === "whosaid");
  const codes = (uri) => findings(uri).map((d) => String(d.code.value ?? d.code));
  const hovered = async (uri, at) => {
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, at);
    return hovers.flatMap((h) => h.contents.map((c) => c.value ?? c)).join("\n");
  };
  const parts = await vscode.extensions.getExtension("whosaid.whosaid").activate();

  await step("a program that is not there is said to be missing", async () => {
    assert.strictEqual(parts.server.life, "missing");
    await vscode.workspace.openTextDocument(vscode.Uri.joinPath(first, "talks.md"));
    assert.deepStrictEqual(findings(vscode.Uri.joinPath(first, "talks.md")), []);
  });
  await step("and is used once the setting is right", async () => {
    await vscode.workspace.getConfiguration("whosaid").update("path", process.env.WHOSAID_BINARY, vscode.ConfigurationTarget.Workspace);
    await until("the server", () => parts.server.life === "running");
  });
  const yard = vscode.Uri.joinPath(second, "yard.md");
  await step("a note of the second folder is judged by that folder's configuration", async () => {
    const document = await vscode.workspace.openTextDocument(yard);
    await vscode.window.showTextDocument(document);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(first, "talks.md")));
    await until("the first folder's finding", () => codes(vscode.Uri.joinPath(first, "talks.md")).includes("A101"));
    // The second folder's whosaid.toml switches A101 off; both notes have an unsourced figure.
    await until("the second folder's finding", () => codes(yard).includes("C302"));
    assert.deepStrictEqual(codes(yard), ["C302"]);
  });
  await step("names are known across the folders", async () => {
    const document = await vscode.workspace.openTextDocument(yard);
    const at = document.positionAt(document.getText().indexOf("Haddad"));
    await until("the first folder's notes", async () => /trade minister/i.test(await hovered(yard, at)));
    const references = await vscode.commands.executeCommand("vscode.executeReferenceProvider", yard, at);
    const notes = new Set(references.map((place) => place.uri.path.split("/").pop()));
    assert(notes.has("talks.md") && notes.has("yard.md"), [...notes].join(" "));
    const status = await parts.server.ask("whosaid.status");
    assert.strictEqual(status.folders.length, 2, JSON.stringify(status));
  });
  await step("a folder that is taken away is forgotten, and one that comes is read", async () => {
    const folder = vscode.workspace.workspaceFolders[1];
    vscode.workspace.updateWorkspaceFolders(1, 1);
    await until("one folder", async () => (await parts.server.ask("whosaid.status"))?.folders.length === 1);
    vscode.workspace.updateWorkspaceFolders(1, 0, { uri: folder.uri });
    await until("two folders", async () => {
      const status = await parts.server.ask("whosaid.status");
      return status?.folders.length === 2 && status.index === "ready";
    });
    const symbols = await vscode.commands.executeCommand("vscode.executeWorkspaceSymbolProvider", "Yard of Lusk");
    assert(symbols.some((one) => one.location.uri.path.endsWith("yard.md")), symbols.map((one) => one.name).join(" | "));
  });
  await step("an earlier version is read and followed, and never judged", async () => {
    const text = "Mr Nadim Haddad spoke. The port handled 12 million tonnes in 2029.\n";
    const provider = vscode.workspace.registerTextDocumentContentProvider("pr", { provideTextDocumentContent: () => text });
    const uri = vscode.Uri.parse("pr:/talks.md?earlier");
    await vscode.workspace.openTextDocument(uri);
    await until("the hover", async () => /trade minister/i.test(await hovered(uri, new vscode.Position(0, 5))));
    const definition = await vscode.commands.executeCommand("vscode.executeDefinitionProvider", uri, new vscode.Position(0, 5));
    assert((definition[0].targetUri ?? definition[0].uri).path.endsWith("nadim-haddad.md"));
    const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, new vscode.Range(0, 30, 0, 50));
    const ours = actions.map((action) => action.title).filter((title) => /Ignore|footnote|citation|Attribute|is a person/.test(title));
    assert.deepStrictEqual([findings(uri), ours], [[], []]);
    provider.dispose();
  });
  await step("so is a note of a virtual workspace", async () => {
    const files = new Elsewhere({ "/notes/brief.md": "Nadim Haddad spoke. The port handled 12 million tonnes in 2029.\n" });
    const provider = vscode.workspace.registerFileSystemProvider("vscode-vfs", files, { isReadonly: true });
    const uri = vscode.Uri.parse("vscode-vfs://somewhere/notes/brief.md");
    await vscode.workspace.openTextDocument(uri);
    await until("the hover", async () => /trade minister/i.test(await hovered(uri, new vscode.Position(0, 2))));
    assert.deepStrictEqual(findings(uri), []);
    provider.dispose();
  });
  await step("a page of the server's is a document of its own", async () => {
    const document = await vscode.workspace.openTextDocument(yard);
    const at = document.positionAt(document.getText().indexOf("Haddad"));
    const shown = await parts.server.ask("whosaid.openDossier", parts.server.place(document, at));
    assert.strictEqual(shown.title, "Nadim Haddad");
    const page = await until("the page", () => vscode.workspace.textDocuments.find((one) => one.uri.scheme === "whosaid"));
    assert.match(page.getText(), /Nadim Haddad/);
  });
  passed();
};
