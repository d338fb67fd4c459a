-- What is free somewhere in a period is one walk through the days, however many accommodations there are.
create index stay_days on stay (check_out, check_in, accommodation_id, status, expires_at)
  where status in ('held', 'confirmed');
create index block_days on block (check_out, check_in, accommodation_id);

-- The walk also finds who departs, and a person has so few stays that those held need no index of their own.
drop index stay_departing;
drop index stay_held_by_contact;
