//! Which program wrote a file: decided by headings that only it writes.

use domain::word_list;

use crate::table::{Delimiter, Table};

word_list! {
    /// A program whose exports are known by their headings.
    Preset { SalesforceDataLoader, SalesforceDataExport, SalesforceTree, Hubspot, Pipedrive }
}

impl Preset {
    /// The name that its makers give it.
    pub fn label(self) -> &'static str {
        match self {
            Self::SalesforceDataLoader => "Salesforce Data Loader",
            Self::SalesforceDataExport => "Salesforce Data Export",
            Self::SalesforceTree => "Salesforce CLI",
            Self::Hubspot => "HubSpot",
            Self::Pipedrive => "Pipedrive",
        }
    }
}

/// The program that wrote the file, by the headings that only it writes.
pub fn preset(table: &Table) -> Option<Preset> {
    let columns = table.columns();
    let has = |name: &str| columns.iter().any(|column| column == name);
    let entities = [
        "Person - ",
        "Organization - ",
        "Deal - ",
        "Activity - ",
        "Note - ",
        "Lead - ",
        "Product - ",
    ];
    let from_entities = columns
        .iter()
        .filter(|column| entities.iter().any(|entity| column.starts_with(entity)))
        .count();
    let is_csv = table
        .sources()
        .iter()
        .all(|source| source.delimiter == Some(Delimiter::Comma));
    if has("attributes.referenceId") && has("attributes.type") {
        Some(Preset::SalesforceTree)
    } else if is_csv && has("SYSTEMMODSTAMP") {
        Some(Preset::SalesforceDataLoader)
    } else if is_csv && has("SystemModstamp") {
        Some(Preset::SalesforceDataExport)
    } else if has("Record ID")
        && columns
            .iter()
            .any(|column| column.ends_with(" owner") || column == "Lifecycle Stage")
    {
        Some(Preset::Hubspot)
    } else if from_entities * 2 > columns.len() {
        Some(Preset::Pipedrive)
    } else {
        None
    }
}
