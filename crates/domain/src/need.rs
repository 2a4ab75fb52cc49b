//! Needs of colleagues who are not selling: what press, analysts, events and marketing will ask
//! advocates for, on a day that is known.

use crate::word_list;

word_list! {
    /// Who needs it.
    NeedKind { PublicRelations, AnalystRelations, Event, Social, ProductMarketing }
}

word_list! {
    /// What a need's calendar day asks for now.
    NeedAlarm {
        /// The day of the need is over and nobody has closed it.
        Overdue,
        /// Enough advocates could serve it, but the notice they are due has begun to run short.
        AskLate,
        /// Enough advocates could serve it, and they have to be asked within two weeks.
        AskSoon,
        /// Not enough advocates could serve it, and it is too late to recruit them in time.
        RecruitLate,
        /// Not enough advocates could serve it, and recruiting has to start within two weeks.
        RecruitSoon,
    }
}
