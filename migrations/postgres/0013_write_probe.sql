-- One row that is written now and then: a database that cannot be written answers questions all the same.
create table write_probe (
  id bigint primary key check (id = 1),
  written_at timestamptz not null
);
