-- The command :Whosaid; see `:help whosaid`. Nothing is loaded before it is used.
if vim.g.loaded_whosaid then
  return
end
vim.g.loaded_whosaid = true

vim.api.nvim_create_user_command('Whosaid', function(command)
  require('whosaid').run(command.fargs, command.bang)
end, {
  nargs = '*',
  bang = true,
  desc = 'Who is who, who said what, and what nobody said',
  complete = function(lead, line)
    return require('whosaid').complete(lead, line)
  end,
})
