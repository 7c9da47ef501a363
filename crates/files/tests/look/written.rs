//! Texts, tables and messages.

use comity_files::Refused;

use crate::samples::MAIL;
use crate::{seen, told};

#[test]
fn a_text_is_in_utf8() {
    assert_eq!(seen(b"A\xf1o 2012", "a.txt"), Err(Refused::NotUtf8));
    assert_eq!(seen(b"A\xf1o;2012", "a.csv"), Err(Refused::NotUtf8));
    assert_eq!(told("Año 2012".as_bytes(), "a.txt"), "text");
    assert_eq!(told(b"A\xf1o 2012", "a.pdf"), "unknown-type");
    assert_eq!(told(b"See <html> and <script>", "a.txt"), "text");
}

#[test]
fn a_table_holds_no_formula() {
    for row in [
        "=1+1",
        "HN;=HYPERLINK(\"x\")",
        "HN,\"=cmd|' /C calc'!A0\"",
        "HN\t@SUM(1+1)*cmd|' /C calc'!A0",
        "+cmd|x",
        "-cmd(x)",
    ] {
        let text = format!("País;Monto\n{row}\n");
        let refused = seen(text.as_bytes(), "a.csv").unwrap_err();
        assert_eq!(refused, Refused::Formula { line: 2 }, "{row}");
        assert_eq!(told(text.as_bytes(), "a.txt"), "text");
    }
    for row in [
        "-3,5",
        "+504 2222",
        "- (véase la nota)",
        "@conferencia",
        "===",
        "a=b",
        "=",
    ] {
        assert_eq!(told(row.as_bytes(), "a.csv"), "csv", "{row}");
    }
}

fn reworded(from: &str, to: &str) -> &'static str {
    assert!(MAIL.contains(from));
    told(MAIL.replace(from, to).as_bytes(), "a.eml")
}

#[test]
fn a_message_begins_as_one() {
    assert_eq!(reworded("\r\n", "\n"), "mail");
    assert_eq!(reworded("Buenos", "from me:\r\n\r\n>From"), "mail");
    assert_eq!(reworded("From:", "For:"), "malformed");
    assert_eq!(
        reworded("Received: from", "From x\r\nReceived: from"),
        "malformed"
    );
    assert_eq!(reworded("Date:", "Message-ID:"), "mail");
    assert_eq!(told(b"From: a@b\nSubject: x\n\nx", "a.eml"), "malformed");
    assert_eq!(told(b"Nota verbal", "a.eml"), "malformed");
    assert_eq!(told(b"From: a@b\nDate: x\n\n\0", "a.eml"), "unknown-type");
    // A text in an older encoding, as mail may have it.
    assert_eq!(told(b"From: a@b\nDate: x\n\nA\xf1o", "a.eml"), "mail");
}

#[test]
fn a_message_carries_its_text_and_its_pictures_and_nothing_else() {
    let png = "image/png; name=\"sello.png\"";
    for kind in [
        "application/pdf",
        "application/octet-stream",
        "APPLICATION/X-MSDOWNLOAD",
        "message/external-body",
        "image/svg+xml",
        "text/html+x",
    ] {
        assert_eq!(reworded(png, kind), "attachments", "{kind}");
    }
    assert_eq!(
        reworded(
            "Content-Type: image/png",
            "content-type :\r\n application/zip"
        ),
        "attachments"
    );
    for name in [
        "sello.exe",
        "sello.png.exe",
        "sello",
        "sello%2Eexe",
        "=?UTF-8?Q?sello.exe?=",
        "sello.png\"; x=\"y.exe",
    ] {
        let taken = name.contains("x=");
        let expected = if taken { "mail" } else { "attachments" };
        assert_eq!(
            reworded("filename=\"sello.png\"", &format!("filename=\"{name}\"")),
            expected,
            "{name}"
        );
    }
    assert_eq!(
        reworded("filename=\"sello.png\"", "filename*=UTF-8''sello.hta"),
        "attachments"
    );
    assert_eq!(
        reworded(
            "filename=\"sello.png\"",
            "filename*0*=a; filename*1=\".png\""
        ),
        "attachments"
    );
    assert_eq!(reworded("Buenos", "begin 644 a.exe\r\nM"), "attachments");
    assert_eq!(reworded("Buenos", "begin with this"), "mail");
    assert_eq!(
        reworded("Buenos", "x\rContent-Type: application/zip"),
        "malformed"
    );
}
