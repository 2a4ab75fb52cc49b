-- What each side says after a use beside its grade, how well matching expected it to fit, and when
-- the advocate heard what came of it. Nobody is thanked late for what was decided before.
alter table uses add column fit_seller bigint;
alter table uses add column fit_advocate bigint;
alter table uses add column fit_buyer bigint;
alter table uses add column expected_fit bigint;
alter table uses add column comment_advocate text;
alter table uses add column comment_buyer text;
alter table uses add column thanked_on text;
update uses set thanked_on = used_on
where opportunity_id in (select id from opportunities where status <> 'open');
create index uses_thanked_on on uses (thanked_on, used_on);
