create table letter (letter text primary key);
grant select, insert on letter to ${runtime_role};
