//! Which persona and which seniority a job title stands for.
//!
//! Reads the words of the title, in English; a title that says nothing known has neither.

use domain::text;

/// What a title says. The keys are those of the terms of the facets persona and seniority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persona {
    /// The function, such as `engineering`; none when the title names a level alone.
    pub function: Option<&'static str>,
    /// The level, such as `director`.
    pub seniority: &'static str,
}

impl Persona {
    /// The key of the persona term, such as `engineering.director`.
    pub fn key(&self) -> Option<String> {
        // The taxonomy has one term for all who do the work themselves.
        let level = match self.seniority {
            "senior" => "staff",
            level => level,
        };
        self.function.map(|function| format!("{function}.{level}"))
    }
}

/// Titles that name function and level in one word.
const SHORT_TITLES: &[(&str, &str)] = &[
    ("ceo", "general"),
    ("president", "general"),
    ("founder", "general"),
    ("cofounder", "general"),
    ("owner", "general"),
    ("chairman", "general"),
    ("cio", "it"),
    ("cto", "engineering"),
    ("ciso", "security"),
    ("cso", "security"),
    ("cdo", "data"),
    ("cpo", "product"),
    ("cfo", "finance"),
    ("cmo", "marketing"),
    ("cro", "sales"),
    ("cco", "customer"),
    ("chro", "hr"),
    ("coo", "operations"),
    ("clo", "legal"),
];

/// Words that name a function, the telling ones first: a product marketing manager works in
/// marketing, an IT security manager in security.
const FUNCTIONS: &[(&str, &[&str])] = &[
    (
        "security",
        &["security", "infosec", "cybersecurity", "devsecops"],
    ),
    (
        "marketing",
        &[
            "marketing",
            "brand",
            "communications",
            "advocacy",
            "content",
            "community",
        ],
    ),
    (
        "customer",
        &["customer", "support", "helpdesk", "service", "client"],
    ),
    (
        "sales",
        &[
            "sales",
            "revenue",
            "commercial",
            "account",
            "business development",
        ],
    ),
    (
        "procurement",
        &["procurement", "purchasing", "sourcing", "buyer", "category"],
    ),
    (
        "finance",
        &[
            "finance",
            "financial",
            "accounting",
            "accountant",
            "controller",
            "treasurer",
            "treasury",
        ],
    ),
    (
        "hr",
        &[
            "hr",
            "human resources",
            "people",
            "talent",
            "recruiter",
            "recruiting",
            "recruitment",
        ],
    ),
    (
        "legal",
        &[
            "legal",
            "counsel",
            "compliance",
            "attorney",
            "lawyer",
            "privacy",
            "risk",
        ],
    ),
    (
        "data",
        &[
            "data",
            "analytics",
            "analyst",
            "bi",
            "machine learning",
            "statistician",
        ],
    ),
    (
        "research",
        &[
            "research",
            "researcher",
            "scientist",
            "professor",
            "lecturer",
            "scientific",
            "clinical",
            "medical",
            "student",
            "teacher",
        ],
    ),
    (
        "engineering",
        &[
            "engineering",
            "engineer",
            "developer",
            "development",
            "software",
            "devops",
            "sre",
            "architect",
            "programmer",
            "qa",
            "test",
            "tester",
            "automation",
            "technical",
            "technology",
            "platform",
            "build",
            "release",
            "fullstack",
            "maintainer",
            "r d",
        ],
    ),
    (
        "it",
        &[
            "it",
            "information",
            "infrastructure",
            "systems",
            "system",
            "network",
            "administrator",
            "sysadmin",
            "digital",
            "ict",
            "cloud",
        ],
    ),
    ("product", &["product", "program", "project", "programme"]),
    (
        "operations",
        &[
            "operations",
            "operating",
            "manufacturing",
            "supply chain",
            "logistics",
            "plant",
            "quality",
            "production",
            "process",
        ],
    ),
    (
        "general",
        &["executive", "general", "managing", "country", "business"],
    ),
];

/// What a job title says; `None` when it says nothing known.
pub fn persona_of(title: &str) -> Option<Persona> {
    let folded = text::fold(title)
        .replace("co founder", "cofounder")
        .replace("information technology", "it");
    let padded = format!(" {folded} ");
    let has = |words: &str| padded.contains(&format!(" {words} "));
    let has_any = |all: &[&str]| all.iter().any(|words| has(words));
    let is_vice = has_any(&["vp", "svp", "evp", "avp", "vice president", "vicepresident"]);
    let short = SHORT_TITLES.iter().find(|(word, _)| {
        has(word) && !(is_vice && *word == "president") && !is_product_owner(has("product"), word)
    });
    let function = FUNCTIONS
        .iter()
        .find(|(_, words)| has_any(words))
        .map(|(function, _)| *function);
    if let Some((_, function)) = short {
        return Some(Persona {
            function: Some(function),
            seniority: "c_level",
        });
    }
    let is_managing = has_any(&["managing director", "managing partner", "general counsel"]);
    let seniority = if is_vice || has("dean") {
        "vp"
    } else if has("chief") && !has("chief of staff") || is_managing {
        "c_level"
    } else if has_any(&["director", "head", "controller"]) {
        "director"
    } else if has_any(&["manager", "supervisor", "lead", "leader", "product owner"]) {
        "manager"
    } else if has_any(&[
        "senior",
        "sr",
        "principal",
        "staff engineer",
        "expert",
        "fellow",
    ]) {
        "senior"
    } else if function.is_some() {
        "staff"
    } else {
        return None;
    };
    Some(Persona {
        function,
        seniority,
    })
}

fn is_product_owner(names_product: bool, word: &str) -> bool {
    names_product && word == "owner"
}

/// Every function that a title can name.
#[cfg(test)]
pub(crate) fn functions() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|(function, _)| *function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_function_and_level() {
        for (title, expected) in [
            ("CIO", "it.c_level"),
            ("Chief Information Officer", "it.c_level"),
            ("VP, Engineering", "engineering.vp"),
            ("Senior Vice President of Sales", "sales.vp"),
            ("President & CEO", "general.c_level"),
            ("Co-Founder", "general.c_level"),
            ("Managing Director", "general.c_level"),
            ("Head of IT", "it.director"),
            ("Director of Information Technology", "it.director"),
            ("IT Security Manager", "security.manager"),
            ("Product Marketing Manager", "marketing.manager"),
            ("Product Owner", "product.manager"),
            ("Senior DevOps Engineer", "engineering.staff"),
            ("QA Automation", "engineering.staff"),
            ("Chief Financial Officer", "finance.c_level"),
            ("Procurement Director", "procurement.director"),
            ("Professor", "research.staff"),
        ] {
            let found = persona_of(title).and_then(|persona| persona.key());
            assert_eq!(found.as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn a_title_without_known_words_has_no_persona_and_a_level_alone_no_function() {
        assert_eq!(persona_of("Wizard"), None);
        assert_eq!(persona_of(""), None);
        let manager = persona_of("Manager").expect("a level");
        assert_eq!((manager.function, manager.seniority), (None, "manager"));
    }
}
