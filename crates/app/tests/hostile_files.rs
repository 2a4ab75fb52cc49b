//! Files that people upload by mistake or on purpose: what may be served later is harmless, and
//! everything else is refused with what to do instead.

use app::{
    Error,
    content::clean::{Clean, FILE_BYTES_MAX, clean},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

const SCRIPT: &[u8] = b"<script>alert(document.cookie)</script>";

fn picture(format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(6, 4, |x, y| Rgb([x as u8 * 40, y as u8 * 60, 7]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(image)
        .write_to(&mut bytes, format)
        .expect("written");
    bytes.into_inner()
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A JPEG whose EXIF says where it was taken and that its camera lay on its side.
fn jpeg_with_exif() -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg);
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    // Orientation (0x0112), one short, turned by 90 degrees.
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    tiff.extend(b"GPSLatitude 52.5200 N secret place");
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(tiff);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    joined(&[&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]])
}

fn png_chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short").to_be_bytes();
    let mut crc = !0_u32;
    for byte in kind.iter().chain(body) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    joined(&[&length, kind, body, &(!crc).to_be_bytes()])
}

/// A PNG that says it is as large as a field of 60,000 by 60,000 in a few bytes.
fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let size = joined(&[
        &width.to_be_bytes(),
        &height.to_be_bytes(),
        b"\x08\x02\0\0\0",
    ]);
    joined(&[
        b"\x89PNG\r\n\x1a\n",
        &png_chunk(b"IHDR", &size),
        &png_chunk(b"IDAT", b"x\x9cc\0\0\0\x01\0\x01"),
        &png_chunk(b"IEND", b""),
    ])
}

fn png_with_text() -> Vec<u8> {
    let plain = picture(ImageFormat::Png);
    let text = png_chunk(b"tEXt", &joined(&[b"Comment\0", SCRIPT]));
    joined(&[&plain[..33], &text, &plain[33..]])
}

fn pdf(inside: &[u8]) -> Vec<u8> {
    joined(&[
        b"%PDF-1.4\n1 0 obj << /Type /Catalog ",
        inside,
        b" >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
    ])
}

fn mp4(brand: &[u8; 4]) -> Vec<u8> {
    joined(&[
        b"\0\0\0\x18ftyp",
        brand,
        b"\0\0\x02\0",
        brand,
        b"mp41\0\0\0\x08free",
    ])
}

