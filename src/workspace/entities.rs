//! Which entities of different notes are one.
