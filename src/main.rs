//! The `whosaid` binary.

fn main() -> std::process::ExitCode {
    whosaid::cli::run(std::env::args_os())
}
