//! The classes of words: what a word can be, whatever stands around it.
//!
//! Most English words belong to several; position decides which counts. The words of each class stand in
//! `data/words.txt`, one row a word with all its classes, so that one look-up answers every question.

use super::set::classes;

classes! {
    /// A set of word classes.
    Classes {
        // The first twenty, in this order, are what the model of names sees of a word.
        /// Titles, ranks and offices that stand before a person's name.
        TITLE = "title";
        /// Nouns of what a person is: an occupation or a kin.
        ROLE = "role";
        /// Last words of company names.
        COMPANY_SUFFIX = "company-suffix";
        /// Head nouns of bodies: "ministry".
        BODY = "body";
        /// Head nouns of buildings and sites.
        FACILITY = "facility";
        /// Head nouns of land and water.
        LANDFORM = "landform";
        /// Head nouns of events.
        EVENT = "event";
        /// Head nouns of documents.
        WORK = "work";
        /// Head nouns of weapons, vehicles and systems.
        PRODUCT = "product";
        /// Prefixes of ships' names: "USS".
        SHIP_PREFIX = "ship-prefix";
        /// Verbs of saying that often stand beside a name.
        SAY = "say";
        /// Words that go with persons.
        PERSONAL = "personal";
        /// Words before places: "in".
        BEFORE_PLACE = "before-place";
        /// Small words inside names.
        NAME_LINK = "name-link";
        /// Particles of personal names: "bin", "von".
        NAME_PARTICLE = "name-particle";
        /// Months, in full and abbreviated.
        MONTH = "month": TIME;
        /// Days of the week, in full and abbreviated.
        ANY_WEEKDAY = "any-weekday";
        /// Compass words.
        DIRECTION = "direction": BODY_OPENER;
        /// Words of grammar, which alone name nothing.
        FUNCTION = "function";
        /// Words that follow a nationality.
        GROUP_NOUN = "group-noun";

        // Persons and their roles.
        /// Occupations.
        OCCUPATION = "occupation": ROLE ROLE_HEAD;
        /// Nouns of persons that are no role: "brother".
        KIN = "kin": ROLE;
        /// Last words of a role: "minister".
        ROLE_HEAD = "role-head";
        /// Words that may stand in a role before its head: "foreign".
        ROLE_MODIFIER = "role-modifier";

        // Names.
        /// First words that a dozen or more bodies of our name lists share: alone they name none of them.
        BODY_OPENER = "body-opener";

        // The parts of a sentence, as attributions read them.
        /// Articles and determiners that cannot stand alone.
        DET = "det";
        /// Determiners that can be a whole subject: `some`, `this`.
        DETPRON = "detpron";
        /// `his`, `their`.
        POSSPRON = "posspron";
        /// Pronouns that can be subjects.
        PRON = "pron";
        /// `him`, `them`.
        OBJPRON = "objpron";
        /// Prepositions.
        PREP = "prep";
        /// Words that begin a subordinate clause.
        SUB = "sub";
        /// Question words and relative pronouns.
        WH = "wh";
        /// `and`, `but`.
        CONJ = "conj";
        /// `will`, `could`.
        MODAL = "modal";
        /// Forms of "be".
        BE = "be";
        /// Forms of "have".
        HAVE = "have";
        /// Forms of "do".
        DO = "do";
        /// `not`, `never`.
        NEG = "neg";
        /// The word "to".
        TO = "to";
        /// Pronoun and auxiliary in one: `they're`.
        PRONAUX = "pronaux";
        /// Adverbs that do not end in -ly.
        ADV = "adv";
        /// Weekdays, months, `yesterday`.
        TIME = "time";
        /// `week`, `morning`.
        TIMENOUN = "timenoun";
        /// Occasions and channels of speech: `interview`, `statement`.
        PLACENOUN = "placenoun";
        /// Listeners without a determiner: `reporters`.
        ADDRESSEE = "addressee";
        /// Frequent nouns that are no verbs here.
        NOUNONLY = "nounonly";
        /// Adjectives of attitude: `confident`, `sceptical`.
        CLAUSEADJ = "clauseadj";
        /// Number words.
        NUM = "num";
        /// Documents, which may speak.
        DOC = "doc";
        /// Heads of unnamed sources.
        ANON = "anon";
        /// Plurals that stand for nobody in particular.
        VAGUE = "vague";
        /// Nouns of saying and thinking: `claim`, `refusal`.
        CUENOUN = "cuenoun";
        /// Verbs and adjectives that lead to a reporting infinitive: `went on to say`.
        ATTEMPT = "attempt";
        /// `up`, `out` after a verb.
        PARTICLE = "particle";
        /// Words before a colon that are no speakers.
        STARTNOT = "startnot";
        /// Verb forms that are as often nouns: `states`, `plans`.
        NOUNVERB = "nounverb";
        /// Verbs that say something only with a noun: `raise doubts`.
        LIGHT = "light";
        /// Words before an infinitive of saying and leaves it undone, or done against one's will: `had to`, `has yet to`.
        MUST = "must";
        /// Holders of a view of something: `opponent of`.
        HOLDER = "holder";

        // What counts for claims, figures and dates.
        /// Monday.
        WEEKDAY = "weekday": TIME ANY_WEEKDAY;
        /// hour, years: spans of time.
        TIME_UNIT = "time-unit";
        /// tonnes, percent.
        UNIT = "unit";
        /// kilometres, feet: measures that are often scenery.
        SCENERY = "scenery";
        /// dollars, yuan.
        CURRENCY = "currency";
        /// troops, households: what is worth counting.
        QUANTITY = "quantity";
        /// killed, deaths.
        CASUALTY = "casualty";
        /// captured, displaced.
        CASUALTY_SOFT = "casualty-soft";
        /// reasons, ministers: what is only enumerated when there are a few.
        ENUMERATION = "enumeration";
        /// will, may: not glued to a pronoun.
        MODAL_ALONE = "modal-alone";
        /// is, were, remained: what links a subject to what is said of it.
        COPULA = "copula";
        /// was, were.
        BE_PAST = "be-past": BE COPULA;
        /// has, had: not glued to a pronoun.
        HAVE_ALONE = "have-alone": HAVE;
        /// not, never.
        NEGATION = "negation";
        /// I, our.
        FIRST = "first";
        /// you.
        YOU = "you";
        /// he, it.
        PRONOUN = "pronoun": PRON FUNCTION;
        /// he, she, they.
        PERSON_PRONOUN = "person-pronoun": PRONOUN;
        /// this, those.
        DEMONSTRATIVE = "demonstrative": DETERMINER DETPRON;
        /// the, its, several.
        DETERMINER = "determiner": FUNCTION;
        /// of, amid.
        PREPOSITION = "preposition";
        /// because, who, whether.
        SUBORDINATOR = "subordinator";
        /// who, which, that.
        RELATIVE = "relative";
        /// although.
        CONCESSION = "concession";
        /// if, unless.
        CONDITIONAL = "conditional";
        /// and, but.
        COORDINATOR = "coordinator": FUNCTION;
        /// Words that a question may begin with.
        QUESTION = "question";
        /// already, still.
        ADVERB = "adverb";
        /// about, nearly.
        APPROX = "approx";
        /// went, held: irregular pasts that are read as finite after a subject.
        PAST = "past";
        /// taken, seen: irregular participles.
        PARTICIPLE = "participle";
        /// need, united: they end in -ed and are no verbs in the past.
        NOT_VERB = "not-verb";
        /// meanwhile.
        RESET = "reset";
        /// Article, Route: what a number after it only labels.
        LABEL = "label";
        /// policy, reason: no actor.
        ABSTRACT = "abstract";
        /// largest, worst.
        SUPERLATIVE = "superlative";
        /// largest, biggest.
        RANK_HARD = "rank-hard": SUPERLATIVE;
        /// second.
        ORDINAL = "ordinal";
        /// smuggled, bribes: wrongdoing as a verb.
        ALLEGE = "allege";
        /// smuggling, bribery: wrongdoing as a noun.
        ALLEGE_NOUN = "allege-noun";
        /// said, shows: words that report.
        REPORTS = "reports";
        /// assess, judge.
        OWN = "own";

        // Parts of persons' names.
        /// Titles, ranks and honorifics that may stand before a person's name and are no part of it.
        HONORIFIC = "honorific": TITLE;
        /// Particles that belong to the family name after them: "van", "bin", "al".
        FAMILY_PARTICLE = "family-particle";
        /// Suffixes after a person's name: "Jr.", "PhD".
        NAME_SUFFIX = "name-suffix";
        /// Chinese family names, as Pinyin spells them; they come first.
        CHINESE_FAMILY = "chinese-family";
        /// Chinese family names, as Hong Kong spells them.
        CANTONESE_FAMILY = "cantonese-family";
        /// Korean family names; they come first.
        KOREAN_FAMILY = "korean-family";
        /// Vietnamese family names; they come first.
        VIETNAMESE_FAMILY = "vietnamese-family";
        /// Words after a hyphen that are no syllable of a given name: "led", "born".
        NO_SYLLABLE = "no-syllable";
        /// Small words of a name that its acronym may leave out.
        ACRONYM_SKIPS = "acronym-skips";
        /// Last words of a firm's name that its acronym may leave out.
        FIRM_SUFFIX = "firm-suffix";

        // Amounts.
        /// Numbers in words, of which an amount may be made.
        NUMBER_WORD = "number-word";
        /// Words after a figure that multiply it.
        MULTIPLIER = "multiplier";
        /// Currencies after an amount.
        CURRENCY_NAME = "currency-name";
        /// Units of measure after an amount.
        MEASURE = "measure";
        /// Days told from the day of writing: "yesterday".
        TOLD_DAY = "told-day";
        /// Words that make a date of a unit of time: "last".
        TIME_POINTER = "time-pointer";
        /// Codes of currencies before an amount.
        CURRENCY_CODE = "currency-code";
        /// Parts of a day.
        PART_OF_DAY = "part-of-day";
        /// Units of time that a pointer makes a date: "last week".
        POINTED_UNIT = "pointed-unit";
        /// Months and days that alone are words more often: "may".
        RISKY_MONTH = "risky-month";
        /// Words before a month that make sure of it.
        BEFORE_MONTH = "before-month";
        /// Words before a year that make sure of it.
        BEFORE_YEAR = "before-year";
        /// Words that may follow "of" and a year.
        AFTER_OF_YEAR = "after-of-year";
        /// Letters before a dollar sign: "US", "HK".
        DOLLAR_PREFIX = "dollar-prefix";
        /// Particles before a family name that a name found without them goes on to the left with.
        FAMILY_LINK = "family-link";

        // References to sources.
        /// Words for the place cited before: "ibid".
        SAME_PLACE = "same-place";
        /// Parts of a document that a bracket points at: "annex".
        DOCUMENT_PART = "document-part";
        /// Words for a kind of evidence: "interview".
        EVIDENCE = "evidence";
        /// Last words of the names of papers and stations: "Daily".
        OUTLET_HEAD = "outlet-head";
        /// First words of a bracket that names no evidence: "without".
        NO_EVIDENCE = "no-evidence";
        /// Small words between the authors of a reference: "et al".
        AUTHOR_LINK = "author-link";
        /// Words that "per" counts by.
        RATE = "rate";

        // Sources that are nobody in particular.
        /// Plurals of people who stand for nobody in particular: "observers".
        VAGUE_HEAD = "vague-head";
        /// Verbs by which nobody in particular says or thinks something.
        VAGUE_SAY = "vague-say";
        /// Words between "some" and the people who are nobody in particular.
        VAGUE_MODIFIER = "vague-modifier";
        /// Prepositions at which the head of a source ends.
        CUTS_SOURCE = "cuts-source";
        /// Heads of sources without a name: "official".
        UNNAMED = "unnamed";
        /// Things that are said to be killed and are no casualties: "bills".
        KILLABLE = "killable";
        /// Headings of a column of sources in a table.
        SOURCE_COLUMN = "source-column";
        /// Words that point at the table below.
        TABLE_POINTER = "table-pointer";

        // Who is who.
        /// Titles of men.
        MANS_TITLE = "mans-title": TITLE;
        /// Titles of women.
        WOMANS_TITLE = "womans-title": TITLE;
        /// Words before a place at which something is.
        BEFORE_SPOT = "before-spot";
        /// Roles of one word that name somebody by themselves, as long as he was the last person named.
        LONE_ROLE = "lone-role";
        /// Generic first words of a name that may be left out: "Cyclone Tilda", "Tilda".
        GENERIC_FIRST = "generic-first";

        // Lists that one place asks for.
        /// Words after "double" that make it no ratio: "double down".
        AFTER_DOUBLE = "after-double";
        /// Last words of a hedge of two words before a figure: "more than".
        HEDGE_END = "hedge-end";
        /// Words for those who were taken: "hostages".
        TAKEN = "taken";
        /// Pasts of verbs that tell a state and no event.
        STATIVE = "stative";
        /// Forms of "seek".
        SEEK = "seek";
        /// Kinds of warships.
        WARSHIP = "warship";
        /// Verbs by which a role begins: "appointed".
        ROLE_BEGINS = "role-begins";
        /// Verbs by which a role ends: "resigned".
        ROLE_ENDS = "role-ends";
        /// Verbs that tell a role held: "served".
        ROLE_LASTS = "role-lasts";
        /// Words inside a role after its head: "minister of".
        ROLE_LINK = "role-link";
        /// Things that a body runs or publishes, as common nouns after its name: "the Sarn University wiki".
        WARE = "ware";
        /// Kinds of storms.
        STORM = "storm";
        /// Words that may stand before the kind of a storm: "severe".
        STORM_STRENGTH = "storm-strength";
        /// Heads of a source that is nobody in particular, as rule A107 has them.
        NOBODY = "nobody";
        /// Words before the head of a source that do not describe it.
        BARE_MODIFIER = "bare-modifier";
        /// Heads of a source that say nothing of who it is: "source".
        BARE_HEAD = "bare-head";
        /// Words after the head of a source that begin its description: "familiar".
        DESCRIBES = "describes";
        /// Words at which the head of an unnamed person ends.
        CUTS_PERSON = "cuts-person";
        /// Heads of unnamed persons that do not end as trades do.
        UNNAMED_PERSON = "unnamed-person";
        /// Heads of documents, bodies and crowds, which are no unnamed person.
        SPEAKING_BODY = "speaking-body";
        /// Those who speak for a body, and what it issues: "spokesman", "statement".
        ORGAN = "organ";
        /// Words of abuse.
        ABUSE = "abuse";
        /// Words beside "clearly" that tell of sight: "clearly marked".
        SEEN = "seen";
        /// Family names of persons whom every reader knows.
        KNOWN_PERSON = "known-person";
        /// Words of a source line that names no source: "agencies".
        GENERIC_SOURCE = "generic-source";
        /// Languages that do not end as most do.
        LANGUAGE = "language";
        /// Words that tell of what is still to come.
        AHEAD = "ahead";
        /// Words after which a term of likelihood is offered.
        BEFORE_TERM = "before-term";
        /// Words of a line that is a date and a time of day: "GMT".
        CLOCK_WORD = "clock-word";
        /// Articles that transliterations glue to a name or leave out: "al".
        GLUED_ARTICLE = "glued-article";

        // Whether something was said.
        /// Nouns of saying that stand for a denial.
        DENIAL = "denial";
        /// Nouns for not wanting to speak or act.
        REFUSAL = "refusal";
        /// Nouns of view, wish and plan: nobody need have said it.
        ATTITUDE = "attitude";
        /// Things that can be refused to somebody: to deny it is a deed.
        ACCESS = "access";
        /// Things that can be claimed, beside the nouns of saying.
        CLAIMED = "claimed";
        /// Nouns that ask for something: turned down, not denied.
        REQUEST = "request";
        /// Verbs that are speaking with a word of [`SPOKEN`]: "give details".
        SPEAKING = "speaking";
        /// Words that make such a verb speaking.
        SPOKEN = "spoken";
        /// Adverbs that change nothing of what was said.
        HARMLESS = "harmless";
        /// Words that leave undone what they govern: "failed to say".
        UNDONE = "undone";
        /// Words that let it stand as done: "went on to say".
        DONE = "done";
        /// Verbs that make a medium or place the means of the words after "to": "used the speech to warn".
        MEANS = "means";
        /// Openers of a clause that is supposed: "if".
        SUPPOSES = "supposes";
        /// Words before "that" which doubt the clause after it: "unclear that".
        DOUBTED = "doubted";
        /// Adverbs with which "would" tells what came, or a habit: "would later say".
        CAME = "came";
        /// Verbs that say nothing by their noun: "had doubts".
        HOLDS = "holds";
        /// Adverbs by which something is only possible: "perhaps".
        UNSURE = "unsure";
        /// Verbs by which the words of somebody are passed on: "was quoted as saying".
        PASSED_ON = "passed-on";
        /// Words by which they were not passed on as they were: "falsely".
        UNFAITHFUL = "unfaithful";
        /// Words that doubt a clause, and with a negation make sure of it: "nobody doubts".
        DOUBTS = "doubts";
        /// Words before "not to" after which it was left undone on purpose: "took care not to say".
        KEPT = "kept";
        /// Things that one claims by asking for them: "refund".
        GAIN = "gain";
        /// Words that leave out whoever is named after them: "except".
        LEAVES_OUT = "leaves-out";
        /// Words before "but" that make it leave somebody out: "all".
        EVERYONE = "everyone";
        /// Nouns that with "no" deny a verb: "by no means".
        WAY = "way-noun";
        /// Words that deny the clause after them: "nothing suggests that".
        NONE_OF = "none";
        /// Words for who speaks for a body no more: "former".
        ONCE = "past-holder";
    }
}

/// All classes that parse a sentence for attributions.
pub const OF_SENTENCES: Classes = Classes::between(DET, HOLDER);
/// All classes that claims, figures and dates are read by.
pub const OF_CLAIMS: Classes = Classes::between(WEEKDAY, OWN).or(MONTH).or(DO);
/// All words of a role.
pub const ROLE_PART: Classes = ROLE_HEAD.or(ROLE_MODIFIER);
