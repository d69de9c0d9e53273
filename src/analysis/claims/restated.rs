//! Figures that a note has sourced already and says again.
//!
//! "Output fell by 11.4 percent, the farm board said. … A fall of 11.4 percent is the worst in ten years." Whoever stood
//! behind the figure the first time still does. A round number may be another one by chance, so it counts only with
//! what it counts: money, a head noun, or digits enough to be told apart.

use crate::analysis::facts::{Figure, SourceKind, Sourced};

/// Figures of one item that have a source.
#[derive(Debug, Default)]
pub(super) struct SourcedFigures(Vec<(Figure, Sourced, Option<SourceKind>)>);

/// Figures remembered at most: what an item sources beyond that is hardly said again, and a look-up stays cheap.
const MOST: usize = 256;

impl SourcedFigures {
    /// Forgets all: another item begins.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Remembers a figure and what stands behind it.
    pub(super) fn add(&mut self, figure: &Figure, sourced: Sourced, kind: Option<SourceKind>) {
        if self.0.len() < MOST && !matches!(sourced, Sourced::None) {
            self.0.push((figure.clone(), sourced, kind));
        }
    }

    /// The source that stood behind the same figure before.
    pub(super) fn source_of(&self, figure: &Figure) -> Option<(Sourced, Option<SourceKind>)> {
        let told = self.0.iter().rev().find(|(told, ..)| is_same(told, figure));
        told.map(|(_, sourced, kind)| match *sourced {
            Sourced::Attribution(by) => (Sourced::Carried(by), *kind),
            other => (other, *kind),
        })
    }
}

/// True if two figures are one: the same values, unit and head noun, and not so round that they meet by chance.
fn is_same(told: &Figure, again: &Figure) -> bool {
    let same = |a: f64, b: f64| (a - b).abs() <= f64::EPSILON * a.abs().max(b.abs());
    if !same(told.low, again.low) || !same(told.high, again.high) || told.unit != again.unit {
        return false;
    }
    let heads = !told.head.is_empty() && told.head == again.head;
    let free = told.head.is_empty() || again.head.is_empty();
    heads || free && is_telling(again)
}

/// Three digits that count, a fraction, or an amount with a unit that is no percentage.
fn is_telling(figure: &Figure) -> bool {
    let value = figure.high.abs();
    let measured = !figure.unit.is_empty() && !matches!(figure.unit.as_str(), "percent" | "%" | "per cent");
    value.fract() != 0.0 || digits(value) >= 3 || measured && value >= 1_000.0
}

/// Digits of a whole number up to its last that is not zero.
fn digits(value: f64) -> usize {
    let mut whole = value;
    while whole >= 10.0 && whole % 10.0 == 0.0 {
        whole /= 10.0;
    }
    (whole.max(1.0).log10().floor() as usize) + 1
}
