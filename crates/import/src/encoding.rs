//! Bytes into text: finds the encoding by its mark, its zero bytes, or the plausibility of letters.

use std::borrow::Cow;

use domain::word_list;

use crate::problem::FileProblem;

word_list! {
    /// How the bytes of a file spell text. `Latin1` is read as Windows-1252, which contains it.
    Encoding { Utf8, Utf16Le, Utf16Be, Utf32Le, Utf32Be, Latin1, MacRoman }
}

impl Encoding {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Utf32Le | Self::Utf32Be => "UTF-32",
            Self::Latin1 => "Latin-1",
            Self::MacRoman => "Mac Roman",
        }
    }
}

/// The text of the bytes, without a byte order mark, and the encoding that was found or `wanted`.
pub fn decode(
    bytes: &[u8],
    wanted: Option<Encoding>,
) -> Result<(Cow<'_, str>, Encoding), FileProblem> {
    let (marked, skip) = mark(bytes);
    let body = &bytes[skip..];
    let encoding = match wanted.or(marked) {
        Some(encoding) => encoding,
        None => without_mark(body)?,
    };
    let garbled = FileProblem::Garbled {
        encoding: encoding.label(),
    };
    let text = match encoding {
        Encoding::Utf8 => Cow::Borrowed(std::str::from_utf8(body).map_err(|_| garbled)?),
        Encoding::Utf16Le => through(encoding_rs::UTF_16LE, body).ok_or(garbled)?,
        Encoding::Utf16Be => through(encoding_rs::UTF_16BE, body).ok_or(garbled)?,
        Encoding::Utf32Le => Cow::Owned(utf32(body, u32::from_le_bytes).ok_or(garbled)?),
        Encoding::Utf32Be => Cow::Owned(utf32(body, u32::from_be_bytes).ok_or(garbled)?),
        Encoding::Latin1 => through(encoding_rs::WINDOWS_1252, body).ok_or(garbled)?,
        Encoding::MacRoman => through(encoding_rs::MACINTOSH, body).ok_or(garbled)?,
    };
    Ok((text, encoding))
}

/// The encoding that a byte order mark names, and the length of the mark.
fn mark(bytes: &[u8]) -> (Option<Encoding>, usize) {
    // UTF-32 first: its little-endian mark starts with the one of UTF-16.
    match bytes {
        // Some programs write the mark of UTF-16, in either order, before UTF-32.
        [0xFF, 0xFE, body @ ..] | [0xFE, 0xFF, body @ ..] if is_utf32(body) => (wide(body), 2),
        [0xFF, 0xFE, 0, 0, ..] => (Some(Encoding::Utf32Le), 4),
        [0, 0, 0xFE, 0xFF, ..] => (Some(Encoding::Utf32Be), 4),
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
        _ => (None, 0),
    }
}

fn is_utf32(body: &[u8]) -> bool {
    matches!(wide(body), Some(Encoding::Utf32Le | Encoding::Utf32Be))
}

