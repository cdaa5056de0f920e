-- A company of {accounts} accounts with their state of today and a row for each of twelve month-ends and the running
-- month, as they are stored: what makes them is measured elsewhere. Everything derives from hashes.
CREATE FUNCTION public.chance(what text, n integer) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN (hashtextextended(what || n, 7) & 1048575) / 1048576.0;

INSERT INTO steward.app_user (id, email, full_name, role, manager_id, active, revision, created_at, updated_at)
SELECT md5('person' || n)::uuid, 'person-' || n || '@steward.example', 'Person ' || n,
  CASE WHEN n < 25 THEN 'manager' WHEN n < 275 THEN 'csm' ELSE 'am' END,
  CASE WHEN n BETWEEN 25 AND 274 THEN md5('person' || n % 25)::uuid END, TRUE, 1, now(), now()
FROM generate_series(0, 324) AS n;

-- In the order of ids, as a table has them that was loaded in order of arrival: in none.
INSERT INTO steward.account (id, external_id, name, domain, industry, country, region, plan, seats, currency, arr_minor,
  customer_since, renewal_date, csm_user_id, am_user_id, status, churned_on, tags, attributes, first_seen_on, revision,
  created_at, updated_at)
SELECT md5('account' || n)::uuid, 'A-' || n, 'Account ' || n, 'a' || n || '.example', 'Retail', 'DE',
  (ARRAY['EMEA', 'AMER', 'APAC', 'LATAM'])[1 + n % 4], (ARRAY['Basic', 'Pro', 'Enterprise'])[1 + n % 3], 10 + n % 9, 'USD',
  (10 ^ (3.5 + 2.2 * public.chance('arr', n)))::bigint * 100, current_date - 450 - n % 900, current_date + n % 365,
  md5('person' || 25 + n % 250)::uuid, CASE WHEN n % 3 = 0 THEN md5('person' || 275 + n % 50)::uuid END,
  CASE WHEN n % 41 = 0 THEN 'churned' ELSE 'customer' END, CASE WHEN n % 41 = 0 THEN current_date - n % 300 END, '{}', '{}',
  current_date - 1000, 1, now(), now()
FROM generate_series(1, {accounts}) AS n;

INSERT INTO steward.account_state (account_id, as_of, status, csm_user_id, am_user_id, arr_minor, mrr_minor, seats,
  customer_since, renewal_date, usage_covered, signals, null_reasons, tier, raw_tier, tier_since, health_version_id, score,
  band, band_since, coverage, caps, model_change, health_change, trend, stage, stage_since, tier_version, stage_version,
  score_ring, model_change_ring, raw_tier_ring, band_ring, updated_at)
SELECT a.id, current_date, a.status, a.csm_user_id, a.am_user_id, a.arr_minor, a.arr_minor / 12, a.seats, a.customer_since,
  a.renewal_date, TRUE, s.signals, array_fill(0::smallint, ARRAY[44]), s.tier, s.tier, current_date - 50, 1, s.score, s.band,
  current_date - 20, 1, '{}', 0, 0, 'flat', CASE WHEN a.status = 'churned' THEN 'churned' ELSE s.stage END,
  current_date - 40, 1, 1, array_fill(s.score::real, ARRAY[30]), array_fill(0::real, ARRAY[30]),
  array_fill(s.tier, ARRAY[30]), repeat(left(s.band, 1), 30), now()
FROM (
  SELECT n, md5('account' || n)::uuid AS id, score, 'T' || 1 + n % 4 AS tier,
    (ARRAY['onboarding', 'adoption', 'established', 'established', 'advocate'])[1 + n % 5] AS stage,
    CASE WHEN score < 31 THEN 'at_risk' WHEN score < 71 THEN 'watch' ELSE 'healthy' END AS band,
    (SELECT array_agg((public.chance('signal', n + 100000 * i) * 100)::real) FROM generate_series(1, 44) AS i) AS signals
  FROM generate_series(1, {accounts}) AS n,
    LATERAL (SELECT round((100 * public.chance('score', n))::numeric, 2) AS score) AS drawn
) AS s JOIN steward.account a ON a.id = s.id;

