-- People who work here, and keys of programs.
create table staff (
  id text primary key not null,
  name text not null,
  role text not null,
  active boolean not null,
  created_at timestamp not null
);
create table api_key (
  id text primary key not null,
  name text not null,
  hash text not null unique,
  scopes text not null,
  created_at timestamp not null,
  expires_at timestamp,
  revoked_at timestamp,
  last_used_at timestamp
);

-- Who of the staff it was, what brought it about, and the thread of all that began with one request.
alter table audit add column actor_id text;
alter table audit add column caused_by text;
alter table audit add column trace text;
alter table job add column caused_by text;
alter table job add column trace text;
