//! The classes of words and the kinds of phrases that the data files name.

/// A set of word classes or of phrase kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u64);

impl Classes {
    /// The empty set.
    pub const NONE: Classes = Classes(0);

    /// Whether the two sets share a member.
    #[must_use]
    pub const fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// All members of both.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Whether it has no member.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

macro_rules! classes {
    ($(#[$doc:meta])* $module:ident { $($(#[$inner:meta])* $name:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            use super::Classes;

            const NAMES: &[&str] = &[$($word),*];

            #[expect(clippy::indexing_slicing, reason = "in a constant, where a miss does not compile")]
            const fn position(name: &str) -> Classes {
                let mut at = 0;
                while at < NAMES.len() {
                    if same(NAMES[at].as_bytes(), name.as_bytes()) {
                        return Classes(1 << at);
                    }
                    at += 1;
                }
                Classes::NONE
            }

            #[expect(clippy::indexing_slicing, reason = "in a constant, where a miss does not compile")]
            const fn same(a: &[u8], b: &[u8]) -> bool {
                if a.len() != b.len() {
                    return false;
                }
                let mut at = 0;
                while at < a.len() {
                    if a[at] != b[at] {
                        return false;
                    }
                    at += 1;
                }
                true
            }

            /// The class that a data file calls `name`; the empty set for a name that is none.
            #[must_use]
            pub fn by_name(name: &str) -> Classes {
                NAMES.iter().position(|n| *n == name).map_or(Classes::NONE, |at| Classes(1 << at))
            }

            $($(#[$inner])* pub const $name: Classes = position($word);)*
        }
    };
}

classes! {
    /// What a single word can be. A word can be several things; position decides.
    class {
        /// January, Sept.
        MONTH = "month",
        /// Monday.
        WEEKDAY = "weekday",
        /// hour, years: spans of time.
        TIME_UNIT = "timeunit",
        /// tonnes, percent.
        UNIT = "unit",
        /// kilometres, feet: measures that are often scenery.
        SCENERY = "scenery",
        /// dollars, yuan.
        CURRENCY = "currency",
        /// troops, households: what is worth counting.
        QUANTITY = "quantity",
        /// killed, deaths.
        CASUALTY = "casualty",
        /// captured, displaced.
        CASUALTY_SOFT = "casualtysoft",
        /// reasons, ministers: what is only enumerated when there are a few.
        ENUMERATION = "enumeration",
        /// will, may.
        MODAL = "modal",
        /// is, were, remained.
        BE = "be",
        /// was, were.
        BE_PAST = "bepast",
        /// has, had.
        HAVE = "have",
        /// did.
        DO = "do",
        /// not, never.
        NEGATION = "negation",
        /// I, our.
        FIRST = "first",
        /// you.
        YOU = "you",
        /// he, it.
        PRONOUN = "pronoun",
        /// he, she, they.
        PERSON_PRONOUN = "personpronoun",
        /// this, those.
        DEMONSTRATIVE = "demonstrative",
        /// the, its, several.
        DETERMINER = "determiner",
        /// of, amid.
        PREPOSITION = "preposition",
        /// because, who, whether.
        SUBORDINATOR = "subordinator",
        /// who, which, that.
        RELATIVE = "relative",
        /// although.
        CONCESSION = "concession",
        /// if, unless.
        CONDITIONAL = "conditional",
        /// and, but.
        COORDINATOR = "coordinator",
        /// What a question may begin with.
        QUESTION = "question",
        /// already, still.
        ADVERB = "adverb",
        /// about, nearly.
        APPROX = "approx",
        /// went, held: irregular pasts that are read as finite after a subject.
        PAST = "past",
        /// taken, seen: irregular participles.
        PARTICIPLE = "participle",
        /// need, united: they end in -ed and are no verbs in the past.
        NOT_VERB = "notverb",
        /// meanwhile.
        RESET = "reset",
        /// Article, Route: what a number after it only labels.
        LABEL = "label",
        /// policy, reason: no actor.
        ABSTRACT = "abstract",
        /// largest, worst.
        SUPERLATIVE = "superlative",
        /// largest, biggest.
        RANK_HARD = "rankhard",
        /// second.
        ORDINAL = "ordinal",
        /// smuggled, bribes: wrongdoing as a verb.
        ALLEGE = "allege",
        /// smuggling, bribery: wrongdoing as a noun.
        ALLEGE_NOUN = "allegenoun",
        /// said, shows: words that report.
        SAY = "say",
        /// assess, judge.
        OWN = "own",
    }
}

classes! {
    /// What a phrase signals.
    phrase {
        /// "with direct knowledge of": how an unnamed source knows.
        ACCESS = "access",
        /// "he added": the source before still speaks.
        ADDITIVE = "additive",
        /// "currently".
        AS_OF = "asof",
        /// "according to".
        ATTRIBUTIVE = "attributive",
        /// "because": the basis of a confidence statement.
        BASIS = "basis",
        /// "led to": one thing is made the cause of another.
        CAUSAL = "causal",
        /// "undoubtedly".
        CERTAINTY = "certainty",
        /// "high confidence".
        CONFIDENCE = "confidence",
        /// "declined to comment": the other side's answer.
        DENIAL = "denial",
        /// "reportedly".
        HEARSAY = "hearsay",
        /// "may possibly".
        HEDGE = "hedge",
        /// "apparently".
        INFERENCE = "inference",
        /// "wants to".
        INTENT = "intent",
        /// "TK".
        LEFTOVER = "leftover",
        /// "admitted".
        LOADED = "loaded",
        /// Probability words outside every yardstick.
        OFF_SCALE = "offscale",
        /// "we assess": the author's own judgement.
        OWN = "own",
        /// "it is believed".
        PASSIVE = "passive",
        /// "cannot rule out".
        POSSIBILITY = "possibility",
        /// "for the first time".
        RANKING = "ranking",
        /// "to discuss internal matters": why a source is not named.
        REASON = "reason",
        /// "last month".
        RELATIVE_TIME = "relative",
        /// "for its part": a new thread.
        RESET = "reset",
        /// "not authorised to speak": a reason that says nothing.
        ROTE = "rote",
        /// First row of the ICD 203 yardstick.
        SCALE_A = "scale-a",
        /// Second row of the ICD 203 yardstick.
        SCALE_B = "scale-b",
        /// The PHIA yardstick.
        SCALE_PHIA = "scale-phia",
        /// Terms of other yardsticks.
        SCALE_OTHER = "scale-other",
        /// "some argue": nobody in particular.
        VAGUE = "vague",
    }
}

impl PartialOrd for Classes {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Classes {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
