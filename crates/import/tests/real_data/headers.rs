//! Headers of CRM exports: they say what is mapped without a person.

use import::{
    kind::Kind,
    propose::{self, Preset},
};

use crate::{datasets, imported, open};

#[test]
fn export_headers_of_crms_are_mapped_unaided() {
    let Some(folder) = datasets("the export headers") else {
        return;
    };
    let folder = folder.join("crm/export-headers");
    for (file, kind, preset, wanted) in [
        (
            "salesforce_data_export_Account_header.csv",
            Kind::Accounts,
            Preset::SalesforceDataExport,
            &[
                "account.external_id",
                "account.name",
                "account.website",
                "account.parent.external_id",
                "account.employees",
                "account.revenue",
                "owner.external_id",
                "terms:industry",
                "terms:region",
            ][..],
        ),
        (
            "salesforce_data_export_Contact_header.csv",
            Kind::Contacts,
            Preset::SalesforceDataExport,
            &[
                "contact.external_id",
                "account.external_id",
                "contact.first_name",
                "contact.last_name",
                "contact.email",
                "contact.phone",
                "contact.title",
                "terms:region",
                "owner.external_id",
            ],
        ),
        (
            "salesforce_data_export_Opportunity_header.csv",
            Kind::Opportunities,
            Preset::SalesforceDataExport,
            &[
                "opportunity.external_id",
                "opportunity.name",
                "account.external_id",
                "owner.external_id",
                "opportunity.stage",
                "opportunity.amount",
                "opportunity.close_on",
                "opportunity.created_on",
                "opportunity.is_won",
                "opportunity.is_closed",
                "opportunity.kind",
                "opportunity.source",
            ],
        ),
        (
            "salesforce_data_export_Lead_header.csv",
            Kind::Contacts,
            Preset::SalesforceDataExport,
            &[
                "contact.external_id",
                "contact.email",
                "account.name",
                "terms:industry",
            ],
        ),
        (
            "hubspot_all_contacts_header.csv",
            Kind::Contacts,
            Preset::Hubspot,
            &[
                "contact.external_id",
                "contact.first_name",
                "contact.last_name",
                "contact.email",
                "contact.phone",
                "contact.title",
                "contact.time_zone",
                "account.name",
                "account.website",
                "account.external_id",
                "account.nps",
                "account.customer_since",
                "account.employees",
                "account.revenue",
                "owner.name",
                "terms:industry",
                "terms:region",
                "terms:language",
                "terms:seniority",
                "terms:persona",
                "terms:company_size",
            ],
        ),
        (
            "pipedrive_sample_import.csv",
            Kind::Contacts,
            Preset::Pipedrive,
            &[
                "contact.name",
                "contact.first_name",
                "contact.last_name",
                "contact.phone",
                "contact.email",
                "account.name",
            ],
        ),
    ] {
        let table = open(&folder.join(file));
        imported(file, &table, kind);
        let proposal = propose::propose(kind, &table);
        assert_eq!(proposal.preset, Some(preset), "{file}");
        let fields: Vec<&str> = proposal
            .columns
            .iter()
            .filter_map(|column| column.mapped.as_ref())
            .map(|mapped| mapped.field.as_str())
            .collect();
        for field in wanted {
            assert!(fields.contains(field), "{file}: {field} of {fields:?}");
        }
        assert!(!proposal.ignored.is_empty());
    }
    let table = open(&folder.join("pipedrive_sample_import.csv"));
    let deals = propose::propose(Kind::Opportunities, &table);
    let fields: Vec<&str> = deals
        .columns
        .iter()
        .filter_map(|column| column.mapped.as_ref())
        .map(|mapped| mapped.field.as_str())
        .collect();
    assert!(
        fields.contains(&"opportunity.name") && fields.contains(&"opportunity.amount"),
        "{fields:?}"
    );
}
