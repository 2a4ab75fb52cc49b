//! Names of countries (ISO 3166 short names and what CRMs write), to recognise a region column by
//! its values when its heading says nothing.

use std::{collections::HashSet, sync::LazyLock};

use domain::text::fold;

const NAMES: &str = "\
    Afghanistan; Åland Islands; Albania; Algeria; American Samoa; Andorra; Angola; Anguilla; \
    Antarctica; Antigua & Barbuda; Argentina; Armenia; Aruba; Australia; Austria; Azerbaijan; \
    Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bermuda; Bhutan; \
    Bolivia; Caribbean Netherlands; Bosnia; Botswana; Bouvet Island; Brazil; British Indian Ocean \
    Territory; British Virgin Islands; Brunei; Bulgaria; Burkina Faso; Burundi; Cape Verde; \
    Cambodia; Cameroon; Canada; Cayman Islands; Central African Republic; Chad; Chile; China; Hong \
    Kong; Macao; Christmas Island; Cocos Islands; Colombia; Comoros; Congo - Brazzaville; Cook \
    Islands; Costa Rica; Croatia; Cuba; Curaçao; Cyprus; Czechia; North Korea; Congo - Kinshasa; \
    Denmark; Djibouti; Dominica; Dominican Republic; Ecuador; Egypt; El Salvador; Equatorial \
    Guinea; Eritrea; Estonia; Eswatini; Ethiopia; Falkland Islands; Faroe Islands; Fiji; Finland; \
    France; French Guiana; French Polynesia; French Southern Territories; Gabon; Gambia; Georgia; \
    Germany; Ghana; Gibraltar; Greece; Greenland; Grenada; Guadeloupe; Guam; Guatemala; Guernsey; \
    Guinea; Guinea-Bissau; Guyana; Haiti; Heard & McDonald Islands; Vatican City; Honduras; \
    Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Isle of Man; Israel; Italy; Côte \
    d’Ivoire; Jamaica; Japan; Jersey; Jordan; Kazakhstan; Kenya; Kiribati; Kuwait; Kyrgyzstan; \
    Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; \
    Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Martinique; Mauritania; \
    Mauritius; Mayotte; Mexico; Micronesia; Monaco; Mongolia; Montenegro; Montserrat; Morocco; \
    Mozambique; Myanmar; Namibia; Nauru; Nepal; Netherlands; New Caledonia; New Zealand; \
    Nicaragua; Niger; Nigeria; Niue; Norfolk Island; Northern Mariana Islands; North Macedonia; \
    Norway; Oman; Pakistan; Palau; Panama; Papua New Guinea; Paraguay; Peru; Philippines; \
    Pitcairn; Poland; Portugal; Puerto Rico; Qatar; South Korea; Moldova; Réunion; Romania; \
    Russia; Rwanda; St. Barthélemy; St. Helena; St. Kitts & Nevis; St. Lucia; St. Martin; St. \
    Pierre & Miquelon; St. Vincent & Grenadines; Samoa; San Marino; São Tomé & Príncipe; Saudi \
    Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Sint Maarten; Slovakia; \
    Slovenia; Solomon Islands; Somalia; South Africa; South Georgia & South Sandwich Islands; \
    South Sudan; Spain; Sri Lanka; Palestine; Sudan; Suriname; Svalbard & Jan Mayen; Sweden; \
    Switzerland; Syria; Taiwan; Tajikistan; Thailand; Timor-Leste; Togo; Tokelau; Tonga; Trinidad \
    & Tobago; Tunisia; Türkiye; Turkmenistan; Turks & Caicos Islands; Tuvalu; Uganda; Ukraine; \
    United Arab Emirates; UK; Tanzania; U.S. Outlying Islands; US; U.S. Virgin Islands; Uruguay; \
    Uzbekistan; Vanuatu; Venezuela; Vietnam; Wallis & Futuna; Western Sahara; Yemen; Zambia; \
    Zimbabwe; USA; U.S.; U.K.; Great Britain; England; Scotland; Wales; Northern Ireland; Czech \
    Republic; Korea; Viet Nam; Holland; Macedonia; UAE; Macau; Ivory Coast; Republic of Korea; \
    Deutschland; The Netherlands; Turkey; Brasil; España; EMEA; APAC; AMER; LATAM; APJ; DACH; \
    Benelux; Nordics; North America; South America; Latin America; Europe; Asia; Africa; Oceania; \
    Middle East; Asia Pacific; United States; United States of America; \
    United Kingdom; Bosnia and Herzegovina; Congo; Trinidad and Tobago \
";

static FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| NAMES.split(';').map(fold).collect());

/// Whether the text, or what follows its last comma (`Irvine, California, USA`), names a country
/// or one of the regions in which companies sell.
pub(crate) fn is_place(text: &str) -> bool {
    let last = text.rsplit(',').next().unwrap_or(text);
    FOLDED.contains(&fold(text)) || FOLDED.contains(&fold(last))
}

#[cfg(test)]
mod tests {
    use super::is_place;

    #[test]
    fn countries_and_sales_regions_are_places() {
        for place in [
            "Germany",
            "united states",
            "Côte d’Ivoire",
            "Oklahoma, USA",
            "EMEA",
            "the Netherlands",
        ] {
            assert!(is_place(place), "{place}");
        }
        for other in ["Acme", "", "Technology", "Central"] {
            assert!(!is_place(other), "{other}");
        }
    }
}
