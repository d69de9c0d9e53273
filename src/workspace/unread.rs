//! Files that a note or setting names and that are not read, and why.
//!
//! A folder of notes may be somebody else's. What it names must not make this machine talk to another one, wait on a
//! device, fill its memory or look into places that the user never opened. Reading happens elsewhere; here is what may
//! be said of a name by its words alone, and the reasons in words, for the rule that reports them.

use std::sync::Arc;

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Its name is another machine's: `\\server\share`.
    Network,
    /// Its name is a device's or begins in a way that goes round the rules for names: `NUL`, `/dev/zero`, `\\.\`.
    Device,
    /// Its name is an address: `https://…`, `file://…`.
    Address,
    /// It lies outside the folder, and the user has not allowed that.
    Outside,
    /// It is a folder, a pipe, a socket or a device.
    NoFile,
    /// There is none.
    Missing,
    /// There is none, and its name begins with somebody else's home folder: `~pell/refs.bib`.
    OtherHome,
    /// There is none, and its name begins with a drive of Windows: `C:/refs.bib`.
    Drive,
    /// It cannot be opened, or is no text.
    Unreadable,
    /// It is longer than the limit; both in bytes.
    TooLarge {
        /// Its length, as far as it is known.
        size: u64,
        /// The limit.
        limit: u64,
    },
}

/// The files that a note names and that are not read, each name as it is written, with the reason.
pub type Unread = Arc<[(String, Refusal)]>;

impl Refusal {
    /// The refusal that a name alone calls for; nothing is looked at. On Windows some plain names are devices', in any folder and with
    /// any extension.
    #[must_use]
    pub fn of_name(name: &str, windows: bool) -> Option<Self> {
        let name = name.trim().replace('\\', "/");
        if let Some(rest) = name.strip_prefix("//") {
            let mut parts = rest.split('/');
            return match parts.next() {
                Some("?" | ".") if parts.next().is_some_and(|part| part.eq_ignore_ascii_case("unc")) => {
                    Some(Self::Network)
                }
                Some("?" | ".") => Some(Self::Device),
                _ => Some(Self::Network),
            };
        }
        if is_address(&name) {
            return Some(Self::Address);
        }
        let below =
            |folder: &str| name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if below("/??") || ["/dev", "/proc", "/sys"].into_iter().any(below) {
            return Some(Self::Device);
        }
        (windows && name.split('/').any(is_reserved)).then_some(Self::Device)
    }

    /// The reason why there is no file of a name, where its words tell one.
    #[must_use]
    pub fn of_missing(name: &str, windows: bool) -> Self {
        let name = name.trim();
        let mut letters = name.chars();
        let is_drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':');
        match name.strip_prefix('~').map(|rest| rest.starts_with(['/', '\\']) || rest.is_empty()) {
            Some(false) => Self::OtherHome,
            None if is_drive && !windows && matches!(letters.next(), Some('/' | '\\')) => Self::Drive,
            _ => Self::Missing,
        }
    }

    /// The reason, and what to do: a sentence or two.
    #[must_use]
    pub fn message(self) -> String {
        match self {
            Self::Network => "This names another machine, and whosaid uses no network: keep a copy of the file in \
                              this folder."
                .to_owned(),
            Self::Device => "This names a device, not a file: name a file.".to_owned(),
            Self::Address => "This is an address, not a file, and whosaid uses no network: keep a copy in this folder \
                              and name that."
                .to_owned(),
            Self::Missing => {
                "There is no such file: correct the name, which is read from this file’s folder on.".to_owned()
            }
            Self::OtherHome => "There is no such file, and whosaid knows no home folder but your own (~/): name the \
                                file by its path."
                .to_owned(),
            Self::Drive => "There is no such file, and a drive letter holds on Windows only: name the file from this \
                            file’s folder on."
                .to_owned(),
            Self::Unreadable => "This file cannot be opened, or is no text: check its rights, its links and its \
                                 encoding."
                .to_owned(),
            Self::Outside => "Outside this folder, so not read. To allow: whosaid.allowRead in your editor, \
                              --allow-read or WHOSAID_ALLOW_READ."
                .to_owned(),
            Self::NoFile => "This is a folder, a pipe or a device, so it is not read: name a file.".to_owned(),
            Self::TooLarge { size, limit } => {
                let (size, limit) = (megabytes(size), megabytes(limit));
                format!("Too large to read ({size}; limit {limit}): raise `largest-file` in whosaid.toml or split it.")
            }
        }
    }

    /// The same of a note.
    #[must_use]
    pub fn message_of_note(self) -> String {
        match self {
            Self::TooLarge { size, limit } => {
                let (size, limit) = (megabytes(size), megabytes(limit));
                format!("too large to check ({size}; limit {limit}): raise `largest-file` in whosaid.toml or split it")
            }
            _ => self.message(),
        }
    }
}

