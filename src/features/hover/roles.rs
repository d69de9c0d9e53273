//! Which of somebody's roles holds at the date of a note.
//!
//! An entity note's roles have dates of their own; what notes say in passing ("foreign minister from 2019 to 2021", "a former
//! judge") is weighed against the date of the note that is read: a role that was over then, or had not begun, is shown
//! only where nothing better is known, and with its years.

use crate::analysis::facts::RoleTime;
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::entities::Place;
use crate::workspace::overview::Overview;
use crate::workspace::records::RecordRole;

/// The role of an entity note that holds at a date (`YYYY-MM-DD` or less), else the first.
pub(super) fn registered<'r>(roles: &'r [RecordRole], date: Option<&str>) -> Option<&'r RecordRole> {
    let holds = |role: &&RecordRole| {
        date.is_some_and(|date| {
            // Dates of different length are compared as far as both go.
            let begun = role.from.get(..date.len().min(role.from.len())).is_none_or(|from| from <= date);
            let over = !role.to.is_empty() && date.get(..role.to.len()).unwrap_or(date) > role.to.as_str();
            begun && !over
        })
    };
    roles.iter().find(holds).or_else(|| roles.first())
}

/// ` (2029–2031)`, or nothing.
pub(super) fn registered_years(role: &RecordRole) -> String {
    let year = |date: &str| date.get(..4).unwrap_or(date).to_owned();
    if role.from.is_empty() && role.to.is_empty() {
        return String::new();
    }
    format!(" ({}–{})", year(&role.from), year(&role.to))
}

/// A role that a note gives somebody in its text.
pub(super) struct ReportedRole<'p> {
    /// The note.
    pub(super) file: FileId,
    /// The words of the role.
    pub(super) text: &'p str,
    /// Their place in the note.
    pub(super) range: TextRange,
    /// The years in which it holds, as far as the note says.
    pub(super) time: RoleTime,
}

/// Notes that give a role without its holding, past which none is looked for.
const MOST: usize = 500;

/// The role that the notes give somebody at the date of the note `own`, and the note that says so: the note's own words
/// first, then the latest before it, then any; and one that does not hold only where no other is found.
pub(super) fn reported<'s>(
    overview: &Overview<'s>,
    own: Option<FileId>,
    date: Option<&str>,
) -> Option<ReportedRole<'s>> {
    let year: Option<u16> = date.and_then(|date| date.get(..4)?.parse().ok());
    let holds = |role: &ReportedRole<'_>| year.map_or(!role.time.is_over(), |year| role.time.holds_in(year));
    let of = |place: Place<'s>| {
        let roles = place.entity.dated_roles();
        roles.map(move |(text, range, time)| ReportedRole { file: place.at.file, text, range, time })
    };
    let others = |later| overview.giving_roles(date, later).filter(|place| Some(place.at.file) != own).take(MOST);
    let mut otherwise = None;
    let own = own.into_iter().flat_map(|own| overview.places_in(own));
    for role in own.chain(others(false)).chain(others(true)).flat_map(of) {
        if holds(&role) {
            return Some(role);
        }
        otherwise = otherwise.or(Some(role));
    }
    otherwise
}

/// ` (2019–2021)`, ` (since 2018)`, ` (until 2021)`, or nothing.
pub(super) fn years(time: RoleTime) -> String {
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => format!(" ({from})"),
        (Some(from), Some(to)) => format!(" ({from}–{to})"),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registered_role_is_the_one_at_the_notes_date() {
        let role =
            |text: &str, from: &str, to: &str| RecordRole { text: text.into(), from: from.into(), to: to.into() };
        let roles = [role("envoy", "2020", "2028-06"), role("minister", "2028-06-15", "")];
        let at = |date: Option<&str>| registered(&roles, date).map(|role| role.text.as_str());
        assert_eq!(at(Some("2026-01-01")), Some("envoy"));
        assert_eq!(at(Some("2028-06-02")), Some("envoy"));
        assert_eq!(at(Some("2030")), Some("minister"));
        assert_eq!(at(Some("2019-12-31")), Some("envoy"), "nothing better is known");
        assert_eq!(at(None), Some("envoy"));
        assert_eq!((registered_years(&roles[1]), registered_years(&role("x", "", ""))), (" (2028–)".into(), "".into()));
    }

    #[test]
    fn years_are_shown_as_far_as_they_are_known() {
        let time = |from, to| years(RoleTime { from, to, past: false });
        assert_eq!(time(Some(2019), Some(2021)), " (2019–2021)");
        assert_eq!(time(Some(2019), None), " (since 2019)");
        assert_eq!(time(None, Some(2021)), " (until 2021)");
        assert_eq!(time(None, None), "");
    }
}
