//! Our values as the protocol's.

use tower_lsp::lsp_types::{DiagnosticSeverity, Position, Range, SymbolKind};

use crate::analysis::facts::EntityKind;
use crate::config::Level;
use crate::text::{Encoding, LineIndex, Lines, TextRange};

/// The position of a byte.
#[must_use]
pub(in crate::lsp) fn position(lines: &LineIndex, offset: u32, encoding: Encoding) -> Position {
    let at = lines.position(offset, encoding);
    Position::new(at.line, at.column)
}

/// The range of some bytes.
#[must_use]
pub(in crate::lsp) fn range(lines: &LineIndex, range: TextRange, encoding: Encoding) -> Range {
    Range::new(position(lines, range.start, encoding), position(lines, range.end, encoding))
}

/// The range of some bytes of a text that may not be open.
#[must_use]
pub(in crate::lsp) fn range_in(lines: &mut Lines<'_>, range: TextRange, encoding: Encoding) -> Range {
    let mut position = |offset| {
        let at = lines.position(offset, encoding);
        Position::new(at.line, at.column)
    };
    Range::new(position(range.start), position(range.end))
}

/// The severity of a level; none for what is off.
#[must_use]
pub(in crate::lsp) fn severity(level: Level) -> Option<DiagnosticSeverity> {
    match level {
        Level::Off => None,
        Level::Hint => Some(DiagnosticSeverity::HINT),
        Level::Information => Some(DiagnosticSeverity::INFORMATION),
        Level::Warning => Some(DiagnosticSeverity::WARNING),
        Level::Error => Some(DiagnosticSeverity::ERROR),
    }
}

/// The symbol that stands for an entity. The protocol has kinds of code only; these give each of ours an icon of its own
/// in the common editors.
#[must_use]
pub(in crate::lsp) fn entity_kind(kind: EntityKind) -> SymbolKind {
    match kind {
        EntityKind::Person => SymbolKind::CLASS,
        EntityKind::Org => SymbolKind::NAMESPACE,
        EntityKind::Place => SymbolKind::PACKAGE,
        EntityKind::Product => SymbolKind::STRUCT,
        EntityKind::Event => SymbolKind::EVENT,
        EntityKind::Group => SymbolKind::ENUM,
        EntityKind::Work => SymbolKind::FILE,
        EntityKind::Date | EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => SymbolKind::NUMBER,
    }
}
