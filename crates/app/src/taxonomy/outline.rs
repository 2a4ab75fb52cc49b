//! Terms as an indented list, the form in which the program carries its starting taxonomy.
//!
//! One term a line, two blanks deeper than its parent: `[key] Name | synonym; synonym`, with the
//! key and the synonyms left out where there are none. Refuses to know facets and ids.

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// How many terms stand above it.
    pub(crate) depth: usize,
    pub(crate) key: Option<&'t str>,
    pub(crate) name: &'t str,
    pub(crate) synonyms: Vec<&'t str>,
}

/// The lines of an outline, top to bottom; empty ones are left out.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter_map(line)
}

fn line(text: &str) -> Option<Line<'_>> {
    let body = text.trim_start();
    let depth = (text.len() - body.len()) / 2;
    let (key, rest) = match body.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((key, rest)) => (Some(key), rest),
        None => (None, body),
    };
    let (name, synonyms) = rest.split_once('|').unwrap_or((rest, ""));
    let synonyms = synonyms
        .split(';')
        .map(str::trim)
        .filter(|synonym| !synonym.is_empty())
        .collect();
    let name = name.trim();
    (!name.is_empty()).then_some(Line {
        depth,
        key,
        name,
        synonyms,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_depth_key_name_and_synonyms() {
        let found: Vec<Line<'_>> = lines("Top | a; b\n\n  [k] Under\n").collect();
        assert_eq!(
            found,
            [
                Line {
                    depth: 0,
                    key: None,
                    name: "Top",
                    synonyms: vec!["a", "b"]
                },
                Line {
                    depth: 1,
                    key: Some("k"),
                    name: "Under",
                    synonyms: vec![]
                },
            ]
        );
    }
}
