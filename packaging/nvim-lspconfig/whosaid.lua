---@brief
---
--- https://github.com/OWNER/whosaid
---
--- Sourcing in analysts' English prose, in Markdown and plain text: who is who, who said what, and what nobody said.
---
--- Install the program with `cargo binstall whosaid` or `cargo install whosaid`.

---@type vim.lsp.Config
return {
  cmd = { 'whosaid', 'lsp' },
  filetypes = { 'markdown', 'text', 'quarto' },
  root_markers = { 'whosaid.toml', '.git' },
}
