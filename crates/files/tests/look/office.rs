//! Documents of Word, Excel and PowerPoint.

use comity_files::Refused;

use crate::samples::{Parts, archive, docx, pptx, relation, reworded, with, xlsx};
use crate::{seen, told};

const RELS: &str = "word/_rels/document.xml.rels";

/// The bytes that begin an old container, and a program that Windows would start.
fn container() -> Vec<u8> {
    [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 512],
    ]
    .concat()
}

fn program() -> Vec<u8> {
    let mut program = vec![0; 0x80];
    program[..2].copy_from_slice(b"MZ");
    program[0x3c] = 0x40;
    program[0x40..0x42].copy_from_slice(b"PE");
    program
}

fn renamed(mut parts: Parts, from: &str, to: &str) -> Parts {
    for (name, _) in &mut parts {
        *name = name.replace(from, to);
    }
    parts
}

#[test]
fn the_main_part_makes_the_kind() {
    let types = "[Content_Types].xml";
    let other = reworded(docx(), types, "document.main", "template.main");
    assert_eq!(told(&other, "a.docx"), "unknown-type");
    let none = archive(&docx()[..2].to_vec());
    assert_eq!(told(&none, "a.docx"), "unknown-type");
    let untyped = renamed(docx(), "[Content_Types]", "Types");
    assert_eq!(told(&archive(&untyped), "a.docx"), "unknown-type");
    let rels = "_rels/.rels";
    let twice = reworded(
        docx(),
        rels,
        "<Relationship ",
        "<Relationship Type='x/officeDocument' Target='a'/><Relationship ",
    );
    assert_eq!(told(&twice, "a.docx"), "malformed");
    let slash = reworded(docx(), rels, "\"word/", "\"/word/");
    assert_eq!(told(&slash, "a.docx"), "docx");
    let wide: Vec<u8> = "<Types/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(&with(docx(), types, wide), "a.docx"), "malformed");
}

#[test]
fn macros_are_refused_wherever_they_show() {
    for name in [
        "word/vbaProject.bin",
        "xl/VBAPROJECT.BIN",
        "word/vbaData.xml",
        "xl/macrosheets/sheet1.xml",
    ] {
        assert_eq!(
            seen(&with(docx(), name, b"x"), "a.docx"),
            Err(Refused::Macros),
            "{name}"
        );
    }
    let types = "[Content_Types].xml";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let able = "application/vnd.ms-word.document.macroEnabled.main+xml";
    assert_eq!(
        told(&reworded(docx(), types, main, able), "a.docx"),
        "macros"
    );
    let sheet = "<Override PartName='/xl/a.xml' ContentType='application/vnd.ms-office.vbaProject'/></Types>";
    assert_eq!(
        told(&reworded(xlsx(), types, "</Types>", sheet), "a.xlsx"),
        "macros"
    );
    assert_eq!(
        told(&with(docx(), "word/styles.xml", b"<w:styles/>"), "a.docx"),
        "docx"
    );
}

#[test]
fn of_embedded_objects_only_the_tables_behind_charts_are_taken() {
    let within = |name: &str, content: &[u8]| told(&with(pptx(), name, content), "a.pptx");
    let table = archive(&xlsx());
    assert_eq!(within("ppt/embeddings/Sheet1.xlsx", &table), "pptx");
    for (name, content) in [
        ("ppt/embeddings/oleObject1.bin", container()),
        ("ppt/embeddings/oleObject1.bin", b"x".to_vec()),
        ("ppt/embeddings/Sheet1.xlsb", table.clone()),
        ("ppt/embeddings/Sheet1.docx", table.clone()),
        ("ppt/activeX/activeX1.xml", b"<a/>".to_vec()),
        ("ppt/media/image1.png", container()),
        ("ppt/media/image1.png", program()),
        ("ppt/media/image1.png", table.clone()),
        ("ppt/media/a.html", b"x".to_vec()),
        ("ppt/media/a.JS", b"x".to_vec()),
        (
            "ppt/embeddings/Sheet1.xlsx",
            with(xlsx(), "xl/embeddings/Sheet2.xlsx", &table),
        ),
    ] {
        assert_eq!(within(name, &content), "embedded-object", "{name}");
    }
    let hidden = with(xlsx(), "xl/vbaProject.bin", b"x");
    assert_eq!(within("ppt/embeddings/Sheet1.xlsx", &hidden), "macros");
    assert_eq!(within("ppt/embeddings/Sheet1.xlsx", b"x"), "malformed");
    // A scrambled typeface may begin with any two letters.
    assert_eq!(
        within("ppt/fonts/font1.odttf", b"MZ and no program"),
        "pptx"
    );
    let chunk = "<w:altChunk r:id='r1'/>";
    assert_eq!(
        told(&with(docx(), "word/document.xml", chunk), "a.docx"),
        "embedded-object"
    );
}

