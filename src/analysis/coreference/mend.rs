//! Spans that the rest of the note proves wrong: "White House envoy Ada Pell" where the note has the White House by
//! itself, "Meridia-Sarn" where it has Meridia, a headline's "Meridia Claims" where nothing else is called so.

use std::sync::LazyLock;

use super::forms::tokens_of;
use super::{body_words, known};
use crate::analysis::facts::{EntityKind, Mention};
use crate::lexicon::{class, classes_of};
use crate::structure::{Note, Token, TokenKind};
use crate::text::{HashedMap, TextRange, word_hash};

static DASHES: LazyLock<[u64; 2]> = LazyLock::new(|| [word_hash("-"), word_hash("/")]);

/// Names as they stand by themselves in the note, with their kind and how often.
type Standing = HashedMap<(EntityKind, u32)>;

/// Cuts and divides mentions; they stay in order.
pub(super) fn mend(text: &str, note: &Note, mentions: &mut Vec<Mention>) {
    let mut standing = Standing::default();
    for mention in mentions.iter().filter(|mention| mention.kind.is_named()) {
        let entry = standing.entry(known::key(text, tokens_of(note, mention))).or_insert((mention.kind, 0));
        entry.1 += 1;
    }
    for index in 0..mentions.len() {
        numbered(text, note, mentions, index);
    }
    let mender = Mender { text, note, standing };
    let mut mended = Vec::with_capacity(mentions.len() + 8);
    for mention in mentions.drain(..) {
        let (first, second) = mender.parts(&mention);
        mended.push(first.unwrap_or(mention));
        mended.extend(second);
    }
    *mentions = mended;
}

/// Takes the number of a ruler into his name ("Orvan II"; "Orvan I" only where the word I cannot stand).
fn numbered(text: &str, note: &Note, mentions: &mut [Mention], index: usize) {
    let (mention, next) = (&mentions[index], mentions.get(index + 1));
    let end = mention.tokens.end as usize;
    let Some(token) = note.tokens.get(end).filter(|token| token.capital && token.spaced) else { return };
    let word = token.text(text);
    let open = || {
        let after = note.tokens.get(end + 1);
        after.is_none_or(|t| !matches!(t.kind, TokenKind::Word | TokenKind::Quote) && !t.spaced)
    };
    let number = match word {
        "II" | "III" | "IV" | "VI" | "VII" | "VIII" => true,
        "I" | "I." => open(),
        _ => false,
    };
    let free = next.is_none_or(|next| next.range.start >= token.range.end);
    if mention.kind == EntityKind::Person && number && free {
        mentions[index].range.end = token.range.end - u32::from(word.ends_with('.'));
        mentions[index].tokens.end += 1;
    }
}

struct Mender<'n> {
    text: &'n str,
    note: &'n Note,
    standing: Standing,
}

