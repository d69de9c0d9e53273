//! Whether the editor that started us still lives.

/// True if a process exists. What cannot be found out counts as alive: a server must not leave a living editor.
pub(in crate::lsp) fn is_alive(process: u32) -> bool {
    #[cfg(target_os = "linux")]
    {
        // A zombie still has its folder, but nobody to serve.
        match std::fs::read_to_string(format!("/proc/{process}/stat")) {
            Ok(stat) => !stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('Z')),
            Err(error) => error.kind() != std::io::ErrorKind::NotFound,
        }
    }
    #[cfg(all(unix, not(target_os = "linux")))]
    {
        let status = std::process::Command::new("/bin/kill")
            .args(["-0", &process.to_string()])
            .stderr(std::process::Stdio::null())
            .status();
        status.map_or(true, |status| status.success())
    }
    #[cfg(not(unix))]
    {
        let filter = format!("PID eq {process}");
        let output = std::process::Command::new("tasklist").args(["/NH", "/FI", &filter]).output();
        output.map_or(true, |found| String::from_utf8_lossy(&found.stdout).contains(&process.to_string()))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn we_live_and_a_reaped_child_does_not() {
        assert!(is_alive(std::process::id()));
        let mut child = std::process::Command::new("true").spawn().expect("`true` runs");
        child.wait().expect("it ends");
        assert!(!is_alive(child.id()));
    }
}
