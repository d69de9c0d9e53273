" Run by run.sh: vim -Nu NONE -i NONE -n -es -S vim.vim. ALE with editors/vim/whosaid.vim, on a copy of workspace/.
set nocompatible
filetype plugin on
packadd ale
let g:whosaid_program = $WHOSAID_BINARY
let g:ale_linters_explicit = 1
let g:ale_linters = {'markdown': ['whosaid']}
execute 'source' $WHOSAID_CONFIG . '/whosaid.vim'
let s:out = []
let s:failed = 0

function! s:Check(what, ok, seen) abort
  call add(s:out, (a:ok ? 'ok   ' : 'FAIL ') . a:what . (a:ok ? '' : ' ' . string(a:seen)))
  let s:failed = s:failed || !a:ok
endfunction

function! s:Findings() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

execute 'edit' fnameescape($WHOSAID_WORKSPACE . '/talks.md')
ALELint
let s:n = 0
while s:n < 400 && empty(s:Findings())
  sleep 50m
  let s:n += 1
endwhile
call s:Check('an unsourced figure is found, and nothing else', len(s:Findings()) == 1 && s:Findings()[0].text =~# '38 million tonnes', s:Findings())
call search('in 2030')
normal! 2e
execute "normal! a, the harbour authority said\<Esc>"
ALELint
let s:n = 0
while s:n < 400 && !empty(s:Findings())
  sleep 50m
  let s:n += 1
endwhile
call s:Check('a source clears the finding', empty(s:Findings()), s:Findings())
call writefile(s:out + ['vim: ' . (s:failed ? 'FAILED' : 'passed')], $WHOSAID_OUT)
execute s:failed ? 'cquit 1' : 'qall!'
