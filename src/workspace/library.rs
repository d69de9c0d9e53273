//! The sources that citations can point at: bibliographies and source notes.
