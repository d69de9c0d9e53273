--- What `:Whosaid` does. Every action asks the server through the protocol; see `:help whosaid`.
local M = {}

local function tell(text, level)
  vim.notify('whosaid: ' .. text, level or vim.log.levels.INFO)
end

--- The server of a buffer.
---@return vim.lsp.Client?
local function client_of(buffer)
  return vim.lsp.get_clients({ name = 'whosaid', bufnr = buffer })[1]
end

--- Runs one of the server's commands and hands on its answer; says why where there is none.
local function ask(command, argument, answer)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer) or vim.lsp.get_clients({ name = 'whosaid' })[1]
  if not client then
    return tell('no server is attached here; :checkhealth whosaid says why', vim.log.levels.WARN)
  end
  local params = { command = command, arguments = argument and { argument } or {} }
  client:request('workspace/executeCommand', params, function(err, result)
    if err then
      tell(err.message, vim.log.levels.ERROR)
    else
      answer(result ~= vim.NIL and result or nil, client, buffer)
    end
  end, buffer)
end

local function place(client)
  return vim.lsp.util.make_position_params(0, client and client.offset_encoding or 'utf-8')
end

--- The words of Markdown that was written for a click: a float cannot follow links, and counts their addresses as width.
local function unlinked(markdown)
  return (markdown:gsub('%[([^%]]-)%]%(<[^>]*>%)', '%1'):gsub('\\(%p)', '%1'):gsub('  \n', '\n'))
end

local function float(markdown)
  local lines = vim.split(markdown, '\n', { trimempty = true })
  local room = math.min(90, math.floor(vim.o.columns * 0.9))
  return vim.lsp.util.open_floating_preview(lines, 'markdown', {
    border = 'rounded', max_width = room, max_height = math.floor(vim.o.lines * 0.7), wrap = true, focus_id = 'whosaid',
  })
end

--- Lines of a quickfix list, from ranges of a note.
local function item(uri, range, text, kind, encoding)
  local found = vim.lsp.util.locations_to_items({ { uri = uri, range = range } }, encoding)[1]
  return found and vim.tbl_extend('force', found, { text = text, type = kind })
end

local function quickfix(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  if #items == 0 then
    vim.cmd('cclose')
    return tell('nothing to list')
  end
  vim.cmd('botright copen')
end

local actions = {}

--- A float with what is known of the name under the cursor. Run again to enter it.
function actions.dossier()
  local client = client_of(0)
  ask('whosaid.dossier', place(client), function(result)
    if not result then
      return tell('nothing is known of what stands here')
    end
    float(unlinked(result.markdown))
  end)
end

--- Every claim of the note with what it rests on; with `!` only those that rest on nothing.
function actions.claims(_, bang)
  local uri = vim.uri_from_bufnr(0)
  ask('whosaid.claims', { uri = uri }, function(result, client)
    local items = {}
    for _, row in ipairs(result.rows) do
      local bare = row.sourced == 'unsourced'
      if bare or not bang then
        local basis = bare and row.reason or (row.speaker ~= '' and row.speaker or row.source)
        local text = ('%s, %s (%s): %s'):format(row.kind, row.sourced, basis, row.text)
        table.insert(items, item(uri, row.span, text, bare and 'W' or 'I', client.offset_encoding))
      end
    end
    quickfix('Claims: ' .. result.title, items)
  end)
end

local KINDS = { 'E', 'W', 'I', 'N' }

--- The findings of all notes, as far as the server tells; else those of the notes that are open.
function actions.findings()
  local client = client_of(0)
  local provider = client and client.server_capabilities.diagnosticProvider
  if not (provider and provider.workspaceDiagnostics) then
    local space = client and vim.lsp.diagnostic.get_namespace(client.id, provider ~= nil)
    vim.diagnostic.setqflist({ namespace = space, title = 'whosaid: findings of open notes' })
    return
  end
  local params = { identifier = provider.identifier, previousResultIds = {} }
  client:request('workspace/diagnostic', params, function(err, result)
    if err then
      return tell(err.message, vim.log.levels.ERROR)
    end
    local items = {}
    for _, report in ipairs(result.items) do
      for _, found in ipairs(report.items or {}) do
        local text = ('%s: %s'):format(found.code, found.message)
        table.insert(items, item(report.uri, found.range, text, KINDS[found.severity or 1], client.offset_encoding))
      end
    end
    quickfix('whosaid: findings of all notes', items)
  end)
end

--- Offers what puts the name under the cursor right.
function actions.correct()
  vim.lsp.buf.code_action({ context = { only = { 'refactor.rewrite.name' }, diagnostics = {} } })
end

--- Mends everything that is safe to mend unseen.
function actions.fixall()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.whosaid' }, diagnostics = {} }, apply = true })
end

--- The page of a rule: the one named, or that of the finding under the cursor.
function actions.explain(rule)
  if not rule then
    local line, column = vim.fn.line('.') - 1, vim.fn.col('.') - 1
    for _, found in ipairs(vim.diagnostic.get(0, { lnum = line })) do
      local ends = found.end_lnum > line or found.end_col > column
      if found.source == 'whosaid' and (not rule or (found.col <= column and ends)) then
        rule = found.code
      end
    end
  end
  if not rule then
    return tell('there is no finding in this line; name a rule, as in :Whosaid explain A101')
  end
  ask('whosaid.explain', rule, function(result)
    float(result.markdown)
  end)
end

--- How the server stands.
function actions.status()
  ask('whosaid.status', nil, function(status)
    local found = status.findings
    tell(('%s, %d notes, %d sources; %d errors, %d warnings, %d for information (version %s)'):format(
      status.index, status.notes, status.sources, found.error, found.warning, found.information + found.hint, status.version))
  end)
end

--- Reads configuration and notes anew.
function actions.reread()
  ask('whosaid.reindex', nil, function() tell('reading the notes anew') end)
end

--- Stops the server and starts it again for all buffers that it served; one that was killed is started for all notes.
function actions.restart()
  local old = vim.lsp.get_clients({ name = 'whosaid' })
  if #old == 0 then
    return vim.lsp.enable('whosaid')
  end
  local served = vim.tbl_map(function(client)
    return { config = client.config, buffers = vim.tbl_keys(client.attached_buffers) }
  end, old)
  local function gone()
    return #vim.lsp.get_clients({ name = 'whosaid' }) == 0
  end
  vim.iter(old):each(function(client) client:stop() end)
  if not vim.wait(3000, gone, 20) then
    vim.iter(old):each(function(client) client:stop(true) end)
    vim.wait(1000, gone, 20)
  end
  for _, one in ipairs(served) do
    for _, buffer in ipairs(one.buffers) do
      if vim.api.nvim_buf_is_loaded(buffer) then
        vim.lsp.start(one.config, { bufnr = buffer })
      end
    end
  end
end

--- Opens the log of the language clients.
function actions.log()
  vim.cmd.tabedit(vim.lsp.log.get_filename())
end

--- What `:Whosaid` offers.
function M.complete(lead, line)
  local words = vim.split(vim.trim(line), '%s+')
  if #words > 2 or (#words == 2 and lead == '') then
    return {}
  end
  local names = vim.tbl_filter(function(name) return vim.startswith(name, lead) end, vim.tbl_keys(actions))
  table.sort(names)
  return names
end

--- Runs an action by its name.
function M.run(words, bang)
  local action = actions[words[1] or 'dossier']
  if not action then
    return tell(('there is no %q; there are %s'):format(words[1], table.concat(M.complete('', 'Whosaid '), ', ')), vim.log.levels.ERROR)
  end
  action(words[2], bang)
end

return M
