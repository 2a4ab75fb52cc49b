//! Customer story assets.

use crate::word_list;

word_list! {
    ContentKind { CaseStudy, Video, Quote, Review, Recording, Slide, Webinar, Logo, Podcast, Blog }
}

word_list! {
    /// Only approved content may leave the house.
    ContentStatus { Draft, Approved, Retired }
}
