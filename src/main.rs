//! The `whosaid` binary.

fn main() -> std::process::ExitCode {
    let result = whosaid::cli::analyze::filter(std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout()));
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("whosaid: {error}");
            std::process::ExitCode::from(2)
        }
    }
}
