//! Abbreviations, and values with their abbreviations written out.
//!
//! All abbreviations are laid out as a graph once; what each comes to is known before anything is written out, so a value
//! is refused by its numbers. Names are the same in any case; of several definitions the first holds.

use std::collections::HashMap;

use super::scan::Definition;
use super::{LARGEST_VALUE, LONGEST_CHAIN, MOST_PIECES, Part};
use crate::gate::Refusal;
use crate::gate::graph::{self, Bounds, Fault, Node};
use crate::text::TextRange;

/// The weight of a piece beside its bytes, so that one bound holds for both.
const PIECE: u64 = (LARGEST_VALUE / MOST_PIECES) as u64;

/// The most that a value may weigh.
const BOUNDS: Bounds = Bounds { longest: LONGEST_CHAIN, heaviest: 2 * LARGEST_VALUE as u64 };

/// Abbreviations that every style knows, as the library writes them out.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The abbreviations of a file.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    by_name: HashMap<String, usize>,
    values: Vec<Vec<Part>>,
    /// By abbreviation: what it comes to; none if it cannot be used.
    weights: Vec<Option<u64>>,
    /// The counted work of laying them out.
    pub(super) worked: usize,
}

/// A piece of a value that is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text of the file.
    Text(TextRange),
    /// A month.
    Month(TextRange),
}

impl Piece {
    /// Its words in the text.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        match self {
            Self::Text(range) | Self::Month(range) => range.of(text),
        }
    }
}

/// Why a value is not written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unwritten {
    /// There is no such abbreviation.
    Unknown(TextRange),
    /// It uses an abbreviation that cannot be used, which is said where that is defined.
    Unusable,
    /// It comes to too much.
    TooLong,
}

impl Abbreviations {
    /// Lays out what a file defines, and says what of it cannot be used.
    pub(super) fn new(text: &str, definitions: Vec<Definition>, refusals: &mut Vec<Refusal>) -> Self {
        let mut by_name: HashMap<String, usize> = HashMap::default();
        for (index, definition) in definitions.iter().enumerate() {
            by_name.entry(definition.name.of(text).to_ascii_lowercase()).or_insert(index);
        }
        let mut all = Self { by_name, ..Self::default() };
        let mut unknown: Vec<Option<TextRange>> = vec![None; definitions.len()];
        let mut nodes = Vec::new();
        for (definition, unknown) in definitions.iter().zip(&mut unknown) {
            let mut node = Node::default();
            for part in &definition.value {
                match all.part(text, *part) {
                    Some(Ok(piece)) => node.weight += PIECE + piece.of(text).len() as u64,
                    Some(Err(index)) => node.to.push(index),
                    None => *unknown = unknown.or(Some(part.range())),
                }
            }
            nodes.push(node);
        }
        let order = graph::order(&nodes, BOUNDS);
        all.weights = vec![None; definitions.len()];
        // In the order in which each comes after what it uses.
        for &index in &order.sound {
            let is_sound = nodes[index].to.iter().all(|&to| all.weights[to].is_some()) && unknown[index].is_none();
            all.weights[index] = is_sound.then_some(order.weights[index]);
        }
        for (index, definition) in definitions.iter().enumerate() {
            let why = match (order.faults[index], unknown[index]) {
                (Some(Fault::Circle), _) => {
                    "This abbreviation leads in a circle: fields that use it are left out.".to_owned()
                }
                (Some(Fault::TooLong), _) => {
                    format!("More than {LONGEST_CHAIN} abbreviations stand for one another here: write it out.")
                }
                (Some(Fault::TooHeavy), _) => {
                    "This abbreviation comes to too long a text: shorten what it uses.".to_owned()
                }
                (None, Some(name)) => no_abbreviation(name.of(text)),
                (None, None) => continue,
            };
            refusals.push(Refusal::new(definition.name, why));
        }
        all.values = definitions.into_iter().map(|definition| definition.value).collect();
        all.worked = order.worked;
        all
    }

    /// Resolves a part: a piece, or an abbreviation by its index; nothing if there is no such abbreviation.
    fn part(&self, text: &str, part: Part) -> Option<Result<Piece, usize>> {
        let range = match part {
            Part::Text(range) => return Some(Ok(Piece::Text(range))),
            Part::Name(range) => range,
        };
        let name = range.of(text).to_ascii_lowercase();
        match self.by_name.get(&name) {
            Some(&index) => Some(Err(index)),
            None => MONTHS.contains(&&*name).then_some(Ok(Piece::Month(range))),
        }
    }

    /// A value with its abbreviations written out.
    pub(super) fn expand(&self, text: &str, value: &[Part]) -> Result<Vec<Piece>, Unwritten> {
        let mut weight = 0u64;
        for part in value {
            weight = weight.saturating_add(match self.part(text, *part) {
                Some(Ok(piece)) => PIECE + piece.of(text).len() as u64,
                Some(Err(index)) => self.weights[index].ok_or(Unwritten::Unusable)?,
                None => return Err(Unwritten::Unknown(part.range())),
            });
        }
        if weight > BOUNDS.heaviest {
            return Err(Unwritten::TooLong);
        }
        let mut pieces = Vec::new();
        let mut open: Vec<std::slice::Iter<'_, Part>> = vec![value.iter()];
        while let Some(parts) = open.last_mut() {
            match parts.next().map(|part| self.part(text, *part)) {
                Some(Some(Ok(piece))) => pieces.push(piece),
                Some(Some(Err(index))) => open.push(self.values[index].iter()),
                Some(None) => {}
                None => drop(open.pop()),
            }
        }
        Ok(pieces)
    }
}

/// The message for a name that is no abbreviation.
pub(super) fn no_abbreviation(name: &str) -> String {
    let shown: String = name.chars().take(40).collect();
    format!("There is no abbreviation “{shown}”: define it by @string, or put the value in braces.")
}
