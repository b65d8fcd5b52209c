-- What the designs are filled with: Observations of 64 people a thousand, of which some have much and some little, with codes
-- of which a few are common and most are rare, in ten years.

--: fill
select setseed(0.42);
create unlogged table fact as
select key,
       floor(${rows} * 0.064 * power(random(), 1.5))::bigint as patient,
       floor(500 * power(random(), 2))::bigint as performer,
       floor(2000 * power(random(), 4))::bigint as code,
       case when key % 100 < 60 then 0 when key % 100 < 85 then 1 else 2 + floor(10 * random())::bigint end as category,
       case when random() < 0.95 then 0 else 1 + floor(5 * random())::bigint end as status,
       floor(8 * random())::bigint as visit,
       1451606400000 + floor(315360000000 * random())::bigint as at
from generate_series(1, ${rows}) key;
alter table fact add primary key (key);
analyze fact;
