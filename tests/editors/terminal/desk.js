// Pictures of the desk in Neovim, Emacs and Vim, by the keys that a user presses.     usage: node desk.js EDITOR DESK HOME SHOTS
const fs = require("fs");
const path = require("path");
const { Terminal, wait } = require("./terminal");

const [, , editor, desk, home, shots] = process.argv;
const editors = path.join(__dirname, "../../../editors");
const article = "articles/2031-03-12-quota-talks.txt";
const draft = "drafts/strait-assessment.md";

const drives = {
  async neovim() {
    const site = path.join(home, "data/nvim/site/pack/whosaid/start");
    fs.mkdirSync(site, { recursive: true });
    fs.symlinkSync(path.join(editors, "neovim"), path.join(site, "whosaid"));
    fs.mkdirSync(path.join(home, "config/nvim"), { recursive: true });
    fs.writeFileSync(
      path.join(home, "config/nvim/init.lua"),
      "vim.lsp.enable('whosaid')\nvim.o.linebreak = true\nvim.o.swapfile = false\nvim.diagnostic.config({ virtual_text = { current_line = true } })\n",
    );
    const environment = {
      XDG_CONFIG_HOME: path.join(home, "config"), XDG_DATA_HOME: path.join(home, "data"),
      XDG_STATE_HOME: path.join(home, "state"), XDG_CACHE_HOME: path.join(home, "cache"), PATH: withServer(),
    };
    const nvim = new Terminal("neovim", desk, [path.join(process.env.WHOSAID_EDITORS, "nvim/bin/nvim"), article], environment);
    await wait(2500);
    await nvim.type("/Mr Had");
    await nvim.keys("Enter", "w");
    await nvim.brings("K shows the person", () => nvim.type("K"), /Nadim Haddad · person/);
    await nvim.shot("neovim-hover", shots);
    await nvim.keys("Escape");
    await nvim.type(`:edit ${draft}`);
    await nvim.keys("Enter");
    await nvim.sees("findings are marked", /^[EW] /m);
    await nvim.type(":Whosaid! claims");
    await nvim.keys("Enter");
    await nvim.sees(":Whosaid! claims lists what nobody stands behind", /unsourced/);
    await nvim.shot("neovim-claims", shots);
    return nvim;
  },

  async emacs() {
    fs.writeFileSync(
      path.join(home, "init.el"),
      `(require 'package)(package-initialize)(add-to-list 'load-path "${editors}/emacs")(require 'whosaid)\n` +
        "(setq inhibit-startup-screen t native-comp-async-report-warnings-errors nil max-mini-window-height 0.6 eldoc-echo-area-use-multiline-p t)(menu-bar-mode -1)(global-visual-line-mode 1)\n" +
        "(add-hook 'text-mode-hook #'whosaid-ensure)\n",
    );
    const emacs = new Terminal("emacs", desk, ["emacs", "-nw", "-q", "-l", path.join(home, "init.el"), article], { PATH: withServer(), HOME: home });
    await wait(3000);
    await emacs.keys("C-s");
    await emacs.type("Mr Had");
    await emacs.keys("Enter");
    let forward = false;
    await emacs.brings("the echo area shows the person", () => emacs.keys((forward = !forward) ? "C-b" : "C-f"), /Nadim Haddad · person/);
    await emacs.shot("emacs-hover", shots);
    return emacs;
  },

  async vim() {
    const rc = path.join(home, "vimrc");
    fs.writeFileSync(
      rc,
      `set nocompatible linebreak noswapfile\nfiletype plugin on\nsyntax on\npackadd ale\nlet g:ale_linters_explicit = 1\n` +
        "let g:ale_linters = {'markdown': ['whosaid'], 'text': ['whosaid']}\nlet g:ale_floating_preview = 1\nlet g:ale_virtualtext_cursor = 0\n" +
        `source ${editors}/vim/whosaid.vim\n`,
    );
    const vim = new Terminal("vim", desk, ["vim.nox", "-u", rc, "-i", "NONE", draft], { PATH: withServer() });
    await vim.sees("findings are marked", /^(>>|--)/m);
    await vim.keys("Escape");
    await vim.type("/Warden Ada");
    await vim.keys("Enter", "w");
    const hover = async () => {
      await vim.type(":ALEHover");
      await vim.keys("Enter");
    };
    await vim.brings(":ALEHover shows the person", hover, /Ada Pell · person/);
    await vim.shot("vim-hover", shots);
    return vim;
  },
};

function withServer() {
  return `${path.dirname(process.env.WHOSAID_BINARY)}:${process.env.PATH}`;
}

drives[editor]().then(
  (terminal) => process.exit(terminal.end()),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
