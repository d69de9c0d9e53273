# whosaid in Kakoune with kak-lsp: add this to your kakrc.

hook global BufSetOption filetype=(?:markdown|text) %{
    set-option buffer lsp_servers %{
        [whosaid]
        root_globs = ["whosaid.toml", ".git"]
        command = "whosaid"
        args = ["lsp"]
    }
}
