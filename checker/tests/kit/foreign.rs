//! Whatever bytes come from outside: they are read, or refused in words.
//! `PROPTEST_CASES` tries more of them.

use checker::kit::Kit;
use checker::record::Attempt;
use checker::record::evidence_file::read_evidence;
use checker::workspace::crate_wide::refused;
use checker::workspace::diagnostics::Diagnostics;
use course::channel::Reply;
use proptest::prelude::*;

use crate::program::kit;

/// Real messages of each kind that is read, to be damaged.
const REAL: [&str; 5] = [
    r#"{"reason":"compiler-message","target":{"name":"exercise1"},"message":{"level":"error","rendered":"error: one","spans":[{"file_name":"exercises/exercise1/src/q1_1_primes.rs","is_primary":true,"text":[{"text":"a!()"}],"expansion":{"span":{"file_name":"b.rs","is_primary":false,"text":[],"expansion":null}}}]}}"#,
    r#"{"reason":"compiler-artifact","target":{"name":"graded1"},"executable":"/build/graded1"}"#,
    r#"{"failed":{"reason":"assertion","message":"expected 1\ngot 2"}}"#,
    r#"{"schema_version":1,"submission":"a","kit":"0123456789abcdef","salt":7,"isolation":"process","layers":{"landlock":{"missing":"x"}},"score":0,"max_score":1,"undecided":0,"duration_s":0.1,"exercises":[],"left_behind":[]}"#,
    "#![allow(dead_code)]\n#[unsafe(no_mangle)]\nfn a<'b>(c: &'b str) { /* \" */ r#\"#[x]\"#; b'\\''; }\n",
];

/// Bytes of any kind, or a real message of which a few bytes are others.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), prop::option::of(any::<u8>()), any::<bool>());
    let damaged = (prop::sample::select(&REAL[..]), prop::collection::vec(change, 0..8)).prop_map(
        |(text, changes)| {
            let mut bytes = text.as_bytes().to_vec();
            for (place, byte, is_new) in changes {
                let at = place.index(bytes.len().max(1)).min(bytes.len());
                match (byte, is_new) {
                    (Some(byte), true) => bytes.insert(at, byte),
                    (Some(byte), false) if at < bytes.len() => bytes[at] = byte,
                    (None, _) if at < bytes.len() => _ = bytes.remove(at),
                    _ => {}
                }
            }
            bytes
        },
    );
    let nested = (prop::sample::select(vec!["[", "{\"a\":", "(", "#[", "<"]), 0..20_000_usize)
        .prop_map(|(open, times)| open.repeat(times).into_bytes());
    prop_oneof![prop::collection::vec(any::<u8>(), 0..400), damaged, nested]
}

#[test]
fn no_bytes_from_outside_end_the_checker() {
    let kit = Kit::read(&kit()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let config = ProptestConfig { failure_persistence: None, ..Default::default() };
    proptest!(config, |(bytes in bytes())| {
        let found = Diagnostics::read(&kit.exercises[0], &bytes);
        // Nothing is built because somebody's bytes look like it.
        prop_assert!(!found.success || bytes.windows(7).any(|word| word == b"success"));
        if let Err(why) = Attempt::read(&bytes) {
            prop_assert!(!why.is_empty());
        }
        let _ = serde_json::from_slice::<Reply>(&bytes);
        let _ = refused("src/q1_1_primes.rs", &String::from_utf8_lossy(&bytes));
        std::fs::write(file.path(), &bytes).unwrap();
        prop_assert!(read_evidence(file.path()).is_err());
    });
}
