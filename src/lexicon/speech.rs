//! Words by which one tells whether something was said: what governs a verb of saying, what was denied, what refused.

use super::words::classes_of;

pub use super::class::{
    ACCESS, ATTITUDE, CAME, CLAIMED, Classes, DENIAL, DONE, DOUBTED, DOUBTS, GAIN, HARMLESS, HOLDS, KEPT, MEANS,
    NONE_OF, PASSED_ON, REFUSAL, REQUEST, SPEAKING, SPOKEN, SUPPOSES, UNDONE, UNFAITHFUL, UNSURE, WAY,
};

/// Tells if the word with this hash belongs to any of the classes.
#[must_use]
pub fn is_any(hash: u64, classes: Classes) -> bool {
    classes_of(hash).has(classes)
}
