//! Which entities of different notes are one.
//!
//! Nothing is merged beforehand. Each note says which names its entities have and which names it uses for one another
//! ([`Brief`]); entity notes tie further names together. An [`Identity`] is the set
//! of names that hang together, found from one of them when somebody asks, in a few look-ups; so that changing a note
//! costs that note alone.
//!
//! What does not hang together by itself: a surname alone says nothing outside its note; a weak alias holds only in
//! notes where a strong name of the same entity stands; an acronym with two expansions belongs to neither; a name with
//! two entity notes stays ambiguous and both are shown.

use std::collections::HashSet;
use std::sync::Arc;

use smallvec::SmallVec;

use super::brief::{Brief, MentionAt, Named};
use super::names::{self, Key};
use super::summary::{Role, Tie};
use super::symbols::Name;
use super::{FileId, Snapshot};
use crate::analysis::facts::EntityKind;

/// An entity of one note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalEntity {
    /// The note.
    pub file: FileId,
    /// Index into its [`NoteFacts::entities`](crate::analysis::NoteFacts::entities).
    pub local: u32,
}

/// An entity of one note, with what the note says.
#[derive(Clone, Copy, Debug)]
pub struct Place<'s> {
    /// Which.
    pub at: LocalEntity,
    /// Its note.
    pub note: &'s Brief,
    /// The entity.
    pub entity: Named<'s>,
}

impl<'s> Place<'s> {
    fn new(at: LocalEntity, note: &'s Brief) -> Option<Self> {
        Some(Self { at, note, entity: note.entity(at.local)? })
    }

    /// Its mentions, in order.
    pub fn mentions(self) -> impl Iterator<Item = MentionAt> {
        self.entity.mentions()
    }
}

/// An entity, across notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its kind.
    pub kind: EntityKind,
    /// The entity note's name, else the name in the note that was asked about.
    pub name: Arc<str>,
    /// The entity note, if there is exactly one.
    pub record: Option<FileId>,
    /// Entity notes that all claim this name: it is ambiguous, and none is chosen.
    pub rivals: Vec<FileId>,
    /// A surname that stands alone in its note: the persons of the workspace who bear it, none chosen.
    pub bearers: Vec<Key>,
    /// Every name that it goes by; sorted.
    pub(super) keys: SmallVec<[Key; 4]>,
    /// Names that hold only beside one of `keys` in the same note.
    pub(super) weak: SmallVec<[Key; 4]>,
    /// Confined to this one note's entity, where `keys` say nothing.
    pub(super) only: Option<LocalEntity>,
}

/// More names than an entity has; past it a chain of ties is a mistake, and following it would cost time.
const MOST_NAMES: usize = 64;

impl Snapshot {
    /// The key of a name, as far as people told it apart from others that sound like it.
    #[must_use]
    pub fn key_of(&self, kind: EntityKind, name: &str) -> Key {
        self.corrected.key(kind, name)
    }

    /// The identity of an entity of a note.
    #[must_use]
    pub fn identity(&self, at: LocalEntity) -> Option<Identity> {
        let entity = self.note(at.file)?.entity(at.local)?;
        self.identity_as(at, entity.kind, entity.name)
    }

    /// The same for whoever knows what the note calls the entity.
    #[must_use]
    pub fn identity_as(&self, at: LocalEntity, kind: EntityKind, name: &str) -> Option<Identity> {
        let main = self.corrected.key(kind, name);
        let bonds = self.bonds(main);
        if let Some(record) = self.weakly_named(at.file, &bonds.weak) {
            return self.identity_of_record(record);
        }
        if bonds.records.is_empty() && names::is_bare(kind, name) {
            let said = self.corrected.same(main).iter().find_map(|&other| {
                let bare = self.files(other, Role::Main).next().is_none() && !self.has(other, Role::Record);
                if bare { None } else { self.identity_of_key(other) }
            });
            if said.is_some() {
                return said;
            }
            let bearers = self.tied(Tie::Surname, main).collect();
            return Some(Identity { bearers, only: Some(at), ..Identity::bare(kind, name) });
        }
        let mut identity = Identity::bare(kind, name);
        identity.keys.push(main);
        self.close(&mut identity);
        Some(identity)
    }

    /// The identity that an entity note is about.
    #[must_use]
    pub fn identity_of_record(&self, file: FileId) -> Option<Identity> {
        let record = self.note(file)?.record.clone()?;
        let mut identity = Identity::bare(record.kind, &record.name);
        identity.record = Some(file);
        identity.keys.extend(record.strong_keys());
        self.close(&mut identity);
        Some(identity)
    }

