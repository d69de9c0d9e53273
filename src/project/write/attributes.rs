//! Attributes of a file beside its text: owner, group, rights, extended attributes, other names.
//!
//! POSIX access control lists are extended attributes on Linux, so they go with those.

use std::fs::{File, Metadata, Permissions};
use std::io;

use super::WriteError;

/// Something that a file has beside its text and a new one in its place could not be given.
#[derive(Debug, thiserror::Error)]
pub enum Attribute {
    /// The user it belongs to.
    #[error("owner")]
    Owner,
    /// The group it belongs to.
    #[error("group")]
    Group,
    /// The rights to read and write it.
    #[error("rights")]
    Rights,
    /// One of these, though the system said that they were set.
    #[error("owner or rights")]
    OwnerOrRights,
    /// An extended attribute, by name.
    #[error("attribute {0}")]
    Extended(String),
    /// The extended attributes, which the system does not name.
    #[error("attributes ({0})")]
    AllExtended(io::Error),
}

/// The number of names that a file has in its file system; 1 where that cannot be known.
#[cfg(unix)]
pub(super) fn names(known: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(known)
}

/// The number of names that a file has in its file system; 1 where that cannot be known.
#[cfg(not(unix))]
pub(super) fn names(_: &Metadata) -> u64 {
    1
}

/// The marks that tell a file from another that took its name: device, number, and when its attributes changed last.
#[cfg(unix)]
pub(super) fn identity(known: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (known.dev(), known.ino(), known.ctime(), known.ctime_nsec())
}

/// The mark that tells a file from another that took its name.
#[cfg(not(unix))]
pub(super) fn identity(known: &Metadata) -> Option<std::time::SystemTime> {
    known.created().ok()
}

/// The user a file belongs to; the same for all where that cannot be known.
#[cfg(unix)]
pub(super) fn owner(known: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::uid(known)
}

/// The user a file belongs to; the same for all where that cannot be known.
#[cfg(not(unix))]
pub(super) fn owner(_: &Metadata) -> u32 {
    0
}

/// The rights that programs ask for new files, less what the user takes away (the umask); none where the system sees to it.
#[cfg(unix)]
pub(super) fn of_new_files() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

/// The rights that programs ask for new files; none where the system sees to it.
#[cfg(not(unix))]
pub(super) fn of_new_files() -> Option<Permissions> {
    None
}

/// Gives a new file the owner, group, rights and extended attributes of another.
///
/// # Errors
/// If one cannot be given, or the system does not show them.
#[cfg(unix)]
pub(super) fn keep(from: &File, to: &File) -> Result<(), WriteError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let of = |file: &File| file.metadata().map_err(WriteError::Write);
    let (known, new) = (of(from)?, of(to)?);
    let user = Some(known.uid()).filter(|user| *user != new.uid());
    let group = Some(known.gid()).filter(|group| *group != new.gid());
    if user.is_some() || group.is_some() {
        let lost = if user.is_some() { Attribute::Owner } else { Attribute::Group };
        fchown(to, user, group).map_err(|_| lost)?;
    }
    extended::keep(from, to)?;
    // Last, because a change of owner takes rights away.
    to.set_permissions(known.permissions()).map_err(|_| Attribute::Rights)?;
    let new = of(to)?;
    if (new.uid(), new.gid(), new.mode()) != (known.uid(), known.gid(), known.mode()) {
        return Err(Attribute::OwnerOrRights.into());
    }
    Ok(())
}

/// Gives a new file the rights of another.
///
/// # Errors
/// If they cannot be given, or the system does not show them.
#[cfg(not(unix))]
pub(super) fn keep(from: &File, to: &File) -> Result<(), WriteError> {
    let permissions = from.metadata().map(|known| known.permissions());
    permissions.and_then(|permissions| to.set_permissions(permissions)).map_err(WriteError::Write)
}

/// Extended attributes, on systems that have them.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod extended {
    use std::collections::BTreeMap;
    use std::ffi::{CString, OsString};
    use std::fs::File;
    use std::os::unix::ffi::OsStringExt as _;

    use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query, fremovexattr, fsetxattr};
    use rustix::io::Errno;

    use super::Attribute;

    /// Attributes that the system itself gives each file, and lets nobody else set.
    const OF_THE_SYSTEM: &[&[u8]] = &[b"com.apple.provenance"];

    /// Attempts at reading a value that grows meanwhile.
    const TRIES: usize = 8;

    /// Makes the attributes of `to` those of `from`.
    ///
    /// # Errors
    /// The attribute that could not be read or set.
    pub(super) fn keep(from: &File, to: &File) -> Result<(), Attribute> {
        let (wanted, found) = (all(from)?, all(to)?);
        for (name, value) in wanted.iter().filter(|(name, value)| found.get(*name) != Some(value)) {
            fsetxattr(to, name, value, XattrFlags::empty()).map_err(|_| called(name))?;
        }
        // A folder may give new files a list of rights that this one never had.
        for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
            fremovexattr(to, name).map_err(|_| called(name))?;
        }
        Ok(())
    }

    fn called(name: &CString) -> Attribute {
        Attribute::Extended(OsString::from_vec(name.as_bytes().to_vec()).to_string_lossy().into_owned())
    }

    fn all(file: &File) -> Result<BTreeMap<CString, Vec<u8>>, Attribute> {
        let names = filled(|| flistxattr_query(file), |buffer| flistxattr(file, buffer));
        let names = match names {
            Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(BTreeMap::new()),
            names => names.map_err(|error| Attribute::AllExtended(error.into()))?,
        };
        let mut found = BTreeMap::new();
        for name in names.split(|&byte| byte == 0).filter(|name| !name.is_empty() && !OF_THE_SYSTEM.contains(name)) {
            let Ok(name) = CString::new(name) else { continue };
            let value = filled(|| fgetxattr_query(file, &name), |buffer| fgetxattr(file, &name, buffer));
            found.insert(name.clone(), value.map_err(|_| called(&name))?);
        }
        Ok(found)
    }

    /// Asks how long an answer is, then for the answer.
    fn filled(
        length: impl Fn() -> Result<usize, Errno>,
        read: impl Fn(&mut [u8]) -> Result<usize, Errno>,
    ) -> Result<Vec<u8>, Errno> {
        for _ in 0..TRIES {
            let mut buffer = vec![0; length()?];
            if buffer.is_empty() {
                return Ok(buffer);
            }
            match read(&mut buffer) {
                Ok(read) => {
                    buffer.truncate(read);
                    return Ok(buffer);
                }
                Err(Errno::RANGE) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Errno::RANGE)
    }
}

/// No extended attributes, on systems where none can be reached.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
mod extended {
    use std::fs::File;

    use super::Attribute;

    /// Does nothing, and never fails.
    pub(super) fn keep(_: &File, _: &File) -> Result<(), Attribute> {
        Ok(())
    }
}
