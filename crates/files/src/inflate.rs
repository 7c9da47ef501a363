//! Deflated data of a PDF, unpacked up to a bound.
//!
//! The unpacking is the archive reader's: the data is put behind the header of a part whose size and sum are not known,
//! which is how archives are written to a pipe.

use std::io::Read;

use zip::read::{ZipReadOptions, read_zipfile_from_stream_with_options};

/// The beginning of what the zlib stream holds, at most so many bytes, as far as it can be read: programs that show PDFs
/// take what comes before damage.
pub(crate) fn inflated(zlib: &[u8], most: usize) -> Vec<u8> {
    let mut part = Vec::new();
    let Some(packed) = without_header(zlib) else {
        return part;
    };
    let options = ZipReadOptions::new()
        .ignore_crc32(true)
        .override_compressed_size(packed.len() as u64);
    let mut framed = FRAME.chain(packed);
    if let Ok(Some(file)) = read_zipfile_from_stream_with_options(&mut framed, options) {
        // What was read before an error is kept.
        let _ = file.take(most as u64).read_to_end(&mut part);
    }
    part
}

/// The header of a nameless part, deflated, sizes and sum to follow.
const FRAME: &[u8] = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// Two bytes say that deflated data follows; the check sum at the end is nobody's concern.
fn without_header(zlib: &[u8]) -> Option<&[u8]> {
    let (&[method, flags], packed) = zlib.split_first_chunk::<2>()?;
    let sum = u16::from_be_bytes([method, flags]);
    (method & 0x0f == 8 && sum.is_multiple_of(31) && flags & 0x20 == 0).then_some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `zlib.compress(b"3 0 4 9 " * 4)`
    const PACKED: &[u8] = &[
        0x78, 0x9c, 0x33, 0x56, 0x30, 0x50, 0x30, 0x51, 0xb0, 0x54, 0x30, 0xc6, 0x41, 0x03, 0x00,
        0x57, 0x08, 0x05, 0x41,
    ];

    #[test]
    fn what_is_deflated_is_read_as_far_as_it_goes() {
        let whole = "3 0 4 9 ".repeat(4);
        assert_eq!(inflated(PACKED, 100), whole.as_bytes());
        assert_eq!(inflated(PACKED, 5), b"3 0 4");
        let cut = inflated(&PACKED[..10], 100);
        assert!(!cut.is_empty() && whole.as_bytes().starts_with(&cut));
        for none in [b"".as_slice(), b"x", b"no zlib", &PACKED[2..]] {
            assert_eq!(inflated(none, 100), b"");
        }
    }
}
