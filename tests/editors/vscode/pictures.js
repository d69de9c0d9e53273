// Pictures of what a user sees in VS Code, on a copy of examples/desk. Each waits for what it is to show, so that a picture
// that can be taken is a test that has passed.
const path = require("path");

/** `set` writes the user's settings; they are read when the page is. */
exports.pictures = async (page, address, shots, set) => {
  await page.goto(address);
  await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60000 });
  const user = new User(page, shots);
  user.reload = async (settings) => {
    set(settings);
    await page.goto(address);
    await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60000 });
  };
  for (const picture of [hover, references, outline, symbols, dossier, findings, quickFix, correct, claims, status, rename, hierarchy, types, folding, complete, inlay, walkthrough]) {
    try {
      await picture(user, page);
    } catch (error) {
      throw new Error(`picture "${picture.name}": ${error.message}`);
    }
  }
};

async function hover(user) {
  await user.open("articles", "2031-03-12-quota-talks.txt");
  await user.hoverOn("Mr Haddad said", "Haddad", "Nadim Haddad");
  await user.shot("hover");
}

async function references(user, page) {
  await user.putCursor("Mr Haddad said", "Haddad");
  await page.keyboard.press("Shift+F12");
  await page.waitForSelector(".reference-zone-widget .monaco-list-row", { timeout: 20000 });
  await user.away();
  await user.shot("references");
  await page.keyboard.press("Escape");
}

async function outline(user, page) {
  await page.keyboard.press("Control+Shift+O");
  await page.waitForSelector(".quick-input-list .monaco-list-row >> text=Haddad", { timeout: 20000 });
  await user.shot("outline");
  await page.keyboard.press("Escape");
}

async function symbols(user, page) {
  await page.keyboard.press("Control+T");
  await page.keyboard.type("hadd");
  await page.waitForSelector(".quick-input-list .monaco-list-row >> text=Rana", { timeout: 20000 });
  await user.shot("symbols");
  await page.keyboard.press("Escape");
}

async function dossier(user, page) {
  await user.open("articles", "2031-04-05-inside-the-yard.txt");
  await user.putCursor("Norvik Shipping lies", "Norvik");
  await user.run("whosaid: Show Dossier");
  await user.inPanel("Norvik Shipping");
  await user.shot("dossier");
  await page.keyboard.press("Control+Shift+E");
}

async function findings(user, page) {
  await user.open("drafts", "strait-assessment.md");
  await page.waitForSelector(".monaco-editor .squiggly-error", { timeout: 60000 });
  await page.keyboard.press("Control+Shift+M");
  await page.waitForSelector(".markers-panel .monaco-list-row", { timeout: 20000 });
  await user.hoverOn("412,000 tonnes", "tonnes", "Unsourced figure");
  await user.shot("findings");
  await page.keyboard.press("Control+Shift+M");
  await page.keyboard.press("Control+1");
}

async function quickFix(user, page) {
  await user.putCursor("@portreg13, p. 12", "portreg13");
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row >> text=portreg31", { timeout: 20000 });
  await user.away();
  await user.shot("fix");
  await page.keyboard.press("Escape");
}

async function correct(user, page) {
  await user.putCursor("Warden Ada Pell said", "Pell");
  await user.run("whosaid: Correct Name");
  await page.waitForSelector(".action-widget .monaco-list-row >> text=is not a name", { timeout: 20000 });
  await user.away();
  await user.shot("correct");
  await page.keyboard.press("Escape");
}

async function claims(user, page) {
  await user.run("whosaid: Show Claims and Sources");
  await user.inPanel("412,000 tonnes");
  await page.keyboard.press("Control+B");
  await user.shot("claims");
  await page.keyboard.press("Control+B");
  await user.run("View: Close All Editors");
}

async function status(user, page) {
  await user.open("drafts", "strait-assessment.md");
  await page.hover("#whosaid\\.whosaid\\.whosaid\\.status, [id$='whosaid.status']");
  await page.waitForSelector(".monaco-hover:not(.hidden) >> text=in the workspace", { timeout: 20000 });
  await user.shot("status");
  await user.away();
}

async function rename(user, page) {
  await user.open("articles", "2031-03-12-quota-talks.txt");
  await user.putCursor("Mr Haddad said", "Haddad");
  await page.keyboard.press("F2");
  await page.waitForSelector(".rename-box input:focus", { timeout: 20000 });
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Nadim Haddad-Stern");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".bulk-edit-panel .monaco-list-row", { timeout: 20000 });
  await page.click(".bulk-edit-panel .monaco-list-row >> nth=1");
  await user.away();
  await user.shot("rename");
  await page.click(".bulk-edit-panel >> text=Discard");
  await page.waitForSelector(".bulk-edit-panel .monaco-list-row", { state: "hidden" });
  await page.keyboard.press("Control+1");
}

async function hierarchy(user, page) {
  await user.open("articles", "2031-04-05-inside-the-yard.txt");
  await user.putCursor("Norvik Shipping lies", "Norvik");
  await page.keyboard.press("Shift+Alt+H");
  await page.waitForSelector(".pane-body .monaco-list-row >> text=Teo Brandt", { timeout: 20000 });
  await user.shot("hierarchy");
  await page.keyboard.press("Control+Shift+E");
}

