//! Nested records (JSON, YAML) as a small tree, and how a tree becomes a row: dotted columns,
//! lists as several values of one cell.

use std::fmt;

use serde::de::{self, Deserialize, MapAccess, SeqAccess, Visitor};

use crate::{problem::FileProblem, table::Builder};

/// Any value of a nested file. Numbers and yes/no are kept as text: their meaning is decided later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Keys under which exporters put the list of records.
const WRAPPERS: &[&str] = &[
    "records",
    "items",
    "data",
    "results",
    "rows",
    "entries",
    "companies",
];

/// The column of a record that is a plain value without a name.
const PLAIN_COLUMN: &str = "value";

impl Node {
    /// The records of a document: a list of them, a list inside a wrapper such as
    /// `{"records": [..]}`, or one record.
    pub(crate) fn records(self) -> Vec<Node> {
        match self {
            Self::Null => Vec::new(),
            Self::Text(_) => vec![self],
            Self::List(items) => items,
            Self::Map(members) => {
                if let Some(at) = wrapper(&members) {
                    let mut members = members;
                    return members.swap_remove(at).1.records();
                }
                vec![Self::Map(members)]
            }
        }
    }

    fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    fn is_list_of_maps(&self) -> bool {
        matches!(self, Self::List(items) if !items.is_empty() && items.iter().all(Node::is_map))
    }

    /// Adds the record to the row being filled.
    pub(crate) fn fill(&self, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
        self.flatten(&mut String::new(), builder)
    }

    fn flatten(&self, path: &mut String, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => {
                let column = builder.column(if path.is_empty() { PLAIN_COLUMN } else { path })?;
                builder.push(column, text)
            }
            Self::List(items) if items.iter().all(Node::is_map) => in_step(items, path, builder),
            Self::List(items) => items
                .iter()
                .try_for_each(|item| item.flatten(path, builder)),
            Self::Map(members) => members
                .iter()
                .try_for_each(|(key, value)| below(path, key, |path| value.flatten(path, builder))),
        }
    }
}

/// The member that holds the records when the rest is only about the file.
fn wrapper(members: &[(String, Node)]) -> Option<usize> {
    let inner = |node: &Node| match node {
        Node::List(_) => node.is_list_of_maps(),
        Node::Map(members) => wrapper(members).is_some(),
        Node::Null | Node::Text(_) => false,
    };
    let named = |key: &str| WRAPPERS.contains(&key.to_lowercase().as_str());
    match members {
        [(_, node)] => inner(node).then_some(0),
        _ => {
            let mut lists = members
                .iter()
                .enumerate()
                .filter(|(_, (_, node))| inner(node));
            let (at, (key, _)) = lists.next()?;
            let rest_is_plain = members.iter().enumerate().all(|(other, (_, node))| {
                other == at || matches!(node, Node::Null | Node::Text(_))
            });
            (named(key) && rest_is_plain).then_some(at)
        }
    }
}

/// Records inside a record: every plain key gets a value (perhaps an empty one) from each of them,
/// so that the third title belongs to the third quote.
fn in_step(
    items: &[Node],
    path: &mut String,
    builder: &mut Builder<'_>,
) -> Result<(), FileProblem> {
    let mut plain: Vec<&str> = Vec::new();
    for item in items {
        let Node::Map(members) = item else { continue };
        for (key, value) in members {
            if matches!(value, Node::Text(_)) && !plain.contains(&key.as_str()) {
                plain.push(key);
            }
        }
    }
    for item in items {
        let Node::Map(members) = item else { continue };
        for (key, value) in members
            .iter()
            .filter(|(key, _)| !plain.contains(&key.as_str()))
        {
            below(path, key, |path| value.flatten(path, builder))?;
        }
        for key in &plain {
            let value = members
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value);
            below(path, key, |path| match value {
                Some(Node::Text(text)) => {
                    builder.column(path).and_then(|at| builder.keep(at, text))
                }
                Some(Node::List(_) | Node::Map(_)) => {
                    value.map_or(Ok(()), |value| value.flatten(path, builder))
                }
                Some(Node::Null) | None => builder.column(path).and_then(|at| builder.keep(at, "")),
            })?;
        }
    }
    Ok(())
}

fn below<T>(path: &mut String, key: &str, act: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(key);
    let result = act(path);
    path.truncate(length);
    result
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members: Vec<(String, Node)> = Vec::new();
        while let Some(member) = entries.next_entry()? {
            members.push(member);
        }
        Ok(Node::Map(members))
    }
}
