-- The monthly review of overrides reads a few events out of all there are.
create index events_overridden on events (at) where action = 'overridden';
