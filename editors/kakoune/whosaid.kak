# whosaid in Kakoune with kak-lsp: add this to your kakrc. Both programs must be on the PATH.

evaluate-commands %sh{ command -v kak-lsp >/dev/null && kak-lsp }

# Kakoune knows no file type for plain text, nor for libraries.
hook global BufCreate .*[.]txt %{ set-option buffer filetype text }
hook global BufCreate .*[.]bib %{ set-option buffer filetype bibtex }

hook global BufSetOption filetype=(?:markdown|text|bibtex) %{
    set-option buffer lsp_servers %{
        [whosaid]
        root_globs = ["whosaid.toml", ".git"]
        command = "whosaid"
        args = ["lsp"]
    }
}

lsp-enable
map global user l ':enter-user-mode lsp<ret>' -docstring 'whosaid and other language servers'
