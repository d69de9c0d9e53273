//! The queue of the main loop, in two lines: what the user waits for, and the rest.
//!
//! An edit never waits behind the notes that an index has found: whatever is urgent goes first. Each line keeps its own
//! order. The line of the rest has an end ([`EventQueue::push_blocking`]), so that an index that reads faster than the
//! main loop takes does not fill the memory.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::pool::Urgency;

/// The most items in the line of the rest before [`EventQueue::push_blocking`] waits.
const CAPACITY: usize = 512;

/// Two lines of `T`.
#[derive(Debug)]
pub(in crate::lsp) struct EventQueue<T> {
    lines: Mutex<Lines<T>>,
    come: Condvar,
    room: Condvar,
}

#[derive(Debug)]
struct Lines<T> {
    urgent: VecDeque<T>,
    rest: VecDeque<T>,
    closed: bool,
}

impl<T> Default for EventQueue<T> {
    fn default() -> Self {
        let lines = Lines { urgent: VecDeque::new(), rest: VecDeque::new(), closed: false };
        Self { lines: Mutex::new(lines), come: Condvar::new(), room: Condvar::new() }
    }
}

impl<T> EventQueue<T> {
    /// Adds at the end of a line; never waits.
    pub(in crate::lsp) fn push(&self, urgency: Urgency, item: T) {
        let mut lines = self.lock();
        match urgency {
            Urgency::Interactive => lines.urgent.push_back(item),
            Urgency::Background => lines.rest.push_back(item),
        }
        drop(lines);
        self.come.notify_one();
    }

    /// Adds to the line of the rest once there is room. Not for the thread that takes.
    pub(in crate::lsp) fn push_blocking(&self, item: T) {
        let mut lines = self.lock();
        while lines.rest.len() >= CAPACITY && !lines.closed {
            lines = self.room.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
        lines.rest.push_back(item);
        drop(lines);
        self.come.notify_one();
    }

    /// The next one; waits for it. None once the queue is closed.
    pub(in crate::lsp) fn next(&self) -> Option<T> {
        let mut lines = self.lock();
        loop {
            if lines.closed {
                return None;
            }
            if let Some(item) = self.take(&mut lines) {
                return Some(item);
            }
            lines = self.come.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next one, if it comes before this moment.
    pub(in crate::lsp) fn next_before(&self, end: Instant) -> Option<T> {
        let mut lines = self.lock();
        while let Some(left) =
            end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero() && !lines.closed)
        {
            if let Some(item) = self.take(&mut lines) {
                return Some(item);
            }
            lines = self.come.wait_timeout(lines, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        None
    }

    /// The next one, if there is one.
    pub(in crate::lsp) fn try_next(&self) -> Option<T> {
        self.take(&mut self.lock())
    }

    /// Closes the queue: all waiting ends, and nothing more is taken.
    pub(in crate::lsp) fn close(&self) {
        self.lock().closed = true;
        self.come.notify_all();
        self.room.notify_all();
    }

    fn take(&self, lines: &mut Lines<T>) -> Option<T> {
        if let Some(item) = lines.urgent.pop_front() {
            return Some(item);
        }
        let item = lines.rest.pop_front()?;
        if lines.rest.len() < CAPACITY {
            self.room.notify_one();
        }
        Some(item)
    }

    fn lock(&self) -> MutexGuard<'_, Lines<T>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn an_edit_goes_before_what_an_index_found_earlier() {
        let queue = EventQueue::default();
        for found in 0..100 {
            queue.push(Urgency::Background, found);
        }
        queue.push(Urgency::Interactive, 1000);
        queue.push(Urgency::Interactive, 1001);
        assert_eq!([queue.next(), queue.next(), queue.next()], [Some(1000), Some(1001), Some(0)]);
    }

    #[test]
    fn nothing_is_taken_after_its_time() {
        let queue = EventQueue::default();
        queue.push(Urgency::Background, 1);
        assert_eq!(queue.next_before(Instant::now()), None);
        let soon = || Instant::now() + std::time::Duration::from_millis(20);
        assert_eq!(queue.next_before(soon()), Some(1));
        let end = soon();
        assert_eq!(queue.next_before(end), None);
        assert!(Instant::now() >= end);
        let patient = Instant::now() + std::time::Duration::from_secs(3600);
        queue.push(Urgency::Interactive, 2);
        assert_eq!(queue.next_before(patient), Some(2));
        queue.close();
        assert_eq!(queue.next_before(patient), None);
    }

    #[test]
    fn whoever_is_patient_waits_for_room_and_for_nothing_once_it_ends() {
        let queue = Arc::new(EventQueue::default());
        let other = queue.clone();
        let filler = std::thread::spawn(move || (0..3 * CAPACITY).for_each(|item| other.push_blocking(item)));
        let taken: Vec<usize> = (0..2 * CAPACITY).filter_map(|_| queue.next()).collect();
        assert_eq!(taken, (0..2 * CAPACITY).collect::<Vec<_>>());
        assert!(queue.lock().rest.len() <= CAPACITY);
        queue.close();
        filler.join().expect("it ends");
        assert_eq!(queue.next(), None);
    }
}
