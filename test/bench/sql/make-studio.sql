-- A company of {accounts} accounts as a night leaves it, and the snapshots of {months} month-ends and of the days before
-- them. Values follow each account's nature and a slow drift, and who fares ill leaves more often. Everything derives
-- from hashes, so that the same numbers give the same company.
CREATE FUNCTION public.chance(what text, n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN (hashtextextended(what || n, 7) & 1048575) / 1048576.0;

INSERT INTO steward.account (id, external_id, name, industry, country, plan, seats, currency, arr_minor, customer_since,
  renewal_date, status, churned_on, tags, attributes, first_seen_on, revision, created_at, updated_at)
SELECT md5('account' || n)::uuid, 'B-' || n, 'Account ' || n, 'Retail', 'DE', 'pro', 10 + n % 9, 'USD',
  (10 ^ (3.5 + 2.2 * public.chance('arr', n)))::bigint * 100, current_date - 800 - n % 900, current_date + n % 365,
  CASE WHEN left_on IS NULL THEN 'customer' ELSE 'churned' END, left_on, '{}', '{}', current_date - 1700, 1, now(), now()
FROM generate_series(1, {accounts}) AS n,
  LATERAL (SELECT CASE WHEN public.chance('leaves', n) < 0.3 * (1 - public.chance('nature', n)) ^ 2
    THEN current_date - (600 * public.chance('when', n))::int END AS left_on) AS l;

CREATE TABLE public.bench_day AS
SELECT day, row_number() OVER (ORDER BY day) AS place FROM (
  SELECT (date_trunc('month', current_date) - m * interval '1 month')::date - d AS day
  FROM generate_series(0, {months} - 1) AS m, (VALUES (1), (2)) AS before (d)) AS days;

-- Forty natures with fifty lots of 44 values each, from which every account and day draws one of its nature: those of the
-- default profile come in the units of their signals.
CREATE TABLE public.bench_lot AS
SELECT nature, lot, (SELECT array_agg((CASE i
    WHEN 2 THEN 120 * v - 70 WHEN 3 THEN 40 * v - 20 WHEN 5 THEN 22 * v WHEN 9 THEN 30 * (1 - v) WHEN 11 THEN 60 * v
    WHEN 14 THEN floor(4 * (1 - v)) WHEN 18 THEN CASE WHEN v < 0.7 THEN 1 + 4 * v END WHEN 19 THEN 200 * v - 100
    WHEN 23 THEN 1 + floor(6 * v) WHEN 24 THEN 60 * (1 - v) WHEN 25 THEN 4 * (1 - v)
    WHEN 29 THEN greatest(0, 90 * (0.4 - v)) WHEN 34 THEN 900 ELSE 100 * v END)::real ORDER BY i)
  FROM (SELECT i, 0.6 * nature / 40 + 0.4 * public.chance('value', (nature * 50 + lot) * 64 + i) AS v
    FROM generate_series(1, 44) AS i) AS drawn) AS signals
FROM generate_series(0, 39) AS nature, generate_series(0, 49) AS lot;
ALTER TABLE public.bench_lot ADD PRIMARY KEY (nature, lot);
ANALYZE public.bench_lot;

CREATE TABLE public.bench_account AS
SELECT n, md5('account' || n)::uuid AS id, floor(40 * public.chance('nature', n))::int AS nature FROM generate_series(1, {accounts}) AS n;

INSERT INTO steward.account_snapshot (account_id, day, status, arr_minor, mrr_minor, seats, customer_since, renewal_date,
  usage_covered, signals, null_reasons, tier, raw_tier, tier_since, health_version_id, score, band, band_since, coverage,
  caps, model_change, stage, stage_since, tier_version, stage_version, stale)
SELECT b.id, d.day, 'customer', a.arr_minor, a.arr_minor / 12, a.seats, a.customer_since, a.renewal_date, TRUE,
  l.signals, array_fill(0::smallint, ARRAY[44]), 'T' || 1 + n % 4, 'T' || 1 + n % 4, current_date - 700, 2, 60, 'watch',
  current_date - 700, 100, '{}', 0, 'established', current_date - 700, 1, 1, FALSE
FROM public.bench_day d CROSS JOIN public.bench_account b JOIN steward.account a ON a.id = b.id
  JOIN public.bench_lot l ON l.nature = b.nature AND l.lot = (hashint8(n * 997 + d.place / 4) & 1023) % 50
WHERE a.churned_on IS NULL OR a.churned_on > d.day
ORDER BY d.day, 1;

INSERT INTO steward.account_state (account_id, as_of, status, arr_minor, mrr_minor, seats, customer_since, renewal_date,
  usage_covered, signals, null_reasons, tier, raw_tier, tier_since, health_version_id, score, band, band_since, coverage,
  caps, model_change, stage, stage_since, tier_version, stage_version, closed_score, closed_band, closed_stage,
  closed_stage_since, closed_tier, closed_status, closed_signals, closed_caps, score_ring, model_change_ring, raw_tier_ring,
  band_ring, updated_at)
SELECT a.id, current_date, a.status, a.arr_minor, a.arr_minor / 12, a.seats, a.customer_since, a.renewal_date, TRUE,
  s.signals, array_fill(0::smallint, ARRAY[44]), 'T' || 1 + n % 4, 'T' || 1 + n % 4, current_date - 700, 2, 60, 'watch',
  current_date - 700, 100, '{}', 0, 'established', current_date - 700, 1, 1, 60, 'watch', 'established',
  current_date - 700, 'T' || 1 + n % 4, a.status, s.signals, '{}', array_fill(60::real, ARRAY[30]),
  array_fill(0::real, ARRAY[30]), array_fill(('T' || 1 + n % 4)::text, ARRAY[30]), repeat('w', 30), now()
FROM public.bench_account b JOIN steward.account a ON a.id = b.id
  JOIN public.bench_lot s ON s.nature = b.nature AND s.lot = (hashint8(n * 997) & 1023) % 50;
