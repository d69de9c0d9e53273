//! An index of ranges that finds one covering a place in logarithmic time.

use crate::text::TextRange;

/// Ranges by their start, each with the one among it and those before it that reaches furthest.
#[derive(Debug)]
pub(super) struct Intervals {
    ranges: Vec<(TextRange, usize)>,
    /// Beside `ranges`: the position of the furthest end so far.
    furthest: Vec<usize>,
}

impl Intervals {
    /// Takes ranges with numbers of one's own.
    pub(super) fn new(mut ranges: Vec<(TextRange, usize)>) -> Self {
        ranges.sort_by_key(|(scope, number)| (scope.start, *number));
        let mut furthest: Vec<usize> = Vec::with_capacity(ranges.len());
        for (at, (scope, _)) in ranges.iter().enumerate() {
            let reaches = |&before: &usize| ranges.get(before).is_some_and(|(other, _)| other.end >= scope.end);
            let before = furthest.last().copied().filter(reaches);
            furthest.push(before.unwrap_or(at));
        }
        Self { ranges, furthest }
    }

    /// The number of a range that shares a byte with `range` or holds it; the one that reaches furthest.
    pub(super) fn covering(&self, range: TextRange) -> Option<usize> {
        let next = self.ranges.partition_point(|(scope, _)| scope.start <= range.end);
        let mut last = next.checked_sub(1)?;
        // A range that only begins where `range` ends does not cover it, though one before it may.
        loop {
            let (scope, number) = *self.ranges.get(*self.furthest.get(last)?)?;
            if scope.overlaps(range) || scope.contains_range(range) {
                return Some(number);
            }
            if scope.end < range.start || scope.start < range.end {
                return None;
            }
            last = self
                .ranges
                .partition_point(|(scope, _)| scope.start < range.end)
                .checked_sub(1)
                .filter(|at| *at < last)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_covers_a_place_is_what_looking_at_all_of_them_finds() {
        let ranges = [(0, 0), (0, 9), (1, 3), (2, 2), (4, 12), (5, 6), (12, 14), (12, 12), (20, 25)];
        let all: Vec<(TextRange, usize)> =
            ranges.iter().enumerate().map(|(n, &(start, end))| (TextRange::new(start, end), n)).collect();
        for count in 0..=all.len() {
            let intervals = Intervals::new(all[..count].to_vec());
            for start in 0..27 {
                for end in start..27 {
                    let range = TextRange::new(start, end);
                    let covers = |scope: &TextRange| scope.overlaps(range) || scope.contains_range(range);
                    let any = all[..count].iter().any(|(scope, _)| covers(scope));
                    let found = intervals.covering(range);
                    assert_eq!(found.is_some(), any, "{count} {range:?}");
                    assert!(found.is_none_or(|number| covers(&all[number].0)), "{range:?}");
                }
            }
        }
    }
}
