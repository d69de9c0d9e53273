//! Roles that the note gives to a person, by title ("Trade Minister Lidia Marr") or apposition ("Lidia Marr, Meridia's
//! trade minister,").

use std::ops::Range;
use std::sync::LazyLock;

use super::context::LeftContext;
use super::forms::{NONE, Table};
use super::people::Groups;
use super::role_years;
use crate::analysis::facts::{EntityKind, Mention, Role, RoleTime};
use crate::lexicon::{class, classes_of};
use crate::structure::{Note, Token, TokenKind};
use crate::text::{TextRange, word_hash};

/// A role and the group that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct FoundRole {
    /// The number of the group.
    pub(super) group: u32,
    /// The role.
    pub(super) role: Role,
}

static ARTICLES: LazyLock<[u64; 3]> = LazyLock::new(|| ["the", "a", "an"].map(word_hash));
static COMMA: LazyLock<u64> = LazyLock::new(|| word_hash(","));
static HYPHEN: LazyLock<u64> = LazyLock::new(|| word_hash("-"));

/// Longest role, in tokens.
const LONGEST: usize = 14;

/// The roles that the note gives to its persons, in order.
pub(super) fn find(
    text: &str,
    note: &Note,
    mentions: &[Mention],
    table: &Table,
    contexts: &[LeftContext],
    groups: &Groups,
) -> Vec<FoundRole> {
    let mut roles = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let is_person = table.forms.get(table.of[index] as usize).is_some_and(|form| form.kind == EntityKind::Person);
        if !is_person || groups.of[index] == NONE || contexts[index].heading {
            continue;
        }
        let Some(sentence) = note.sentences.get(mention.sentence as usize) else { continue };
        let reader = Reader { text, note, mentions, index, first: sentence.tokens.start, end: sentence.tokens.end };
        let before = reader.title(mention).or_else(|| reader.leading(mention));
        for found in before.into_iter().chain(reader.apposition(mention)).chain(reader.told(mention)) {
            let Some(range) = reader.range(found.tokens.start, found.tokens.end - 1) else { continue };
            let role = Role { text: tidy(range.of(text)), range, time: found.time };
            roles.push(FoundRole { group: groups.of[index], role });
        }
    }
    roles
}

fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tokens of a role, and when it is held.
struct Held {
    tokens: Range<u32>,
    time: RoleTime,
}

/// Reads around one mention within its sentence. Token numbers are those of the note.
struct Reader<'n> {
    text: &'n str,
    note: &'n Note,
    mentions: &'n [Mention],
    index: usize,
    first: u32,
    end: u32,
}

