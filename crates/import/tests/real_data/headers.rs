//! Headers of CRM exports: they say what is mapped without a person.

use import::{
    kind::Kind,
    propose::{self, Preset, Proposal},
};

use crate::{datasets, imported, open};

fn mapped(proposal: &Proposal) -> Vec<&str> {
    let mapped = proposal
        .columns
        .iter()
        .filter_map(|column| column.mapped.as_ref());
    mapped.map(|mapped| mapped.field.as_str()).collect()
}

/// The most likely kind, the preset, and the fields that must be mapped.
fn check(file: &str, kind: Kind, preset: Preset, wanted: &str) {
    let Some(folder) = datasets(file) else { return };
    let table = open(&folder.join("crm/export-headers").join(file));
    imported(file, &table, kind);
    let proposal = propose::propose(kind, &table);
    assert_eq!(proposal.preset, Some(preset), "{file}");
    let fields = mapped(&proposal);
    for field in wanted.split_whitespace() {
        assert!(fields.contains(&field), "{file}: {field} of {fields:?}");
    }
    assert!(!proposal.ignored.is_empty(), "{file}");
}

#[test]
fn salesforce_data_exports_are_mapped_unaided() {
    let preset = Preset::SalesforceDataExport;
    check(
        "salesforce_data_export_Account_header.csv",
        Kind::Accounts,
        preset,
        "account.external_id account.name account.website account.parent.external_id account.employees \
         account.revenue owner.external_id terms:industry terms:region",
    );
    check(
        "salesforce_data_export_Contact_header.csv",
        Kind::Contacts,
        preset,
        "contact.external_id account.external_id contact.first_name contact.last_name contact.email \
         contact.phone contact.title terms:region owner.external_id",
    );
    check(
        "salesforce_data_export_Opportunity_header.csv",
        Kind::Opportunities,
        preset,
        "opportunity.external_id opportunity.name account.external_id owner.external_id opportunity.stage \
         opportunity.amount opportunity.close_on opportunity.created_on opportunity.is_won \
         opportunity.is_closed opportunity.kind opportunity.source",
    );
    check(
        "salesforce_data_export_Lead_header.csv",
        Kind::Contacts,
        preset,
        "contact.external_id contact.email contact.email_refused_on account.name terms:industry",
    );
}

#[test]
fn a_hubspot_export_is_mapped_unaided() {
    check(
        "hubspot_all_contacts_header.csv",
        Kind::Contacts,
        Preset::Hubspot,
        "contact.external_id contact.first_name contact.last_name contact.email contact.phone contact.title \
         contact.time_zone account.name account.website account.external_id account.nps \
         account.customer_since account.employees account.revenue owner.name terms:industry terms:region \
         terms:language terms:seniority terms:persona terms:company_size",
    );
}

#[test]
fn a_pipedrive_sheet_is_mapped_unaided_for_each_of_its_entities() {
    let file = "pipedrive_sample_import.csv";
    check(
        file,
        Kind::Contacts,
        Preset::Pipedrive,
        "contact.name contact.first_name contact.last_name contact.phone contact.email account.name",
    );
    let Some(folder) = datasets(file) else { return };
    let table = open(&folder.join("crm/export-headers").join(file));
    let deals = propose::propose(Kind::Opportunities, &table);
    let fields = mapped(&deals);
    for field in [
        "opportunity.name",
        "opportunity.amount",
        "contact.name",
        "account.name",
    ] {
        assert!(fields.contains(&field), "{field} of {fields:?}");
    }
}
