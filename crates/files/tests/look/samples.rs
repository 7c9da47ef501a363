//! Small real files, built part by part so that one part can be another.

use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

pub type Parts = Vec<(String, Vec<u8>)>;

/// In two halves, so that scanners leave this file alone.
pub fn eicar() -> Vec<u8> {
    let halves = [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD",
        "-ANTIVIRUS-TEST-FILE!$H+H*",
    ];
    halves.concat().into_bytes()
}

pub fn archive(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = match name.as_str() {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn with(mut parts: Parts, name: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    parts.retain(|(known, _)| known != name);
    parts.push((name.to_owned(), content.as_ref().to_vec()));
    archive(&parts)
}

/// The same parts with other words in one of them.
pub fn reworded(mut parts: Parts, name: &str, from: &str, to: &str) -> Vec<u8> {
    let part = parts.iter_mut().find(|(known, _)| known == name).unwrap();
    let text = String::from_utf8(part.1.clone()).unwrap();
    assert!(text.contains(from), "{name}: {text}");
    part.1 = text.replace(from, to).into_bytes();
    archive(&parts)
}

fn parts<const N: usize>(parts: [(&str, String); N]) -> Parts {
    parts
        .into_iter()
        .map(|(name, content)| (name.to_owned(), content.into_bytes()))
        .collect()
}

pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package whose main part is this, in this folder, of this type.
fn office(folder: &str, main: &str, kind: &str) -> Parts {
    parts([
        (
            "[Content_Types].xml",
            format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{folder}/{main}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{folder}/{main}"/></Relationships>"#
            ),
        ),
        (
            &format!("{folder}/{main}"),
            "<w:document xmlns:w='x'><w:t>Nota verbal</w:t></w:document>".to_owned(),
        ),
    ])
}

pub fn docx() -> Parts {
    office("word", "document.xml", "wordprocessingml.document")
}

pub fn xlsx() -> Parts {
    office("xl", "workbook.xml", "spreadsheetml.sheet")
}

pub fn pptx() -> Parts {
    office("ppt", "presentation.xml", "presentationml.presentation")
}

/// The relations of a document: one, of this type, to this target, in this mode.
pub fn relation(kind: &str, target: &str, mode: &str) -> String {
    format!(
        r#"<Relationships xmlns="r"><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>"#
    )
}

pub fn open(kind: &str) -> Parts {
    parts([
        (
            "mimetype",
            format!("application/vnd.oasis.opendocument.{kind}"),
        ),
        (
            "content.xml",
            "<office:document-content xmlns:office='o' xmlns:text='t'><office:scripts/>\
             <text:p>Nota verbal<text:a xlink:href='https://conference.example'/></text:p>\
             <draw:image xlink:href='Pictures/1.png'/></office:document-content>"
                .to_owned(),
        ),
        (
            "meta.xml",
            "<office:meta><meta:template xlink:href='C:/Plantillas/nota.ott'/></office:meta>"
                .to_owned(),
        ),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='m'><manifest:file-entry manifest:full-path='/'/>\
             </manifest:manifest>"
                .to_owned(),
        ),
    ])
}

/// A PDF of one page, with a typeface or without, and these objects besides.
pub fn pdf(font: bool, more: &[u8]) -> Vec<u8> {
    let font = match font {
        true => "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        false => "/XObject << /I 9 0 R >>",
    };
    let page = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /Resources << {font} >> /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length 9 >>\nstream\n(Nota) Tj\nendstream\nendobj\n"
    );
    let end =
        "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n9\n%%EOF\n";
    [page.as_bytes(), more, end.as_bytes()].concat()
}

/// An object that is a stream with these words in its dictionary.
pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("7 0 obj\n<< {dictionary} >>\nstream\n");
    [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
}

/// As zlib would deflate it, but for the sum at the end, which nobody looks at.
pub fn zlib(content: &[u8]) -> Vec<u8> {
    let packed = archive(&vec![("x".to_owned(), content.to_vec())]);
    let mut archive = ZipArchive::new(Cursor::new(packed)).unwrap();
    let mut deflated = vec![0x78, 0x9c];
    let mut raw = archive.by_index_raw(0).unwrap();
    raw.read_to_end(&mut deflated).unwrap();
    deflated.extend_from_slice(&[0; 4]);
    deflated
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &[0; 4]].concat()
}

pub fn png(wide: u32, high: u32) -> Vec<u8> {
    let header = [
        &wide.to_be_bytes()[..],
        &high.to_be_bytes(),
        &[8, 0, 0, 0, 0],
    ]
    .concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"IDAT", &zlib(&[0, 0])),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

pub fn jpeg(wide: u16, high: u16) -> Vec<u8> {
    let [wide, high] = [wide.to_be_bytes(), high.to_be_bytes()];
    [
        &b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"[..],
        b"\xff\xc0\0\x0b\x08",
        &high,
        &wide,
        b"\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\x34\xff\xd9",
    ]
    .concat()
}

pub const MAIL: &str = "Received: from mail.ministry.example\r\n\tby mail.conference.example\r\n\
From: =?UTF-8?Q?Mar=C3=ADa?= <maria@ministry.example>\r\nTo: st@conference.example\r\n\
Date: Wed, 01 Feb 2012 15:00:00 +0000\r\nSubject: Nota\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed;\r\n boundary=\"b\"\r\n\r\n--b\r\n\
Content-Type: text/plain; charset=utf-8\r\n\r\nBuenos d\u{ed}as\r\n--b\r\n\
Content-Type: image/png; name=\"sello.png\"\r\nContent-Disposition: inline;\r\n filename=\"sello.png\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
