//! Bytes, ranges and lines of one text.
//!
//! Everything inside whosaid is a half-open range of UTF-8 bytes ([`TextRange`]). Lines and columns exist only
//! where an editor or a terminal asks for them; [`LineIndex`] converts, and [`PackedLines`] does for texts that are not
//! open. [`pack`] is how small values are kept in great number, [`HashedMap`] how words are looked up, and
//! [`SentenceCache`] how an edit costs its own sentences.

pub mod hashed;
pub mod line_index;
pub mod near;
pub mod pack;
pub mod packed_lines;
pub mod range;
pub mod sentence_cache;

pub use hashed::{HashedMap, HashedSet, word_hash};
pub use line_index::{Encoding, LineColumn, LineIndex};
pub use packed_lines::{Lines, PackedLines};
pub use range::TextRange;
pub use sentence_cache::SentenceCache;
