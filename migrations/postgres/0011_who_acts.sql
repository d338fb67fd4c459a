-- People who work here, and keys of programs.
create table staff (
  id text primary key,
  name text not null,
  role text not null,
  active boolean not null,
  created_at timestamptz not null
);
create table api_key (
  id text primary key,
  name text not null,
  hash text not null unique,
  scopes text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- Who of the staff it was, what brought it about, and the thread of all that began with one request.
alter table audit add column actor_id text;
alter table audit add column caused_by text;
alter table audit add column trace text;
alter table job add column caused_by text;
alter table job add column trace text;
