//! The words that keys may be set to, each with what it means. They stand apart because the table of keys is long.

type Words = &'static [(&'static str, &'static str)];

/// `profile`.
pub(super) const PROFILES: Words = &[
    ("light", "errors and the surest of the rest"),
    ("standard", "what most desks want"),
    ("strict", "as intelligence services and newsrooms ask"),
];

/// `scale`.
pub(super) const SCALES: Words = &[
    ("icd203", "ICD 203, the American services"),
    ("phia", "PHIA, the British yardstick with gaps"),
    ("nato", "NATO, AJP-2.1"),
    ("ipcc", "the climate panel's calibrated language"),
];

/// `citation-scope`.
pub(super) const SCOPES: Words = &[
    ("sentence", "its own sentence only"),
    ("run", "up to two unmarked sentences before it in the paragraph"),
    ("paragraph", "the whole paragraph before it"),
];

/// `store`.
pub(super) const STORES: Words =
    &[("user", "in the user's cache folder"), ("workspace", "in the workspace"), ("off", "nowhere")];

/// `[sources] state-media`.
pub(super) const STATE_MEDIA: Words =
    &[("label", "a hint asks for it"), ("warn", "a warning asks for it"), ("off", "nothing is asked")];

/// `[grading] scheme`.
pub(super) const SCHEMES: Words =
    &[("admiralty", "A1 to F6: reliability and credibility"), ("3x5x2", "such as 2CP: source, information, handling")];
