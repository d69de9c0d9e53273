//! The server as a client meets it: whole messages over an in-memory wire.
//!
//! Tests wait for messages and never sleep. A [`harness::Client`] that is dropped with a request unanswered fails its test.

mod bad_input;
mod capabilities;
mod commands;
mod completion;
mod configuration;
mod corrections;
mod diagnostics;
mod disk;
mod features;
mod files;
mod harness;
mod hierarchies;
mod later;
mod lenses;
mod library;
mod links;
mod newer;
mod one_file;
mod parts;
mod process;
mod pulling;
mod reach;
mod rename;
mod server;
mod sourcing;
mod sync;
mod transcripts;
mod wire;
