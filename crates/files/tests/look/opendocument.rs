//! Documents of LibreOffice and its kin.

use comity_files::Refused;

use crate::samples::{archive, open, reworded, with};
use crate::{seen, told};

fn in_text(more: &str) -> &'static str {
    let end = "</office:document-content>";
    let bytes = reworded(open("text"), "content.xml", end, &format!("{more}{end}"));
    told(&bytes, "a.odt")
}

#[test]
fn the_first_part_says_the_kind() {
    assert_eq!(told(&archive(&open("text")), "a.odt"), "odt");
    assert_eq!(
        told(&archive(&open("text-template")), "a.odt"),
        "unknown-type"
    );
    let mut late = open("text");
    late.rotate_left(1);
    assert_eq!(told(&archive(&late), "a.odt"), "unknown-type");
    let mut bare = open("text");
    bare.retain(|(name, _)| name != "META-INF/manifest.xml");
    assert_eq!(told(&archive(&bare), "a.odt"), "malformed");
}

#[test]
fn macros_are_refused_wherever_they_show() {
    for name in [
        "Basic/Standard/Module1.xml",
        "Scripts/python/a.txt",
        "basic/script-lc.xml",
    ] {
        let bytes = with(open("text"), name, b"<a/>");
        assert_eq!(seen(&bytes, "a.odt"), Err(Refused::Macros), "{name}");
    }
    for text in [
        "<script:event-listener script:event-name='dom:load'/>",
        "<other:event-listener/>",
        "<text:script>x</text:script>",
        "<text:a xlink:href='vnd.sun.star.script:Standard.x'/>",
        "<form:button xlink:href='Macro:x'/>",
    ] {
        assert_eq!(in_text(text), "macros", "{text}");
    }
    assert_eq!(
        in_text("<office:event-listeners/><text:p>macro: event-listener</text:p>"),
        "odt"
    );
}

#[test]
fn objects_from_elsewhere_are_refused() {
    for (text, expected) in [
        ("<draw:object xlink:href='./Object 1'/>", "odt"),
        (
            "<draw:object xlink:href='https://elsewhere.example/a.odt'/>",
            "external-content",
        ),
        (
            "<draw:image xlink:href='//elsewhere.example/a.png'/>",
            "external-content",
        ),
        (
            "<draw:image xlink:href='file:///etc/passwd'/>",
            "external-content",
        ),
        (
            "<text:section-source xlink:href='http://elsewhere.example'/>",
            "external-content",
        ),
        (
            "<office:dde-source office:dde-application='cmd'/>",
            "external-content",
        ),
        (
            "<draw:object-ole xlink:href='./Object 1'/>",
            "embedded-object",
        ),
        ("<draw:plugin xlink:href='a'/>", "embedded-object"),
        ("<draw:floating-frame xlink:href='a'/>", "embedded-object"),
    ] {
        assert_eq!(in_text(text), expected, "{text}");
    }
    let container = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 64],
    ]
    .concat();
    let bytes = with(open("text"), "Object 1", container);
    assert_eq!(told(&bytes, "a.odt"), "embedded-object");
    let bytes = with(open("text"), "a.html", b"x");
    assert_eq!(told(&bytes, "a.odt"), "embedded-object");
    let far = reworded(
        open("text"),
        "meta.xml",
        "C:/",
        "https://elsewhere.example/",
    );
    assert_eq!(told(&far, "a.odt"), "external-template");
}

#[test]
fn a_document_with_a_password_is_refused() {
    let from = "</manifest:manifest>";
    let to = "<manifest:encryption-data/></manifest:manifest>";
    let bytes = reworded(open("text"), "META-INF/manifest.xml", from, to);
    assert_eq!(seen(&bytes, "a.odt"), Err(Refused::Encrypted));
}

#[test]
fn what_unpacks_to_more_than_it_may_is_refused() {
    let dense = with(open("text"), "Pictures/1.bmp", vec![0; 10 << 20]);
    assert_eq!(seen(&dense, "a.odt"), Err(Refused::Bomb));
}
