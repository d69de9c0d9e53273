//! The user's settings, as the client gave them last. They change what is shown and what
//! may be read, never what a note says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use serde_json::Value;

use crate::project::read::Allowed;

/// The settings of the user, which may change while the server runs.
#[derive(Debug)]
pub(in crate::lsp) struct ClientSettings {
    hints: AtomicBool,
    code_lenses: AtomicBool,
    inlay_hints: AtomicBool,
    /// Files and folders that may be read beside the client's folders, as the server was started.
    allowed_at_start: Allowed,
    /// The same by the client's settings.
    allowed_by_client: RwLock<Allowed>,
}

/// The consequences of a change of settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) struct SettingsChange {
    /// Other files may be read than before.
    pub allowed: bool,
    /// Other findings are shown than before.
    pub hints: bool,
}

impl ClientSettings {
    /// The settings of a client that has not said anything yet.
    #[must_use]
    pub(in crate::lsp) fn new(allowed_at_start: Allowed) -> Self {
        Self {
            hints: AtomicBool::new(false),
            code_lenses: AtomicBool::new(true),
            inlay_hints: AtomicBool::new(false),
            allowed_at_start,
            allowed_by_client: RwLock::default(),
        }
    }

    /// True if findings at the level of a hint, which are often wrong, are to be shown.
    #[must_use]
    pub(in crate::lsp) fn hints(&self) -> bool {
        self.hints.load(Ordering::Relaxed)
    }

    /// True if the user wants code lenses.
    #[must_use]
    pub(in crate::lsp) fn code_lenses(&self) -> bool {
        self.code_lenses.load(Ordering::Relaxed)
    }

    /// True if the user wants inlay hints.
    #[must_use]
    pub(in crate::lsp) fn inlay_hints(&self) -> bool {
        self.inlay_hints.load(Ordering::Relaxed)
    }

    /// Files and folders that may be read beside the client's own.
    #[must_use]
    pub(in crate::lsp) fn allowed(&self) -> Allowed {
        let by_client = self.allowed_by_client.read().unwrap_or_else(PoisonError::into_inner);
        self.allowed_at_start.and(by_client.paths().iter().cloned())
    }

    /// Takes what `settings` set: `hints`, `codeLens`, `inlayHints`, `allowRead`. A member that is missing or of another
    /// type leaves its setting as it was.
    pub(in crate::lsp) fn update(&self, settings: &Value) -> SettingsChange {
        let option = |name: &str| settings.get(name).and_then(Value::as_bool);
        let allowed = allowed_by(settings).is_some_and(|allowed| {
            let mut now = self.allowed_by_client.write().unwrap_or_else(PoisonError::into_inner);
            let other = *now != allowed;
            *now = allowed;
            other
        });
        if let Some(wanted) = option("inlayHints") {
            self.inlay_hints.store(wanted, Ordering::Relaxed);
        }
        if let Some(wanted) = option("codeLens") {
            self.code_lenses.store(wanted, Ordering::Relaxed);
        }
        let hints = option("hints").is_some_and(|wanted| self.hints.swap(wanted, Ordering::Relaxed) != wanted);
        SettingsChange { allowed, hints }
    }
}

/// Files and folders that settings allow to be read; none if they do not say.
fn allowed_by(settings: &Value) -> Option<Allowed> {
    let named = settings.get("allowRead")?.as_array()?;
    Some(Allowed::new(named.iter().filter_map(Value::as_str)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_setting_that_is_missing_or_of_another_type_stays_as_it_was() {
        let settings = ClientSettings::new(Allowed::default());
        assert_eq!(settings.update(&json!({ "hints": true })), SettingsChange { hints: true, allowed: false });
        assert_eq!(settings.update(&json!({ "hints": "no", "codeLens": false })), SettingsChange::default());
        assert_eq!(settings.update(&Value::Null), SettingsChange::default());
        assert!(settings.hints() && !settings.code_lenses() && !settings.inlay_hints());
    }

    #[test]
    fn what_may_be_read_changes_once_for_each_other_list() {
        let settings = ClientSettings::new(Allowed::new(["/desk/library"]));
        assert!(settings.update(&json!({ "allowRead": ["/desk/other"] })).allowed);
        assert!(!settings.update(&json!({ "allowRead": ["/desk/other"] })).allowed);
        assert_eq!(settings.allowed().paths().len(), 2);
        assert!(settings.update(&json!({ "allowRead": [] })).allowed);
        assert_eq!(settings.allowed().paths().len(), 1);
    }
}
