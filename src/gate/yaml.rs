//! YAML: front matter, and libraries as Hayagriva has them.
//!
//! The library's own loader follows nesting by recursion and copies what an anchor names at each alias, so that a few
//! aliases of aliases fill any memory. Here its parser is asked for one event after the other, each is counted, and only
//! then handed on to be built.

use std::collections::HashMap;

use saphyr::{ScanError, YamlLoader};
use saphyr_parser::{BufferedInput, Event, Parser, SpannedEventReceiver};

pub use saphyr::{MarkedYaml, Scalar, YamlData};

use super::{Checked, DEEPEST, Refusal, byte_at, within};
use crate::text::TextRange;

/// The most that all aliases together may copy: values, and bytes of their text. An anchor saves people some lines.
pub const MOST_COPIED: usize = 64 << 10;

/// Why YAML was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is out of bounds.
    Bounds(Refusal),
    /// It is no YAML, from the place on; the message is the library's.
    Syntax(Refusal),
}

impl Unreadable {
    /// The place and the fault.
    #[must_use]
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Bounds(refusal) | Self::Syntax(refusal) => refusal,
        }
    }
}

/// The first document of a text.
#[derive(Debug)]
pub struct Document<'t> {
    /// Its root node; none if the text says nothing.
    pub root: Option<MarkedYaml<'t>>,
    /// The byte of each character: positions of the library count characters.
    bytes: Vec<u32>,
}

impl Document<'_> {
    /// The place of a node, in bytes of the text.
    #[must_use]
    pub fn range(&self, node: &MarkedYaml<'_>) -> TextRange {
        let byte = |index: usize| self.bytes.get(index).or(self.bytes.last()).copied().unwrap_or(0);
        TextRange::new(byte(node.span.start.index()), byte(node.span.end.index()))
    }
}

/// Reads YAML of at most `most` bytes.
///
/// # Errors
/// Where the text is out of bounds or no YAML.
pub fn read(text: &str, most: usize) -> Result<Document<'_>, Unreadable> {
    let checked = within(text, most).map_err(Unreadable::Bounds)?;
    let mut documents = load(checked)?.into_iter();
    let bytes = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    Ok(Document { root: documents.next(), bytes })
}

/// A bound that an event goes beyond, as a sentence.
#[derive(Debug, thiserror::Error)]
enum BoundsError {
    /// The aliases copy more than [`MOST_COPIED`].
    #[error("The aliases copy too much: write it out, or name less by `&`.")]
    Copied,
    /// Nodes lie within each other more than [`DEEPEST`] deep.
    #[error("This nests too deeply to be read: keep lists and tables flat.")]
    Depth,
}

/// A node that is open while its children come.
struct Open {
    anchor: usize,
    size: Size,
}

/// The cost of a node when it is copied.
#[derive(Clone, Copy, Default)]
struct Size {
    /// Values, and bytes of their text.
    weight: usize,
    /// Nodes on the longest way down, itself counted.
    height: usize,
}

/// Counts events before they are built.
#[derive(Default)]
struct Meter {
    open: Vec<Open>,
    anchors: HashMap<usize, Size>,
    copied: usize,
}

impl Meter {
    /// Counts one more event.
    ///
    /// # Errors
    /// If it goes beyond a bound.
    fn take(&mut self, event: &Event<'_>) -> Result<(), BoundsError> {
        match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                self.open.push(Open { anchor: *anchor, size: Size { weight: 1, height: 1 } });
                self.deep(0)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(node) = self.open.pop() {
                    self.done(node.anchor, node.size);
                }
                Ok(())
            }
            Event::Scalar(text, _, anchor, _) => {
                self.done(*anchor, Size { weight: 1 + text.len(), height: 1 });
                Ok(())
            }
            Event::Alias(anchor) => {
                let size = self.anchors.get(anchor).copied().unwrap_or_default();
                self.copied = self.copied.saturating_add(size.weight);
                if self.copied > MOST_COPIED {
                    return Err(BoundsError::Copied);
                }
                self.deep(size.height)?;
                self.done(0, size);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn deep(&self, more: usize) -> Result<(), BoundsError> {
        let fits = self.open.len() + more <= DEEPEST;
        fits.then_some(()).ok_or(BoundsError::Depth)
    }

    /// A node is complete: it counts for the one around it, and may be copied from now on.
    fn done(&mut self, anchor: usize, size: Size) {
        if let Some(around) = self.open.last_mut() {
            around.size.weight = around.size.weight.saturating_add(size.weight);
            around.size.height = around.size.height.max(size.height + 1);
        }
        if anchor > 0 {
            self.anchors.insert(anchor, size);
        }
    }
}

fn load<'t>(checked: Checked<'t>) -> Result<Vec<MarkedYaml<'t>>, Unreadable> {
    let text = checked.0;
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    let place = |index: usize| byte_at(text, byte(index));
    let syntax = |error: ScanError| Unreadable::Syntax(Refusal::new(place(error.marker().index()), error.info()));
    let mut parser = Parser::new(BufferedInput::new(text.chars()));
    let mut loader: YamlLoader<'t, MarkedYaml<'t>> = YamlLoader::default();
    let mut meter = Meter::default();
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(syntax)?;
        let bounds =
            |error: BoundsError| Unreadable::Bounds(Refusal::new(place(span.start.index()), error.to_string()));
        meter.take(&event).map_err(bounds)?;
        loader.on_event(event, span);
    }
    Ok(loader.into_documents())
}
