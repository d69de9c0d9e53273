" whosaid for Vim with ALE: source this file, or put it into ~/.vim/plugin/.
" Hover is :ALEHover, navigation :ALEGoToDefinition and :ALEFindReferences, fixes :ALECodeAction.

if !exists('g:whosaid_program')
  let g:whosaid_program = 'whosaid'
endif

function! WhosaidRoot(buffer) abort
  let l:config = ale#path#FindNearestFile(a:buffer, 'whosaid.toml')
  if !empty(l:config)
    return fnamemodify(l:config, ':h')
  endif
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return !empty(l:git) ? fnamemodify(l:git, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction

for s:filetype in ['markdown', 'text', 'bib']
  call ale#linter#Define(s:filetype, {
  \   'name': 'whosaid',
  \   'lsp': 'stdio',
  \   'executable': {-> g:whosaid_program},
  \   'command': '%e lsp',
  \   'project_root': function('WhosaidRoot'),
  \})
endfor
