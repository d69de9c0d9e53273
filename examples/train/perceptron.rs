//! An averaged structured perceptron whose truth may leave some labels open.

use whosaid::analysis::mentions::labels::LABELS;
use whosaid::analysis::mentions::model::{HEAD_BYTES, Paths, ROW_BITS, WIDTH};

use crate::data::{Document, Run};

/// Weights while they are learned. Fixed point: one step of the perceptron is [`STEP`].
pub(crate) struct Learner {
    weights: Vec<f32>,
    totals: Vec<f32>,
    transitions: Vec<f32>,
    transition_totals: Vec<f32>,
}

const ROWS: usize = 1 << ROW_BITS;
/// Scores are integers in the decoder: weights are scaled by this much.
const STEP: f32 = 64.0;
const NEVER: i32 = -100_000_000;

impl Learner {
    pub(crate) fn new() -> Self {
        Self {
            weights: vec![0.0; ROWS * WIDTH],
            totals: vec![0.0; ROWS * WIDTH],
            transitions: vec![0.0; LABELS * LABELS],
            transition_totals: vec![0.0; LABELS * LABELS],
        }
    }

    /// Learns from the documents in `epochs` passes; at the end the weights are the average over all steps.
    pub(crate) fn learn(&mut self, documents: &[&Document], epochs: usize, seed: u64) {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut paths = Paths::default();
        let (mut truth, mut guess, mut scores) = (Vec::new(), Vec::new(), Vec::new());
        let mut clock = 1.0f32;
        for epoch in 0..epochs {
            for index in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(index, (random % (index as u64 + 1)) as usize);
            }
            let (mut wrong, mut tokens) = (0usize, 0usize);
            // The averages weigh late steps as early ones; the clock runs in documents to keep f32 exact enough.
            for &index in &order {
                clock += 1.0;
                for run in &documents[index].runs {
                    self.score(run, &mut scores);
                    self.decode(&scores, &mut paths, None, &mut guess);
                    tokens += guess.len();
                    if guess.iter().zip(&run.allowed).all(|(&label, allowed)| allowed >> label & 1 == 1) {
                        continue;
                    }
                    // Where the truth leaves labels open, the rules break ties in the first pass.
                    if epoch == 0 {
                        for (score, &hint) in scores.iter_mut().zip(&run.rules) {
                            score[usize::from(hint)] += STEP;
                        }
                    }
                    self.decode(&scores, &mut paths, Some(&run.allowed), &mut truth);
                    wrong += truth.iter().zip(&guess).filter(|(a, b)| a != b).count();
                    self.step(run, &truth, &guess, clock);
                }
            }
            eprintln!("  pass {}: {:.3} % of {tokens} wrong", epoch + 1, 100.0 * wrong as f32 / tokens.max(1) as f32);
        }
        for (weight, total) in self.weights.iter_mut().zip(&self.totals) {
            *weight -= total / clock;
        }
        for (weight, total) in self.transitions.iter_mut().zip(&self.transition_totals) {
            *weight -= total / clock;
        }
    }

    fn score(&self, run: &Run, scores: &mut Vec<[f32; WIDTH]>) {
        scores.clear();
        for at in 0..run.allowed.len() {
            let mut sum = [0.0; WIDTH];
            for &row in run.features(at) {
                let row = &self.weights[row as usize * WIDTH..][..WIDTH];
                for (sum, weight) in sum.iter_mut().zip(row) {
                    *sum += weight;
                }
            }
            scores.push(sum);
        }
    }

    fn decode(&self, scores: &[[f32; WIDTH]], paths: &mut Paths, allowed: Option<&[u32]>, out: &mut Vec<u8>) {
        let transition = |from: u8, to: usize| self.transitions[usize::from(from) * LABELS + to] as i32;
        match allowed {
            None => paths.decode(scores.len(), |at, label| scores[at][label] as i32, transition, out),
            Some(allowed) => paths.decode(
                scores.len(),
                |at, label| if allowed[at] >> label & 1 == 1 { scores[at][label] as i32 } else { NEVER },
                transition,
                out,
            ),
        }
    }

    fn step(&mut self, run: &Run, truth: &[u8], guess: &[u8], clock: f32) {
        let (mut before_truth, mut before_guess) = (0, 0);
        for at in 0..truth.len() {
            let (yes, no) = (usize::from(truth[at]), usize::from(guess[at]));
            if yes != no {
                for &row in run.features(at) {
                    let row = row as usize * WIDTH;
                    self.weights[row + yes] += STEP;
                    self.weights[row + no] -= STEP;
                    self.totals[row + yes] += STEP * clock;
                    self.totals[row + no] -= STEP * clock;
                }
            }
            let (yes, no) = (before_truth * LABELS + yes, before_guess * LABELS + no);
            if yes != no {
                self.transitions[yes] += STEP;
                self.transitions[no] -= STEP;
                self.transition_totals[yes] += STEP * clock;
                self.transition_totals[no] -= STEP * clock;
            }
            (before_truth, before_guess) = (usize::from(truth[at]), usize::from(guess[at]));
        }
    }

    /// Replaces what is allowed in the documents by what this model thinks.
    pub(crate) fn label(&self, documents: &mut [Document]) {
        let mut paths = Paths::default();
        let mut scores = Vec::new();
        for document in documents {
            document.relabel(|run, labels| {
                self.score(run, &mut scores);
                self.decode(&scores, &mut paths, None, labels);
            });
        }
    }

    /// Adds another model's weights to this one.
    pub(crate) fn take_in(&mut self, other: &Self) {
        for (own, more) in self.weights.iter_mut().zip(&other.weights) {
            *own += more;
        }
        for (own, more) in self.transitions.iter_mut().zip(&other.transitions) {
            *own += more;
        }
    }

    /// The model as it ships: `i8` throughout, transitions at a quarter of the rows' scale.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|&w| w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len() * 9995 / 10_000).copied().unwrap_or(1.0);
        let scale = 127.0 / top;
        let small = |weight: f32| weight.round().clamp(-127.0, 127.0) as i8 as u8;
        let mut bytes: Vec<u8> = self.transitions.iter().map(|weight| small(weight * scale / 4.0)).collect();
        assert_eq!(bytes.len(), HEAD_BYTES);
        bytes.extend(self.weights.iter().map(|weight| small(weight * scale)));
        bytes
    }
}
