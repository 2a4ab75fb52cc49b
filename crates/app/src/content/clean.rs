//! What an uploaded file really is, and what of it may be kept.
//!
//! Decides by the first bytes, never by the name or by what the sender says. A picture is decoded and
//! encoded again, so that nothing but its pixels survives: no place where it was taken, no script
//! behind its end. Refuses to know whose file it is.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};

use crate::error::Error;

/// The most bytes of a file, before and after it was cleaned.
pub const FILE_BYTES_MAX: usize = 25 * 1024 * 1024;

/// The most pixels of a picture: 4,000 by 4,000. A picture of that size takes 64 MB while it is read.
pub const PIXELS_MAX: u64 = 16_000_000;

const JPEG_QUALITY: u8 = 88;

/// A file as it is kept.
pub struct Clean {
    pub media_type: &'static str,
    /// The ending that its name gets.
    pub ending: &'static str,
    pub bytes: Vec<u8>,
}

/// Takes what is safe to pass on and refuses everything else, with what to do instead.
pub fn clean(bytes: Vec<u8>) -> Result<Clean, Error> {
    if bytes.is_empty() {
        return Err(refused("The file is empty. Choose another one."));
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(refused(
            "The file is larger than 25 MB. Make it smaller, or link to where it stands.",
        ));
    }
    let kind = infer::get(&bytes).map(|kind| kind.mime_type());
    match kind {
        Some("image/jpeg") => picture(bytes, ImageFormat::Jpeg),
        Some("image/png") => picture(bytes, ImageFormat::Png),
        Some("image/webp") => picture(bytes, ImageFormat::WebP),
        // Readers take a beginning that is hidden behind something else; we do not.
        Some("application/pdf") if bytes.starts_with(b"%PDF") => pdf(bytes),
        // Apple's own flavour of the same container opens in one browser of three.
        Some("video/mp4" | "video/x-m4v") => Ok(Clean {
            media_type: "video/mp4",
            ending: "mp4",
            bytes,
        }),
        Some("video/webm") => Ok(Clean {
            media_type: "video/webm",
            ending: "webm",
            bytes,
        }),
        _ => Err(not_taken(&bytes)),
    }
}

fn refused(words: &str) -> Error {
    Error::BadFile(words.to_owned())
}

/// Names the two kinds that people try and that would run scripts.
fn not_taken(bytes: &[u8]) -> Error {
    let start = String::from_utf8_lossy(bytes.get(..1_024).unwrap_or(bytes)).to_lowercase();
    if start.contains("<svg") {
        refused(
            "SVG pictures can carry scripts, so they are not taken. Save the picture as PNG and upload that.",
        )
    } else if start.contains("<html") || start.contains("<!doctype") || start.contains("<script") {
        refused(
            "Web pages can carry scripts, so they are not taken. Save the page as PDF, or link to it.",
        )
    } else {
        refused(
            "Files of this kind are not taken. Use PDF, PNG, JPEG, WebP, MP4 or WebM, or link to where it stands.",
        )
    }
}

/// Active parts that stand openly in the file. A reader would ask before it runs them; a customer
/// story has no use for them. What is hidden in packed parts is kept from running by how the file is
/// sent: as a download, never inside a page.
const ACTIVE_PARTS: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile"];

fn pdf(bytes: Vec<u8>) -> Result<Clean, Error> {
    let tail = bytes.len().saturating_sub(2_048);
    if !holds(&bytes[tail..], b"%%EOF") {
        return Err(refused(
            "The PDF is cut off: its end is missing. Save it again and upload that.",
        ));
    }
    if ACTIVE_PARTS.iter().any(|part| holds(&bytes, part)) {
        return Err(refused(
            "The PDF holds a script, a program call or an attachment. Print it to a new PDF and upload that.",
        ));
    }
    Ok(Clean {
        media_type: "application/pdf",
        ending: "pdf",
        bytes,
    })
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Decodes and encodes a picture. It is turned the way its camera held it; of several frames the
/// first stays.
fn picture(bytes: Vec<u8>, format: ImageFormat) -> Result<Clean, Error> {
    let broken = |_| refused("The picture cannot be read. Save it again and upload that.");
    let (width, height) = ImageReader::with_format(Cursor::new(bytes.as_slice()), format)
        .into_dimensions()
        .map_err(broken)?;
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width == 0 || height == 0 {
        return Err(refused(
            "The picture has more than 16 million pixels. Make it smaller, such as 4,000 by 4,000.",
        ));
    }
    let mut decoder = ImageReader::with_format(Cursor::new(bytes.as_slice()), format)
        .into_decoder()
        .map_err(broken)?;
    let turned = decoder.orientation().map_err(broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    drop(bytes);
    image.apply_orientation(turned);
    let (media_type, ending, bytes) = match format {
        ImageFormat::Jpeg => {
            let image = DynamicImage::from(image.into_rgb8());
            let written = encoded(&image, |out| {
                image.write_with_encoder(JpegEncoder::new_with_quality(out, JPEG_QUALITY))
            })?;
            ("image/jpeg", "jpg", written)
        }
        ImageFormat::Png => {
            let written = encoded(&image, |out| image.write_with_encoder(PngEncoder::new(out)))?;
            ("image/png", "png", written)
        }
        _ => {
            let image = DynamicImage::from(image.into_rgba8());
            let written = encoded(&image, |out| {
                image.write_with_encoder(WebPEncoder::new_lossless(out))
            })?;
            ("image/webp", "webp", written)
        }
    };
    if bytes.len() > FILE_BYTES_MAX {
        return Err(refused(
            "The picture is larger than 25 MB. Make it smaller, such as 4,000 by 4,000.",
        ));
    }
    Ok(Clean {
        media_type,
        ending,
        bytes,
    })
}

fn encoded(
    image: &DynamicImage,
    write: impl FnOnce(&mut Vec<u8>) -> image::ImageResult<()>,
) -> Result<Vec<u8>, Error> {
    let mut written = Vec::with_capacity(image.as_bytes().len() / 8);
    write(&mut written)
        .map_err(|_| Error::Broken("a picture that was read could not be written"))?;
    Ok(written)
}
