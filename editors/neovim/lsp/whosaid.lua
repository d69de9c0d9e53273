--- whosaid: who is who, who said what, and what nobody said, in analysts' prose.
---
--- Neovim 0.11 and later read this file from the runtime path: `vim.lsp.enable('whosaid')`.
---@type vim.lsp.Config
return {
  cmd = { 'whosaid', 'lsp' },
  filetypes = { 'markdown', 'text', 'quarto', 'toml', 'bib' },
  root_dir = function(buffer, on_dir)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    -- Of all TOML only its own configuration, which it completes and checks; and no page of Neovim's own help.
    if vim.bo[buffer].filetype == 'toml' and name ~= 'whosaid.toml' or vim.bo[buffer].buftype ~= '' then
      return
    end
    local configured = vim.fs.root(buffer, 'whosaid.toml')
    -- A library of somebody else's is none of its business.
    if vim.bo[buffer].filetype == 'bib' and not configured then
      return
    end
    on_dir(configured or vim.fs.root(buffer, '.git'))
  end,
  workspace_required = false,
  -- Floats hide the addresses of links but wrap lines as if they stood there; plain text reads better.
  capabilities = { textDocument = { hover = { contentFormat = { 'plaintext' } } } },
}
