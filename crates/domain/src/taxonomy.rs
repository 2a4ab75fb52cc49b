//! The one taxonomy.
