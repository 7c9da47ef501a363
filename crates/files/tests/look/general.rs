//! What holds for every kind: size, name, type, ending, what is malicious.

use comity_files::{Accept, Hash, Kind, NameFault, Refused, look};

use crate::samples::{
    MAIL, archive, docx, eicar, jpeg, open, pdf, png, pptx, stream, with, xlsx, zlib,
};
use crate::{ACCEPT, seen, told};

/// One good file of each kind, under a name that fits.
pub fn good() -> Vec<(Kind, &'static str, Vec<u8>)> {
    vec![
        (Kind::Pdf, "Nota.pdf", pdf(true, b"")),
        (Kind::Docx, "Nota.docx", archive(&docx())),
        (Kind::Xlsx, "Cuadro.XLSX", archive(&xlsx())),
        (Kind::Pptx, "Charla.pptx", archive(&pptx())),
        (Kind::Odt, "Nota.odt", archive(&open("text"))),
        (Kind::Ods, "Cuadro.ods", archive(&open("spreadsheet"))),
        (Kind::Odp, "Charla.odp", archive(&open("presentation"))),
        (Kind::Png, "Sello.png", png(2, 1)),
        (Kind::Jpeg, "Firma.jpeg", jpeg(2, 1)),
        (Kind::Text, "Nota.txt", "\u{feff}Nota n.º 3\r\n".into()),
        (Kind::Csv, "Cuadro.csv", "País;Monto\nHN;-3,5\n".into()),
        (Kind::Mail, "Carta.eml", MAIL.into()),
    ]
}

#[test]
fn one_of_each_kind_is_taken() {
    for (kind, name, bytes) in good() {
        let seen = look(&bytes, name, ACCEPT).unwrap();
        assert_eq!(seen.kind, kind);
        assert_eq!(seen.hash, Hash::of(&bytes));
        assert_eq!(seen.size, bytes.len() as u64);
        assert_eq!(seen.safe_name, name);
    }
}

#[test]
fn a_file_has_bytes_and_not_too_many() {
    assert_eq!(seen(b"", "Nota.txt"), Err(Refused::Empty));
    let accept = Accept { limit: 4, ..ACCEPT };
    assert!(look(b"Nota", "Nota.txt", accept).is_ok());
    let refused = look(b"Nota.", "Nota.txt", accept).unwrap_err();
    assert_eq!(refused, Refused::TooLarge { limit: 4 });
}

#[test]
fn a_name_is_made_safe_or_refused() {
    let seen = look(b"Nota", " An\u{303}o: 1.txt", ACCEPT).unwrap();
    assert_eq!(seen.safe_name, "Año_ 1.txt");
    let refused = look(b"Nota", "../Nota.txt", ACCEPT).unwrap_err();
    assert_eq!(refused, Refused::BadName(NameFault::Path));
}

#[test]
fn the_content_tells_the_kind_and_the_name_agrees() {
    let kinds = good();
    for (kind, _, bytes) in &kinds {
        for (other, name, _) in &kinds {
            let told = told(bytes, name);
            let expected = match other {
                other if other == kind => kind.code(),
                // Among texts the name says which it is; a message has a form of its own.
                Kind::Text if *kind == Kind::Csv || *kind == Kind::Mail => "text",
                Kind::Csv if *kind == Kind::Text || *kind == Kind::Mail => "csv",
                Kind::Mail if [Kind::Text, Kind::Csv].contains(kind) => "malformed",
                _ => "extension-disagrees",
            };
            assert_eq!(told, expected, "{kind:?} as {name}");
        }
        for name in ["Nota", "Nota.exe", "pdf", "Nota.pdf.html"] {
            assert_eq!(told(bytes, name), "extension-disagrees", "{kind:?} {name}");
        }
    }
}

