//! The entities of a note, from the groups of its mentions.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64;

use super::context::LeftContext;
use super::forms::{Form, NONE, Table};
use super::people::Groups;
use super::roles::FoundRole;
use super::work;
use crate::analysis::facts::{Entity, EntityKind, Mention, MentionForm};

/// Builds the entities in order of first mention, and writes entity, form and kind into the mentions.
pub(super) fn build(
    text: &str,
    mentions: &mut [Mention],
    contexts: &[LeftContext],
    table: &Table,
    groups: &Groups,
    roles: Vec<FoundRole>,
) -> Vec<Entity> {
    let mut entity_of = vec![NONE; groups.count as usize];
    let mut forms_of: Vec<Vec<u32>> = Vec::new();
    let mut entered: HashSet<(u32, u32)> = HashSet::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (index, mention) in mentions.iter_mut().enumerate() {
        let Some(slot) = entity_of.get_mut(groups.of[index] as usize) else { continue };
        if *slot == NONE {
            *slot = entities.len() as u32;
            forms_of.push(Vec::new());
            entities.push(Entity {
                name: String::new(),
                kind: mention.kind,
                mentions: Vec::new(),
                aliases: Vec::new(),
                roles: Vec::new(),
            });
        }
        entities[*slot as usize].mentions.push(index as u32);
        mention.entity = Some(*slot);
        let forms = &mut forms_of[*slot as usize];
        work::did(1);
        // A group mostly has few forms, but an acronym that a list spells out anew in every line has thousands.
        if forms.last() != Some(&table.of[index]) && entered.insert((*slot, table.of[index])) {
            forms.push(table.of[index]);
        }
    }
    for (entity, forms) in entities.iter_mut().zip(&forms_of) {
        let Some(&best) = forms.iter().max_by_key(|&&form| fullness(&table.forms[form as usize])) else { continue };
        name(text, entity, table, forms, best);
        for &index in &entity.mentions {
            let form = &table.forms[table.of[index as usize] as usize];
            let mention = &mut mentions[index as usize];
            mention.kind = entity.kind;
            mention.form =
                form_of(form, table.of[index as usize] == best, &table.forms[best as usize], contexts[index as usize]);
        }
    }
    for role in roles {
        let Some(entity) = entity_of.get(role.group as usize).and_then(|&n| entities.get_mut(n as usize)) else {
            continue;
        };
        if !entity.roles.iter().any(|known| known.text == role.role.text) {
            entity.roles.push(role.role);
        }
    }
    entities
}

/// The fullness of a form: the fullest names the entity.
fn fullness(form: &Form) -> (bool, u32, usize, std::cmp::Reverse<u32>) {
    let first = form.mentions.first().copied().unwrap_or(u32::MAX);
    (!form.acronym, form.words.min(12), form.text.len().min(80), std::cmp::Reverse(first))
}

fn name(text: &str, entity: &mut Entity, table: &Table, forms: &[u32], best: u32) {
    let full = &table.forms[best as usize];
    entity.name.clone_from(&full.text);
    entity.kind = match full.known {
        Some(known) => known.kind,
        None if full.words > 1 || full.kind == EntityKind::Person => full.kind,
        None => {
            let most = forms.iter().max_by_key(|&&form| table.forms[form as usize].mentions.len());
            most.map_or(full.kind, |&form| table.forms[form as usize].kind)
        }
    };
    let mut writings: Vec<_> = forms.iter().flat_map(|&form| &table.forms[form as usize].writings).collect();
    writings.sort_unstable();
    work::did(writings.len());
    let mut seen: HashSet<u64> = HashSet::new();
    for range in writings {
        let written = range.of(text);
        let alias = if written.contains(char::is_whitespace) {
            written.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            written.to_string()
        };
        if alias != entity.name && seen.insert(xxh3_64(alias.as_bytes())) {
            entity.aliases.push(alias);
        }
    }
}

fn form_of(form: &Form, is_full: bool, full: &Form, context: LeftContext) -> MentionForm {
    if is_full {
        return MentionForm::Full;
    }
    if form.acronym && !full.acronym {
        return MentionForm::Acronym;
    }
    if context.titled && form.words == 1 {
        return MentionForm::Titled;
    }
    MentionForm::Short
}
