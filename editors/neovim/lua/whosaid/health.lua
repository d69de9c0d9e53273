--- `:checkhealth whosaid`: whether the program, the configuration and the server are there, and what is missing.
local M = {}

local health = vim.health

local function program()
  local config = vim.lsp.config.whosaid
  local command = config and type(config.cmd) == 'table' and config.cmd[1] or 'whosaid'
  if vim.fn.executable(command) == 0 then
    health.error(('the program %q is not on the PATH'):format(command), {
      'install it: cargo install --path . --locked in the repository of whosaid',
      "or name it: vim.lsp.config('whosaid', { cmd = { '/path/to/whosaid', 'lsp' } })",
    })
    return
  end
  local seen = vim.system({ command, '--version' }, { text = true }):wait(5000)
  if seen.code == 0 then
    health.ok(('%s (%s)'):format(vim.trim(seen.stdout), vim.fn.exepath(command)))
  else
    health.error(('%s --version fails: %s'):format(command, vim.trim(seen.stderr or '')))
  end
end

local function configuration()
  if not vim.lsp.config.whosaid then
    health.error('lsp/whosaid.lua is not on the runtime path', { 'copy it to ~/.config/nvim/lsp/, or install the whole plugin' })
  elseif not vim.lsp.is_enabled or vim.lsp.is_enabled('whosaid') then
    health.ok('the server is configured')
  else
    health.warn('the server is configured and not enabled', { "add vim.lsp.enable('whosaid') to init.lua" })
  end
end

local function servers()
  local clients = vim.lsp.get_clients({ name = 'whosaid' })
  if #clients == 0 then
    health.info('no server runs: open a note (Markdown or text) and look again')
  end
  for _, client in ipairs(clients) do
    local answer = client:request_sync('workspace/executeCommand', { command = 'whosaid.status', arguments = {} }, 2000)
    local status = answer and answer.result
    if not status then
      health.error(('the server for %s does not answer'):format(client.root_dir or 'a single file'), { ':Whosaid restart', ':Whosaid log' })
    else
      health.ok(('server for %s: %s, %d notes, %d sources'):format(client.root_dir or 'a single file', status.index, status.notes, status.sources))
      local configured = vim.iter(status.folders):any(function(folder) return folder.configured end)
      if not configured then
        health.info('no whosaid.toml there: findings are shown for open notes only')
      end
    end
  end
end

function M.check()
  health.start('whosaid')
  if vim.fn.has('nvim-0.11') == 0 then
    return health.error('Neovim 0.11 or later is needed')
  end
  health.ok('Neovim ' .. tostring(vim.version()))
  program()
  configuration()
  servers()
end

return M