INSERT INTO steward.subscription (account_id, id, plan, quantity, seat_based, mrr_minor, currency, starts_on, ends_on,
  observed_at, received_at)
SELECT a.id, 's1', a.plan, a.seats, TRUE, a.arr_minor / 12, 'USD', a.customer_since, a.churned_on, now(), now()
FROM steward.account a ORDER BY a.id;

-- Month by month, as the nightly run writes them.
INSERT INTO steward.account_month (account_id, month, day, status, tier, stage, band, score, arr_minor, mrr_minor,
  csm_user_id, am_user_id, region, plan, seats, active_contacts, breadth, touch_kept, alerts, goals_achieved, goals_missed,
  start_tier, start_minor, movement, end_minor, year_tier, year_start_minor, year_end_minor)
SELECT a.id, d.month, d.day, CASE WHEN gone THEN 'churned' ELSE 'customer' END, tier, 'established',
  CASE WHEN score < 31 THEN 'at_risk' WHEN score < 71 THEN 'watch' ELSE 'healthy' END, score,
  CASE WHEN gone THEN 0 ELSE a.arr_minor END, CASE WHEN gone THEN 0 ELSE a.arr_minor / 12 END, a.csm_user_id, a.am_user_id,
  a.region, a.plan, a.seats, (10 * public.chance('active', n + m))::int, round((100 * public.chance('breadth', n + m))::numeric, 2),
  CASE WHEN n % 4 < 3 THEN public.chance('touch', n + m) < 0.8 END, (2 * public.chance('alert', n + m))::int, 0, 0, tier,
  CASE WHEN a.churned_on < d.month THEN 0 ELSE a.arr_minor / 12 END,
  CASE WHEN gone AND a.churned_on >= d.month THEN 'churn' END, CASE WHEN gone THEN 0 ELSE a.arr_minor / 12 END, tier,
  a.arr_minor / 12, CASE WHEN gone THEN 0 ELSE a.arr_minor / 12 END
FROM (SELECT m, (date_trunc('month', current_date) - m * interval '1 month')::date AS month,
    CASE WHEN m = 0 THEN current_date - 1 ELSE (date_trunc('month', current_date) - (m - 1) * interval '1 month')::date - 1 END AS day
  FROM generate_series(0, 12) AS m) AS d,
  generate_series(1, {accounts}) AS n, LATERAL (SELECT md5('account' || n)::uuid AS id) AS i
  JOIN steward.account a ON a.id = i.id,
  LATERAL (SELECT round((100 * public.chance('score', n + 7 * m))::numeric, 2) AS score,
    'T' || 1 + (n + (public.chance('moves', n + m) < 0.03)::int) % 4 AS tier,
    coalesce(a.churned_on <= d.day, FALSE) AS gone) AS drawn
WHERE d.day >= d.month
ORDER BY d.month, a.id;

INSERT INTO steward.feature (key, label, tracked, created_at)
SELECT 'feature-' || f, 'Feature ' || f, TRUE, now() FROM generate_series(1, 12) AS f;

INSERT INTO steward.usage_feature_month (account_id, month, feature_id, days)
SELECT m.account_id, m.month, f.id, 7 FROM steward.account_month m, steward.feature f
WHERE m.month >= (SELECT max(month) FROM steward.account_month) AND public.chance(f.key, hashtext(m.account_id::text)) < 0.4
ORDER BY 1, 3;

UPDATE steward.account_month m SET features = u.features
FROM (SELECT account_id, month, array_agg(feature_id ORDER BY feature_id) AS features FROM steward.usage_feature_month
  GROUP BY 1, 2) AS u WHERE u.account_id = m.account_id AND u.month = m.month;

INSERT INTO steward.day_close (day, state, started_at, closed_at) VALUES (current_date - 1, 'closed', now(), now());
