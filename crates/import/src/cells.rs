//! What every cell goes through first: blanks at the ends and the many ways to write "nothing".

use std::borrow::Cow;

/// The text without blanks at its ends, or `None` when it means "nothing".
///
/// `None`, `NaT` and the like come from programs that write their empty value as a word. They are
/// taken as empty in the spellings that programs use; a person named Null keeps the name.
pub(crate) fn clean(text: &str) -> Option<&str> {
    let text = text.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '\u{FEFF}' | '\u{AD}' | '\u{200B}')
    });
    let empty = match text.len() {
        0 => true,
        1..=8 => matches!(
            text,
            "null"
                | "NULL"
                | "None"
                | "none"
                | "NONE"
                | "NaT"
                | "NaN"
                | "nan"
                | "N/A"
                | "n/a"
                | "#N/A"
                | "<NA>"
                | "nil"
                | "-"
                | "--"
                | "\\N"
                | "(null)"
                | "(blank)"
                | "#"
                | "#REF!"
                | "#VALUE!"
                | "#NAME?"
        ),
        15 => text == "000000000000000",
        18 => text == "000000000000000AAA",
        _ => false,
    };
    (!empty).then_some(text)
}

/// Replaces character references such as `&amp;` and `&#44;`; what is not one stays.
pub(crate) fn plain_text(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        match reference(rest) {
            Some((character, length)) => {
                out.extend(character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether the text holds a character reference that `plain_text` replaces.
pub(crate) fn has_reference(text: &str) -> bool {
    text.match_indices('&')
        .any(|(at, _)| reference(&text[at..]).is_some())
}

/// What a reference at the start of the text stands for (nothing for a soft hyphen), and its length.
fn reference(text: &str) -> Option<(Option<char>, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let character = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "rsquo" => '’',
        "lsquo" => '‘',
        "shy" => return Some((None, end + 1)),
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())?
        }
    };
    Some((Some(character), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_many_ways_to_write_nothing_are_empty_and_names_are_not() {
        for nothing in [
            "",
            "  ",
            "\u{3000}",
            "None",
            "NaT",
            "null",
            "N/A",
            "000000000000000AAA",
            "#",
        ] {
            assert_eq!(clean(nothing), None, "{nothing:?}");
        }
        assert_eq!(clean("　 　1-000000　 　"), Some("1-000000"));
        for kept in ["Null", "NA", "0", "Nat", "Nancy", "undefined"] {
            assert_eq!(clean(kept), Some(kept));
        }
    }

    #[test]
    fn character_references_are_replaced_and_a_plain_ampersand_stays() {
        assert_eq!(plain_text("10&#44;464"), "10,464");
        assert_eq!(plain_text("Media&shy;Markt&shy;Saturn"), "MediaMarktSaturn");
        assert_eq!(
            plain_text("M&A; AT&T &amp; &bogus; &#0; &"),
            "M&A; AT&T & &bogus; &#0; &"
        );
        assert!(has_reference("a &amp; b") && !has_reference("AT&T; R&D"));
    }
}
