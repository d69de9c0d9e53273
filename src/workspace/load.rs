//! A hundred thousand notes at once: what [`Snapshot::put`] would make of them one by one, made with all threads.
//!
//! All postings are gathered, sorted, and written into leaves; names are read off in the same order. What comes out is
//! the same as after as many changes, which the tests hold.

use std::sync::Arc;

use rayon::prelude::*;

use super::brief::Brief;
use super::days::Days;
use super::names::Key;
use super::postings::{self, Posting};
use super::symbols::{Name, Symbols};
use super::table::{COUNTED, Entry, Table};
use super::{FileId, Snapshot};

impl Snapshot {
    /// Takes closed notes, each once, into an empty snapshot.
    pub(super) fn load(&mut self, mut notes: Vec<(FileId, Arc<Brief>)>) {
        notes.par_sort_by_key(|(file, _)| *file);
        let too_many = notes.last().is_some_and(|(file, _)| file.0 >> postings::FILE_BITS > 0);
        if too_many {
            for (file, note) in notes {
                self.put(file, Some(note));
            }
            return;
        }
        let (table, (days, (listed, by_path))) = rayon::join(
            || table_and_names(&notes),
            || {
                let days = || Days::of(notes.iter().map(|(file, note)| (*file, &**note)));
                rayon::join(days, || rayon::join(|| Symbols::listed_by(&notes), || by_path(&notes)))
            },
        );
        let (table, names) = table;
        self.table = table;
        self.symbols = Symbols::new(names, listed);
        self.days = days;
        self.by_path = by_path;
        self.notes = notes.into_iter().collect();
    }
}

fn by_path(notes: &[(FileId, Arc<Brief>)]) -> imbl::OrdMap<Arc<str>, FileId> {
    let mut paths: Vec<(Arc<str>, FileId)> = notes.iter().map(|(file, note)| (note.path.clone(), *file)).collect();
    paths.par_sort();
    paths.into_iter().collect()
}

fn table_and_names(notes: &[(FileId, Arc<Brief>)]) -> (Table, Vec<(Key, Name)>) {
    let postings = notes.par_chunks(256).flat_map_iter(|notes| {
        let of = |(file, note): &'_ (FileId, Arc<Brief>)| {
            let file = *file;
            note.weighed_postings().map(move |(key, role, weight)| Posting::new(key, role, file, weight)).collect()
        };
        notes.iter().flat_map(of as fn(&(FileId, Arc<Brief>)) -> Vec<Posting>)
    });
    let ties = notes.par_chunks(256).flat_map_iter(|notes| {
        let of = |(_, note): &'_ (FileId, Arc<Brief>)| {
            note.relations().map(|(tie, key, other)| (key, COUNTED + tie as u8, other)).collect()
        };
        notes.iter().flat_map(of as fn(&(FileId, Arc<Brief>)) -> Vec<Entry>)
    });
    let (mut postings, mut ties): (Vec<Posting>, Vec<Entry>) = rayon::join(|| postings.collect(), || ties.collect());
    rayon::join(|| postings.par_sort_unstable(), || ties.par_sort_unstable());
    let counted = ties.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len() as u32)));
    let sorted = postings.iter().map(|posting| (posting.entry(), posting.weight));
    rayon::join(|| Table::of_sorted(merged(sorted, counted)), || Symbols::named_by(notes, &postings))
}

/// Two sorted lists as one.
fn merged(
    one: impl Iterator<Item = (Entry, u32)>,
    other: impl Iterator<Item = (Entry, u32)>,
) -> impl Iterator<Item = (Entry, u32)> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(first), Some(second)) if second.0 < first.0 => other.next(),
        (Some(_), _) => one.next(),
        (None, _) => other.next(),
    })
}
