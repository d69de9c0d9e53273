-- Run by run.sh: nvim --clean --headless -l neovim.lua. The native configuration of editors/neovim, on a copy of workspace/.
local workspace, binary = vim.env.WHOSAID_WORKSPACE, vim.env.WHOSAID_BINARY
local failed = false

local function say(...)
  io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), ' ') .. '\n')
end

local function check(what, ok, seen)
  say(ok and 'ok  ' or 'FAIL', what, ok and '' or vim.inspect(seen))
  failed = failed or not ok
end

local function await(what, predicate)
  local ok = vim.wait(20000, predicate, 20)
  check(what, ok, 'nothing after 20 s')
  if not ok then
    vim.cmd('cquit 1')
  end
end

vim.opt.runtimepath:prepend(vim.env.WHOSAID_CONFIG)
vim.lsp.config('whosaid', { cmd = { binary, 'lsp' } })
vim.lsp.enable('whosaid')
vim.cmd('filetype plugin on')
vim.cmd.edit(workspace .. '/talks.md')

local buffer = vim.api.nvim_get_current_buf()
local function client()
  return vim.lsp.get_clients({ bufnr = buffer })[1]
end
local function codes()
  return vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(buffer))
end
local function at(pattern, occurrence)
  vim.fn.cursor(1, 1)
  for _ = 1, occurrence or 1 do
    vim.fn.search(pattern, 'cW')
    if _ < (occurrence or 1) then
      vim.fn.search('.', 'W')
    end
  end
end
assert(vim.fn.has('nvim-0.11') == 1, 'Neovim 0.11 or later')
local function ask(method, extra)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, client().offset_encoding), extra or {})
  local answer = client():request_sync(method, params, 10000, buffer)
  return answer and answer.result
end

