//! What the note says that a person is, by title ("Trade Minister Lidia Marr") or apposition ("Lidia Marr, Meridia's
//! trade minister,").

use std::collections::HashSet;
use std::sync::LazyLock;

use super::context::Context;
use super::forms::{NONE, Table};
use super::people::Groups;
use crate::analysis::facts::{EntityKind, Mention, Role};
use crate::structure::{Note, Token, TokenKind, word_hash};
use crate::text::TextRange;

/// A role and the group that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct FoundRole {
    pub(super) group: u32,
    pub(super) role: Role,
}

/// Nouns that a role ends with.
const ROLE_HEADS: &[&str] = &[
    "activist",
    "adviser",
    "advisor",
    "ambassador",
    "analyst",
    "attorney",
    "author",
    "boss",
    "candidate",
    "captain",
    "ceo",
    "cfo",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chancellor",
    "chief",
    "cleric",
    "co-founder",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "consul",
    "correspondent",
    "counsel",
    "deputy",
    "diplomat",
    "director",
    "doctor",
    "economist",
    "editor",
    "envoy",
    "executive",
    "expert",
    "fellow",
    "founder",
    "general",
    "governor",
    "head",
    "historian",
    "inspector",
    "journalist",
    "judge",
    "justice",
    "king",
    "lawmaker",
    "lawyer",
    "leader",
    "lecturer",
    "legislator",
    "mayor",
    "mep",
    "minister",
    "monarch",
    "mp",
    "officer",
    "official",
    "owner",
    "physician",
    "premier",
    "president",
    "prince",
    "princess",
    "principal",
    "professor",
    "prosecutor",
    "queen",
    "reporter",
    "representative",
    "researcher",
    "scholar",
    "scientist",
    "secretary",
    "secretary-general",
    "senator",
    "sheriff",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "strategist",
    "superintendent",
    "vice-president",
    "warden",
    "writer",
];

/// Words that a role may have before its head, besides names.
const MODIFIERS: &[&str] = &[
    "acting",
    "agriculture",
    "air",
    "army",
    "assistant",
    "associate",
    "bank",
    "board",
    "border",
    "bureau",
    "business",
    "cabinet",
    "central",
    "chief",
    "coalition",
    "co",
    "committee",
    "communications",
    "company",
    "council",
    "crown",
    "culture",
    "customs",
    "cyber",
    "defence",
    "defense",
    "department",
    "deputy",
    "development",
    "district",
    "economics",
    "economy",
    "education",
    "elect",
    "emergency",
    "energy",
    "environment",
    "ex",
    "executive",
    "external",
    "federal",
    "finance",
    "first",
    "fleet",
    "force",
    "foreign",
    "former",
    "founding",
    "general",
    "government",
    "harbour",
    "harbor",
    "health",
    "high",
    "home",
    "house",
    "human",
    "incoming",
    "independent",
    "industry",
    "information",
    "intelligence",
    "interim",
    "interior",
    "international",
    "junior",
    "justice",
    "labor",
    "labour",
    "lead",
    "legal",
    "longtime",
    "long",
    "managing",
    "maritime",
    "marine",
    "media",
    "military",
    "minority",
    "majority",
    "ministry",
    "naval",
    "navy",
    "national",
    "news",
    "oil",
    "operations",
    "opposition",
    "outgoing",
    "parliamentary",
    "party",
    "permanent",
    "planning",
    "police",
    "policy",
    "political",
    "port",
    "press",
    "prime",
    "principal",
    "program",
    "programme",
    "provincial",
    "public",
    "rebel",
    "regional",
    "relations",
    "research",
    "retired",
    "rights",
    "rival",
    "ruling",
    "science",
    "security",
    "senior",
    "shadow",
    "special",
    "staff",
    "state",
    "supreme",
    "team",
    "technology",
    "then",
    "time",
    "top",
    "tourism",
    "trade",
    "transport",
    "transportation",
    "treasury",
    "under",
    "union",
    "university",
    "vice",
    "veteran",
    "war",
    "water",
    "affairs",
    "and",
    "diplomatic",
    "election",
];

static HEADS: LazyLock<HashSet<u64>> = LazyLock::new(|| ROLE_HEADS.iter().map(|word| word_hash(word)).collect());
static BEFORE: LazyLock<HashSet<u64>> =
    LazyLock::new(|| MODIFIERS.iter().chain(ROLE_HEADS).map(|word| word_hash(word)).collect());
