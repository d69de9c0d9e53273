//! The keys of front matter and the fields of bibliographies that the workspace reads, each written once.
//!
//! They are names of formats (BibTeX, BibLaTeX, CSL, Hayagriva, the front matter of notes), not words of English: no
//! lexicon knows them.

/// A summary of the work.
pub(super) const ABSTRACT: &str = "abstract";
/// The publisher's city, as BibTeX calls it.
pub(super) const ADDRESS: &str = "address";
/// Another alias, as people write it.
pub(super) const AKA: &str = "aka";
/// One other name.
pub(super) const ALIAS: &str = "alias";
/// Other names, as Obsidian calls them.
pub(super) const ALIASES: &str = "aliases";
/// The archive that holds the work.
pub(super) const ARCHIVE: &str = "archive";
/// The address of an archived copy.
pub(super) const ARCHIVED: &str = "archived";
/// An author.
pub(super) const AUTHOR: &str = "author";
/// Several authors.
pub(super) const AUTHORS: &str = "authors";
/// The libraries that a note cites from, as Pandoc calls them.
pub(super) const BIBLIOGRAPHY: &str = "bibliography";
/// The title of the book that a part stands in.
pub(super) const BOOKTITLE: &str = "booktitle";
/// The key that a source is cited by, as CSL calls it.
pub(super) const CITATION_KEY: &str = "citation-key";
/// The key that a source is cited by.
pub(super) const CITEKEY: &str = "citekey";
/// The works that a work cites.
pub(super) const CITES: &str = "cites";
/// The kind of a note.
pub(super) const CLASS: &str = "class";
/// The day on which a note was made.
pub(super) const CREATED: &str = "created";
/// The day of a note or work.
pub(super) const DATE: &str = "date";
/// The day of the month.
pub(super) const DAY: &str = "day";
/// The work that a work was made from.
pub(super) const DERIVED_FROM: &str = "derived_from";
/// The digital object identifier.
pub(super) const DOI: &str = "doi";
/// An editor.
pub(super) const EDITOR: &str = "editor";
/// The kind of a note's entity.
pub(super) const ENTITY: &str = "entity";
/// The identifier in an archive of preprints.
pub(super) const EPRINT: &str = "eprint";
/// The path of a copy.
pub(super) const FILE: &str = "file";
/// A person's given name, in Hayagriva.
pub(super) const GIVEN_NAME: &str = "given-name";
/// The limits of sharing a note.
pub(super) const HANDLING: &str = "handling";
/// The way in which a work was published.
pub(super) const HOWPUBLISHED: &str = "howpublished";
/// The key of an item, in CSL.
pub(super) const ID: &str = "id";
/// The body behind a report.
pub(super) const INSTITUTION: &str = "institution";
/// The issue of a periodical.
pub(super) const ISSUE: &str = "issue";
/// The periodical, as BibTeX calls it.
pub(super) const JOURNAL: &str = "journal";
/// The periodical, as BibLaTeX calls it.
pub(super) const JOURNALTITLE: &str = "journaltitle";
/// Subjects.
pub(super) const KEYWORDS: &str = "keywords";
/// The kind of a note or source.
pub(super) const KIND: &str = "kind";
/// The language, as BibLaTeX calls it.
pub(super) const LANGID: &str = "langid";
/// The language, in Hayagriva.
pub(super) const LANGUAGE: &str = "language";
/// The publisher's city, as BibLaTeX and Hayagriva call it.
pub(super) const LOCATION: &str = "location";
/// The month.
pub(super) const MONTH: &str = "month";
/// The name of an entity, or a person's family name in Hayagriva.
pub(super) const NAME: &str = "name";
/// A remark.
pub(super) const NOTE: &str = "note";
/// The kind of a note.
pub(super) const NOTE_TYPE: &str = "note-type";
/// The number of a report or issue.
pub(super) const NUMBER: &str = "number";
/// The body behind a manual or conference.
pub(super) const ORGANIZATION: &str = "organization";
/// The outlet that published a source.
pub(super) const OUTLET: &str = "outlet";
/// The pages.
pub(super) const PAGES: &str = "pages";
/// The pages, in Hayagriva.
pub(super) const PAGE_RANGE: &str = "page-range";
/// The particle before a family name, in Hayagriva.
pub(super) const PREFIX: &str = "prefix";
/// The day on which a note or source was published.
pub(super) const PUBLISHED: &str = "published";
/// The publisher.
pub(super) const PUBLISHER: &str = "publisher";
/// The day on which a note was published, as Hugo calls it.
pub(super) const PUBLISH_DATE: &str = "publishDate";
/// The keys of related works.
pub(super) const RELATED: &str = "related";
/// The role of an entity.
pub(super) const ROLE: &str = "role";
/// The kind of a note's entity, as FollowTheMoney calls it.
pub(super) const SCHEMA: &str = "schema";
/// The university of a thesis.
pub(super) const SCHOOL: &str = "school";
/// The series that a work belongs to.
pub(super) const SERIES: &str = "series";
/// The suffix after a name, in Hayagriva.
pub(super) const SUFFIX: &str = "suffix";
/// The tags of a note.
pub(super) const TAGS: &str = "tags";
/// The title of a note or work.
pub(super) const TITLE: &str = "title";
/// The colour of the Traffic Light Protocol.
pub(super) const TLP: &str = "tlp";
/// The kind of a note or work.
pub(super) const TYPE: &str = "type";
/// The address.
pub(super) const URL: &str = "url";
/// The day on which the address was visited.
pub(super) const URLDATE: &str = "urldate";
/// The text of a field that is written as a table, in Hayagriva.
pub(super) const VALUE: &str = "value";
/// A text whose case is kept, in Hayagriva.
pub(super) const VERBATIM: &str = "verbatim";
/// The source through which a work was found.
pub(super) const VIA: &str = "via";
/// The volume.
pub(super) const VOLUME: &str = "volume";
/// Other names that others bear, too.
pub(super) const WEAK_ALIASES: &str = "weak-aliases";
/// The year.
pub(super) const YEAR: &str = "year";
