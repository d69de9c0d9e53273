//! Entities by any of their names, sources by key, title or outlet, and headings, in all notes.
//!
//! What is typed need not be whole: its letters must occur in order, and the better they lie together at the starts of
//! words, the higher the rank. `@` asks for sources only, `#` for headings only.

use super::FileRange;
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::entities::LocalEntity;
use crate::workspace::names::Key;
use crate::workspace::symbols::{Listed, Listing, Name, letters};
use crate::workspace::{FileId, Snapshot};

/// The sort of thing that a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkspaceSymbolKind {
    /// Somebody or something.
    Entity(EntityKind),
    /// A source.
    Source,
    /// A heading.
    Heading,
}

/// Something that has a name in the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// The name that fits the query.
    pub name: String,
    /// The sort of thing.
    pub kind: WorkspaceSymbolKind,
    /// Whose name it is if it is an alias; publisher and date of a source; the note of a heading.
    pub container: String,
    /// The place where it is described, else first named.
    pub location: FileRange,
    /// Rank: higher is better.
    pub score: i32,
}

/// The `limit` best. An empty query asks for everything.
#[must_use]
pub fn workspace_symbols(snapshot: &Snapshot, query: &str, limit: usize) -> Vec<WorkspaceSymbol> {
    let query = query.trim();
    let (sources, headings) = (query.starts_with('@'), query.starts_with('#'));
    let pattern = Pattern::new(query.trim_start_matches(['@', '#']));
    let mut best = Best { limit, all: Vec::new(), least: i32::MIN };
    if !sources && !headings {
        // Names that an entity note gives are listed by it.
        for (key, name) in
            snapshot.symbols().names().filter(|(_, name)| pattern.may_fit(name.letters) && !name.recorded)
        {
            if let Some(score) = pattern.score(&name.text) {
                let score = score + often(score, name.notes);
                best.add(Candidate { score, name: &name.text, at: (name.file, 0), what: What::Name(key, name) });
            }
        }
    }
    for listed in snapshot.symbols().listed().filter(|listed| pattern.may_fit(listed.letters)) {
        let (wanted, more) = match listed.what {
            // What has a note was thought worth one.
            Listing::Record => (!sources && !headings, 40),
            Listing::Source => (!headings, 20),
            Listing::Heading => (!sources, 0),
        };
        let words = listed.text.split(if listed.what == Listing::Source { '\n' } else { '\0' });
        if let Some(score) =
            Some(words).filter(|_| wanted).and_then(|words| words.filter_map(|w| pattern.score(w)).max())
        {
            let at = (listed.file, listed.index);
            best.add(Candidate { score: score + more, name: listed.text, at, what: What::Listed(listed) });
        }
    }
    let mut found: Vec<WorkspaceSymbol> = best.take().iter().filter_map(|one| symbol(snapshot, one)).collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)).then(a.location.cmp(&b.location)));
    found
}

/// Named in many notes: more likely meant. It moves a name among its equals, not past better ones.
fn often(score: i32, notes: u8) -> i32 {
    (1..notes).fold(0, |more, _| more + i32::from((score + more) % 40 < 20))
}

/// A name that fits.
#[derive(Clone, Copy, Debug)]
struct Candidate<'s> {
    score: i32,
    name: &'s str,
    at: (FileId, u32),
    what: What<'s>,
}

#[derive(Clone, Copy, Debug)]
enum What<'s> {
    Name(Key, &'s Name),
    Listed(Listed<'s>),
}

/// The best of many, without sorting all.
struct Best<'s> {
    limit: usize,
    all: Vec<Candidate<'s>>,
    /// The score below which nothing is among the best any more.
    least: i32,
}

impl<'s> Best<'s> {
    fn add(&mut self, candidate: Candidate<'s>) {
        if candidate.score < self.least {
            return;
        }
        self.all.push(candidate);
        if self.all.len() >= 8 * self.limit.max(64) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let order = |a: &Candidate<'_>, b: &Candidate<'_>| {
            b.score.cmp(&a.score).then_with(|| a.name.cmp(b.name)).then(a.at.cmp(&b.at))
        };
        if self.all.len() > self.limit && self.limit > 0 {
            let (_, last, _) = self.all.select_nth_unstable_by(self.limit - 1, order);
            self.least = last.score;
        }
        self.all.truncate(self.limit);
    }

    fn take(mut self) -> Vec<Candidate<'s>> {
        self.cut();
        self.all
    }
}

