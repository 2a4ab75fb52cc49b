-- Whether the buyer's budget for a deal is confirmed; an activity can be for such deals only.
alter table opportunities add column is_budget_confirmed boolean not null default false;
