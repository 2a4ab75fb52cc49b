//! Salesforce record ids: 15 case-sensitive characters, or 18 with a checksum of the case.

const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The id in its form of 18 characters, or `None` when the text is not a Salesforce id.
///
/// The checksum says which letters are capitals, so an id of 18 characters is brought back to its
/// right case after a program that ignores case has changed it.
pub fn normalise(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 15 | 18) || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let mut id: Vec<u8> = bytes[..15].to_vec();
    if let Some(checksum) = bytes.get(15..) {
        for (group, written) in checksum.iter().enumerate() {
            let written = written.to_ascii_uppercase();
            let bits = CHECKSUM
                .iter()
                .position(|character| *character == written)?;
            for place in 0..5 {
                let character = &mut id[group * 5 + place];
                let capital = bits >> place & 1 == 1;
                match (capital, character.is_ascii_alphabetic()) {
                    (true, false) => return None,
                    (true, true) => character.make_ascii_uppercase(),
                    (false, _) => character.make_ascii_lowercase(),
                }
            }
        }
    }
    let checksum: Vec<u8> = id.chunks(5).map(checksum).collect();
    id.extend(checksum);
    String::from_utf8(id).ok()
}

fn checksum(group: &[u8]) -> u8 {
    let capital =
        |(place, character): (usize, &u8)| usize::from(character.is_ascii_uppercase()) << place;
    CHECKSUM[group.iter().enumerate().map(capital).sum::<usize>()]
}

/// Whether the text is surely a Salesforce id: it starts like the id of a record that people
/// export, or it has 18 characters and the checksum holds as they are written.
pub(crate) fn is_id(text: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "001", "003", "005", "006", "00q", "00d", "00g", "00k", "01t", "701",
    ];
    let Some(id) = normalise(text) else {
        return false;
    };
    let start = id[..3].to_ascii_lowercase();
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    !all_digits && (PREFIXES.contains(&start.as_str()) || id == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_15_and_18_characters_are_the_same_id() {
        let full = "006x0000001YtCrAAK";
        assert_eq!(normalise(full).as_deref(), Some(full));
        assert_eq!(normalise("006x0000001YtCr").as_deref(), Some(full));
        assert_eq!(
            normalise("001x0000002xLCVAA2"),
            normalise("001x0000002xLCV")
        );
    }

    #[test]
    fn an_id_that_lost_its_case_is_restored_by_its_checksum() {
        let full = "006x0000001YtCrAAK";
        assert_eq!(normalise(&full.to_uppercase()).as_deref(), Some(full));
        assert_eq!(normalise(&full.to_lowercase()).as_deref(), Some(full));
    }

    #[test]
    fn other_texts_are_not_ids() {
        for wrong in [
            "",
            "006x0000001YtCrZZZ",
            "006x0000001YtC",
            "006x0000001YtCr-AK",
            "ééééééééé",
        ] {
            assert_eq!(normalise(wrong), None, "{wrong}");
        }
        assert!(
            !is_id("123456789012345") && !is_id("acme-corporation") && is_id("001x0000002xLCV")
        );
    }
}
