//! Disjoint sets of forms.

/// Sets of small numbers, joined pair by pair.
#[derive(Clone, Debug)]
pub(super) struct Union {
    parent: Vec<u32>,
}

impl Union {
    /// `count` sets of one.
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect() }
    }

    /// The set that `one` is in, named by its first member.
    pub(super) fn find(&mut self, one: u32) -> u32 {
        let mut root = one;
        while self.parent[root as usize] != root {
            super::work::did(1);
            root = self.parent[root as usize];
        }
        let mut at = one;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    /// Makes one set of two.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let (a, b) = (self.find(one), self.find(other));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high as usize] = low;
    }
}