#[test]
fn only_a_link_leads_out() {
    let told = |kind: &str, mode: &str| {
        let relation = relation(kind, "https://elsewhere.example/x", mode);
        told(&with(docx(), RELS, relation), "a.docx")
    };
    assert_eq!(told("hyperlink", "External"), "docx");
    assert_eq!(told("attachedTemplate", "Internal"), "docx");
    assert_eq!(told("attachedTemplate", "External"), "external-template");
    assert_eq!(told("attachedTemplate", " external"), "external-template");
    assert_eq!(
        told("attachedTemplate", "Ext&#101;rnal"),
        "external-template"
    );
    for kind in [
        "image",
        "oleObject",
        "frame",
        "subDocument",
        "externalLinkPath",
    ] {
        assert_eq!(told(kind, "External"), "external-content", "{kind}");
        assert_eq!(told(kind, "Internal"), "docx", "{kind}");
    }
}

#[test]
fn fields_that_start_something_are_refused() {
    for (text, expected) in [
        ("<w:instrText>PAGE</w:instrText> DDEAUT", "docx"),
        (
            "<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>",
            "external-content",
        ),
        ("<ddeLink ddeService='cmd'/>", "external-content"),
        (
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a/>",
            "malformed",
        ),
    ] {
        let bytes = with(docx(), "word/document.xml", text);
        assert_eq!(told(&bytes, "a.docx"), expected, "{text}");
    }
}

#[test]
fn a_text_in_another_encoding_hides_nothing() {
    let text = "<w:instrText>DDEAUTO cmd</w:instrText>";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        told(&with(docx(), "word/document.xml", wide), "a.docx"),
        "malformed"
    );
}

#[test]
fn a_document_with_a_password_is_refused() {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let encrypted = [container(), name].concat();
    assert_eq!(seen(&encrypted, "a.docx"), Err(Refused::Encrypted));
    assert_eq!(seen(&container(), "a.doc"), Err(Refused::UnknownType));
    // The bit of an archive's own encryption, in both headers.
    let mut locked = archive(&docx());
    for (header, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = locked.windows(4).position(|four| four == header).unwrap();
        locked[at + flags] |= 1;
    }
    assert_eq!(seen(&locked, "a.docx"), Err(Refused::Encrypted));
}

#[test]
fn what_unpacks_to_more_than_it_may_is_refused() {
    // Ten million zeroes pack to ten thousand bytes: more than 200 to one.
    let dense = with(docx(), "word/media/image1.bmp", vec![0; 10 << 20]);
    assert_eq!(seen(&dense, "a.docx"), Err(Refused::Bomb));
    let small = with(docx(), "word/media/image1.bmp", vec![0; 1 << 20]);
    assert_eq!(told(&small, "a.docx"), "docx");
    let mut many = docx();
    many.extend((0..4096).map(|number| (format!("word/a{number}.xml"), Vec::new())));
    assert_eq!(seen(&archive(&many), "a.docx"), Err(Refused::Bomb));
    // What a part declares is not believed: here it says that it is small.
    let mut lying = archive(&docx());
    let at = lying
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    lying[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(told(&lying, "a.docx"), "malformed");
    // And here that it is immense.
    lying[at + 24..at + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(told(&lying, "a.docx"), "zip-bomb");
}

/// Each table alone may unpack to what it does; together they may not.
#[test]
fn packages_within_a_package_share_what_they_may_unpack_to() {
    // What does not pack, so that no table is denser than it may be.
    let mut state = 1_u32;
    let noise = std::iter::from_fn(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        Some(state.to_be_bytes()[0])
    });
    let noise: Vec<u8> = noise.take(400_000).collect();
    let mut table = xlsx();
    table.push(("xl/media/noise.bmp".to_owned(), noise));
    let heavy = with(table, "xl/media/image1.bmp", vec![0; 30 << 20]);
    let of = |count: usize| {
        let mut parts = docx();
        parts.extend((0..count).map(|n| (format!("word/embeddings/{n}.xlsx"), heavy.clone())));
        told(&archive(&parts), "a.docx")
    };
    assert_eq!(of(2), "docx");
    assert_eq!(of(9), "zip-bomb");
}

#[test]
fn a_package_does_not_contradict_itself() {
    for name in ["../a.xml", "/a.xml", "word\\a.xml", "C:a.xml"] {
        assert_eq!(
            told(&with(docx(), name, b"x"), "a.docx"),
            "malformed",
            "{name}"
        );
    }
    let again = with(docx(), "WORD/document.xml", b"x");
    assert_eq!(told(&again, "a.docx"), "malformed");
    // Another name in the part's own header than in the directory.
    let mut other = archive(&docx());
    let at = other.windows(6).position(|six| six == b"word/d").unwrap();
    other[at] = b'W';
    assert_eq!(told(&other, "a.docx"), "malformed");
    let whole = archive(&docx());
    assert_eq!(told(&whole[..whole.len() - 30], "a.docx"), "malformed");
}