    /// Whoever has this name; none if no note uses it.
    #[must_use]
    pub fn identity_of_key(&self, key: Key) -> Option<Identity> {
        if let Some(file) = self.files(key, Role::Record).next() {
            return self.identity_of_record(file);
        }
        let of = |role| self.files(key, role).find_map(|file| Some((file, self.note(file)?.locals(key, role).next()?)));
        let (file, local) = of(Role::Main).or_else(|| of(Role::Alias))?;
        self.identity(LocalEntity { file, local })
    }

    /// All entities of all notes that are this one, sorted.
    #[must_use]
    pub fn occurrences(&self, identity: &Identity) -> Vec<LocalEntity> {
        self.places(identity).into_iter().map(|place| place.at).collect()
    }

    /// The same, each with its note and its facts.
    #[must_use]
    pub fn places(&self, identity: &Identity) -> Vec<Place<'_>> {
        self.places_up_to(identity, usize::MAX)
    }

    /// Entities of notes before `file`, one for each name that notes spell the acronym out with.
    #[must_use]
    pub fn spelled_out(&self, kind: EntityKind, acronym: &str, file: FileId) -> Vec<Place<'_>> {
        let mut found = Vec::new();
        for long in self.tied(Tie::Acronym, self.corrected.key(kind, acronym)).take(MOST_NAMES) {
            let Some(other) = self.files(long, Role::Main).next().filter(|other| *other < file) else { continue };
            let Some(note) = self.note(other) else { continue };
            let local = note.locals(long, Role::Main).next();
            found.extend(local.and_then(|local| Place::new(LocalEntity { file: other, local }, note)));
        }
        found
    }

    /// Some of them, about `most`: for whoever needs examples, since a state's name may stand in every note.
    #[must_use]
    pub fn places_up_to(&self, identity: &Identity, most: usize) -> Vec<Place<'_>> {
        let mut found = Vec::new();
        if let Some(at) = identity.only {
            found.extend(self.note(at.file).and_then(|note| Place::new(at, note)));
        } else {
            for &key in &identity.keys {
                for role in [Role::Main, Role::Alias, Role::Lone] {
                    self.add_locals(key, role, most, &mut found);
                }
            }
            self.add_weak(identity, most, &mut found);
        }
        in_order(found)
    }

    /// Those in one note.
    #[must_use]
    pub fn places_in(&self, identity: &Identity, file: FileId) -> Vec<Place<'_>> {
        let Some(note) = self.note(file) else { return Vec::new() };
        if let Some(at) = identity.only {
            return Place::new(at, note).into_iter().filter(|_| at.file == file).collect();
        }
        let of = |key: Key, roles: &'static [Role]| {
            let locals = roles.iter().flat_map(move |&role| note.locals(key, role));
            locals.filter_map(move |local| Place::new(LocalEntity { file, local }, note))
        };
        let strong = identity.keys.iter().flat_map(|&key| of(key, &[Role::Main, Role::Alias, Role::Lone]));
        let mut found: Vec<Place<'_>> = strong.collect();
        if let Some(record) = identity.record {
            let weak = identity.weak.iter().flat_map(|&key| of(key, &[Role::Main, Role::Lone]));
            found.extend(weak.filter(|place| self.is_weak_place(place.at, record)));
        }
        in_order(found)
    }

    /// The names that an entity goes by, as the first of the notes that chiefly call one so spells each, by note.
    #[must_use]
    pub fn first_spellings(&self, identity: &Identity) -> Vec<(Key, &Name)> {
        let named = identity.keys.iter().filter_map(|&key| Some((key, self.symbols.name(key)?)));
        let mut found: Vec<(Key, &Name)> = named.filter(|(_, name)| name.role == Role::Main).collect();
        found.sort_by_key(|(_, name)| name.file);
        found
    }

    fn add_locals<'s>(&'s self, key: Key, role: Role, most: usize, found: &mut Vec<Place<'s>>) {
        for file in self.files(key, role) {
            if found.len() >= most {
                return;
            }
            let Some(note) = self.note(file) else { continue };
            let locals = note.locals(key, role);
            found.extend(locals.filter_map(|local| Place::new(LocalEntity { file, local }, note)));
        }
    }

    /// Weak aliases hold where a strong name stands; if another entity's strong name stands there too, in neither.
    fn add_weak<'s>(&'s self, identity: &Identity, most: usize, found: &mut Vec<Place<'s>>) {
        let Some(record) = identity.record.filter(|_| found.len() < most) else { return };
        let mut weak = Vec::new();
        for &key in &identity.weak {
            for role in [Role::Main, Role::Lone] {
                self.add_locals(key, role, most, &mut weak);
            }
        }
        weak.retain(|place| self.is_weak_place(place.at, record));
        found.extend(weak);
    }

    /// Returns `true` if what a note calls by a weak alias is whom this entity note is about.
    fn is_weak_place(&self, at: LocalEntity, record: FileId) -> bool {
        self.local_key(at).and_then(|key| self.weakly_named(at.file, &self.bonds(key).weak)) == Some(record)
    }

    fn local_key(&self, at: LocalEntity) -> Option<Key> {
        let entity = self.note(at.file)?.entity(at.local)?;
        Some(self.corrected.key(entity.kind, entity.name))
    }

    /// The one entity note, of those of which a name is a weak alias, of which `file` has a strong name.
    fn weakly_named(&self, file: FileId, weak: &[FileId]) -> Option<FileId> {
        let note = if weak.is_empty() { None } else { self.note(file) }?;
        let stands = |record: &FileId| {
            let record = self.note(*record).and_then(|n| n.record.clone());
            let strong = record.iter().flat_map(|r| r.strong_keys()).collect::<Vec<_>>();
            let mut uses = note.names().filter(|&(_, role, _)| role == Role::Main || role == Role::Alias);
            uses.any(|(used, _, _)| strong.contains(&used))
        };
        let mut holding = weak.iter().copied().filter(stands);
        let first = holding.next()?;
        holding.next().is_none().then_some(first)
    }

    /// Adds all names that hang together with those already there.
    fn close(&self, identity: &mut Identity) {
        let mut next = 0;
        // Filled only for whoever has many names: a set costs more than a look along a short list.
        let mut known: HashSet<Key> = HashSet::new();
        while let Some(&key) = identity.keys.get(next) {
            next += 1;
            if identity.keys.len() >= MOST_NAMES {
                break;
            }
            let bonds = self.bonds(key);
            let mut found: SmallVec<[Key; 8]> = bonds.same.iter().copied().collect();
            // An acronym belongs to what it abbreviates only while that is one thing.
            if let [long] = bonds.long.as_slice() {
                found.push(*long);
            }
            let short = bonds.short.iter().copied();
            found.extend(short.filter(|&acronym| self.only_tied(Tie::Acronym, acronym) == Some(key)));
            found.extend_from_slice(self.corrected.same(key));
            match bonds.records.as_slice() {
                [] => {}
                [file] => self.take_record(*file, identity, &mut found),
                several if identity.record.is_none_or(|own| !several.contains(&own)) => {
                    identity.rivals.extend(several);
                }
                _ => {}
            }
            for key in found {
                if known.is_empty() && identity.keys.len() >= MOST_NAMES {
                    known.extend(identity.keys.iter().copied());
                }
                let is_known = if known.is_empty() { identity.keys.contains(&key) } else { known.contains(&key) };
                if !is_known && !self.corrected.apart(key, &identity.keys) {
                    identity.keys.push(key);
                    if !known.is_empty() {
                        known.insert(key);
                    }
                }
            }
        }
        if let Some(record) = identity.record.and_then(|file| self.note(file)).and_then(|n| n.record.clone()) {
            identity.weak = record.weak.iter().map(|name| name.key).collect();
        }
        identity.rivals.sort_unstable();
        identity.rivals.dedup();
        identity.keys.sort_unstable();
        identity.keys.dedup();
    }

    fn take_record(&self, file: FileId, identity: &mut Identity, found: &mut SmallVec<[Key; 8]>) {
        let Some(record) = self.note(file).and_then(|note| note.record.clone()) else { return };
        match identity.record {
            Some(own) if own == file => {}
            // Two entity notes, tied by some note's use of their names for one another: a contradiction to be shown.
            Some(own) => identity.rivals.extend([own, file]),
            None => {
                identity.record = Some(file);
                identity.name = record.name.clone();
                identity.kind = record.kind;
            }
        }
        if identity.record == Some(file) {
            found.extend(record.strong_keys());
        }
    }
}

fn in_order(mut found: Vec<Place<'_>>) -> Vec<Place<'_>> {
    found.sort_unstable_by_key(|place| place.at);
    found.dedup_by_key(|place| place.at);
    found
}

impl Identity {
    /// Every name that it goes by, sorted.
    #[must_use]
    pub fn names(&self) -> &[Key] {
        &self.keys
    }

    fn bare(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            name: name.into(),
            record: None,
            rivals: Vec::new(),
            bearers: Vec::new(),
            keys: SmallVec::new(),
            weak: SmallVec::new(),
            only: None,
        }
    }
}
