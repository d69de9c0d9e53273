// Runs inside the extension host of a real VS Code: what the extension's users see, through the public API.
const assert = require("assert");
const vscode = require("vscode");

const { passed, step, until } = require("./steps");

exports.run = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, "talks.md");
  const document = await vscode.workspace.openTextDocument(uri);
  let editor = await vscode.window.showTextDocument(document);
  const findings = () => vscode.languages.getDiagnostics(uri).filter((d) => d.source === "whosaid");
  const at = (text, offset = 0) => document.positionAt(document.getText().indexOf(text) + offset);
  const execute = (command, ...rest) => vscode.commands.executeCommand(command, uri, ...rest);

  let parts;
  await step("the extension starts", async () => {
    const extension = vscode.extensions.getExtension("whosaid.whosaid");
    assert(extension, "the extension is installed");
    parts = await extension.activate();
    const known = await vscode.commands.getCommands(true);
    const named = extension.packageJSON.contributes.commands.map((c) => c.command).filter((name) => !known.includes(name));
    assert.deepStrictEqual(named, [], "every command in the palette exists");
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
  await step("the server says how it stands", async () => {
    const status = await until("the index", async () => {
      const status = await parts.server.ask("whosaid.status");
      return status?.index === "ready" && status;
    });
    assert(status.notes >= 2 && status.folders.length === 1 && status.folders[0].configured, JSON.stringify(status));
  });
  await step("the side panel shows the dossier of the name at the cursor", async () => {
    editor.selection = new vscode.Selection(at("Haddad said"), at("Haddad said"));
    await vscode.commands.executeCommand("whosaid.showDossier");
    await until("the dossier", () => parts.dossier.title === "Nadim Haddad");
    editor.selection = new vscode.Selection(at("Lusk."), at("Lusk."));
    await until("it follows the cursor", () => parts.dossier.title === "Lusk");
  });
  await step("the table of claims has the unsourced figure", async () => {
    await vscode.commands.executeCommand("whosaid.showClaims");
    await until("the rows", () => parts.claims.rows > 0);
    await vscode.commands.executeCommand("workbench.action.closeEditorsInOtherGroups");
    editor = await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("whosaid.copyClaims");
    const table = await vscode.env.clipboard.readText();
    assert.match(table, /38 million tonnes.*unsourced/);
  });
  await step("names are coloured by what they are", async () => {
    const legend = await execute("vscode.provideDocumentSemanticTokensLegend");
    const { data } = await execute("vscode.provideDocumentSemanticTokens");
    const kinds = new Map();
    for (let n = 0, line = 0, from = 0; n < data.length; n += 5) {
      from = data[n] === 0 ? from + data[n + 1] : data[n + 1];
      line += data[n];
      kinds.set(document.lineAt(line).text.slice(from, from + data[n + 2]), legend.tokenTypes[data[n + 3]]);
    }
    assert.strictEqual(kinds.get("Nadim Haddad"), "person");
    assert.strictEqual(kinds.get("Lusk"), "place");
    const declared = vscode.extensions.getExtension("whosaid.whosaid").packageJSON.contributes.semanticTokenTypes.map((t) => t.id);
    assert.deepStrictEqual(legend.tokenTypes.filter((type) => !declared.includes(type)), [], "every colour of the server is known to the editor");
  });
  await step("a name that was read wrongly can be corrected", async () => {
    const here = new vscode.Range(at("Lusk."), at("Lusk."));
    const actions = await execute("vscode.executeCodeActionProvider", here, "refactor.rewrite.name");
    assert(actions.some((a) => /is not a name/.test(a.title)) && !actions.some((a) => /footnote/.test(a.title)), actions.map((a) => a.title).join(" | "));
  });
  await step("a note without a file is analysed in memory", async () => {
    const loose = await vscode.workspace.openTextDocument({ language: "markdown", content: "The pier handled 12 million tonnes in 2029.\n" });
    await vscode.window.showTextDocument(loose);
    await until("its finding", () => vscode.languages.getDiagnostics(loose.uri).some((d) => d.source === "whosaid"));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    editor = await vscode.window.showTextDocument(document);
  });
  await step("rename changes a name in every note", async () => {
    const edit = await execute("vscode.executeDocumentRenameProvider", at("Nadim Haddad"), "Nadim Haddad-Stern");
    const notes = edit.entries().map(([uri]) => uri.path.split("/").pop()).sort();
    assert.deepStrictEqual(notes, ["nadim-haddad.md", "talks.md"]);
    assert(edit.entries().every(([, edits]) => edits.some((e) => /Haddad-Stern/.test(e.newText))));
  });
  await step("names are completed", async () => {
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), "\nNadim Had"));
    const list = await execute("vscode.executeCompletionItemProvider", document.positionAt(document.getText().length));
    assert(list.items.some((item) => (item.label.label ?? item.label).includes("Nadim Haddad")), list.items.slice(0, 9).map((item) => item.label).join(" | "));
    await vscode.commands.executeCommand("undo");
    await until("the note as it was", () => !document.getText().endsWith("Had"));
  });
  await step("ignore here, with a reason, then undo", async () => {
    // The edit comes when an action is chosen: as many as may be asked for here.
    const actions = await execute("vscode.executeCodeActionProvider", findings()[0].range, undefined, 50);
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
    await until("the finding again", () => findings().length === 1);
    await vscode.commands.executeCommand("whosaid.restart");
    assert.strictEqual(parts.server.life, "running");
    await until("the finding again", () => findings().length === 1);
  });
  await step("a server that is killed comes back by itself", async () => {
    const before = parts.server.client._serverProcess.pid;
    process.kill(before, "SIGKILL");
    await until("another server", () => {
      const now = parts.server.client?._serverProcess?.pid;
      return parts.server.life === "running" && now !== undefined && now !== before;
    }).catch((error) => {
      throw new Error(`nothing after 20 s: ${error.message}: ${parts.server.life} ${before} ${parts.server.client?._serverProcess?.pid} ${parts.server.client?.state}`);
    });
    await editor.edit((edit) => edit.insert(at("in 2030", "in 2030".length), ", the harbour authority said"));
    await until("silence", () => findings().length === 0);
    await vscode.commands.executeCommand("undo");
    await until("the finding again", () => findings().length === 1);
  });
  await step("a key in a library leads to where it is cited", async () => {
    const library = vscode.Uri.joinPath(folder, "refs.bib");
    await vscode.workspace.fs.writeFile(library, Buffer.from("@misc{yard30, title = {Yard Log}}\n"));
    const entries = await vscode.workspace.openTextDocument(library);
    await editor.edit((edit) => edit.insert(at("in 2030", "in 2030".length), " [@yard30]"));
    const cited = await until("the citation", async () => {
      const found = await vscode.commands.executeCommand("vscode.executeReferenceProvider", library, entries.positionAt(8));
      return found.some((place) => place.uri.path.endsWith("talks.md")) && found;
    });
    assert(cited.length >= 1);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", library, entries.positionAt(8));
    assert.match(hovers.flatMap((h) => h.contents.map((c) => c.value ?? c)).join("\n"), /Yard Log/);
    const edit = await vscode.commands.executeCommand("vscode.executeDocumentRenameProvider", library, entries.positionAt(8), "log30");
    assert.deepStrictEqual(edit.entries().map(([uri]) => uri.path.split("/").pop()).sort(), ["refs.bib", "talks.md"]);
    await vscode.commands.executeCommand("undo");
    await vscode.workspace.fs.delete(library);
  });
  passed();
};
