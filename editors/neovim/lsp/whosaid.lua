--- whosaid: who is who, who said what, and what nobody said, in analysts' prose.
---
--- Neovim 0.11 and later read this file from the runtime path: `vim.lsp.enable('whosaid')`.
---@type vim.lsp.Config
return {
  cmd = { 'whosaid', 'lsp' },
  filetypes = { 'markdown', 'text', 'quarto' },
  root_markers = { 'whosaid.toml', '.git' },
  workspace_required = false,
}
