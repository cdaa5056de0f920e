-- The same events as rows of days, in the order in which a table that grows by the day has them.
CREATE SCHEMA bench;
CREATE TABLE bench.contact_day (
  account_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  day date NOT NULL,
  events integer NOT NULL,
  PRIMARY KEY (account_id, contact_id, day)
);
INSERT INTO bench.contact_day
SELECT account_id, contact_id, (occurred_at AT TIME ZONE 'UTC')::date AS day, sum(count)
FROM steward.event WHERE contact_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY day, min(occurred_at);
CREATE TABLE bench.feature_day (
  account_id uuid NOT NULL,
  feature_id integer NOT NULL,
  day date NOT NULL,
  events integer NOT NULL,
  PRIMARY KEY (account_id, feature_id, day)
);
INSERT INTO bench.feature_day
SELECT account_id, feature_id, (occurred_at AT TIME ZONE 'UTC')::date AS day, sum(count)
FROM steward.event WHERE feature_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY day, min(occurred_at);
