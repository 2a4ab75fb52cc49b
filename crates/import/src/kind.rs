//! The kinds of file a program imports.

use domain::word_list;

word_list! {
    /// What a file holds, one kind at a time.
    Kind { Accounts, Contacts, Users, Opportunities, Advocates, Content, Uses, Terms }
}

impl Kind {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Users => "users",
            Self::Opportunities => "opportunities",
            Self::Advocates => "advocates",
            Self::Content => "content",
            Self::Uses => "reference uses",
            Self::Terms => "terms",
        }
    }
}
