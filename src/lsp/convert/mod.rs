//! Between the protocol's values and ours: the only place on this side where lines and columns exist.

pub(super) mod from_proto;
pub(super) mod to_proto;
