-- What people did with the accounts of make-manager-months.sql in a year, as it is stored: touches, renewals, tasks, goals,
-- alerts and moves between stages.
INSERT INTO steward.touchpoint (account_id, id, kind, at, on_day, text, links, counts, contact_ids, observed_at, received_at)
SELECT md5('account' || n)::uuid, 't' || t, 'meeting', (current_date - ago)::timestamptz + interval '10 hours', current_date - ago,
  'We met', '[]', TRUE, '{}', now(), now()
FROM generate_series(1, {accounts}) AS n, generate_series(0, 7) AS t,
  LATERAL (SELECT t * 45 + (45 * public.chance('touch' || t, n))::int AS ago) AS d;

INSERT INTO steward.renewal (account_id, due_on, amount_minor, outcome, outcome_day, renewed_amount_minor, revision, updated_at)
SELECT md5('account' || n)::uuid, due_on, 1000000, CASE WHEN due_on < current_date - 20 THEN 'renewed' END,
  CASE WHEN due_on < current_date - 20 THEN due_on END, CASE WHEN due_on < current_date - 20 THEN 1100000 END, 1, now()
FROM generate_series(1, {accounts}) AS n, generate_series(-1, 0) AS year,
  LATERAL (SELECT current_date + n % 365 + year * 365 AS due_on) AS d;

INSERT INTO steward.goal (account_id, id, playbook_id, playbook_version, kind, name, status, started, one_at_a_time, start_day,
  due_day, owner_user_id, target, ended_day, ended_at, created_at, revision)
SELECT a.id, md5('goal' || n || g)::uuid, p.id, p.version, p.kind, p.name,
  CASE WHEN g = 0 THEN 'inProgress' WHEN n % 3 = 0 THEN 'missed' ELSE 'achieved' END, 'hand', FALSE, start_day, start_day + 90,
  a.csm_user_id, '{}', CASE WHEN g > 0 THEN start_day + 20 + n % 40 END, CASE WHEN g > 0 THEN now() END, now(), 1
FROM generate_series(1, {accounts}) AS n, generate_series(0, 1) AS g, LATERAL (SELECT md5('account' || n)::uuid AS id) AS i
  JOIN steward.account a ON a.id = i.id, LATERAL (SELECT current_date - 30 - g * 150 - n % 100 AS start_day) AS d,
  (SELECT *, row_number() OVER (ORDER BY key) - 1 AS nth, count(*) OVER () AS many FROM steward.playbook) AS p
WHERE p.nth = (n + g) % p.many;

INSERT INTO steward.task (account_id, id, origin, title, state, required, role, assignee_user_id, due_day, due_by_hand,
  completes_itself, ended_day, ended_at, created_at, revision)
SELECT a.id, md5('task' || n || t)::uuid, 'hand', 'Call them', CASE WHEN t = 0 THEN 'open' ELSE 'done' END, FALSE, 'csm',
  a.csm_user_id, current_date - 10 + n % 40 - t * 60, FALSE, FALSE, CASE WHEN t > 0 THEN current_date - t * 60 END,
  CASE WHEN t > 0 THEN now() END, now() - interval '200 days', 1
FROM generate_series(1, {accounts}) AS n, generate_series(0, 1) AS t, LATERAL (SELECT md5('account' || n)::uuid AS id) AS i
  JOIN steward.account a ON a.id = i.id;

INSERT INTO steward.alert (account_id, id, rule_id, rule_version, kind, severity, state, started, reason, evidence, opened_day,
  opened_at, unread, score_at_open, score_noted, arr_minor_at_open, assignee_user_id, outcome, acknowledged_at, ended_day,
  ended_at, revision)
SELECT md5('account' || n)::uuid, md5('alert' || n || t)::uuid, r.id, r.rule_version, r.kind, r.severity,
  CASE t WHEN 0 THEN 'open' WHEN 1 THEN 'resolved' ELSE 'cleared' END, 'change', r.name, '{"values": [], "leaves": [], "loss": null}',
  opened, opened + interval '7 hours', FALSE, 31, 31, 100000, md5('person' || 25 + n % 250)::uuid,
  CASE WHEN t = 1 THEN CASE WHEN n % 4 = 0 THEN 'falseAlarm' ELSE 'successful' END END,
  CASE WHEN t > 0 THEN opened + interval '1 hour' * (8 + n % 90) END, CASE WHEN t > 0 THEN opened + 5 + n % 20 END,
  CASE WHEN t > 0 THEN now() END, 1
FROM generate_series(1, {accounts}) AS n, generate_series(0, 2) AS t,
  LATERAL (SELECT current_date - 1 - t * 110 - n % 100 AS opened) AS d,
  (SELECT *, row_number() OVER (ORDER BY key) - 1 AS nth, count(*) OVER () AS many FROM steward.alert_rule
    WHERE key IS NOT NULL) AS r
WHERE r.nth = (n + t) % r.many;

INSERT INTO steward.stage_move (account_id, id, from_stage, to_stage, moved_on, reason, created_at)
SELECT md5('account' || n)::uuid, md5('move' || n || t)::uuid, (ARRAY[NULL, 'onboarding', 'adoption', 'established'])[t],
  (ARRAY['onboarding', 'adoption', 'established', 'advocate'])[t], current_date - 460 + 110 * (t - 1) + n % 90, 'rule', now()
FROM generate_series(1, {accounts}) AS n, generate_series(1, 2 + n % 3) AS t;

-- Some have changed their tier lately.
UPDATE steward.account_state s SET tier_since = current_date - 30 - substr(a.external_id, 3)::int % 900
FROM steward.account a WHERE a.id = s.account_id;
