//! What the workspace knows of an entity, on a card of at most 25 lines.
//!
//! Order: identity and role, names and identifiers, counts, company, statements ([`statements`]), conflicts, origin. Only
//! what a note says is shown, and each thing with the note that says it. Counts are of the whole workspace; company and
//! statements look at the latest notes only, so that a name in ten thousand notes costs no more than one in fifty.

use std::collections::HashMap;
use std::sync::Arc;

use super::card::Card;
use super::links::note_link;
use super::{roles, statements};
use crate::analysis::facts::{EntityKind, Mention, MentionForm};
use crate::features::FileRange;
use crate::features::wording::plural;
use crate::text::TextRange;
use crate::workspace::entities::{Identity, LocalEntity, Place};
use crate::workspace::names::Key;
use crate::workspace::overview::Overview;
use crate::workspace::paths::stem;
use crate::workspace::summary::Role;
use crate::workspace::{FileId, Snapshot};

/// Notes that company and statements are read from.
const LATEST: usize = 48;
/// The most frequent company that is weighed against how common it is; and past how many notes it counts as common.
const WEIGHED: usize = 24;
const COMMON: usize = 200;

/// The card of a name in the text.
pub(in crate::features) fn of_mention(snapshot: &Snapshot, file: FileId, mention: &Mention) -> Option<Card> {
    let at = LocalEntity { file, local: mention.entity? };
    let identity = snapshot.identity(at)?;
    Some(card(snapshot, &identity, Some((at, mention))))
}

/// The card of whoever has a name.
pub(in crate::features) fn of_key(snapshot: &Snapshot, key: Key) -> Option<Card> {
    Some(card(snapshot, &snapshot.identity_of_key(key)?, None))
}

/// The card of the entity that a note is about.
pub(in crate::features) fn of_record(snapshot: &Snapshot, file: FileId) -> Option<Card> {
    Some(card(snapshot, &snapshot.identity_of_record(file)?, None))
}

/// The card of an identity; of one of its mentions if `here` names it.
pub(in crate::features) fn card(
    snapshot: &Snapshot,
    identity: &Identity,
    here: Option<(LocalEntity, &Mention)>,
) -> Card {
    let overview = snapshot.overview(identity, LATEST);
    let places = &overview.latest;
    let mut card = Card::default();
    head(&mut card, snapshot, identity, &overview, here);
    also_known(&mut card, snapshot, identity, places);
    counts(&mut card, &overview);
    company(&mut card, snapshot, identity, places);
    statements::by(&mut card, places);
    statements::about(&mut card, places);
    conflicts(&mut card, snapshot, identity, places);
    origin(&mut card, snapshot, identity);
    card
}

fn head(
    card: &mut Card,
    snapshot: &Snapshot,
    identity: &Identity,
    overview: &Overview<'_>,
    here: Option<(LocalEntity, &Mention)>,
) {
    card.line().strong(identity.name.to_string()).text(format!(" · {}", identity.kind.as_str()));
    let record = identity.record.and_then(|file| snapshot.note(file)?.record.clone());
    let date = here.and_then(|(at, _)| snapshot.note(at.file)?.date().map(str::to_owned));
    if let Some(role) = record.as_ref().and_then(|r| roles::registered(&r.roles, date.as_deref())) {
        card.text(format!(" · {}{}", role.text, roles::registered_years(role)));
    } else if let Some(role) = roles::reported(overview, here.map(|(at, _)| at.file), date.as_deref()) {
        let to = FileRange { file: role.file, range: role.range };
        card.text(" · ").link(format!("{}{}", role.text, roles::years(role.time)), to);
    }
    stands_for(card, snapshot, here);
    let form = here.map(|(_, mention)| mention.form);
    if let Some(note) = form.and_then(form_words) {
        card.text(format!(" · here {note}"));
    }
}

