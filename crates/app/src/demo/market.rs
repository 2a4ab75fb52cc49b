//! The market of the demo company: its industries, its places and what is sold there.

/// An industry of the market with how common it is and how well it is covered by advocates.
pub(super) struct Industry {
    pub name: &'static str,
    pub parts: &'static [&'static str],
    pub suffixes: &'static [&'static str],
    /// Share of accounts.
    pub weight: f64,
    /// 1 is the usual share of advocates; the gaps of the program are far below.
    pub coverage: f64,
}

pub(super) const INDUSTRIES: &[Industry] = &[
    Industry {
        name: "Healthcare",
        parts: &[
            "Hospitals",
            "Medical devices",
            "Health insurance",
            "Pharmaceuticals",
            "Health technology",
        ],
        suffixes: &[
            "Health",
            "Medical Group",
            "Hospitals",
            "Care",
            "Biosciences",
            "Therapeutics",
        ],
        weight: 16.0,
        coverage: 0.7,
    },
    Industry {
        name: "Financial services",
        parts: &[
            "Banking",
            "Insurance",
            "Capital markets",
            "Payments and fintech",
            "Asset management",
        ],
        suffixes: &[
            "Bank",
            "Insurance",
            "Capital",
            "Financial",
            "Mutual",
            "Payments",
        ],
        weight: 15.0,
        coverage: 1.2,
    },
    Industry {
        name: "Technology",
        parts: &[
            "Software",
            "IT services and consulting",
            "Cybersecurity",
            "Internet and cloud services",
        ],
        suffixes: &["Software", "Systems", "Networks", "Labs", "Cloud", "Data"],
        weight: 14.0,
        coverage: 2.0,
    },
    Industry {
        name: "Retail",
        parts: &["E-commerce", "Grocery and supermarkets", "Specialty retail"],
        suffixes: &["Stores", "Market", "Outfitters", "Retail Group", "Home"],
        weight: 10.0,
        coverage: 1.3,
    },
    Industry {
        name: "Manufacturing",
        parts: &[
            "Industrial machinery",
            "Chemicals",
            "Electrical equipment",
            "Packaging and paper",
        ],
        suffixes: &[
            "Industries",
            "Manufacturing",
            "Works",
            "Tools",
            "Chemicals",
            "Packaging",
        ],
        weight: 12.0,
        coverage: 0.8,
    },
    Industry {
        name: "Public sector",
        parts: &[
            "State and local government",
            "National government",
            "Public safety",
        ],
        suffixes: &[
            "County",
            "City Council",
            "Transit Authority",
            "Port Authority",
            "District",
        ],
        weight: 7.0,
        coverage: 0.12,
    },
    Industry {
        name: "Education",
        parts: &[
            "Higher education",
            "Primary and secondary education",
            "Research",
        ],
        suffixes: &["University", "College", "Institute", "School District"],
        weight: 5.0,
        coverage: 0.9,
    },
    Industry {
        name: "Telecommunications",
        parts: &["Wireless", "Network operators"],
        suffixes: &["Telecom", "Wireless", "Communications"],
        weight: 4.0,
        coverage: 1.1,
    },
    Industry {
        name: "Energy",
        parts: &["Oil and gas", "Renewable energy", "Power generation"],
        suffixes: &["Energy", "Power", "Renewables"],
        weight: 5.0,
        coverage: 0.25,
    },
    Industry {
        name: "Transportation and logistics",
        parts: &["Logistics and supply chain", "Airlines", "Rail and road"],
        suffixes: &["Logistics", "Freight", "Airways", "Shipping"],
        weight: 5.0,
        coverage: 0.8,
    },
    Industry {
        name: "Media and entertainment",
        parts: &["Broadcasting", "Publishing", "Games"],
        suffixes: &["Media", "Studios", "Publishing"],
        weight: 3.5,
        coverage: 1.4,
    },
    Industry {
        name: "Professional services",
        parts: &["Consulting", "Legal services", "Accounting"],
        suffixes: &["Partners", "Advisory", "Associates"],
        weight: 3.5,
        coverage: 1.0,
    },
];

/// A place where accounts are, with its weight, currency, language, time zone and cities.
pub(super) struct Place {
    pub region: &'static str,
    pub weight: f64,
    pub currency: &'static str,
    pub language: &'static str,
    pub zone: &'static str,
    pub cities: &'static [&'static str],
}

const fn place(
    region: &'static str,
    weight: f64,
    currency: &'static str,
    language: &'static str,
    zone: &'static str,
    cities: &'static [&'static str],
) -> Place {
    Place {
        region,
        weight,
        currency,
        language,
        zone,
        cities,
    }
}

pub(super) const PLACES: &[Place] = &[
    place(
        "Midwest",
        12.0,
        "USD",
        "English",
        "America/Chicago",
        &["Chicago", "Columbus", "Detroit", "Minneapolis"],
    ),
    place(
        "Northeast",
        12.0,
        "USD",
        "English",
        "America/New_York",
        &["Boston", "New York", "Philadelphia", "Albany"],
    ),
    place(
        "US South",
        12.0,
        "USD",
        "English",
        "America/New_York",
        &["Atlanta", "Austin", "Nashville", "Raleigh"],
    ),
    place(
        "US West",
        12.0,
        "USD",
        "English",
        "America/Los_Angeles",
        &["Seattle", "Denver", "Portland", "San Diego"],
    ),
    place(
        "Canada",
        5.0,
        "USD",
        "English",
        "America/Toronto",
        &["Toronto", "Calgary", "Montreal"],
    ),
    place(
        "United Kingdom",
        9.0,
        "GBP",
        "English",
        "Europe/London",
        &["London", "Leeds", "Bristol", "Glasgow"],
    ),
    place(
        "Germany",
        9.0,
        "EUR",
        "German",
        "Europe/Berlin",
        &["Hamburg", "Munich", "Cologne", "Leipzig"],
    ),
    place(
        "France",
        6.0,
        "EUR",
        "French",
        "Europe/Paris",
        &["Lyon", "Paris", "Nantes"],
    ),
    place(
        "Netherlands",
        4.0,
        "EUR",
        "Dutch",
        "Europe/Amsterdam",
        &["Utrecht", "Rotterdam"],
    ),
    place(
        "Sweden",
        4.0,
        "EUR",
        "Swedish",
        "Europe/Stockholm",
        &["Malmö", "Gothenburg"],
    ),
    place(
        "Spain",
        3.0,
        "EUR",
        "Spanish",
        "Europe/Madrid",
        &["Valencia", "Bilbao"],
    ),
    place(
        "Brazil",
        3.0,
        "USD",
        "Portuguese",
        "America/Sao_Paulo",
        &["Curitiba", "Recife"],
    ),
    place(
        "India",
        3.0,
        "USD",
        "English",
        "Asia/Kolkata",
        &["Pune", "Chennai"],
    ),
    place(
        "Japan",
        3.0,
        "USD",
        "Japanese",
        "Asia/Tokyo",
        &["Osaka", "Nagoya"],
    ),
    place(
        "Australia",
        3.0,
        "USD",
        "English",
        "Australia/Sydney",
        &["Melbourne", "Perth"],
    ),
];

/// Products of the demo company with their list price in whole dollars.
pub(super) const PRODUCTS: &[(&str, i64)] = &[
    ("Larkspur Flow", 160_000),
    ("Larkspur Insight", 120_000),
    ("Larkspur Guard", 140_000),
    ("Larkspur Connect", 90_000),
];
