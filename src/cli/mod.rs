//! The command line: the only place that prints.
//!
//! Every command reads; `check --fix` alone changes notes, and `check --write-baseline` writes its one file. Findings go to standard output, everything else to standard
//! error. Exit codes: 0 nothing at warning or above, 1 something, 2 failure.

pub mod analyze;
pub mod output;

mod audit;
mod cache;
mod check;
mod entities;
mod explain;
mod failure;
mod fix;
mod judged;
mod known;
mod load;
mod manual;
pub mod settings;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::project::read::Allowed;
use failure::Failure;

/// The arguments of the program.
#[derive(Debug, Parser)]
#[command(name = "whosaid", about = ABOUT, version, propagate_version = true, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    color: Color,
    /// Read this file or folder too, where notes or whosaid.toml name it, though it lies outside their folder
    #[arg(long, global = true, value_name = "PATH")]
    allow_read: Vec<PathBuf>,
}

const ABOUT: &str = "Who is who, who said what, and what nobody said, in analysts' prose";

const CACHE: &str = "Where what was learnt of the notes is kept between two runs, and how it goes";

const EXAMPLES: &str = "\
Examples:
  whosaid check                      every note below this folder
  whosaid check draft.md --hints     one note, with all doubts
  whosaid check --format github      for a pull request's checks
  whosaid explain A101               what a rule reports, why, and what it accepts
  whosaid entities notes/            who and what the notes name
  whosaid analyze note.txt           everything that is known of one text, as JSON
  whosaid config explain draft.md    which settings hold, and which file they come from
  whosaid lsp                        the language server, on standard input and output

Exit codes: 0 nothing at warning or above, 1 something, 2 failure.
No note is ever changed, except by whosaid check --fix, and nothing is sent anywhere. What was learnt of the notes
is kept for the next run; see whosaid cache.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Report claims without a source, broken citations and what else the rules find
    #[command(after_help = check::EXAMPLES)]
    Check(CheckArgs),
    /// Print what is known of a text as JSON: names, attributions, claims, findings
    #[command(after_help = analyze::EXAMPLES)]
    Analyze(AnalyzeArgs),
    /// Show a rule's page: what it reports and why, what it accepts, where it errs
    #[command(after_help = explain::EXAMPLES)]
    Explain(ExplainArgs),
    /// List who and what the notes name, with all spellings
    #[command(after_help = entities::EXAMPLES)]
    Entities(EntitiesArgs),
    /// Show which settings hold and where they come from, or what may be set
    #[command(subcommand_required = true)]
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print what completes commands and options in a shell
    #[command(after_help = manual::COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    #[command(after_help = manual::MAN)]
    Man {
        /// The command whose page is wanted; the program's own if none is given
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// The store that keeps what was learnt of the notes
    #[command(about = CACHE, subcommand_required = true, after_help = cache::EXAMPLES)]
    Cache {
        #[command(subcommand)]
        command: CacheCommand,
    },
    /// Run the language server on standard input and output
    Lsp {
        /// Accepted because some editors pass it; it is the only way there is.
        #[arg(long, hide = true)]
        stdio: bool,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print all settings in force, each with the file and line that it comes from
    Explain {
        /// A note or folder; this folder if none is given
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,
    },
    /// Print the JSON Schema of whosaid.toml, for editors' TOML support
    Schema,
    /// Print what may be set in whosaid.toml, as a page
    Reference,
}

#[derive(Debug, Subcommand)]
enum CacheCommand {
    /// Print the file that keeps what is known of a folder's notes
    Path {
        /// A note or folder; this folder if none is given
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,
    },
    /// Remove it
    Clear {
        /// A note or folder; this folder if none is given
        #[arg(value_name = "PATH", default_value = ".", conflicts_with = "all")]
        path: PathBuf,
        /// Remove what is known of all folders
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Notes or folders; this folder if none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format of the findings
    #[arg(long, help = "How findings are printed", value_enum, default_value = "text")]
    format: Format,
    /// Show hints too: findings that are often wrong or matters of taste
    #[arg(long)]
    hints: bool,
    /// List the exceptions that notes and whosaid.toml make and what they hide, instead of findings
    #[arg(long, conflicts_with_all = ["format", "hints", "profile"])]
    audit: bool,
    /// Report only what is not in this file of known findings
    #[arg(long, value_name = "FILE", conflicts_with = "audit")]
    baseline: Option<PathBuf>,
    /// Write all findings there are into a file of known findings (that of --baseline, if none is named); a file that holds
    /// anything else is refused
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["audit", "fix", "format"])]
    #[expect(clippy::option_option, reason = "absent, without a file, with one")]
    write_baseline: Option<Option<PathBuf>>,
    /// Ask more or less of the text than `whosaid.toml` does
    #[arg(long, value_enum)]
    profile: Option<ProfileName>,
    /// Mend in the files what is safe to mend unseen, then report the rest
    #[arg(long, conflicts_with = "audit")]
    fix: bool,
    /// Only print what `--fix` would change, as a diff
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct AnalyzeArgs {
    /// The note; standard input if none is given or for `-`
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Read `{"id": …, "text": "…"}` lines, answer with one line each, in order
    #[arg(long, conflicts_with = "file")]
    jsonl: bool,
    /// Read standard input as Markdown
    #[arg(long)]
    markdown: bool,
    /// Threads for `--jsonl`; 0 means one per core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// A rule's code or name
    #[arg(value_name = "RULE", required_unless_present = "list")]
    rule: Option<String>,
    /// List all rules
    #[arg(long)]
    list: bool,
}

#[derive(Debug, Args)]
struct EntitiesArgs {
    /// Notes or folders; this folder if none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The passage with carets, for people
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    /// Errors, and the surest of the rest
    Light,
    /// The default
    Standard,
    /// As intelligence services and newsrooms ask
    Strict,
}

/// Runs the command that the arguments ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failures; clap knows which stream each belongs to.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let choice = match cli.color {
        Color::Auto => anstream::AutoStream::choice(&std::io::stdout()),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    let mut out = anstream::AutoStream::new(std::io::stdout().lock(), choice);
    let allowed = Allowed::from_environment().and(cli.allow_read);
    let result = match cli.command {
        Command::Check(args) => check::run(&args, &allowed, &mut out),
        Command::Analyze(args) => analyze::run(&args, &mut out),
        Command::Explain(args) => explain::run(&args, &mut out),
        Command::Entities(args) => entities::run(&args, &allowed, &mut out),
        Command::Completions { shell } => manual::completions(shell, &mut out),
        Command::Man { command } => manual::man(command.as_deref(), &mut out),
        Command::Cache { command: CacheCommand::Path { path } } => cache::path(&path, &mut out),
        Command::Cache { command: CacheCommand::Clear { path, all } } => cache::clear(&path, all, &mut out),
        Command::Config { command } => match command {
            ConfigCommand::Explain { path } => settings::explain(&path, &allowed, &mut out),
            ConfigCommand::Schema => settings::schema(&mut out),
            ConfigCommand::Reference => settings::page(&mut out),
        },
        Command::Lsp { .. } => {
            drop(out);
            return crate::lsp::serve(allowed);
        }
    };
    let result = result.and_then(|code| Ok(out.flush().map(|()| code)?));
    match result {
        Ok(code) => ExitCode::from(code),
        // `whosaid check | head` ends here, as every filter does.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            complain(error);
            ExitCode::from(2)
        }
    }
}

/// A line on standard error, with the program's name as every tool does.
fn complain(what: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "whosaid: {what}");
}
