//! The labels of the sequence model: outside, or begin, inside, last, unit of one of seven kinds of name.

use crate::analysis::facts::EntityKind;

/// The kinds that the model tells apart, in the order of their labels.
pub const KINDS: [EntityKind; 7] = [
    EntityKind::Person,
    EntityKind::Org,
    EntityKind::Place,
    EntityKind::Group,
    EntityKind::Product,
    EntityKind::Event,
    EntityKind::Work,
];

/// The number of labels.
pub const LABELS: usize = 1 + 4 * KINDS.len();

/// Outside of any name.
pub const OUTSIDE: u8 = 0;

/// The part of a name that a label stands for, in the BILOU scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bilou {
    /// The first of several tokens.
    Begin,
    /// Neither first nor last.
    Inside,
    /// The last of several tokens.
    Last,
    /// A name of one token.
    Unit,
}

/// The label of a part of a name; none for kinds that are no names.
#[must_use]
pub fn label(kind: EntityKind, part: Bilou) -> Option<u8> {
    let index = KINDS.iter().position(|&k| k == kind)?;
    Some(1 + 4 * index as u8 + part as u8)
}

/// The kind and part of a label; none for [`OUTSIDE`].
#[must_use]
pub fn meaning(label: u8) -> Option<(EntityKind, Bilou)> {
    let index = label.checked_sub(1)?;
    let kind = *KINDS.get(usize::from(index / 4))?;
    let part = match index % 4 {
        0 => Bilou::Begin,
        1 => Bilou::Inside,
        2 => Bilou::Last,
        _ => Bilou::Unit,
    };
    Some((kind, part))
}

/// True if a name stays open after this label.
#[must_use]
pub fn is_open(label: u8) -> bool {
    matches!(meaning(label), Some((_, Bilou::Begin | Bilou::Inside)))
}

/// True if `next` may follow `label`.
#[must_use]
pub fn may_follow(label: u8, next: u8) -> bool {
    let goes_on = matches!(meaning(next), Some((_, Bilou::Inside | Bilou::Last)));
    if !is_open(label) {
        return !goes_on;
    }
    goes_on && meaning(label).map(|(kind, _)| kind) == meaning(next).map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_opens_goes_on_and_closes_within_one_kind() {
        let of = |kind, part| label(kind, part).expect("a kind of name");
        let begin = of(EntityKind::Org, Bilou::Begin);
        assert!(may_follow(begin, of(EntityKind::Org, Bilou::Last)));
        assert!(!may_follow(begin, of(EntityKind::Place, Bilou::Last)));
        assert!(!may_follow(begin, OUTSIDE));
        assert!(!may_follow(OUTSIDE, of(EntityKind::Org, Bilou::Inside)));
        assert!(may_follow(of(EntityKind::Work, Bilou::Unit), of(EntityKind::Person, Bilou::Begin)));
    }

    #[test]
    fn labels_and_meanings_are_inverse() {
        for label_ in 1..LABELS as u8 {
            let (kind, part) = meaning(label_).expect("a label");
            assert_eq!(label(kind, part), Some(label_));
        }
        assert_eq!(label(EntityKind::Money, Bilou::Unit), None);
    }
}
