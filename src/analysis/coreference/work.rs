//! Counted work, for the tests that hold how it grows. A clock would measure the machine.

#[cfg(test)]
thread_local! {
    static DONE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Notes that `steps` entries of a list or links of a chain were looked at. Nothing happens outside tests.
#[inline]
pub(super) fn did(steps: usize) {
    #[cfg(test)]
    DONE.set(DONE.get() + steps);
    #[cfg(not(test))]
    let _ = steps;
}

/// The steps since the last call on this thread.
#[cfg(test)]
pub(super) fn take() -> usize {
    DONE.take()
}