fn without_mark(bytes: &[u8]) -> Result<Encoding, FileProblem> {
    if let Some(encoding) = wide(bytes) {
        return Ok(encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(Encoding::Utf8);
    }
    // A damaged UTF-8 file would turn into nonsense as Latin-1: mostly whole sequences give it away.
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole > 3 * broken {
        return Err(FileProblem::Garbled {
            encoding: Encoding::Utf8.label(),
        });
    }
    let latin = plausibility(bytes, encoding_rs::WINDOWS_1252);
    let mac = plausibility(bytes, encoding_rs::MACINTOSH);
    Ok(if mac > latin {
        Encoding::MacRoman
    } else {
        Encoding::Latin1
    })
}

/// UTF-16 and UTF-32 without a mark, by where the zero bytes of delimiters and Latin letters stand.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !3];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let mut zeros = [0_usize; 4];
    for (position, byte) in sample.iter().enumerate() {
        zeros[position % 4] += usize::from(*byte == 0);
    }
    let units = sample.len() / 4;
    let many = |count: usize| count * 10 >= units * 3;
    let few = |count: usize| count * 50 <= units;
    let all = |count: usize| count * 20 >= units * 19;
    match zeros {
        [a, _, c, d] if few(a) && all(c) && all(d) => Some(Encoding::Utf32Le),
        [a, b, _, d] if all(a) && all(b) && few(d) => Some(Encoding::Utf32Be),
        [a, b, c, d] if few(a) && few(c) && many(b) && many(d) => Some(Encoding::Utf16Le),
        [a, b, c, d] if few(b) && few(d) && many(a) && many(c) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn through<'b>(encoding: &'static encoding_rs::Encoding, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Option<String> {
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    bytes
        .chunks_exact(4)
        .map(|unit| {
            <[u8; 4]>::try_from(unit)
                .ok()
                .map(number)
                .and_then(char::from_u32)
        })
        .collect()
}

/// How much the text reads like words when its high bytes are taken to be in `encoding`.
///
/// Small letters inside words speak for it; capitals after small letters, mathematical signs and
/// control characters inside words speak against it.
fn plausibility(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> i64 {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let small = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    let mut score = 0;
    for (position, byte) in bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| !byte.is_ascii())
    {
        let before = position.checked_sub(1).and_then(|before| bytes.get(before));
        let after = bytes.get(position + 1);
        let in_word = letter(before) || letter(after);
        let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(byte));
        let character = text.chars().next().unwrap_or('\u{FFFD}');
        score += match character {
            'à'..='ö' | 'ø'..='ü' | 'ß' | 'œ' if in_word => 2,
            'À'..='Ö' | 'Ø'..='Ü' | 'Œ' | 'Š' | 'Ž' if small(before) => -2,
            'À'..='Ö' | 'Ø'..='Ü' | 'Œ' if in_word => 1,
            '’' if letter(before) && letter(after) => 1,
            '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '•' => i64::from(!in_word),
            'º' | 'ª' | '°' | '€' | '£' | '©' | '®' | '™' | '§' | '«' | '»' | '\u{A0}' => {
                1
            }
            character if character.is_control() || character == '\u{FFFD}' => -4,
            character if character.is_alphabetic() => 0,
            _ if in_word => -2,
            _ => -1,
        };
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        let (decoded, found) = decode(bytes, None).expect("text");
        assert_eq!((decoded.as_ref(), found), (text, encoding));
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars()
            .flat_map(|character| bytes(character as u32))
            .collect()
    }

    #[test]
    fn unicode_is_found_with_and_without_a_byte_order_mark() {
        let text = "name,city\nJosé,Malmö\n東京,Tokyo\n";
        let marked = format!("\u{FEFF}{text}");
        check(text.as_bytes(), text, Encoding::Utf8);
        check(marked.as_bytes(), text, Encoding::Utf8);
        for input in [text, &marked] {
            check(&utf16(input, u16::to_le_bytes), text, Encoding::Utf16Le);
            check(&utf16(input, u16::to_be_bytes), text, Encoding::Utf16Be);
            check(&utf32(input, u32::to_le_bytes), text, Encoding::Utf32Le);
            check(&utf32(input, u32::to_be_bytes), text, Encoding::Utf32Be);
        }
        for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            let wrong = |body: Vec<u8>| [mark.to_vec(), body].concat();
            check(
                &wrong(utf32(text, u32::to_le_bytes)),
                text,
                Encoding::Utf32Le,
            );
            check(
                &wrong(utf32(text, u32::to_be_bytes)),
                text,
                Encoding::Utf32Be,
            );
        }
    }

    #[test]
    fn mac_roman_and_latin_1_are_told_apart_by_their_letters() {
        check(
            b"S\x8bo Paulo,C\x97rdoba,Malm\x9a",
            "São Paulo,Córdoba,Malmö",
            Encoding::MacRoman,
        );
        check(
            b"Cr\xe9dito,P\xe9b\xe9o,N\xba 77",
            "Crédito,Pébéo,Nº 77",
            Encoding::Latin1,
        );
        check(
            b"M\xfcnchen,\xc5rhus,don\x92t",
            "München,Århus,don’t",
            Encoding::Latin1,
        );
        check(
            b"M\x9fnchen,\x81rhus,don\xd5t",
            "München,Århus,don’t",
            Encoding::MacRoman,
        );
    }

    #[test]
    fn damaged_unicode_is_refused_instead_of_turned_into_nonsense() {
        let mut damaged = "José, Málaga, Córdoba, São Paulo, Bogotá"
            .as_bytes()
            .to_vec();
        damaged.push(0xE9);
        assert_eq!(
            decode(&damaged, None),
            Err(FileProblem::Garbled { encoding: "UTF-8" })
        );
        let lone_surrogate = [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00];
        assert_eq!(
            decode(&lone_surrogate, None),
            Err(FileProblem::Garbled { encoding: "UTF-16" })
        );
    }

    #[test]
    fn the_caller_may_name_the_encoding() {
        let (text, _) = decode(b"caf\x8e", Some(Encoding::MacRoman)).expect("text");
        assert_eq!(text, "café");
    }
}
