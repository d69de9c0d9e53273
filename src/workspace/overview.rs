//! What all notes come to of somebody: how often, since when, where last.
//!
//! A state's name may stand in every note, and a card about it must not cost more than one about a clerk. So nothing
//! here looks into the notes that it counts: postings say how much each note says of a name ([`Weight`]), days stand side
//! by side, and only the few notes that are shown are read. What is left to each note of the name is a few nanoseconds. Where postings cannot tell (an alias that was told
//! apart, a weak alias, which holds beside a strong name only) the note is asked, as [`Snapshot::places`] does.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::days::Day;
use super::entities::{Identity, Place};
use super::summary::{Role, Tie, Weight};
use super::{FileId, Snapshot};

/// A summary of all that the notes have of an entity.
#[derive(Clone, Debug)]
pub struct Overview<'s> {
    /// Mentions in all notes.
    pub mentions: usize,
    /// Notes that mention it.
    pub notes: usize,
    /// The newest places, newest first, undated ones last; in one note as they stand there.
    pub latest: Vec<Place<'s>>,
    /// The last place of the oldest dated note.
    pub first: Option<Place<'s>>,
    snapshot: &'s Snapshot,
    identity: &'s Identity,
    /// The notes that give a role, in no order.
    giving_roles: Vec<(Day, Reverse<FileId>)>,
    /// Notes that were looked into: the counted work of the complexity tests.
    pub looked_into: usize,
}

/// The postings' account of a note.
#[derive(Clone, Copy)]
struct Found {
    file: FileId,
    weight: Weight,
    /// True if the note itself must be asked.
    unsure: bool,
}

impl Snapshot {
    /// Makes the summary of an entity, with the `most` newest places.
    #[must_use]
    pub fn overview<'s>(&'s self, identity: &'s Identity, most: usize) -> Overview<'s> {
        let mut overview = Overview {
            mentions: 0,
            notes: 0,
            latest: Vec::new(),
            first: None,
            snapshot: self,
            identity,
            giving_roles: Vec::new(),
            looked_into: 0,
        };
        let mut newest: BinaryHeap<Reverse<(Day, Reverse<FileId>)>> = BinaryHeap::with_capacity(most + 1);
        let mut oldest: Option<(Day, Reverse<FileId>)> = None;
        for same in self.found_of(identity).chunk_by(|one, other| one.file == other.file) {
            let Some(&Found { file, .. }) = same.first() else { continue };
            let (mut mentions, mut gives_role) = (0, false);
            if same.iter().any(|found| found.unsure) {
                overview.looked_into += 1;
                let places = self.places_in(identity, file);
                if places.is_empty() {
                    continue;
                }
                mentions = places.iter().map(|place| place.entity.count()).sum();
                gives_role = places.iter().any(|place| place.entity.roles().next().is_some());
            } else {
                for Found { weight, .. } in same {
                    mentions += weight.mentions as usize;
                    gives_role |= weight.gives_role;
                }
            }
            overview.notes += 1;
            overview.mentions += mentions;
            let day = self.days.get(file);
            let at = (day, Reverse(file));
            if gives_role {
                overview.giving_roles.push(at);
            }
            if day.is_known() && oldest.is_none_or(|known| at < known) {
                oldest = Some(at);
            }
            if newest.len() < most {
                newest.push(Reverse(at));
            } else if newest.peek().is_some_and(|Reverse(last)| *last < at) {
                newest.pop();
                newest.push(Reverse(at));
            }
        }
        overview.looked_into += newest.len();
        for Reverse((_, Reverse(file))) in newest.into_sorted_vec() {
            overview.latest.extend(self.places_in(identity, file));
        }
        overview.latest.truncate(most);
        overview.first = oldest.and_then(|(_, Reverse(file))| self.places_in(identity, file).pop());
        overview
    }

    /// The postings' account of each note, sorted by note.
    fn found_of(&self, identity: &Identity) -> Vec<Found> {
        if let Some(at) = identity.only {
            return vec![Found { file: at.file, weight: Weight::default(), unsure: true }];
        }
        let mut found = Vec::new();
        for &key in &identity.keys {
            for role in [Role::Main, Role::Lone] {
                let known = self.weighed_files(key, role);
                found.extend(known.map(|(file, weight)| Found { file, weight, unsure: false }));
            }
            // Whoever is also called so is chiefly called otherwise, and stands in the postings of that name.
            if !self.tied(Tie::Same, key).all(|other| identity.keys.contains(&other)) {
                let unsure = |file| Found { file, weight: Weight::default(), unsure: true };
                found.extend(self.files(key, Role::Alias).map(unsure));
            }
        }
        if let Some(record) = identity.record.filter(|_| !identity.weak.is_empty()) {
            self.add_weak_files(identity, record, &mut found);
        }
        // Each list is sorted, which this sort makes use of.
        found.sort_by_key(|found| found.file);
        found
    }

    /// The notes that use a weak alias beside a strong name.
    fn add_weak_files(&self, identity: &Identity, record: FileId, found: &mut Vec<Found>) {
        let mut weak: Vec<FileId> = Vec::new();
        for &key in &identity.weak {
            weak.extend([Role::Main, Role::Lone].iter().flat_map(|&role| self.files(key, role)));
        }
        if weak.is_empty() {
            return;
        }
        let record = self.note(record).and_then(|note| note.record.as_deref());
        let mut strong: Vec<FileId> = Vec::new();
        for key in record.iter().flat_map(|record| record.strong_keys()) {
            strong.extend([Role::Main, Role::Alias].iter().flat_map(|&role| self.files(key, role)));
        }
        weak.sort();
        weak.dedup();
        strong.sort();
        let mut strong = strong.into_iter().peekable();
        weak.retain(|file| {
            while strong.next_if(|other| other < file).is_some() {}
            strong.peek() == Some(file)
        });
        found.extend(weak.into_iter().map(|file| Found { file, weight: Weight::default(), unsure: true }));
    }
}

impl<'s> Overview<'s> {
    /// The newest dated place.
    #[must_use]
    pub fn last(&self) -> Option<&Place<'s>> {
        self.latest.first().filter(|place| place.note.date().is_some())
    }

    /// The places in one note.
    #[must_use]
    pub fn places_in(&self, file: FileId) -> Vec<Place<'s>> {
        self.snapshot.places_in(self.identity, file)
    }

    /// The places in notes that give a role, newest note first, undated ones last: those of notes that are not later
    /// than a date (none: of all notes), or those of later ones. Only what is taken is looked into.
    pub fn giving_roles(&self, date: Option<&str>, later: bool) -> impl Iterator<Item = Place<'s>> + use<'s> {
        let date = date.map(Day::of);
        let is_later = |day: Day| date.is_some_and(|date| day > date);
        let wanted = self.giving_roles.iter().filter(|(day, _)| is_later(*day) == later).copied();
        let mut heap: BinaryHeap<(Day, Reverse<FileId>)> = wanted.collect();
        let (snapshot, identity) = (self.snapshot, self.identity);
        let files = std::iter::from_fn(move || heap.pop().map(|(_, Reverse(file))| file));
        files.flat_map(move |file| snapshot.places_in(identity, file))
    }
}

#[cfg(test)]
mod tests;