#[test]
fn what_acts_has_no_kind_under_any_name() {
    let zip = archive(&vec![("Nota.pdf".to_owned(), pdf(true, b""))]);
    let old = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 600],
    ]
    .concat();
    for bytes in [
        b"<!DOCTYPE html><html></html>".as_slice(),
        b" \n<HTML>",
        b"<svg xmlns='s' onload='alert(1)'/>",
        b"<?xml version='1.0'?><a/>",
        b"<?php echo 1;",
        b"#!/bin/sh\nrm -rf /",
        b"\xef\xbb\xbf<script>alert(1)</script>",
        b"{\\rtf1}",
        b"%!PS-Adobe-3.0",
        b"@echo off\r\ndel *",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"GIF89a\x01\0\x01\0",
        b"Rar!\x1a\x07\x01\0",
        b"\x1f\x8b\x08\0",
        b"Nota\0verbal",
        b"Nota \x1b[31m",
        &zip,
        &old,
    ] {
        for name in ["a.txt", "a.csv", "a.pdf", "a.docx", "a.odt", "a.png"] {
            let told = told(bytes, name);
            let refused = ["unknown-type", "not-utf8"].contains(&told);
            assert!(refused, "{:?} as {name}: {told}", &bytes[..4]);
        }
    }
}

#[test]
fn the_test_of_every_scanner_is_found_wherever_it_is() {
    let eicar = eicar();
    assert_eq!(told(&eicar, "Nota.txt"), "infected");
    let late = [b"Nota\n".as_slice(), &eicar, b"\n"].concat();
    assert_eq!(told(&late, "Nota.txt"), "infected");
    assert_eq!(told(&late[..60], "Nota.txt"), "text");
    let packed = with(docx(), "word/media/image1.png", &late);
    assert_eq!(told(&packed, "Nota.docx"), "infected");
    let packed = with(open("text"), "Pictures/1.png", &late);
    assert_eq!(told(&packed, "Nota.odt"), "infected");
    let objects = [b"5 0 (".as_slice(), &eicar, b")"].concat();
    let packed = stream("/Type /ObjStm /Filter /FlateDecode", &zlib(&objects));
    assert_eq!(told(&pdf(true, &packed), "Nota.pdf"), "infected");
}

#[test]
fn a_document_is_not_another_thing_as_well() {
    let archive = archive(&vec![("a.class".to_owned(), b"x".to_vec())]);
    for (name, document) in [
        ("a.pdf", pdf(true, b"")),
        ("a.jpg", jpeg(1, 1)),
        ("a.png", png(1, 1)),
    ] {
        let mut both = document.clone();
        both.extend_from_slice(&archive);
        both.extend_from_slice(b"\n%%EOF");
        assert_eq!(told(&both, name), "two-kinds", "{name}");
    }
    let mut before = b"PK\x03\x04".to_vec();
    before.extend_from_slice(&crate::samples::archive(&docx()));
    let told = told(&before, "a.docx");
    assert!(["two-kinds", "malformed"].contains(&told), "{told}");
}

#[test]
fn a_picture_is_whole_and_not_immense() {
    for (name, good, immense) in [
        ("a.png", png(10_000, 10_000), png(10_000, 10_001)),
        ("a.jpg", jpeg(10_000, 10_000), jpeg(10_000, 10_001)),
    ] {
        assert!(seen(&good, name).is_ok(), "{name}");
        assert_eq!(told(&immense, name), "zip-bomb");
        assert_eq!(told(&good[..good.len() - 1], name), "malformed");
        assert_eq!(told(&good[..12], name), "malformed");
    }
    assert_eq!(told(&png(0, 1), "a.png"), "malformed");
    assert_eq!(told(&jpeg(1, 0), "a.jpg"), "malformed");
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let text = String::new;
    let all = [
        Refused::Empty,
        Refused::TooLarge { limit: 1 },
        Refused::BadName(NameFault::Empty),
        Refused::UnknownType,
        Refused::ExtensionDisagrees { kind: Kind::Pdf },
        Refused::NotUtf8,
        Refused::Malformed { why: "" },
        Refused::TwoKinds,
        Refused::Macros,
        Refused::EmbeddedObject { part: text() },
        Refused::ExternalTemplate,
        Refused::ExternalContent { what: text() },
        Refused::Encrypted,
        Refused::ActivePdf { name: "JS" },
        Refused::Scanned,
        Refused::Bomb,
        Refused::Formula { line: 1 },
        Refused::Attachments { part: text() },
        Refused::Infected,
    ];
    assert_eq!(all.map(|refused| refused.code()), Refused::CODES);
    let mut codes = Refused::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Refused::CODES.len());
}