impl Reader<'_> {
    fn token(&self, at: u32) -> Option<&Token> {
        (self.first..self.end).contains(&at).then(|| self.note.tokens.get(at as usize)).flatten()
    }

    /// The mention that ends with token `at`, looking back from our own.
    fn mention_ending(&self, at: u32) -> Option<&Mention> {
        self.mentions[..self.index].iter().rev().take(6).find(|m| m.tokens.end == at + 1)
    }

    /// The mention that begins with token `at`, looking on from our own.
    fn mention_starting(&self, at: u32) -> Option<&Mention> {
        self.mentions[self.index + 1..].iter().take(6).find(|m| m.tokens.start == at)
    }

    /// `Meridia's trade minister` right before the name.
    fn title(&self, mention: &Mention) -> Option<Held> {
        let head = mention.tokens.start.checked_sub(1)?;
        if !classes_of(self.token(head)?.hash).has(class::ROLE_HEAD) {
            return None;
        }
        let start = self.start_of(head);
        Some(self.held(start..head + 1, RoleTime::default()))
    }

    /// `the trade minister, Lidia Marr,`: a role set off before the name.
    fn leading(&self, mention: &Mention) -> Option<Held> {
        let comma = mention.tokens.start.checked_sub(1)?;
        let head = comma.checked_sub(1)?;
        let after = self.token(mention.tokens.end);
        let closed = after.is_none_or(|token| token.is(*COMMA) || token.kind == TokenKind::Stop);
        if !closed || !self.token(comma)?.is(*COMMA) || !classes_of(self.token(head)?.hash).has(class::ROLE_HEAD) {
            return None;
        }
        let start = self.start_of(head);
        let definite = start.checked_sub(1).and_then(|at| self.token(at)).is_some_and(|t| t.is(ARTICLES[0]));
        let possessive = (start..head).any(|at| self.token(at).is_some_and(|t| t.kind == TokenKind::Possessive));
        (definite || possessive).then(|| self.held(start..head + 1, RoleTime::default()))
    }

    /// The first token of the role that ends with its head at `head`.
    fn start_of(&self, head: u32) -> u32 {
        let mut start = head;
        let mut proven = head;
        while let Some(before) = start.checked_sub(1) {
            let Some(token) = self.token(before) else { break };
            if head - before > LONGEST as u32 {
                break;
            }
            if let Some(name) =
                self.mention_ending(before).filter(|m| m.kind.is_named() && m.kind != EntityKind::Person)
            {
                start = name.tokens.start;
                proven = start;
                continue;
            }
            if token.kind == TokenKind::Possessive {
                // Counts only with the name before it.
                start = before;
                continue;
            }
            if classes_of(token.hash).has(class::ROLE_PART) || token.is(*HYPHEN) {
                start = before;
                if token.kind == TokenKind::Word && !token.is(*AND) {
                    proven = before;
                }
                continue;
            }
            break;
        }
        proven
    }

    /// `, Meridia's trade minister,` after the name, perhaps with its years: `, foreign minister from 2019 to 2021,`.
    fn apposition(&self, mention: &Mention) -> Option<Held> {
        let comma = mention.tokens.end;
        if !self.token(comma)?.is(*COMMA) {
            return None;
        }
        let (start, head) = self.head_from(comma + 1)?;
        let end = self.tail(start, head)?;
        let (time, after) = self.years(end);
        (self.closes(after) || end != after).then(|| self.held(start..end, time))
    }

    /// `became president in 2018`, `who was foreign minister until 2021`: what a clause says of its subject, with years.
    fn told(&self, mention: &Mention) -> Option<Held> {
        let mut at = mention.tokens.end;
        if self.token(at)?.is(*COMMA) && self.token(at + 1).is_some_and(|token| token.is(*WHO)) {
            at += 2;
        }
        while self.token(at).is_some_and(|token| AUXILIARIES.contains(&token.hash)) {
            at += 1;
        }
        let auxiliary = self.token(at.checked_sub(1)?).is_some_and(|token| AUXILIARIES.contains(&token.hash));
        let verb = self.token(at)?;
        let (begins, ends) =
            (classes_of(verb.hash).has(class::ROLE_BEGINS), classes_of(verb.hash).has(class::ROLE_ENDS));
        if begins || ends || classes_of(verb.hash).has(class::ROLE_LASTS) {
            at += 1;
            at += u32::from(self.token(at)?.is(*AS));
        } else if !auxiliary {
            return None;
        }
        let (start, head) = self.head_from(at)?;
        let end = self.tail(start, head)?;
        let (mut time, after) = self.years(end);
        if after == end {
            return None;
        }
        // "became president in 2018" says when it began, "resigned as judge in 2018" when it ended.
        if time.from.is_some() && time.from == time.to && (begins || ends) {
            time = RoleTime { from: time.from.filter(|_| begins), to: time.to.filter(|_| ends), ..time };
        }
        Some(self.held(start..end, time))
    }

    /// The role whose first token, or the article before it, is `at`: its first token and its head.
    fn head_from(&self, mut at: u32) -> Option<(u32, u32)> {
        if ARTICLES.contains(&self.token(at)?.hash) {
            at += 1;
        }
        let start = at;
        let mut head = None;
        while let Some(token) = self.token(at) {
            if at - start > LONGEST as u32 {
                return None;
            }
            if let Some(name) = self.mention_starting(at).filter(|m| m.kind.is_named() && m.kind != EntityKind::Person)
            {
                at = name.tokens.end;
                continue;
            }
            if classes_of(token.hash).has(class::ROLE_HEAD) {
                head = Some(at);
            } else if !(token.kind == TokenKind::Possessive
                || token.is(*HYPHEN)
                || token.is(*AND)
                || classes_of(token.hash).has(class::ROLE_PART))
            {
                break;
            }
            at += 1;
        }
        Some((start, head?))
    }

    /// The end of the role that has its head at `head`: with it, or with the phrase that `of` opens.
    fn tail(&self, start: u32, head: u32) -> Option<u32> {
        let mut end = head + 1;
        if self.closes(end) || self.years(end).1 > end {
            return Some(end);
        }
        if !classes_of(self.token(end)?.hash).has(class::ROLE_LINK) {
            return None;
        }
        while !self.closes(end) && self.years(end).1 == end {
            if end - start > LONGEST as u32 {
                return None;
            }
            end = self.mention_starting(end).map_or(end + 1, |name| name.tokens.end);
        }
        Some(end)
    }

    /// The years that `at` opens ("from 2019 to 2021", "since 2018", "(2019–2021)"), and where they end; `at` if none.
    fn years(&self, at: u32) -> (RoleTime, u32) {
        role_years::read(|n| self.token(at + n), at, self.text)
    }

    /// A role with its time; "former" before its head makes it past.
    fn held(&self, tokens: Range<u32>, mut time: RoleTime) -> Held {
        let from = tokens.start.saturating_sub(2).max(self.first);
        time.past |= (from..tokens.end).any(|at| {
            let near = at >= tokens.start || self.token(at + 1).is_some_and(|token| token.is(*HYPHEN));
            near && self.token(at).is_some_and(|token| PAST.contains(&token.hash))
        });
        Held { tokens, time }
    }

    fn closes(&self, at: u32) -> bool {
        self.token(at).is_none_or(|token| {
            token.is(*COMMA) || matches!(token.kind, TokenKind::Stop | TokenKind::Quote) || *CLOSERS == token.hash
        })
    }

    fn range(&self, first: u32, last: u32) -> Option<TextRange> {
        Some(self.token(first)?.range.cover(self.token(last)?.range))
    }
}

static WHO: LazyLock<u64> = LazyLock::new(|| word_hash("who"));
static AS: LazyLock<u64> = LazyLock::new(|| word_hash("as"));
static AUXILIARIES: LazyLock<[u64; 7]> =
    LazyLock::new(|| ["was", "is", "has", "had", "been", "were", "also"].map(word_hash));
/// Words that say that a role is over.
pub(super) static PAST: LazyLock<[u64; 6]> =
    LazyLock::new(|| ["former", "ex", "then", "late", "previous", "ousted"].map(word_hash));
static AND: LazyLock<u64> = LazyLock::new(|| word_hash("and"));
static CLOSERS: LazyLock<u64> = LazyLock::new(|| word_hash(")"));