fn kept(name: &str, bytes: Vec<u8>) -> Clean {
    clean(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn nothing_but_the_pixels_of_a_picture_survives() {
    for (name, bytes, secret) in [
        (
            "script behind a png",
            joined(&[&picture(ImageFormat::Png), SCRIPT]),
            SCRIPT,
        ),
        ("script in a png comment", png_with_text(), SCRIPT),
        (
            "script behind a jpeg",
            joined(&[&picture(ImageFormat::Jpeg), SCRIPT]),
            SCRIPT,
        ),
        (
            "script behind a webp",
            joined(&[&picture(ImageFormat::WebP), SCRIPT]),
            SCRIPT,
        ),
        (
            "zip behind a png",
            joined(&[&picture(ImageFormat::Png), b"PK\x03\x04evil.jar"]),
            b"PK\x03\x04",
        ),
        (
            "web page behind a jpeg",
            joined(&[&picture(ImageFormat::Jpeg), b"<html><body onload=x()>"]),
            b"<html",
        ),
        ("place in a jpeg", jpeg_with_exif(), b"secret place"),
        (
            "pdf behind a png",
            joined(&[&picture(ImageFormat::Png), &pdf(b"")]),
            b"%PDF",
        ),
    ] {
        assert!(holds(&bytes, secret), "{name}");
        let clean = kept(name, bytes);
        assert!(!holds(&clean.bytes, secret), "{name}");
        assert!(!holds(&clean.bytes, b"Exif"), "{name}");
        assert!(clean.media_type.starts_with("image/"), "{name}");
        image::load_from_memory(&clean.bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn a_picture_is_turned_the_way_its_camera_was_held() {
    let clean = kept("turned", jpeg_with_exif());
    let image = image::load_from_memory(&clean.bytes).expect("a picture");
    assert_eq!((image.width(), image.height()), (4, 6));
}

#[test]
fn lossless_pictures_keep_every_pixel() {
    for (format, media_type, ending) in [
        (ImageFormat::Png, "image/png", "png"),
        (ImageFormat::WebP, "image/webp", "webp"),
    ] {
        let bytes = picture(format);
        let before = image::load_from_memory(&bytes)
            .expect("a picture")
            .to_rgb8();
        let clean = kept(ending, bytes);
        assert_eq!((clean.media_type, clean.ending), (media_type, ending));
        let after = image::load_from_memory(&clean.bytes)
            .expect("a picture")
            .to_rgb8();
        assert_eq!(before, after, "{ending}");
    }
}

#[test]
fn documents_and_videos_are_taken_by_what_they_are() {
    for (bytes, media_type) in [
        (pdf(b""), "application/pdf"),
        (mp4(b"isom"), "video/mp4"),
        (mp4(b"mp42"), "video/mp4"),
        (joined(&[b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm", &[0; 256]]), "video/webm"),
    ] {
        assert_eq!(kept(media_type, bytes).media_type, media_type);
    }
}

#[test]
fn what_could_run_is_refused_and_the_reason_says_what_to_do() {
    let half = picture(ImageFormat::Png);
    let corpus: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "empty"),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".to_vec(), "SVG"),
        ("svg with a declaration", b"<?xml version='1.0'?><!-- x --><svg><script>x()</script></svg>".to_vec(), "SVG"),
        ("svg behind spaces and a mark", joined(&[b"\xef\xbb\xbf \n\t", b"<SVG/onload=x()>"]), "SVG"),
        ("html", b"<!DOCTYPE html><html></html>".to_vec(), "Web pages"),
        ("html without a start", b"<script>x()</script>".to_vec(), "Web pages"),
        ("html in capitals", b"<HTML><BODY>".to_vec(), "Web pages"),
        ("text", b"plain text".to_vec(), "kind"),
        ("javascript", b"alert(1)".to_vec(), "kind"),
        ("gif with a script", b"GIF89a=1;alert(1)".to_vec(), "kind"),
        ("bmp", joined(&[b"BM", &[0; 64]]), "kind"),
        ("tiff", joined(&[b"II*\0", &[0; 64]]), "kind"),
        ("icon", joined(&[b"\0\0\x01\0", &[0; 64]]), "kind"),
        ("zip", joined(&[b"PK\x03\x04", &[0; 64]]), "kind"),
        ("word document with macros", joined(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 600]]), "kind"),
        ("windows program", joined(&[b"MZ\x90\0", &[0; 64]]), "kind"),
        ("linux program", joined(&[b"\x7fELF", &[0; 64]]), "kind"),
        ("shell script", b"#!/bin/sh\nrm -rf /\n".to_vec(), "kind"),
        ("web assembly", b"\0asm\x01\0\0\0".to_vec(), "kind"),
        ("flash", b"FWS\x08".to_vec(), "kind"),
        ("matroska", joined(&[b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x88matroska", &[0; 256]]), "kind"),
        ("quicktime", mp4(b"qt  "), "kind"),
        ("heic", mp4(b"heic"), "kind"),
        ("a png that ends early", half[..half.len() / 2].to_vec(), "cannot be read"),
        ("a png signature alone", b"\x89PNG\r\n\x1a\n".to_vec(), "cannot be read"),
        ("a jpeg start alone", b"\xff\xd8\xff\xe0".to_vec(), "cannot be read"),
        ("a webp start alone", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "cannot be read"),
        ("script after a jpeg start", joined(&[b"\xff\xd8\xff\xe0", SCRIPT]), "cannot be read"),
        ("a png bomb", png_bomb(60_000, 60_000), "pixels"),
        ("the largest png bomb", png_bomb(u32::MAX >> 1, u32::MAX >> 1), ""),
        ("a png without pixels", png_bomb(0, 0), ""),
        ("a wide png bomb", png_bomb(2_000_000, 9), "pixels"),
        ("a png that lacks its rows", png_bomb(3_000, 3_000), "cannot be read"),
        ("a pdf cut off", b"%PDF-1.7\n1 0 obj".to_vec(), "cut off"),
        ("a pdf with a script", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "script"),
        ("a pdf that starts a program", pdf(b"/OpenAction << /S /Launch >>"), "script"),
        ("a pdf with an attachment", pdf(b"/Names << /EmbeddedFiles 2 0 R >>"), "attachment"),
        ("a page before a pdf", joined(&[SCRIPT, &pdf(b"")]), "Web pages"),
        ("a video too large", joined(&[&mp4(b"isom"), &vec![0; FILE_BYTES_MAX]]), "25 MB"),
    ];
    for (name, bytes, words) in corpus {
        match clean(bytes).map(|clean| clean.media_type) {
            Err(Error::BadFile(why)) => assert!(why.contains(words), "{name}: {why}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}
