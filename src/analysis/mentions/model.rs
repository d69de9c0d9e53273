//! The sequence model: a table of small weights, one row a hashed feature, and the best path through a run of tokens.
//!
//! A feature's row holds one `i8` for each label. A token's score is the sum of its features' rows; the best sequence
//! of labels is found by Viterbi. The weights are made by `examples/train` and lie beside this file. Rows of different
//! features may collide; with 2^17 rows that costs little, and it makes the model one flat array that needs no reading
//! in at start.

use std::sync::LazyLock;

use super::labels::{self, LABELS, OUTSIDE};

/// Rows of the table, as a power of two.
pub const ROW_BITS: u32 = 17;
/// Weights a row: the labels, filled up to a width that machines add at once.
pub const WIDTH: usize = 32;

/// The scores of one token, by label.
pub type Scores = [i16; WIDTH];

/// Bytes of the transitions that stand before the rows.
pub const HEAD_BYTES: usize = LABELS * LABELS;

static BYTES: &[u8] = include_bytes!("model.bin");

/// A trained model.
#[derive(Clone, Copy, Debug)]
pub struct Model<'b> {
    transitions: &'b [u8],
    rows: &'b [u8],
}

impl Model<'static> {
    /// The model that ships.
    #[must_use]
    pub fn shipped() -> Self {
        Self::of(BYTES).unwrap_or(Model { transitions: &[], rows: &[] })
    }
}

impl<'b> Model<'b> {
    /// A model from its bytes: transitions (`LABELS` × `LABELS`), then rows, all `i8`. None if the length is wrong.
    #[must_use]
    pub fn of(bytes: &'b [u8]) -> Option<Self> {
        let (transitions, rows) = bytes.split_at_checked(HEAD_BYTES)?;
        (rows.len() == WIDTH << ROW_BITS).then_some(Self { transitions, rows })
    }

    /// Adds the rows of some features to the scores of a token.
    pub fn add(&self, features: &[u32], scores: &mut Scores) {
        for &feature in features {
            let at = feature as usize * WIDTH;
            // A row of known length is added in one go by the machine.
            let Some(row) = self.rows.get(at..).and_then(|rest| rest.first_chunk::<WIDTH>()) else { continue };
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += i16::from(weight as i8);
            }
        }
    }

    /// The best label of a run of one token: there is no path to look for.
    fn alone(&self, scores: &Scores) -> u8 {
        let score = |&label: &u8| self.transition(OUTSIDE, usize::from(label)) + i32::from(scores[usize::from(label)]);
        // The first of equals.
        ORDERS.alone.iter().copied().rev().max_by_key(score).unwrap_or(OUTSIDE)
    }

    fn transition(&self, from: u8, to: usize) -> i32 {
        self.transitions.get(usize::from(from) * LABELS + to).map_or(0, |&weight| i32::from(weight as i8) * 4)
    }

    /// The best labels of a run of tokens that begins and ends outside of any name.
    pub fn decode(&self, scores: &[Scores], paths: &mut Paths, labels: &mut Vec<u8>) {
        if let [only] = scores {
            labels.clear();
            labels.push(self.alone(only));
            return;
        }
        paths.decode(
            scores.len(),
            |at, label| i32::from(scores[at][label]),
            |from, to| self.transition(from, to),
            labels,
        );
    }
}

/// Which labels may stand where.
struct Orders {
    /// For each label, which labels may stand before it, and how many they are.
    before: [([u8; LABELS], usize); LABELS],
    /// The labels of a run of one token.
    alone: Vec<u8>,
}

static ORDERS: LazyLock<Orders> = LazyLock::new(|| {
    let mut before = [([0; LABELS], 0); LABELS];
    for (to, (list, count)) in before.iter_mut().enumerate() {
        for from in (0..LABELS as u8).filter(|&from| labels::may_follow(from, to as u8)) {
            list[*count] = from;
            *count += 1;
        }
    }
    let fits = |label: &u8| !labels::is_open(*label) && labels::may_follow(OUTSIDE, *label);
    Orders { before, alone: (0..LABELS as u8).filter(fits).collect() }
});

/// Working space of [`Model::decode`], kept between runs.
#[derive(Debug, Default)]
pub struct Paths {
    back: Vec<[u8; LABELS]>,
}

impl Paths {
    /// The best path of `len` labels under any scores; the trainer calls it with its own.
    pub fn decode(
        &mut self,
        len: usize,
        score: impl Fn(usize, usize) -> i32,
        transition: impl Fn(u8, usize) -> i32,
        out: &mut Vec<u8>,
    ) {
        const NEVER: i32 = i32::MIN / 2;
        out.clear();
        self.back.clear();
        let mut best = [NEVER; LABELS];
        best[usize::from(OUTSIDE)] = 0;
        for at in 0..len {
            let mut next = [NEVER; LABELS];
            let mut back = [OUTSIDE; LABELS];
            for (to, (list, count)) in ORDERS.before.iter().enumerate() {
                let mut top = NEVER;
                for &from in &list[..*count] {
                    let sum = best[usize::from(from)] + transition(from, to);
                    if sum > top {
                        top = sum;
                        back[to] = from;
                    }
                }
                next[to] = top.max(NEVER) + score(at, to);
            }
            best = next;
            self.back.push(back);
        }
        let mut label = OUTSIDE;
        let mut top = i32::MIN;
        for (last, &sum) in best.iter().enumerate() {
            if sum > top && !labels::is_open(last as u8) {
                top = sum;
                label = last as u8;
            }
        }
        for back in self.back.iter().rev() {
            out.push(label);
            label = back[usize::from(label)];
        }
        out.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::facts::EntityKind;
    use crate::analysis::mentions::labels::{Bilou, label};

    #[test]
    fn the_shipped_model_has_the_right_length() {
        assert!(Model::of(BYTES).is_some());
    }

    #[test]
    fn the_best_path_never_leaves_a_name_open() {
        let begin = usize::from(label(EntityKind::Place, Bilou::Begin).expect("a kind of name"));
        let mut out = Vec::new();
        // Every token would rather begin a place; the last cannot.
        Paths::default().decode(3, |_, l| i32::from(l == begin), |_, _| 0, &mut out);
        assert_eq!(out.len(), 3);
        assert!(!labels::is_open(out[2]));
        assert!(out.windows(2).all(|pair| labels::may_follow(pair[0], pair[1])));
    }
}
