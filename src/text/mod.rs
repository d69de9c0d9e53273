//! Bytes, ranges and lines of one text.
//!
//! Everything inside whosaid is a half-open range of UTF-8 bytes ([`TextRange`]). Lines and columns exist only
//! where an editor or a terminal asks for them; [`LineIndex`] is the one place that converts.

pub mod line_index;
pub mod near;
pub mod range;

pub use line_index::{Encoding, LineColumn, LineIndex};
pub use range::TextRange;
