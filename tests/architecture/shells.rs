//! The two shells over one core, and no way to the network.

use crate::owed::hold;
use crate::sources::{sources, text_of};

#[test]
fn both_shells_check_by_the_same_function() {
    for shell in ["lsp", "cli"] {
        let of_shell = || sources().iter().filter(|source| source.room() == shell);
        let calls =
            of_shell().flat_map(|s| &s.paths).any(|path| path.segments.ends_with(&["rules".into(), "check".into()]));
        assert!(calls, "{shell} must find what is wrong by rules::check, so that editor and command line agree.");
    }
}

#[test]
fn nothing_can_reach_the_network() {
    let lock = text_of("Cargo.lock");
    let clients = ["reqwest", "ureq", "hyper", "curl", "isahc", "rustls", "native-tls", "openssl", "attohttpc"];
    let named = |name: &&&str| lock.contains(&format!("name = \"{name}\"\n"));
    let broken: Vec<String> = clients.iter().filter(named).map(|name| (*name).to_owned()).collect();
    hold(&broken, "What analysts write is confidential: no dependency may be able to send it anywhere.");
}
