//! What becomes of each spelling when a name changes.
//!
//! The renamed form itself changes; a surname or other short form changes only with the part of the name that it
//! repeats; other spellings are other names, and stay.

use crate::analysis::facts::EntityKind;
use crate::analysis::names::split_person;

/// The new spelling of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The new words.
    pub text: String,
    /// True if it only follows from the name, so that somebody should look at it.
    pub weak: bool,
}

/// The new form of a spelling when `old` becomes `new`; none if it stays.
pub(super) fn renamed(kind: EntityKind, surface: &str, old: &str, new: &str) -> Option<Form> {
    let words = squeezed(surface);
    let form = of_words(kind, &words, old, new).or_else(|| {
        // Headlines and stamps shout: so does the new name.
        let shouted = words.chars().filter(|c| c.is_alphabetic()).count() > 3 && words == words.to_uppercase();
        let quiet = of_words(kind, &words, &old.to_uppercase(), &new.to_uppercase()).filter(|_| shouted)?;
        Some(Form { text: quiet.text.to_uppercase(), ..quiet })
    })?;
    let text = respaced(surface, &form.text);
    (text != surface).then_some(Form { text, ..form })
}

fn of_words(kind: EntityKind, words: &str, old: &str, new: &str) -> Option<Form> {
    let sure = |text: &str| Some(Form { text: text.to_owned(), weak: false }).filter(|form| form.text != words);
    if words == old {
        return sure(new);
    }
    if kind == EntityKind::Person {
        return of_person(words, old, new);
    }
    // "Norvik" of "Norvik Shipping".
    let (was, is): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let count = words.split(' ').count();
    if count >= was.len() || was.get(..count)?.join(" ") != words {
        return None;
    }
    if was.len() == is.len() {
        sure(&is.get(..count)?.join(" "))
    } else {
        Some(Form { text: new.to_owned(), weak: true })
    }
}

fn of_person(words: &str, old: &str, new: &str) -> Option<Form> {
    let (was, is) = (split_person(old), split_person(new));
    if was.given.is_empty() {
        return None;
    }
    let (old_short, new_short) = (was.short(), is.short());
    if words == old_short {
        let form = Form { text: new_short.to_owned(), weak: false };
        return (new_short != old_short).then_some(form);
    }
    if words == was.given && !is.given.is_empty() && is.given != was.given {
        return Some(Form { text: is.given.to_owned(), weak: true });
    }
    // "N. Haddad", "Nadim K. Haddad": another spelling, but with a surname that is no longer right.
    let rest = words.strip_suffix(old_short).filter(|rest| rest.ends_with(' ') && new_short != old_short)?;
    Some(Form { text: format!("{rest}{new_short}"), weak: true })
}

/// The old name with the part under the caret replaced: "Haddad" renamed to "Hadad" within "Nadim Haddad".
pub(super) fn with_part(old: &str, part: &str, new: &str) -> String {
    match old.rsplit_once(part) {
        Some((before, after)) => format!("{before}{new}{after}"),
        None => new.to_owned(),
    }
}

/// White space as one space each.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that was wrapped over two lines stays so, if it still has as many words.
fn respaced(surface: &str, new: &str) -> String {
    let words: Vec<&str> = new.split(' ').collect();
    if !surface.contains(['\n', '\r', '\t']) || surface.split_whitespace().count() != words.len() {
        return new.to_owned();
    }
    let mut out = String::with_capacity(surface.len() + new.len());
    let (mut words, mut within) = (words.into_iter(), false);
    for c in surface.chars() {
        if c.is_whitespace() {
            out.push(c);
            within = false;
        } else if !within {
            out.push_str(words.next().unwrap_or_default());
            within = true;
        }
    }
    // The server writes the note's own line ends.
    out.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(surface: &str, old: &str, new: &str) -> Option<(String, bool)> {
        renamed(EntityKind::Person, surface, old, new).map(|form| (form.text, form.weak))
    }

    #[test]
    fn a_surname_changes_only_with_the_surname() {
        assert_eq!(person("Haddad", "Nadim Haddad", "Nadeem Haddad"), None);
        assert_eq!(person("Haddad", "Nadim Haddad", "Nadim Hadad"), Some(("Hadad".into(), false)));
        assert_eq!(person("Nadim Haddad", "Nadim Haddad", "Nadeem Haddad"), Some(("Nadeem Haddad".into(), false)));
        assert_eq!(person("Nadim", "Nadim Haddad", "Nadeem Haddad"), Some(("Nadeem".into(), true)));
        assert_eq!(person("N. Haddad", "Nadim Haddad", "Nadim Hadad"), Some(("N. Hadad".into(), true)));
        assert_eq!(person("Nadeem al-Haddad", "Nadim Haddad", "Nadim Hadad"), None);
        assert_eq!(person("Marr", "Lidia Marr", "Lidia van der Meer"), Some(("van der Meer".into(), false)));
    }

    #[test]
    fn wrapped_and_shouted_names_stay_so() {
        assert_eq!(person("Nadim\nHaddad", "Nadim Haddad", "Nadeem Haddad"), Some(("Nadeem\nHaddad".into(), false)));
        assert_eq!(person("NADIM HADDAD", "Nadim Haddad", "Nadeem Haddad"), Some(("NADEEM HADDAD".into(), false)));
    }

    #[test]
    fn the_short_form_of_a_body_follows_word_by_word() {
        let body =
            |surface, new| renamed(EntityKind::Org, surface, "Norvik Shipping", new).map(|form| (form.text, form.weak));
        assert_eq!(body("Norvik", "Nordvik Shipping"), Some(("Nordvik".into(), false)));
        assert_eq!(body("Norvik", "Norvik Lines"), None);
        assert_eq!(body("Norvik", "Sarn"), Some(("Sarn".into(), true)));
        assert_eq!((body("Norvik Shipping AG", "Sarn Lines"), body("NSL", "Sarn Lines")), (None, None));
    }
}