/// Adds what the mention stands for apart from what it names.
fn stands_for(card: &mut Card, snapshot: &Snapshot, here: Option<(LocalEntity, &Mention)>) {
    let Some((at, mention)) = here else { return };
    let Some(facts) = snapshot.full(at.file).map(|note| &note.facts) else { return };
    let index = facts.mentions.partition_point(|other| other.range.start < mention.range.start);
    let Some(fact) = facts.stands_for(index as u32) else { return };
    let words = if fact.government { " · here stands for the government of " } else { " · of " };
    card.text(words);
    // The state itself, where a note names it.
    let key = snapshot.key_of(EntityKind::Place, fact.state);
    let state = snapshot.files(key, Role::Main).next().and_then(|file| {
        let note = snapshot.note(file)?;
        let entity = note.entity(note.locals(key, Role::Main).next()?)?;
        let range = entity.mentions().next()?.range;
        Some(FileRange { file, range })
    });
    match state {
        Some(to) => card.link(fact.state, to),
        None => card.text(fact.state),
    };
}

fn form_words(form: MentionForm) -> Option<&'static str> {
    match form {
        MentionForm::Description => Some("by description"),
        MentionForm::Full | MentionForm::Short | MentionForm::Titled | MentionForm::Acronym | MentionForm::Metonym => {
            None
        }
    }
}