static ARTICLES: LazyLock<[u64; 3]> = LazyLock::new(|| ["the", "a", "an"].map(word_hash));
static LINKS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    ["of", "for", "at", "in", "to", "on", "with", "from"].iter().map(|word| word_hash(word)).collect()
});
static COMMA: LazyLock<u64> = LazyLock::new(|| word_hash(","));
static HYPHEN: LazyLock<u64> = LazyLock::new(|| word_hash("-"));

/// Longest role, in tokens.
const LONGEST: usize = 14;

/// Whether a role ends with this word.
pub(crate) fn is_head(hash: u64) -> bool {
    HEADS.contains(&hash)
}

/// Whether a word can stand in a role before its head, or is one.
pub(super) fn is_part(hash: u64) -> bool {
    BEFORE.contains(&hash)
}

/// The roles that the note gives to its persons, in order.
pub(super) fn find(
    text: &str,
    note: &Note,
    mentions: &[Mention],
    table: &Table,
    contexts: &[Context],
    groups: &Groups,
) -> Vec<FoundRole> {
    let mut roles = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let is_person = table.forms.get(table.of[index] as usize).is_some_and(|form| form.kind == EntityKind::Person);
        if !is_person || groups.of[index] == NONE || contexts[index].heading {
            continue;
        }
        let Some(sentence) = note.sentences.get(mention.sentence as usize) else { continue };
        let reader = Reader { note, mentions, index, first: sentence.tokens.start, end: sentence.tokens.end };
        let found =
            reader.title(mention).or_else(|| reader.leading(mention)).into_iter().chain(reader.apposition(mention));
        for range in found {
            let role = Role { text: tidy(range.of(text)), range };
            roles.push(FoundRole { group: groups.of[index], role });
        }
    }
    roles
}

fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads around one mention within its sentence. Token numbers are those of the note.
struct Reader<'n> {
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
    fn title(&self, mention: &Mention) -> Option<TextRange> {
        let head = mention.tokens.start.checked_sub(1)?;
        if !is_head(self.token(head)?.hash) {
            return None;
        }
        let start = self.start_of(head);
        self.range(start, head)
    }

    /// `the trade minister, Lidia Marr,`: a role set off before the name.
    fn leading(&self, mention: &Mention) -> Option<TextRange> {
        let comma = mention.tokens.start.checked_sub(1)?;
        let head = comma.checked_sub(1)?;
        let after = self.token(mention.tokens.end);
        let closed = after.is_none_or(|token| token.is(*COMMA) || token.kind == TokenKind::Stop);
        if !closed || !self.token(comma)?.is(*COMMA) || !is_head(self.token(head)?.hash) {
            return None;
        }
        let start = self.start_of(head);
        let definite = start.checked_sub(1).and_then(|at| self.token(at)).is_some_and(|t| t.is(ARTICLES[0]));
        let possessive = (start..head).any(|at| self.token(at).is_some_and(|t| t.kind == TokenKind::Possessive));
        if !(definite || possessive) {
            return None;
        }
        self.range(start, head)
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
            if BEFORE.contains(&token.hash) || token.is(*HYPHEN) {
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

    /// `, Meridia's trade minister,` after the name.
    fn apposition(&self, mention: &Mention) -> Option<TextRange> {
        let comma = mention.tokens.end;
        if !self.token(comma)?.is(*COMMA) {
            return None;
        }
        let mut at = comma + 1;
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
            if is_head(token.hash) {
                head = Some(at);
            } else if !(token.kind == TokenKind::Possessive || token.is(*HYPHEN) || BEFORE.contains(&token.hash)) {
                break;
            }
            at += 1;
        }
        let head = head?;
        if self.closes(head + 1) {
            return self.range(start, head);
        }
        if !LINKS.contains(&self.token(head + 1)?.hash) {
            return None;
        }
        let mut end = head + 2;
        while !self.closes(end) {
            if end - start > LONGEST as u32 {
                return None;
            }
            end = self.mention_starting(end).map_or(end + 1, |name| name.tokens.end);
        }
        self.range(start, end - 1)
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

static AND: LazyLock<u64> = LazyLock::new(|| word_hash("and"));
static CLOSERS: LazyLock<u64> = LazyLock::new(|| word_hash(")"));
