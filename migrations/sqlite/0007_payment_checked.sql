-- When a payment was last looked at by itself, without a notice: a refund or a dispute may come months later.
alter table payment add column checked_at timestamp;
