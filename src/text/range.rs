//! The only position type of the core: a half-open range of UTF-8 bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of UTF-8 bytes in one text. Texts are below 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// A range from `start` to `end`, both in bytes. A reversed pair gives the empty range at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same from `usize`; what exceeds 4 GiB is clamped.
    #[must_use]
    pub fn from_usize(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::new(clamp(start), clamp(end))
    }

    /// The empty range at `at`.
    #[must_use]
    pub fn empty(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Returns `true` if no byte is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns `true` if `at` is a covered byte.
    #[must_use]
    pub fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Returns `true` if `at` is a covered byte or the end, as an editor's caret touches a word.
    #[must_use]
    pub fn touches(self, at: u32) -> bool {
        self.start <= at && at <= self.end
    }

    /// Returns `true` if `other` lies wholly inside.
    #[must_use]
    pub fn contains_range(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns `true` if at least one byte is shared.
    #[must_use]
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The range moved right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: u32) -> TextRange {
        TextRange { start: self.start + by, end: self.end + by }
    }

    /// As a standard range, for slicing.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The covered text, or `""` where the range does not fit the text (wrong file, cut character).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.span()).unwrap_or("")
    }
}
