-- Active contacts and feature breadth of every account as of the day $1, with their change, read from one row for each
-- account, contact and day and one for each account, feature and day. Levels look at the 28 days that end on $1;
-- changes compare the 28 days that end the day before with the 28 days before those.
SELECT
  a.id AS account_id,
  coalesce(c.active, 0) AS active_contacts,
  CASE WHEN c.before >= 3 THEN 100.0 * (c.recent - c.before) / c.before END AS active_contacts_change,
  100.0 * coalesce(f.used, 0) / t.tracked AS breadth,
  100.0 * (coalesce(f.recent, 0) - coalesce(f.before, 0)) / t.tracked AS breadth_change
FROM steward.account a
CROSS JOIN (SELECT count(*) AS tracked FROM steward.feature WHERE tracked) t
LEFT JOIN (
  SELECT account_id, count(*) FILTER (WHERE level) AS active, count(*) FILTER (WHERE recent) AS recent,
    count(*) FILTER (WHERE before) AS before
  FROM (
    SELECT account_id, contact_id, bool_or(day > $1::date - 28) AS level,
      bool_or(day >= $1::date - 28 AND day < $1::date) AS recent, bool_or(day < $1::date - 28) AS before
    FROM bench.contact_day WHERE day >= $1::date - 56 AND day <= $1::date GROUP BY account_id, contact_id
  ) one_contact GROUP BY account_id
) c ON c.account_id = a.id
LEFT JOIN (
  SELECT account_id, count(*) FILTER (WHERE level) AS used, count(*) FILTER (WHERE recent) AS recent,
    count(*) FILTER (WHERE before) AS before
  FROM (
    SELECT account_id, feature_id, bool_or(day > $1::date - 28) AS level,
      bool_or(day >= $1::date - 28 AND day < $1::date) AS recent, bool_or(day < $1::date - 28) AS before
    FROM bench.feature_day WHERE day >= $1::date - 56 AND day <= $1::date GROUP BY account_id, feature_id
  ) one_feature GROUP BY account_id
) f ON f.account_id = a.id