async function types(user, page) {
  await user.open("articles", "2031-04-05-inside-the-yard.txt");
  await user.putCursor("Norvik Shipping lies", "Norvik");
  await user.run("Types: Show Type Hierarchy", "Type Hierarchy");
  await page.waitForSelector(".pane-body .monaco-list-row >> text=Teo Brandt", { timeout: 20000 });
  await user.shot("types");
  await page.keyboard.press("Control+Shift+E");
}

async function folding(user, page) {
  await user.open("drafts", "second-quarter-outlook.md");
  await page.click(".monaco-editor .view-line >> nth=3");
  await user.run("Fold Level 2");
  await page.waitForSelector(".monaco-editor .inline-folded", { timeout: 20000 });
  await user.away();
  await user.shot("folding");
  await user.run("Unfold All");
}

async function inlay(user, page) {
  await user.reload({ "whosaid.inlayHints": true });
  await user.run("View: Close All Editors");
  await user.open("drafts", "strait-assessment.md");
  await page.waitForSelector(".monaco-editor .view-line >> text=← Warden Ada Pell", { timeout: 30000 });
  await user.away();
  await user.shot("inlay");
}

async function complete(user, page) {
  await user.open("briefs", "2031-04-quota-brief.md");
  await page.click(".monaco-editor .view-line >> nth=3");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The fees came back as rent [@");
  await page.waitForSelector(".suggest-widget.visible .monaco-list-row >> text=indict31", { timeout: 20000 });
  await page.keyboard.press("ArrowDown");
  await user.shot("complete");
  await page.keyboard.press("Escape");
  for (let n = 0; n < 20 && (await page.locator(".tab.active.dirty").count()) > 0; n++) await page.keyboard.press("Control+Z");
}

async function walkthrough(user, page) {
  await page.keyboard.press("Control+B");
  await user.run("View: Close All Editors");
  await user.run("Welcome: Open Walkthrough");
  await page.keyboard.type("Get started with whosaid");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".gettingStartedDetailsContent >> text=Point at a name", { timeout: 20000 });
  await page.click(".gettingStartedDetailsContent >> text=Point at a name");
  await page.waitForTimeout(800);
  await user.shot("walkthrough");
}

/** What a user does with mouse and keyboard. */
class User {
  constructor(page, shots) {
    this.page = page;
    this.shots = shots;
  }

  async shot(name) {
    await this.page.waitForTimeout(600);
    await this.page.screenshot({ path: path.join(this.shots, `vscode-${name}.png`) });
    console.log(`picture vscode-${name}.png`);
  }

  /** Opens a note by the explorer: "quick open" wants a ripgrep that this build of VS Code lacks. */
  async open(folder, name) {
    const row = (text) => this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: text }).first();
    if (!(await row(name).isVisible())) await row(folder).click();
    await row(name).dblclick();
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: 20000 });
    await this.page.waitForSelector(".monaco-editor .view-line");
  }

  async away() {
    await this.page.mouse.move(150, 560);
  }

  /** Runs a command by the palette. */
  async run(title, shown = title.split(": ").pop()) {
    await this.page.keyboard.press("F1");
    await this.page.waitForSelector(".quick-input-widget:not([style*='display: none']) input");
    await this.page.keyboard.type(title);
    await this.page.waitForSelector(`.quick-input-list .monaco-list-row.focused >> text=${shown}`, { timeout: 10000 });
    await this.page.keyboard.press("Enter");
  }

  /** Waits for words in a panel, which is a page within a page within this page. */
  async inPanel(words) {
    for (let n = 0; n < 600; n++) {
      for (const frame of this.page.frames()) {
        const seen = await frame.evaluate((words) => document.body?.innerText.includes(words), words).catch(() => false);
        if (seen && frame !== this.page.mainFrame()) return;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no panel shows "${words}"`);
  }

  /** Where a word of a line is on the screen. */
  async find(line, word) {
    const box = await this.page.evaluate(([line, word]) => {
      for (const row of document.querySelectorAll(".monaco-editor .view-line")) {
        const text = row.textContent.replace(/\u00a0/g, " ");
        const from = text.indexOf(line);
        if (from < 0) continue;
        let at = from + line.indexOf(word) + 2;
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (at < node.length) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { x, y, height } = range.getBoundingClientRect();
            return { x: x + 2, y: y + height / 2 };
          }
          at -= node.length;
        }
      }
      return null;
    }, [line, word]);
    if (!box) throw new Error(`"${line}" is not on the screen`);
    return box;
  }

  async putCursor(line, word) {
    const { x, y } = await this.find(line, word);
    await this.page.mouse.click(x, y);
  }

  /** Hovers until the words are shown: the first hover may come before the server has read the folder. */
  async hoverOn(line, word, shown) {
    for (let tries = 0; ; tries++) {
      await this.away();
      const { x, y } = await this.find(line, word);
      await this.page.mouse.move(x, y, { steps: 5 });
      const seen = this.page.waitForSelector(`.monaco-hover:not(.hidden) >> text=${shown}`, { timeout: 4000 });
      if (await seen.then(() => true, () => false)) return;
      if (tries === 10) throw new Error(`no hover on "${word}"`);
    }
  }
}
