-- A company of {accounts} accounts and 1.4 times as many live alerts, as they are stored: what makes them is
-- measured elsewhere. Everything derives from hashes, so that the same number gives the same company.
CREATE FUNCTION public.chance(what text, n integer) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN (hashtextextended(what || n, 7) & 1048575) / 1048576.0;

INSERT INTO steward.app_user (id, email, full_name, role, manager_id, active, revision, created_at, updated_at)
SELECT md5('person' || n)::uuid, 'person-' || n || '@steward.example', 'Person ' || n,
  CASE WHEN n = 0 THEN 'manager' WHEN n <= 40 THEN 'csm' ELSE 'am' END, CASE WHEN n > 0 THEN md5('person0')::uuid END,
  TRUE, 1, now(), now()
FROM generate_series(0, 50) AS n;

-- In the order of ids, as a table has them that was loaded in order of arrival: in none.
INSERT INTO steward.account (id, external_id, name, domain, industry, country, plan, seats, currency, arr_minor,
  customer_since, renewal_date, csm_user_id, am_user_id, status, tags, attributes, first_seen_on, revision, created_at,
  updated_at)
SELECT md5('account' || n)::uuid, 'A-' || n, 'Account ' || n, 'a' || n || '.example', 'Retail', 'DE', 'pro', 10 + n % 9,
  'USD', (10 ^ (3.5 + 2.2 * public.chance('arr', n)))::bigint * 100, current_date - 150 - n % 900, current_date + n % 365,
  md5('person' || 1 + n % 40)::uuid, CASE WHEN n % 3 = 0 THEN md5('person' || 41 + n % 10)::uuid END,
  CASE WHEN n % 41 = 0 THEN 'churned' ELSE 'customer' END, '{}', '{}', current_date - 1000, 1, now(), now()
FROM generate_series(1, {accounts}) AS n;

INSERT INTO steward.account_state (account_id, as_of, status, csm_user_id, am_user_id, arr_minor, mrr_minor, seats,
  customer_since, renewal_date, usage_covered, signals, null_reasons, tier, raw_tier, tier_since, health_version_id, score,
  band, band_since, coverage, caps, model_change, health_change, trend, stage, stage_since, tier_version, stage_version,
  closed_score, closed_band, closed_band_since, closed_tier, closed_tier_since, closed_stage, closed_stage_since,
  closed_health_version_id, closed_signals, closed_caps, closed_status, score_ring, model_change_ring, raw_tier_ring,
  band_ring, updated_at)
SELECT a.id, current_date, a.status, a.csm_user_id, a.am_user_id, a.arr_minor, a.arr_minor / 12, a.seats, a.customer_since,
  a.renewal_date, TRUE, s.signals, array_fill(0::smallint, ARRAY[44]), s.tier, s.tier, current_date - 50, 1, s.score, s.band,
  current_date - 20, 1, '{}', 0, s.change, CASE WHEN s.change < -2 THEN 'down' ELSE 'flat' END, 'established',
  current_date - 40, 1, 1, s.score, s.band, current_date - 20, s.tier, current_date - 50, 'established', current_date - 40,
  1, s.signals, '{}', a.status, array_fill(s.score::real, ARRAY[30]), array_fill(0::real, ARRAY[30]),
  array_fill(s.tier, ARRAY[30]), repeat(left(s.band, 1), 30), now()
FROM (
  SELECT n, md5('account' || n)::uuid AS id, score, tier, round((16 * (public.chance('change', n) - 0.6))::numeric, 2) AS change,
    CASE WHEN score < 40 THEN 'at_risk' WHEN score < 71 THEN 'watch' ELSE 'healthy' END AS band,
    (SELECT array_agg((public.chance('signal', n + 100000 * i) * 100)::real) FROM generate_series(1, 44) AS i) AS signals
  FROM generate_series(1, {accounts}) AS n,
    LATERAL (SELECT round((100 * public.chance('score', n))::numeric, 2) AS score, 'T' || 1 + n % 4 AS tier) AS drawn
) AS s JOIN steward.account a ON a.id = s.id;

-- Live alerts of all built-in rules; beside them as many again that ended.
INSERT INTO steward.alert (account_id, id, rule_id, rule_version, kind, severity, state, started, reason, evidence,
  opened_day, opened_at, unread, score_at_open, score_noted, arr_minor_at_open, snoozed_until, assignee_user_id,
  acknowledged_at, ended_day, ended_at, revision)
SELECT md5('account' || n)::uuid, md5('alert' || n || r.key || ended)::uuid, r.id, r.rule_version, r.kind,
  coalesce(r.tier_severity ->> ('T' || 1 + n % 4), r.severity),
  CASE WHEN ended THEN 'cleared' WHEN drawn < 0.006 THEN 'snoozed' WHEN drawn < 0.02 THEN 'acknowledged' ELSE 'open' END,
  'change', r.name || ': as it was found on the day, with the values that it rests on',
  '{"values": [{"field": "health.score", "value": 31}, {"field": "health.band", "value": "at_risk"}], "leaves": [0, 1], "loss": null}',
  current_date - opened, now() - opened * interval '1 day', drawn > 0.03, 31, 31, 100000,
  CASE WHEN NOT ended AND drawn < 0.006 THEN current_date + 7 END,
  CASE WHEN drawn > 0.082 THEN md5('person' || 1 + (n * 7) % 50)::uuid END,
  CASE WHEN drawn < 0.02 THEN now() END, CASE WHEN ended THEN current_date END, CASE WHEN ended THEN now() END, 1
FROM generate_series(1, {accounts}) AS n, steward.alert_rule r, (VALUES (FALSE), (TRUE)) AS e (ended),
  LATERAL (SELECT public.chance(r.key || ended, n) AS drawn, 1 + (n * 13) % 60 AS opened) AS d
WHERE drawn < 0.09 AND r.key IS NOT NULL;

INSERT INTO steward.segment_member (account_id, segment_id, contact_id, since_day, entered_at, how)
SELECT md5('account' || n)::uuid, g.id, '00000000-0000-0000-0000-000000000000', current_date - 9, now(), 'rule'
FROM generate_series(1, {accounts}) AS n, steward.segment g
WHERE g.of = 'account' AND public.chance(g.key, n) < 0.08;
