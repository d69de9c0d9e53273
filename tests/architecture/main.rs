//! The invariants of the house, each as a test that fails with the sentence that explains it.
//!
//! The sources are parsed, not searched: [`sources`] loads them, [`without_tests`] takes out what is compiled for tests
//! only, [`reading`] and [`tokens`] note what is there as plain data ([`facts`]), and [`paths`] follows what a file names
//! to the file that defines it. The other files hold one kind of invariant each. What still breaks one is listed in
//! `owed.toml`, which may only become shorter ([`owed`]).

mod facts;
mod owed;
mod paths;
mod reading;
mod sources;
mod tokens;
mod without_tests;

mod arrow;
mod borders;
mod circles;
mod docs;
mod failing;
mod notes;
mod purity;
mod rims;
mod ruler;
mod shape;
mod shells;
mod words;