await('the server attaches', function() return client() ~= nil and client().initialized end)
await('an unsourced figure is found', function() return vim.tbl_contains(codes(), 'A101') end)
check('only that is found', #codes() == 1, codes())
local finding = vim.diagnostic.get(buffer)[1]
check('it is the figure', vim.api.nvim_buf_get_text(buffer, finding.lnum, finding.col, finding.end_lnum, finding.end_col, {})[1] == '38 million tonnes', finding)

await('the notes of the folder are read', function()
  local status = client():request_sync('workspace/executeCommand', { command = 'whosaid.status', arguments = {} }, 5000, buffer)
  return status and status.result and status.result.index == 'ready'
end)
at('Haddad said')
local hover = ask('textDocument/hover')
check('hover on a surname shows the person', hover and hover.contents.value:find('Nadim Haddad', 1, true) ~= nil, hover)
check('hover shows the role', hover and hover.contents.value:lower():find('trade minister', 1, true) ~= nil, hover)

at('Haddad said')
local references = ask('textDocument/references', { context = { includeDeclaration = true } })
check('references find every spelling', references and #references >= 4, references)
local definition = ask('textDocument/definition')
local target = definition and (definition[1] or definition)
check('definition is the entity note', target and (target.uri or target.targetUri):find('nadim%-haddad%.md') ~= nil, definition)
at('Haddad told')
local highlights = ask('textDocument/documentHighlight')
local last = highlights and highlights[#highlights].range
local word = last and vim.api.nvim_buf_get_text(buffer, last.start.line, last.start.character, last['end'].line, last['end'].character, {})[1]
check('highlights stay in the note, past an emoji too', highlights and #highlights == 4 and word == 'Haddad', highlights)
local symbols = client():request_sync('workspace/symbol', { query = 'haddad' }, 10000, buffer)
check('workspace symbols know the name', symbols and symbols.result and #symbols.result >= 1, symbols)

-- The user's own way: K opens a float.
at('Haddad said')
vim.lsp.buf.hover()
await('K opens a float', function()
  return vim.iter(vim.api.nvim_list_wins()):any(function(w) return vim.api.nvim_win_get_config(w).relative ~= '' end)
end)

-- A quick fix, by the protocol alone.
local actions = client():request_sync('textDocument/codeAction', {
  textDocument = { uri = vim.uri_from_bufnr(buffer) },
  range = { start = { line = finding.lnum, character = finding.col }, ['end'] = { line = finding.lnum, character = finding.col } },
  context = { diagnostics = {}, triggerKind = 1 },
}, 10000, buffer)
local ignore = vim.iter(actions and actions.result or {}):find(function(a) return a.title:find('Ignore') ~= nil end)
check('a code action ignores the finding here', ignore ~= nil, actions)
if ignore then
  local whole = ignore.edit and { result = ignore } or client():request_sync('codeAction/resolve', ignore, 10000, buffer)
  check('its edit comes when it is chosen', whole and whole.result and whole.result.edit ~= nil, { whole, ignore })
  local edit = whole.result.edit
  vim.lsp.util.apply_workspace_edit(edit, client().offset_encoding)
  await('it is silent after the fix', function() return #codes() == 0 end)
  vim.cmd('undo')
  await('and speaks again after undo', function() return vim.tbl_contains(codes(), 'A101') end)
end

-- Mending the sentence clears the finding.
vim.api.nvim_buf_set_text(buffer, finding.end_lnum, finding.end_col + #' in 2030', finding.end_lnum, finding.end_col + #' in 2030', { ', the harbour authority said' })
await('a source clears the finding', function() return #codes() == 0 end)

-- Rename, by the user's own way; in all notes.
vim.cmd('undo')
at('Nadim Haddad')
vim.lsp.buf.rename('Nadim Haddad-Stern')
local function text_of(name)
  return table.concat(vim.api.nvim_buf_get_lines(vim.fn.bufadd(workspace .. '/' .. name), 0, -1, false), '\n')
end
await('rename changes the name here', function() return text_of('talks.md'):find('Nadim Haddad-Stern, the trade', 1, true) end)
await('and in its note', function() return text_of('people/nadim-haddad.md'):find('Nadim Haddad-Stern', 1, true) end)
check('quoted words stay', text_of('talks.md'):find('“We will not sign under pressure,”', 1, true) ~= nil, text_of('talks.md'))
vim.cmd('silent! edit!')
vim.api.nvim_buf_call(vim.fn.bufadd(workspace .. '/people/nadim-haddad.md'), function() vim.cmd('silent! edit!') end)
vim.api.nvim_set_current_buf(buffer)
at('The port')

-- The plugin's own commands.
local function floating()
  return vim.iter(vim.api.nvim_list_wins()):find(function(w) return vim.api.nvim_win_get_config(w).relative ~= '' end)
end
local function words_of(window)
  return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
end
local function close_floats()
  while floating() do vim.api.nvim_win_close(floating(), true) end
end
await('the finding is back', function() return #codes() == 1 end)
close_floats()
vim.cmd('runtime plugin/whosaid.lua')
at('Haddad said')
vim.cmd('Whosaid dossier')
await(':Whosaid dossier opens a float', function() return floating() ~= nil end)
check('with the person', words_of(floating()):find('Nadim Haddad', 1, true) ~= nil, words_of(floating()))
close_floats()
vim.cmd('Whosaid explain A101')
await(':Whosaid explain shows the page of a rule', function() return floating() and words_of(floating()):find('unsourced', 1, true) end)
close_floats()
local function listed()
  return vim.fn.getqflist({ title = true, items = true })
end
vim.cmd('Whosaid! claims')
await(':Whosaid! claims lists what rests on nothing', function() return listed().title:find('^Claims') and #listed().items >= 1 end)
check('the figure is among it, at its place', vim.iter(listed().items):any(function(i) return i.text:find('38 million tonnes', 1, true) and i.lnum == finding.lnum + 1 and i.col == finding.col + 1 end), listed().items)
vim.cmd('cclose')
vim.cmd('Whosaid findings')
await(':Whosaid findings fills the quickfix list', function() return listed().title:find('findings') and #listed().items >= 1 end)
vim.cmd('cclose')
check('the command completes', vim.deep_equal(vim.fn.getcompletion('Whosaid d', 'cmdline'), { 'dossier' }), vim.fn.getcompletion('Whosaid d', 'cmdline'))
vim.cmd('checkhealth whosaid')
local report = words_of(0)
check(':checkhealth finds everything in order', report:find('2 notes', 1, true) ~= nil and not report:find('ERROR', 1, true), report)
vim.cmd('bwipeout!')
vim.api.nvim_set_current_buf(buffer)

local toml = vim.fn.bufadd(workspace .. '/whosaid.toml')
vim.fn.bufload(toml)
vim.bo[toml].filetype = 'toml'
await('its own configuration is checked too', function() return #vim.lsp.get_clients({ bufnr = toml }) == 1 end)
local other = vim.api.nvim_create_buf(true, false)
vim.api.nvim_buf_set_name(other, workspace .. '/other.toml')
vim.bo[other].filetype = 'toml'
check('and no other TOML', #vim.lsp.get_clients({ bufnr = other }) == 0, vim.lsp.get_clients({ bufnr = other }))

-- Keys in a library answer there, and a library of another project is left alone.
vim.fn.writefile({ '@misc{yard30, title = {Yard Log}}' }, workspace .. '/refs.bib')
local function opened(path, filetype)
  local other = vim.fn.bufadd(path)
  vim.fn.bufload(other)
  vim.bo[other].filetype = filetype
  return other
end
local library = opened(workspace .. '/refs.bib', 'bib')
await('a library is attached', function() return #vim.lsp.get_clients({ bufnr = library }) == 1 end)
vim.api.nvim_buf_set_text(buffer, finding.end_lnum, finding.end_col + #' in 2030', finding.end_lnum, finding.end_col + #' in 2030', { ' [@yard30]' })
local key = { textDocument = { uri = vim.uri_from_bufnr(library) }, position = { line = 0, character = 8 } }
await('its key leads to where it is cited', function()
  local cited = client():request_sync('textDocument/references', vim.tbl_extend('force', key, { context = { includeDeclaration = true } }), 10000, library)
  return cited and #(cited.result or {}) == 2 and cited.result[1].uri:find('talks%.md') ~= nil
end)
local entry = client():request_sync('textDocument/hover', key, 10000, library)
check('and shows its source', entry and entry.result and entry.result.contents.value:find('Yard Log', 1, true) ~= nil, entry)
vim.api.nvim_buf_delete(library, { force = true })
vim.fn.delete(workspace .. '/refs.bib')
vim.api.nvim_buf_call(buffer, function() vim.cmd('undo') end)
await('the finding is as it was', function() return #codes() == 1 end)

-- A second folder has a server and rules of its own. A transcript is of one server at a time.
if not vim.env.WHOSAID_RECORD then
  local second = vim.fn.tempname()
  vim.fn.mkdir(second, 'p')
  vim.fn.writefile({ '[rules]', 'A101 = "off"' }, second .. '/whosaid.toml')
  vim.fn.writefile({ 'Nadim Haddad left. The yard held 900 tonnes in 2030.[^7]' }, second .. '/yard.md')
  check('a library outside every project is left alone', #vim.lsp.get_clients({ bufnr = opened(vim.fn.tempname() .. '.bib', 'bib') }) == 0)
  -- Neovim asks for the findings of what is shown.
  vim.cmd('hide edit ' .. second .. '/yard.md')
  local yard = vim.api.nvim_get_current_buf()
  await('a second folder is judged by its own rules', function()
    local found = vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(yard))
    return vim.deep_equal(found, { 'C302' })
  end)
  local other_folder = vim.lsp.get_clients({ bufnr = yard })[1]
  check('under its own root', other_folder.root_dir == vim.uv.fs_realpath(second) or other_folder.root_dir == second, other_folder.root_dir)
  vim.api.nvim_set_current_buf(buffer)
  check('and the first is as it was', vim.deep_equal(codes(), { 'A101' }), codes())
  vim.lsp.stop_client(other_folder.id)
  await('which goes when told', function() return vim.lsp.get_client_by_id(other_folder.id) == nil end)
  vim.api.nvim_buf_delete(yard, { force = true })
end

-- A server that is killed takes nothing with it.
local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
for _, process in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
  vim.uv.kill(process, 'sigkill')
end
await('a killed server is noticed', function() return client() == nil end)
check('and no text is lost', vim.deep_equal(before, vim.api.nvim_buf_get_lines(buffer, 0, -1, false)))
vim.cmd('Whosaid restart')
await('a start brings another', function() return client() ~= nil and client().initialized end)
await('that finds the same again', function() return #codes() == 1 end)

local old = client().id
vim.cmd('Whosaid restart')
await('a restart brings another server', function() return client() ~= nil and client().id ~= old and client().initialized end)
await('that finds the same', function() return #codes() == 1 end)

vim.lsp.stop_client(vim.lsp.get_clients())
await('the server stops when told', function() return #vim.lsp.get_clients() == 0 end)
say(failed and 'neovim: FAILED' or 'neovim: passed')
vim.cmd(failed and 'cquit 1' or 'qall!')
