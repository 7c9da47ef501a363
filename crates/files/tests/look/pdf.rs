//! PDFs.

use comity_files::{Accept, Refused, look};

use crate::samples::{pdf, stream, zlib};
use crate::{ACCEPT, seen, told};

const PACKED: &str = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";

fn with(more: &[u8]) -> &'static str {
    told(&pdf(true, more), "a.pdf")
}

fn object(text: &str) -> &'static str {
    with(format!("6 0 obj\n{text}\nendobj\n").as_bytes())
}

#[test]
fn a_pdf_that_acts_or_carries_is_refused() {
    for text in [
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<</S/Rendition/JS(x)>>",
        "<< /S /#4aavaScript >>",
        "<< /S /J#61v#61Script >>",
        "<</#4a#53 5 0 R>>",
        "<< /S /Launch /F (cmd.exe) >>",
        "<< /Type /EmbeddedFile >>",
        "<< /Names << /EmbeddedFiles 5 0 R >> >>",
        "<< /Type /Filespec /EF << /F 5 0 R >> >>",
        "<< /AcroForm << /XFA 5 0 R >> >>",
        "<< /Subtype /RichMedia >>",
        "<< /Subtype /FileAttachment >>",
        "<< /S /SubmitForm /F (https://elsewhere.example) >>",
        "<< /S /GoToE >>",
        "<< /OpenAction << /S /JavaScript /JS (x) >> >>",
    ] {
        assert_eq!(object(text), "active-pdf", "{text}");
    }
    for text in [
        "<< /OpenAction [3 0 R /Fit] >>",
        "<< /S /URI /URI (https://conference.example) >>",
        "<< /JSX 1 /EFG 2 /Launcher 3 /XFAs 4 >>",
        "(JavaScript) % JS Launch",
    ] {
        assert_eq!(object(text), "pdf", "{text}");
    }
}

#[test]
fn what_is_packed_is_looked_into() {
    let packed = |dictionary: &str, text: &str| with(&stream(dictionary, &zlib(text.as_bytes())));
    assert_eq!(packed(PACKED, "5 0 << /A /B >>"), "pdf");
    assert_eq!(packed(PACKED, "5 0 << /S /JavaScript >>"), "active-pdf");
    assert_eq!(packed(PACKED, "5 0 << /J#53 (x) >>"), "active-pdf");
    let far = format!("5 0 {} << /XFA 1 >>", " ".repeat(100_000));
    assert_eq!(packed(PACKED, &far), "active-pdf");
    let plain = "/Type /ObjStm /N 1 /First 4";
    assert_eq!(with(&stream(plain, b"5 0 << /A /JS >>")), "active-pdf");
    // Without its type, with another, and with the word in a text before it.
    assert_eq!(
        packed("/Filter /FlateDecode", "%\n5 0 << /S /Launch >>"),
        "active-pdf"
    );
    assert_eq!(
        packed("/Subtype /Image", "5 0 << /S /Launch >>"),
        "active-pdf"
    );
    let text = "/Type /ObjStm /A (>>\nstream\n) /Filter /FlateDecode";
    assert_ne!(packed(text, "5 0 << /JS (x) >>"), "pdf");
    let text = "/A (>>\nstream\n) /Type /ObjStm /Filter /FlateDecode";
    assert_eq!(packed(text, "5 0 << /JS (x) >>"), "active-pdf");
    // Damage at its end keeps no reader from what comes before.
    let mut cut = zlib(b"5 0 << /S /JavaScript /A (nota verbal) >>");
    cut.truncate(cut.len() - 8);
    assert_eq!(with(&stream(PACKED, &cut)), "active-pdf");
}

#[test]
fn objects_packed_in_an_unusual_way_are_refused() {
    for (dictionary, data) in [
        ("/Type /ObjStm /Filter /LZWDecode", b"\x80\x0b\x60".to_vec()),
        ("/Type /ObjStm /Filter /ASCIIHexDecode", b"352030>".to_vec()),
        (
            "/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
            zlib(b"5 0 "),
        ),
        (
            "/Type /ObjStm /Filter [/FlateDecode /A85]",
            zlib(b"85cG&~>"),
        ),
        ("/Type /Obj#53tm", b"\0\x01".to_vec()),
    ] {
        assert_eq!(
            with(&stream(dictionary, &data)),
            "malformed",
            "{dictionary}"
        );
    }
    assert_eq!(object("<< /Type /ObjStm >>"), "malformed");
    let xref = "/Type /XRef /Filter /FlateDecode /DecodeParms << /Predictor 12 >>";
    assert_eq!(with(&stream(xref, &zlib(&[2, 0, 1]))), "pdf");
}

#[test]
fn the_data_of_a_picture_may_hold_short_names_by_chance() {
    let chance = stream("/Subtype /Image", b"\x01/JS \xff/EF(\x02/XFA/");
    assert_eq!(with(&chance), "pdf");
    // A long one is none: something leads there.
    let planted = stream("/Subtype /Image", b"\x01 << /S /JavaScript >> ");
    assert_eq!(with(&planted), "active-pdf");
}

#[test]
fn objects_that_unpack_to_more_than_they_may_are_refused() {
    let dense = format!("5 0 {}", " ".repeat(65 << 20));
    assert_eq!(with(&stream(PACKED, &zlib(dense.as_bytes()))), "zip-bomb");
}

/// Without an end each: looking for every one's would take hours.
#[test]
fn a_pdf_of_too_many_streams_is_refused() {
    assert_eq!(with(&b"stream\n".repeat(90_000)), "pdf");
    assert_eq!(with(&b"stream\n".repeat(1_000_000)), "zip-bomb");
}

#[test]
fn an_encrypted_pdf_is_refused() {
    assert_eq!(object("<< /Encrypt 5 0 R >>"), "encrypted");
    assert_eq!(object("<< /Encr#79pt 5 0 R >>"), "encrypted");
    assert_eq!(object("<< /EncryptMetadata false >>"), "pdf");
}

#[test]
fn a_scan_is_taken_where_scans_are() {
    let scan = pdf(
        false,
        &stream("/Subtype /Image /Filter /DCTDecode", b"\xff\xd8\xff"),
    );
    assert_eq!(seen(&scan, "a.pdf"), Err(Refused::Scanned));
    let accept = Accept {
        scans: true,
        ..ACCEPT
    };
    assert!(look(&scan, "a.pdf", accept).is_ok());
    // With a layer of text, its typeface among packed objects, it can be read.
    let font = b"5 0 << /Type /Font /BaseFont /Helvetica >>";
    let readable = pdf(false, &stream(PACKED, &zlib(font)));
    assert_eq!(told(&readable, "a.pdf"), "pdf");
    let drawn = pdf(false, b"5 0 obj << /Type /Font /Subtype /Type3 >> endobj\n");
    assert_eq!(told(&drawn, "a.pdf"), "pdf");
    // An empty list of typefaces is no text.
    let empty = pdf(false, b"5 0 obj << /Font << >> >> endobj\n");
    assert_eq!(told(&empty, "a.pdf"), "scanned");
}

#[test]
fn a_pdf_is_whole_and_has_a_page() {
    let whole = pdf(true, b"");
    assert_eq!(told(&whole[..whole.len() - 8], "a.pdf"), "malformed");
    assert_eq!(told(b"%PDF-1.7\nstartxref\n0\n%%EOF", "a.pdf"), "malformed");
}
