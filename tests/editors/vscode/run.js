// Starts a real VS Code workbench, runs suite.js in its extension host, then takes pictures of what a user sees.
// usage: node run.js EXTENSION WORKSPACE SHOTS [DESK]: pictures are taken of a folder DESK     environment: WHOSAID_EDITORS, WHOSAID_BINARY
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");
const { spawn } = require("child_process");

const [, , extension, workspace, shots, desk] = process.argv;
const editors = process.env.WHOSAID_EDITORS;
const { chromium } = require(path.join(editors, "node_modules", "playwright-core"));
const { pictures } = require("./pictures");
const vscode = path.join(editors, "node_modules", "code-server", "lib", "vscode");

const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
  "editor.hover.delay": 100,
  "editor.hover.above": false,
  "editor.fontSize": 13,
  "breadcrumbs.enabled": false,
  "window.commandCenter": false,
  "explorer.compactFolders": false,
  "workbench.layoutControl.enabled": false,
  "whosaid.path": process.env.WHOSAID_BINARY,
};

/** No folder is trusted, and nobody is asked. */
const UNTRUSTING = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function writeSettings(data, more) {
  fs.writeFileSync(path.join(data, "User", "settings.json"), JSON.stringify({ ...SETTINGS, ...more }));
}

async function startWorkbench(port, data, extensions, trusting) {
  fs.mkdirSync(path.join(data, "User"), { recursive: true });
  writeSettings(data, trusting ? {} : UNTRUSTING);
  const child = spawn(
    process.execPath,
    ["out/server-main.js", "--host", "127.0.0.1", "--port", String(port), "--without-connection-token",
     "--accept-server-license-terms", "--enable-smoke-test-driver", "--telemetry-level", "off", ...(trusting ? ["--disable-workspace-trust"] : []),
     "--server-data-dir", path.join(data, "server"), "--user-data-dir", data, "--extensions-dir", extensions],
    // The desk lies in a home of its own, so that no picture shows whose machine it was taken on.
    { cwd: vscode, env: { ...process.env, HOME: desk ? path.dirname(desk) : process.env.HOME }, stdio: ["ignore", "pipe", "pipe"] },
  );
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("VS Code did not start within 60 s")), 60000);
    child.stdout.on("data", (text) => /listening|available/i.test(text) && (clearTimeout(late), resolve()));
    child.on("exit", (code) => reject(new Error(`VS Code ended with ${code}`)));
  });
  return child;
}

async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });
}

/** How often a window is opened that comes up without its folders. */
const OPENINGS = 4;

/** Runs the tests of a file in a window on a place; `told` must be shown in a message there, if it is given. */
async function suite(port, place, file, told) {
  for (let opened = 1; ; opened++) {
    const { code, empty } = await opening(port, place, file, told);
    if (!empty || opened === OPENINGS) return code;
  }
}

async function opening(port, place, file, told) {
  let empty = false;
  const chrome = await browser();
  const page = await chrome.newPage({ viewport: { width: 1280, height: 800 } });
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", (code) => resolve(code)));
  await page.exposeFunction("codeAutomationLog", (type, args) => {
    const line = args.map(String).join(" ");
    empty ||= /the window came up without its folders/.test(line);
    if (/^\[whosaid\]|^(Assertion|Type|Reference)Error|nothing after/.test(line)) console.log(line.slice(0, 2000));
  });
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(path.join(__dirname, file))],
    ["skipWelcome", "true"],
  ];
  await page.goto(`http://127.0.0.1:${port}/?${place}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const shown = told ? page.waitForSelector(`.notifications-toasts >> text=${told}`, { timeout: 60000 }).then(() => true, () => false) : true;
  let code = await Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve("no answer in 180 s"), 180000))]);
  if (!empty && !(await shown)) code = `no message says "${told}"`;
  fs.mkdirSync(shots, { recursive: true });
  if (code !== 0) await page.screenshot({ path: path.join(shots, "failed.png") });
  await chrome.close();
  return { code, empty };
}

/** In a window without the marks of a test, with the extension installed as a user has it. */
async function takePictures(port, set) {
  const chrome = await browser();
  const page = await chrome.newPage({ viewport: { width: 1060, height: 640 } });
  try {
    await pictures(page, `http://127.0.0.1:${port}/?folder=${desk}`, shots, set);
  } catch (error) {
    await page.screenshot({ path: path.join(shots, "failed.png") });
    throw error;
  } finally {
    await chrome.close();
  }
}

/** Puts the extension where VS Code finds it, with what the package of it holds. */
function install(extensions) {
  const { version } = JSON.parse(fs.readFileSync(path.join(extension, "package.json"), "utf8"));
  const folder = path.join(extensions, `whosaid.whosaid-${version}`);
  for (const part of ["package.json", "README.md", "dist", "images"]) {
    fs.cpSync(path.join(extension, part), path.join(folder, part), { recursive: true });
  }
}

/** Starts a workbench, works in it, and clears it away. */
async function withWorkbench(trusting, work) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "whosaid-vscode-"));
  const extensions = path.join(data, "extensions");
  fs.mkdirSync(extensions);
  if (desk && trusting) install(extensions);
  const port = await freePort();
  const workbench = await startWorkbench(port, data, extensions, trusting);
  try {
    return await work(port, (more) => writeSettings(data, more));
  } finally {
    workbench.removeAllListeners("exit");
    workbench.kill();
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A window with two folders of which the second has rules of its own, and with a setting that leads nowhere. */
function severalFolders(beside) {
  const second = path.join(beside, "second");
  fs.mkdirSync(second);
  fs.writeFileSync(path.join(second, "whosaid.toml"), '[rules]\nA101 = "off"\n');
  fs.writeFileSync(path.join(second, "yard.md"), "# Yard of Lusk\n\nNadim Haddad left. The yard held 900 tonnes in 2030.[^7]\n");
  const file = path.join(beside, "both.code-workspace");
  const nowhere = { "whosaid.path": path.join(beside, "nowhere", "whosaid") };
  fs.writeFileSync(file, JSON.stringify({ folders: [{ path: workspace }, { path: second }], settings: nowhere }));
  return `workspace=${file}`;
}

/** A folder that would have its own program run. */
function hostileFolder(beside) {
  const folder = path.join(beside, "hostile");
  fs.cpSync(workspace, folder, { recursive: true });
  fs.mkdirSync(path.join(folder, ".vscode"));
  const program = path.join(folder, "intruder");
  fs.writeFileSync(program, `#!/bin/sh\ntouch '${folder}/was-run'\n`, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, ".vscode", "settings.json"), JSON.stringify({ "whosaid.path": program }));
  return `folder=${folder}`;
}

(async () => {
  const beside = fs.mkdtempSync(path.join(os.tmpdir(), "whosaid-folders-"));
  let code = await withWorkbench(true, async (port, set) => {
    const place = severalFolders(beside);
    let code = await suite(port, `folder=${workspace}`, "suite.js");
    // A transcript is of the small folder that it is replayed on.
    if (process.env.WHOSAID_RECORD) return code;
    if (code === 0) code = await suite(port, place, "folders.js", "there is no such program");
    if (code === 0 && desk) await takePictures(port, set);
    return code;
  });
  if (code === 0 && !process.env.WHOSAID_RECORD) {
    const place = hostileFolder(beside);
    code = await withWorkbench(false, (port) => suite(port, place, "untrusted.js"));
  }
  fs.rmSync(beside, { recursive: true, force: true });
  console.log(code === 0 ? "vscode: passed" : `vscode: FAILED (${code})`);
  process.exit(code === 0 ? 0 : 1);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
