//! Quotation marks: what they pair with, and whether they hold speech, a label or a title.

use super::facts::Quotation;
use crate::structure::Note;

/// The quotations of a note, in order.
#[must_use]
pub fn find(text: &str, note: &Note) -> Vec<Quotation> {
    let _ = (text, note);
    Vec::new()
}
