//! What each sentence asserts, and what stands behind it.

use super::AnalysisConfig;
use super::facts::NoteFacts;

/// Fills [`NoteFacts::claims`].
pub fn find(text: &str, facts: &mut NoteFacts, config: &AnalysisConfig) {
    let _ = (text, facts, config);
}
