//! Invented prose of any size, the same for the same seed: what the benches run on.

pub(crate) mod client;

const PEOPLE: [&str; 8] =
    ["Nadim Haddad", "Lidia Marr", "Teo Brandt", "Mara Ilic", "Dane Orr", "Ada Pell", "Ilse Kuhn", "Han Weiming"];
const PLACES: [&str; 6] = ["Port Sarn", "Lusk", "Meridia", "Tavria", "Kesh", "Velm"];
const BODIES: [&str; 6] = [
    "Norvik Shipping",
    "the Port Management Council",
    "Harbor Daily",
    "the trade ministry",
    "Orlec Trading",
    "the coastguard",
];
const SENTENCES: [&str; 10] = [
    "{p}, who runs {b}, said on {n} May that the quota for {l} would stand.",
    "The port handled {n},000 tonnes of coking coal in the first quarter, {b} said in a statement.",
    "“We opened the gates at dawn, and nobody came,” {p} told reporters in {l}. “By noon we closed them again.”",
    "Customs records show that {n} vessels called at {l} in 2031, fewer than a year before.",
    "A transport-ministry official with access to the ledger said {b} had asked for {n} more berths.",
    "Prices rose by {n}% after {b} stopped the ferry between {l} and the islands.",
    "According to {p}, the yard at {l} can build no more than {n} hulls a year.",
    "Nobody at {b} answered a request for comment, and the gates of {l} stayed shut through the night.",
    "The envoys of Meridia and Tavria met for the {n}th time since the accord was signed in {l}.",
    "It is hard to see how {b} could move {n},500 containers through {l} without a second crane.",
];

/// A small generator (xorshift), so that benches need no crate for chance.
pub(crate) struct Chance(u64);

impl Chance {
    /// A generator that gives the same numbers for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }
}

/// One sentence that does not occur twice: it carries `number`.
pub(crate) fn sentence(chance: &mut Chance, number: usize) -> String {
    SENTENCES[chance.below(SENTENCES.len())]
        .replace("{p}", PEOPLE[chance.below(PEOPLE.len())])
        .replace("{b}", BODIES[chance.below(BODIES.len())])
        .replace("{l}", PLACES[chance.below(PLACES.len())])
        .replace("{n}", &(number + 2).to_string())
}

/// About `bytes` of Markdown in paragraphs of some five sentences, under a title.
pub(crate) fn note(seed: u64, bytes: usize) -> String {
    let mut chance = Chance::new(seed);
    let mut text = format!("# Gate report {seed}\n\nBy Ada Pell\n\n");
    let mut number = 0;
    while text.len() < bytes {
        text.push_str(&sentence(&mut chance, number));
        number += 1;
        text.push_str(if number % 5 == 0 { "\n\n" } else { " " });
    }
    text.push('\n');
    text
}

/// About `bytes` of prose on one line.
pub(crate) fn line(seed: u64, bytes: usize) -> String {
    note(seed, bytes).lines().skip(4).collect::<Vec<_>>().join(" ")
}
