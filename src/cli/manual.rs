//! `whosaid completions` and `whosaid man`: what a package puts beside the program, made from the program's own definition
//! of its commands, so that neither can say what does not hold.

use std::io::Write;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Failure};

/// The end of the help of `whosaid completions`.
pub(super) const COMPLETIONS: &str = "\
Examples:
  whosaid completions bash > ~/.local/share/bash-completion/completions/whosaid
  whosaid completions zsh > ~/.zfunc/_whosaid          (with ~/.zfunc in fpath)
  whosaid completions fish > ~/.config/fish/completions/whosaid.fish";

/// The end of the help of `whosaid man`.
pub(super) const MAN: &str = "\
Examples:
  whosaid man | man -l -                        read it
  whosaid man > whosaid.1                       for a package
  whosaid man check > whosaid-check.1           the page of one command";

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<u8, Failure> {
    // Written to memory first: the generator panics where a pipe breaks.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "whosaid", &mut script);
    out.write_all(&script)?;
    Ok(0)
}

/// Prints the manual page of the program or of one of its commands, in roff.
pub(super) fn man(command: Option<&str>, out: &mut dyn Write) -> Result<u8, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).filter(|command| !command.is_hide_set());
            let found = found.ok_or_else(|| Failure::UnknownCommand(name.to_owned()))?;
            found.clone()
        }
    };
    clap_mangen::Man::new(page).render(out)?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(command: Option<&str>) -> String {
        let mut out = Vec::new();
        man(command, &mut out).expect("a page");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_shell_completes_every_command() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let mut out = Vec::new();
            completions(shell, &mut out).expect("a script");
            let script = String::from_utf8(out).expect("text");
            for command in Cli::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }

    #[test]
    fn the_manual_names_commands_and_exit_codes() {
        let whole = page(None);
        assert!(whole.contains("whosaid\\-check(1)") && whole.contains("Exit codes"), "{whole}");
        let check = page(Some("check"));
        assert!(check.contains(".TH whosaid-check 1") && check.contains("\\-\\-hints"), "{check}");
    }

    #[test]
    fn an_unknown_command_has_no_page() {
        let mut out = Vec::new();
        let error = man(Some("chekc"), &mut out).expect_err("no page").to_string();
        assert!(error.contains("chekc") && out.is_empty(), "{error}");
    }
}
