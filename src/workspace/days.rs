//! When each note was written, side by side: to find the newest of tens of thousands without looking into them.

use std::sync::Arc;

use super::FileId;
use super::brief::Brief;

/// Notes whose days stand in one piece.
const PIECE: u32 = 128;

/// A date as a number that sorts as the date does; zero for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Day(u64);

impl Day {
    /// Of a date as a [`Brief`] has it: digits of a year, then nothing, a month, or a month and a day.
    pub(super) fn of(date: &str) -> Self {
        // Four bytes of the year, then two of the month and two of the day, as they are: dates sort by their bytes.
        let mut bytes = [0; 8];
        let written = date.bytes().enumerate().filter(|(at, _)| !matches!(at, 4 | 7)).map(|(_, byte)| byte);
        bytes.iter_mut().zip(written).for_each(|(to, byte)| *to = byte);
        Self(u64::from_be_bytes(bytes))
    }

    /// Returns `true` if it is a date at all.
    pub(super) fn is_known(self) -> bool {
        self.0 > 0
    }
}

/// The days of all notes. A change costs one piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// The days of [`PIECE`] files each, by the number of the piece.
    pub(super) pieces: imbl::OrdMap<u32, Arc<[Day; PIECE as usize]>>,
}

impl Days {
    /// Those of many notes.
    pub(super) fn of<'s>(notes: impl Iterator<Item = (FileId, &'s Brief)>) -> Self {
        let mut days = Self::default();
        for (file, note) in notes {
            days.set(file, note.date());
        }
        days
    }

    /// When a note was written, as far as it says so.
    pub(super) fn get(&self, file: FileId) -> Day {
        let piece = self.pieces.get(&(file.0 / PIECE));
        piece.and_then(|piece| piece.get((file.0 % PIECE) as usize)).copied().unwrap_or_default()
    }

    /// Sets or removes the day of a note; returns whether it was another one.
    pub(super) fn set(&mut self, file: FileId, date: Option<&str>) -> bool {
        let day = date.map_or(Day::default(), Day::of);
        if self.get(file) == day {
            return false;
        }
        let piece = self.pieces.entry(file.0 / PIECE).or_insert_with(|| Arc::new([Day::default(); PIECE as usize]));
        if let Some(place) = Arc::make_mut(piece).get_mut((file.0 % PIECE) as usize) {
            *place = day;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn days_sort_as_their_dates_do(one in "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", other in "[0-9]{4}(-[0-9/-]{2})?") {
            prop_assert_eq!(Day::of(&one).cmp(&Day::of(&other)), one.cmp(&other));
            prop_assert!(Day::of(&one).is_known() && !Day::default().is_known());
        }
    }
}