impl Mender<'_> {
    /// The mention that a mention becomes, and a second one after it; none where it is right.
    fn parts(&self, mention: &Mention) -> (Option<Mention>, Option<Mention>) {
        let tokens = tokens_of(self.note, mention);
        let count = tokens.len();
        if count < 2 || !mention.kind.is_named() {
            return (None, None);
        }
        if let [one, dash, other] = tokens
            && DASHES.contains(&dash.hash)
            && mention.kind != EntityKind::Product
        {
            return self.pair(mention, one, other);
        }
        if let Some(owner) = self.owner(mention, tokens) {
            return (Some(owner), None);
        }
        let alone = self.standing.get(&known::key(self.text, tokens)).is_none_or(|(_, count)| *count == 1);
        if !alone {
            return (None, None);
        }
        match mention.kind {
            EntityKind::Person => self.person(mention, tokens),
            EntityKind::Org | EntityKind::Event if self.is_heading(mention) => {
                let place = self.prefix(tokens, |kind| matches!(kind, EntityKind::Place | EntityKind::Group));
                (place.map(|(cut, kind)| self.part(mention, 0, cut, kind)), None)
            }
            _ => (None, None),
        }
    }

    /// `Sarn University Wiki`, where the note has Sarn University by itself: the name is the body's.
    fn owner(&self, mention: &Mention, tokens: &[Token]) -> Option<Mention> {
        let cut = (1..tokens.len()).find(|&at| body_words::is_ware(tokens[at].hash))?;
        let (kind, _) = *self.standing.get(&known::key(self.text, &tokens[..cut]))?;
        matches!(kind, EntityKind::Org | EntityKind::Place).then(|| self.part(mention, 0, cut, kind))
    }

    /// `Meridia-Sarn`: two places, if the note has one of them by itself.
    fn pair(&self, mention: &Mention, one: &Token, other: &Token) -> (Option<Mention>, Option<Mention>) {
        let place = |token: &Token| {
            let standing = self.standing.get(&known::key(self.text, std::slice::from_ref(token)));
            standing.is_some_and(|(kind, _)| *kind == EntityKind::Place)
        };
        let long = |token: &Token| token.capital && token.range.len() >= 4;
        if !(place(one) && long(other) || place(other) && long(one)) {
            return (None, None);
        }
        (Some(self.part(mention, 0, 1, EntityKind::Place)), Some(self.part(mention, 2, 3, EntityKind::Place)))
    }

    /// A person with a body or place before or behind the name.
    fn person(&self, mention: &Mention, tokens: &[Token]) -> (Option<Mention>, Option<Mention>) {
        let count = tokens.len();
        if let Some((cut, kind)) = self.prefix(tokens, |kind| kind != EntityKind::Person).filter(|_| count >= 3) {
            let mut start = cut;
            while count - start >= 2
                && (classes_of(tokens[start].hash).has(class::ROLE_HEAD)
                    || (tokens[start].all_capitals && count - start >= 3))
            {
                start += 1;
            }
            if count - start >= 2 || start > cut {
                let name = self.part(mention, start, count, EntityKind::Person);
                return (Some(self.part(mention, 0, cut, kind)), Some(name));
            }
        }
        let before = self.standing.get(&known::key(self.text, &tokens[..count - 1]));
        let last = self.standing.get(&known::key(self.text, &tokens[count - 1..]));
        match (before, last) {
            (Some((EntityKind::Person, _)), Some((EntityKind::Place, _))) => (
                Some(self.part(mention, 0, count - 1, EntityKind::Person)),
                Some(self.part(mention, count - 1, count, EntityKind::Place)),
            ),
            _ => (None, None),
        }
    }

    /// The longest beginning that stands by itself elsewhere in the note (or is known to the world), and its kind.
    fn prefix(&self, tokens: &[Token], fits: impl Fn(EntityKind) -> bool) -> Option<(usize, EntityKind)> {
        let longest = tokens.len().saturating_sub(1).min(3);
        (1..=longest).rev().filter(|&cut| tokens[cut].spaced).find_map(|cut| {
            let key = known::key(self.text, &tokens[..cut]);
            let kind = self.standing.get(&key).map(|(kind, _)| *kind);
            let kind = kind.or_else(|| known::find(key).map(|known| known.kind));
            kind.filter(|&kind| fits(kind)).map(|kind| (cut, kind))
        })
    }

    fn is_heading(&self, mention: &Mention) -> bool {
        let sentence = self.note.sentences.get(mention.sentence as usize);
        sentence.is_some_and(|sentence| self.note.block_of(sentence).kind.is_heading())
    }

    /// The tokens from `from` up to `to` of a mention as a mention of their own.
    fn part(&self, mention: &Mention, from: usize, to: usize, kind: EntityKind) -> Mention {
        let tokens = tokens_of(self.note, mention);
        let range = match (tokens.get(from), to.checked_sub(1).and_then(|last| tokens.get(last))) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => TextRange::empty(mention.range.start),
        };
        let start = mention.tokens.start;
        Mention { range, kind, tokens: start + from as u32..start + to as u32, ..mention.clone() }
    }
}