fn symbol(snapshot: &Snapshot, found: &Candidate<'_>) -> Option<WorkspaceSymbol> {
    let Candidate { score, at: (file, index), .. } = *found;
    Some(match found.what {
        What::Name(key, name) => {
            let note = snapshot.note(file)?;
            let local = note.locals(key, name.role).next()?;
            let entity = note.entity(local)?;
            let range = entity.mentions().next().map_or(TextRange::empty(0), |mention| mention.range);
            WorkspaceSymbol {
                name: name.text.to_string(),
                kind: WorkspaceSymbolKind::Entity(entity.kind),
                container: container(snapshot, LocalEntity { file, local }, &name.text),
                location: FileRange { file, range },
                score,
            }
        }
        What::Listed(Listed { what: Listing::Record, .. }) => {
            let record = snapshot.note(file)?.record.as_ref()?;
            let name = record.strong.iter().chain(&record.weak).nth(index as usize)?;
            let own = name.text == record.name;
            WorkspaceSymbol {
                name: name.text.to_string(),
                kind: WorkspaceSymbolKind::Entity(record.kind),
                container: if own { String::new() } else { record.name.to_string() },
                location: FileRange { file, range: record.name_range },
                score,
            }
        }
        What::Listed(Listed { what: Listing::Source, .. }) => {
            let source = snapshot.sources_in(file).nth(index as usize)?;
            let about = [source.title.as_str(), &source.publisher, &source.date];
            WorkspaceSymbol {
                name: format!("@{}", source.key),
                kind: WorkspaceSymbolKind::Source,
                container: about.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · "),
                location: FileRange { file, range: source.range },
                score,
            }
        }
        What::Listed(Listed { what: Listing::Heading, .. }) => {
            let note = snapshot.note(file)?;
            let heading = note.headings().nth(index as usize)?;
            WorkspaceSymbol {
                name: heading.text.to_owned(),
                kind: WorkspaceSymbolKind::Heading,
                container: note.path.to_string(),
                location: FileRange { file, range: heading.range },
                score,
            }
        }
    })
}

fn container(snapshot: &Snapshot, at: LocalEntity, name: &str) -> String {
    let identity = snapshot.identity(at).filter(|identity| *identity.name != *name);
    identity.map(|identity| identity.name.to_string()).unwrap_or_default()
}

/// The query, ready to be compared.
struct Pattern {
    letters: Vec<char>,
    set: u64,
}

impl Pattern {
    fn new(query: &str) -> Self {
        let typed: String = query.chars().filter(|c| !c.is_whitespace()).collect();
        Self { letters: typed.chars().flat_map(char::to_lowercase).collect(), set: letters(&typed) }
    }

    /// Returns `true` if a name with these letters may fit.
    fn may_fit(&self, letters: u64) -> bool {
        self.set & !letters == 0
    }

    /// The score of a name: none if some letter is missing. 12 for a letter at a word's start, 8 for one right after
    /// the last, 2 elsewhere; less for what is left over.
    fn score(&self, name: &str) -> Option<i32> {
        let mut wanted = self.letters.iter().peekable();
        let (mut score, mut at_start, mut beside) = (0, true, false);
        let mut length = 0;
        for c in name.chars() {
            length += 1;
            let fits = wanted.peek().is_some_and(|&&w| same(w, c));
            if fits {
                wanted.next();
                score += if at_start {
                    12
                } else if beside {
                    8
                } else {
                    2
                };
            }
            beside = fits;
            at_start = !c.is_alphanumeric();
        }
        wanted.peek().is_none().then(|| score - (length / 4).min(12))
    }
}

fn same(wanted: char, c: char) -> bool {
    wanted == c || if c.is_ascii() { wanted == c.to_ascii_lowercase() } else { c.to_lowercase().eq([wanted]) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use super::*;
    use crate::workspace::fixture::Fixture;

    const DESK: &str = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\n---\n\n//- /refs.bib\n@misc{pell31, title = {Harbour Log}, publisher = {Gazette}}\n//- /a.md\n# Harbour strike\n\n{p1:Nadim Haddad} met {p2:Nadia Hadley} of {o1:Norvik Shipping}.\n//- /b.md\n{p1:Nadia Hadley} left {l1:Port Sarn}.\n";

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let snapshot = Fixture::new(DESK).snapshot();
        let found = workspace_symbols(&snapshot, query, 10);
        let line = |s: &WorkspaceSymbol| format!("{} ({}) {}", s.name, s.container, shown(&snapshot, s.location));
        assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn letters_in_order_find_a_name_and_starts_of_words_go_first() {
        check("nhad", &["Nadim Haddad () people/haddad.md:3 Nadim Haddad", "Nadia Hadley () a.md:3 Nadia Hadley"]);
        check("portsarn", &["Port Sarn () b.md:1 Port Sarn"]);
        check("xyz", &[]);
    }

    #[test]
    fn an_alias_leads_to_whom_it_names() {
        let snapshot = Fixture::new(DESK).snapshot();
        let first = &workspace_symbols(&snapshot, "abu", 10)[0];
        assert_eq!((first.name.as_str(), first.container.as_str()), ("Abu Sarn", "Nadim Haddad"));
        assert_eq!(shown(&snapshot, first.location), "people/haddad.md:3 Nadim Haddad");
    }

    #[test]
    fn signs_ask_for_sources_or_headings_alone() {
        check("@log", &["@pell31 (Harbour Log · Gazette) refs.bib:1"]);
        check("#har", &["Harbour strike (a.md) a.md:1 Harbour strike"]);
    }

    #[test]
    fn a_limit_holds() {
        assert_eq!(workspace_symbols(&Fixture::new(DESK).snapshot(), "", 3).len(), 3);
    }
}
