//! Whatever bytes are taken for a record: refused, or written again to the same bytes; never a panic.
#![no_main]

use comity_register::{Record, canonical};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|blob: &[u8]| {
    let loose = Record::decode(blob);
    match Record::decode_strictly(blob) {
        Ok(record) => {
            assert_eq!(record.encode(), blob, "a record has one form");
            assert_eq!(loose.expect("what is strictly a record is one"), record);
            canonical::check(blob).expect("a record is canonical");
            assert!(!blob.contains(&b'\n'), "records stand on lines of their own");
        }
        // What replay reads and the strict way does not is written in another form, the envelope or what is nested in it.
        Err(_) => {
            if let Ok(record) = loose {
                assert!(record.encode() != blob || canonical::check(blob).is_err());
            }
        }
    }
});
