//! Connection, transactions, entities, migrations, queries: both engines.