/// A length, rounded up, in the unit of `largest-file`.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(crate::config::MEGABYTE))
}

/// True if a name begins like an address: a word of two letters or more and `://`.
fn is_address(name: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    name.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// Returns `true` if Windows keeps a part of a path for a device.
fn is_reserved(part: &str) -> bool {
    let stem = part.split(['.', ':']).next().unwrap_or("").trim_end_matches(' ').to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().find_map(|device| stem.strip_prefix(device));
    let is_number = |rest: &str| {
        let mut all = rest.chars();
        all.next().is_some_and(|c| matches!(c, '1'..='9' | '¹' | '²' | '³')) && all.next().is_none()
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) || numbered.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_machines_and_devices_are_told_by_their_words() {
        for (name, wanted) in [
            (r"\\server\share\refs.bib", Some(Refusal::Network)),
            ("//server/share/refs.bib", Some(Refusal::Network)),
            (r"\/server\share\refs.bib", Some(Refusal::Network)),
            (r"\\?\UNC\server\share\refs.bib", Some(Refusal::Network)),
            (r"\\?\C:\refs.bib", Some(Refusal::Device)),
            (r"\\.\pipe\refs", Some(Refusal::Device)),
            ("//./NUL", Some(Refusal::Device)),
            (r"\??\C:\refs.bib", Some(Refusal::Device)),
            ("NUL", Some(Refusal::Device)),
            ("refs/con.bib", Some(Refusal::Device)),
            (r"C:\desk\aux .bib", Some(Refusal::Device)),
            ("COM1:", Some(Refusal::Device)),
            ("lpt9.txt", Some(Refusal::Device)),
            ("/dev/stdin", Some(Refusal::Device)),
            ("/proc/self/fd/0", Some(Refusal::Device)),
            ("/sys", Some(Refusal::Device)),
            ("https://norvik.example/refs.bib", Some(Refusal::Address)),
            ("file:///home/pell/refs.bib", Some(Refusal::Address)),
            ("smb://server/refs.bib", Some(Refusal::Address)),
            (" HTTP://norvik.example/refs.bib", Some(Refusal::Address)),
            // Near misses.
            ("null.bib", None),
            ("https/refs.bib", None),
            ("a b://refs.bib", None),
            ("C://desk/refs.bib", None),
            ("~pell/refs.bib", None),
            ("console.bib", None),
            ("refs/conference.bib", None),
            ("com10.bib", None),
            ("common.bib", None),
            ("/development/refs.bib", None),
            ("dev/refs.bib", None),
            (r"..\refs.bib", None),
            ("../refs.bib", None),
            (r"C:\desk\refs.bib", None),
            ("/home/pell/zotero/library.bib", None),
            ("", None),
        ] {
            assert_eq!(Refusal::of_name(name, true), wanted, "{name}");
        }
        assert_eq!(Refusal::of_name("aux.bib", false), None, "elsewhere that is a file like any other");
    }

    #[test]
    fn a_file_that_is_not_there_may_have_a_name_that_tells_why() {
        for (name, wanted) in [
            ("~pell/refs.bib", Refusal::OtherHome),
            ("C:/desk/refs.bib", Refusal::Drive),
            (r"d:\desk\refs.bib", Refusal::Drive),
            ("refs.bib", Refusal::Missing),
            ("~/refs.bib", Refusal::Missing),
            ("c:refs.bib", Refusal::Missing),
            ("desk~1/refs.bib", Refusal::Missing),
        ] {
            assert_eq!(Refusal::of_missing(name, false), wanted, "{name}");
        }
        assert_eq!(Refusal::of_missing("C:/desk/refs.bib", true), Refusal::Missing);
    }

    #[test]
    fn every_reason_fits_in_a_line_and_says_what_to_do() {
        let large = Refusal::TooLarge { size: 1 << 40, limit: 256 << 20 };
        let missing = [Refusal::Missing, Refusal::OtherHome, Refusal::Drive, Refusal::Unreadable, Refusal::Address];
        let others = [Refusal::Network, Refusal::Device, Refusal::Outside, Refusal::NoFile, large];
        for refusal in others.into_iter().chain(missing) {
            let message = refusal.message();
            assert!(message.chars().count() <= 140, "{} {message}", message.chars().count());
            assert!(message.contains(':'), "{message}");
        }
        let note = Refusal::TooLarge { size: (20 << 20) + 1, limit: 16 << 20 }.message_of_note();
        assert!(note.starts_with("too large to check (21 MB; limit 16 MB)"), "{note}");
    }
}
