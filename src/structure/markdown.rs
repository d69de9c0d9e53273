//! The shape of Markdown.

use super::Shape;

pub(crate) fn shape(text: &str) -> Shape {
    super::plain::shape(text)
}
