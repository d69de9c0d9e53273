//! A [`Brief`] as bytes for the store, and back.
//!
//! The block goes as it is; what is kept ready beside it (the entity note's record, the source) is written behind it.

use std::ops::Range;
use std::sync::Arc;

use super::block::Block;
use super::{Brief, FORM};
use crate::analysis::facts::EntityKind;
use crate::text::pack::{Pack, Unpack};
use crate::workspace::genre::Genre;
use crate::workspace::library::Source;
use crate::workspace::records::{EntityRecord, RecordName, RecordRole};

impl Brief {
    /// All of it but the path, in the form [`FORM`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = self.bytes.bytes();
        let mut out = Pack { bytes: Vec::with_capacity(bytes.len() + 32) };
        out.number(u64::from(FORM));
        out.byte(match self.genre {
            Genre::Text => 0,
            Genre::Source => 1,
            Genre::Entity(kind) => 2 + kind as u8,
        });
        out.range(self.title_range, 0);
        out.block(bytes);
        out.byte(u8::from(self.record.is_some()) | u8::from(self.source.is_some()) << 1);
        self.record.iter().for_each(|record| write_record(record, &mut out));
        self.source.iter().for_each(|source| write_source(source, &mut out));
        out.bytes
    }

    /// Reads what [`Brief::to_bytes`] wrote of the note at a path; none if the bytes are of another form or damaged.
    #[must_use]
    pub fn from_bytes(path: Arc<str>, bytes: &[u8]) -> Option<Self> {
        Self::from_stored(path, &bytes.into(), 0..bytes.len())
    }

    /// The same from a piece of bytes that are shared with it rather than copied.
    #[must_use]
    pub fn from_stored(path: Arc<str>, all: &Arc<[u8]>, range: Range<usize>) -> Option<Self> {
        let end = range.end;
        let mut unpack = Unpack::new(all.get(range)?);
        if unpack.number()? != u64::from(FORM) {
            return None;
        }
        let genre = match unpack.byte()? {
            0 => Genre::Text,
            1 => Genre::Source,
            kind => Genre::Entity(EntityKind::of(kind - 2)?),
        };
        let title_range = unpack.range(0)?;
        let length = unpack.block()?.len();
        let to = end.checked_sub(unpack.rest().len())?;
        let block = Block::shared(all, to.checked_sub(length)?..to)?;
        let ready = unpack.byte()?;
        let record = if ready & 1 == 0 { None } else { Some(Arc::new(read_record(&mut unpack)?)) };
        let source = if ready & 2 == 0 { None } else { Some(Arc::new(read_source(&mut unpack)?)) };
        unpack.is_empty().then_some(Self { path, genre, title_range, record, source, bytes: block })
    }
}

fn write_list<T>(all: &[T], out: &mut Pack, mut each: impl FnMut(&T, &mut Pack)) {
    out.number(all.len() as u64);
    all.iter().for_each(|one| each(one, out));
}

fn read_list<'a, T>(unpack: &mut Unpack<'a>, mut each: impl FnMut(&mut Unpack<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = unpack.number()?;
    // A count that the bytes cannot hold is damage, not a reason to reserve room for it.
    (0..count).map(|_| each(unpack)).collect()
}

fn write_names(names: &[RecordName], out: &mut Pack) {
    write_list(names, out, |name, out| {
        out.hash(name.key);
        out.text(&name.text);
        out.range(name.range, 0);
    });
}

fn read_names(unpack: &mut Unpack<'_>) -> Option<Vec<RecordName>> {
    read_list(unpack, |unpack| {
        Some(RecordName { key: unpack.hash()?, text: unpack.text()?.into(), range: unpack.range(0)? })
    })
}

fn write_record(record: &EntityRecord, out: &mut Pack) {
    out.byte(record.kind as u8);
    out.text(&record.name);
    out.range(record.name_range, 0);
    write_names(&record.strong, out);
    write_list(&record.elsewhere, out, |&key, out| out.hash(key));
    write_names(&record.weak, out);
    write_names(&record.former, out);
    write_list(&record.roles, out, |role, out| {
        [&role.text, &role.from, &role.to].iter().for_each(|part| out.text(part))
    });
    write_list(&record.fields, out, |(key, value), out| {
        out.text(key);
        out.text(value);
    });
}

fn read_record(unpack: &mut Unpack<'_>) -> Option<EntityRecord> {
    Some(EntityRecord {
        kind: EntityKind::of(unpack.byte()?)?,
        name: unpack.text()?.into(),
        name_range: unpack.range(0)?,
        strong: read_names(unpack)?,
        elsewhere: read_list(unpack, Unpack::hash)?,
        weak: read_names(unpack)?,
        former: read_names(unpack)?,
        roles: read_list(unpack, |unpack| {
            Some(RecordRole { text: unpack.text()?.into(), from: unpack.text()?.into(), to: unpack.text()?.into() })
        })?,
        fields: read_list(unpack, |unpack| Some((unpack.text()?.into(), unpack.text()?.into())))?,
    })
}

fn write_source(source: &Source, out: &mut Pack) {
    out.text(&source.key);
    [&source.kind, &source.title, &source.publisher, &source.date].iter().for_each(|part| out.text(part));
    write_list(&source.ids, out, |id, out| out.text(id));
    write_list(&source.authors, out, |author, out| out.text(author));
    out.byte(u8::from(source.more_authors));
    write_list(&source.fields, out, |(key, value), out| {
        out.text(key);
        out.text(value);
    });
    out.range(source.range, 0);
}

fn read_source(unpack: &mut Unpack<'_>) -> Option<Source> {
    Some(Source {
        key: unpack.text()?.into(),
        kind: unpack.text()?.into(),
        title: unpack.text()?.into(),
        publisher: unpack.text()?.into(),
        date: unpack.text()?.into(),
        ids: read_list(unpack, |unpack| Some(unpack.text()?.into()))?,
        authors: read_list(unpack, |unpack| Some(unpack.text()?.into()))?,
        more_authors: unpack.byte()? != 0,
        fields: read_list(unpack, |unpack| Some((unpack.text()?.into(), unpack.text()?.into())))?,
        range: unpack.range(0)?,
    })
}