fn also_known(card: &mut Card, snapshot: &Snapshot, identity: &Identity, places: &[Place<'_>]) {
    let mut names: Vec<&str> = Vec::new();
    let record = identity.record.and_then(|file| snapshot.note(file)).and_then(|note| note.record.as_ref());
    let given = record.iter().flat_map(|r| r.aliases());
    let seen = places.iter().flat_map(|p| std::iter::once(p.entity.name).chain(p.entity.aliases()));
    for name in given.chain(seen) {
        if *name != *identity.name && !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        let more = names.len().saturating_sub(8);
        names.truncate(8);
        card.line().text(format!("aka {}", names.join(", ")));
        if more > 0 {
            card.text(format!(" and {more} more"));
        }
    }
    let fields: Vec<String> = record
        .iter()
        .flat_map(|r| &r.fields)
        .filter(|(_, value)| !value.is_empty() && value.len() <= 60)
        .take(6)
        .map(|(key, value)| format!("{key} {value}"))
        .collect();
    if !fields.is_empty() {
        card.line().text(fields.join(" · "));
    }
}

fn counts(card: &mut Card, overview: &Overview<'_>) {
    if overview.mentions == 0 {
        return;
    }
    card.line().text(format!(
        "{} in {}",
        plural(overview.mentions, "mention", "mentions"),
        plural(overview.notes, "note", "notes")
    ));
    for (word, place) in [("first", overview.first.as_ref()), ("last", overview.last())] {
        let Some(place) = place.filter(|_| overview.notes > 1) else { continue };
        let date = place.note.date().unwrap_or("");
        card.text(format!(" · {word} {date} "));
        note_link(card, place, first_range(place));
    }
}

/// Whoever stands in the same blocks, ranked by how much more often than their own number of notes would give.
fn company(card: &mut Card, snapshot: &Snapshot, identity: &Identity, places: &[Place<'_>]) {
    let mut together: HashMap<Key, (u32, LocalEntity)> = HashMap::new();
    for place in places {
        let mut mine: Vec<u32> = place.mentions().map(|mention| mention.block).collect();
        mine.sort_unstable();
        mine.dedup();
        let mut counted: Vec<(u32, u32)> = Vec::new();
        let mut keys = Vec::new();
        for (local, entity) in (0..).zip(place.note.entities()) {
            keys.push(None);
            if local != place.at.local {
                let beside = entity.mentions().filter(|m| m.kind.is_named() && mine.binary_search(&m.block).is_ok());
                counted.extend(beside.map(|mention| (local, mention.block)));
            }
        }
        counted.sort_unstable();
        counted.dedup();
        for (key, role, local) in place.note.names() {
            if let Some(slot) = keys.get_mut(local as usize).filter(|_| role == Role::Main) {
                *slot = Some(key);
            }
        }
        for (local, _) in counted {
            let key = keys.get(local as usize).copied().flatten();
            let Some(key) = key.filter(|key| !identity.names().contains(key)) else { continue };
            together.entry(key).or_insert((0, LocalEntity { file: place.at.file, local })).0 += 1;
        }
    }
    let mut often: Vec<(u32, LocalEntity, Key)> = together.into_iter().map(|(key, (n, at))| (n, at, key)).collect();
    often.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    often.truncate(WEIGHED);
    // Spellings of one name count together.
    let mut ranked: Vec<(f64, u32, LocalEntity, Arc<str>)> = Vec::new();
    let mut seen: Vec<(Key, usize)> = Vec::new();
    for (count, at, key) in often {
        if let Some(&(_, index)) = seen.iter().find(|(name, _)| *name == key) {
            ranked.get_mut(index).into_iter().for_each(|known| known.1 += count);
            continue;
        }
        let Some(other) = snapshot.identity(at) else { continue };
        seen.extend(other.names().iter().map(|&name| (name, ranked.len())));
        let notes = snapshot.files(key, Role::Main).take(COMMON).count();
        ranked.push((1.0 / (2.0 + notes as f64).ln(), count, at, other.name));
    }
    ranked.sort_by(|a, b| (b.0 * f64::from(b.1)).total_cmp(&(a.0 * f64::from(a.1))).then(a.2.cmp(&b.2)));
    let shown: Vec<(u32, LocalEntity, Arc<str>)> =
        ranked.into_iter().take(5).map(|(_, count, at, name)| (count, at, name)).collect();
    if shown.is_empty() {
        return;
    }
    card.line().text("With: ");
    for (index, (count, at, name)) in shown.into_iter().enumerate() {
        if index > 0 {
            card.text(" · ");
        }
        let range = snapshot.note(at.file).and_then(|note| Some(note.entity(at.local)?.mentions().next()?.range));
        card.text(format!("{name} ("))
            .link(count.to_string(), FileRange { file: at.file, range: range.unwrap_or_default() });
        card.text(")");
    }
}

/// Roles that the entity note does not know, rival entity notes, and bearers of a lone surname.
fn conflicts(card: &mut Card, snapshot: &Snapshot, identity: &Identity, places: &[Place<'_>]) {
    let record = identity.record.and_then(|file| snapshot.note(file)?.record.clone());
    let known: Vec<String> = record.iter().flat_map(|r| &r.roles).map(|role| role.text.to_lowercase()).collect();
    let mut shown: Vec<String> = Vec::new();
    for place in places.iter().filter(|_| !known.is_empty()) {
        for (role, range, _) in place.entity.dated_roles().filter(|(_, _, time)| !time.is_over()) {
            let words = role.to_lowercase();
            let agrees = |known: &String| words.split_whitespace().any(|w| w.len() > 3 && known.contains(w));
            if known.iter().any(agrees) || shown.contains(&words) || shown.len() == 2 {
                continue;
            }
            card.line().text(format!("⚠ role: \"{role}\" in "));
            note_link(card, place, range);
            shown.push(words);
        }
    }
    if !identity.rivals.is_empty() {
        card.line().text("⚠ Ambiguous: ");
        for (index, &file) in identity.rivals.iter().take(4).enumerate() {
            let Some(note) = snapshot.note(file) else { continue };
            card.text(if index > 0 { " or " } else { "" });
            let range = note.record.as_ref().map_or(note.title_range, |r| r.name_range);
            card.link(format!("[[{}]]", stem(&note.path)), FileRange { file, range });
        }
    }
    let bearers: Vec<String> = identity
        .bearers
        .iter()
        .filter_map(|&key| Some(snapshot.identity_of_key(key)?.name.to_string()))
        .take(5)
        .collect();
    if !bearers.is_empty() {
        card.line().text(format!("No full name in this note. Elsewhere: {}", bearers.join(" · ")));
    }
}

fn origin(card: &mut Card, snapshot: &Snapshot, identity: &Identity) {
    match identity.record.and_then(|file| Some((file, snapshot.note(file)?))) {
        Some((file, note)) => {
            let range = note.record.as_ref().map_or(note.title_range, |r| r.name_range);
            card.line().text("Note: ").link(format!("[[{}]]", stem(&note.path)), FileRange { file, range });
        }
        None if identity.rivals.is_empty() => drop(card.line().text("No entity note: inferred from the text.")),
        None => {}
    }
}

fn first_range(place: &Place<'_>) -> TextRange {
    place.mentions().next().map(|m| m.range).unwrap_or_default()
}
