import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { ScoreChange } from '@steward/shared/health';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { DayInput } from '../../components/ui/day-input.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { ApiError } from '../../lib/api.js';
import { fieldOf, humanize, useCatalogue } from '../../lib/catalogue.js';
import { addDays, daysBetween, formatDay } from '../../lib/days.js';
import { formatNumber, formatPoints } from '../../lib/format.js';
import { useLimitReasons } from '../../lib/health-profiles.js';
import { useCurrency } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import { type ChangeLine, changeLines } from './change-lines.js';
import { comparedDays, DEFAULT_DAYS } from './compared-days.js';
import { scoreChangeQuery } from './get-score-change.js';
import { knownGap, type NoScoreGap, noScoreGap } from './no-score-gap.js';
import classes from './what-changed.module.css';

const route = getRouteApi('/shell/accounts/$accountId');
const RANGES = [7, 30, 90] as const;

/** What moved the score between two days, as a waterfall that adds up. */
export function WhatChanged({ account }: { account: AccountDetail }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { from, to } = comparedDays({ from: search.from, to: search.to }, account.asOf);
  const known = knownGap(account, to);
  const { data, error, refetch } = useQuery({ ...scoreChangeQuery(account.id, from, to), enabled: known === null });
  const setDay = (key: 'from' | 'to') => (day: IsoDay | null) => {
    if (day !== null) void navigate({ to: '.', search: (now) => ({ ...now, [key]: day }), replace: true });
  };
  const setRange = (days: string) =>
    void navigate({
      to: '.',
      search: (now) => ({ ...now, from: Number(days) === DEFAULT_DAYS ? undefined : addDays(to, -Number(days)) }),
      replace: true,
    });
  const span = daysBetween(from, to);
  const refused = error instanceof ApiError && error.code === 'NO_SCORE' ? noScoreGap(error, { from, to }) : null;
  const gap = known ?? refused;
  return (
    <Section
      title="What changed"
      note={data ? headline(data) : null}
      aside={
        <span className={classes.days}>
          <SegmentedControl
            aria-label="Days to look back"
            data={RANGES.map((days) => ({ value: String(days), label: `${days} d` }))}
            value={RANGES.some((days) => days === span) ? String(span) : ''}
            onChange={setRange}
          />
          <DayInput
            aria-label="From day"
            w={124}
            required
            value={from}
            max={addDays(to, -1)}
            onChange={setDay('from')}
          />
          to
          <DayInput
            aria-label="To day"
            w={124}
            required
            value={to}
            min={addDays(from, 1)}
            max={account.asOf}
            onChange={setDay('to')}
          />
        </span>
      }
    >
      {gap ? (
        <NothingToCompare gap={gap} onFrom={setDay('from')} />
      ) : error ? (
        <LoadFailed title="The change could not be loaded" error={error} onRetry={refetch} />
      ) : data ? (
        <Waterfall change={data} />
      ) : (
        <Skeleton h={280} />
      )}
    </Section>
  );
}

/** Why the two days cannot be compared, and where there is one the first day that can. */
function NothingToCompare({ gap, onFrom }: { gap: NoScoreGap; onFrom: (day: IsoDay) => void }) {
  const { since, canStartAt } = gap;
  return (
    <EmptyState
      title="Nothing to compare"
      text={gap.text}
      action={
        canStartAt === null ? null : (
          <Button variant="default" onClick={() => onFrom(canStartAt)}>
            Compare with {formatDay(since)}
          </Button>
        )
      }
    />
  );
}

function headline(change: ScoreChange): string {
  const model = Math.round(change.model * 100) === 0 ? '' : `, of which model change ${formatPoints(change.model)}`;
  return `${formatPoints(change.total)} points${model}`;
}

function Waterfall({ change }: { change: ScoreChange }) {
  const lines = changeLines(change);
  const scores = [change.from.score, change.to.score, ...lines.map((line) => line.to)];
  // On the way the sum may leave 0 to 100: only its two ends are scores.
  const low = Math.min(...scores) - 2;
  const high = Math.max(...scores) + 2;
  return (
    <ol className={classes.list}>
      <End label={formatDay(change.from.day)} score={change.from.score} />
      {lines.map((line) => (
        <Line key={line.key} line={line} change={change} low={low} span={Math.max(1, high - low)} />
      ))}
      {lines.length === 0 ? <li className={classes.still}>Nothing moved the score in between.</li> : null}
      <End label={formatDay(change.to.day)} score={change.to.score} />
    </ol>
  );
}

function End({ label, score }: { label: string; score: number }) {
  return (
    <li className={`${classes.line} ${classes.end}`}>
      <span>{label}</span>
      <span />
      <span />
      <span className={classes.points}>{formatNumber(score, 2)}</span>
    </li>
  );
}

interface LineProps {
  line: ChangeLine;
  change: ScoreChange;
  low: number;
  span: number;
}

function Line({ line, change, low, span }: LineProps) {
  const { label, values } = useLineText(line, change);
  const left = ((Math.min(line.from, line.to) - low) / span) * 100;
  const width = (Math.abs(line.to - line.from) / span) * 100;
  const tone = line.kind === 'model' ? classes.neutral : line.points > 0 ? classes.up : classes.down;
  return (
    <li className={line.kind === 'model' ? `${classes.line} ${classes.model}` : classes.line}>
      <span>{label}</span>
      <span className={classes.values}>{values}</span>
      <span className={classes.track} aria-hidden>
        <span className={`${classes.bar} ${tone}`} style={{ left: `${left}%`, width: `${width}%` }} />
      </span>
      <span className={classes.points}>{formatPoints(line.points)}</span>
    </li>
  );
}

function useLineText(line: ChangeLine, change: ScoreChange): { label: string; values: string } {
  const catalogue = useCatalogue();
  const currency = useCurrency();
  const reasons = useLimitReasons();
  const name = (signal: string) => fieldOf(catalogue, signal)?.label ?? signal;
  const reason = (key: string) => reasons.get(key) ?? humanize(key);
  const listed = (word: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${word}: ${items.join(', ')}`];
  switch (line.kind) {
    case 'measure': {
      const measure = change.measures.find((each) => each.signal === line.key);
      const unit = fieldOf(catalogue, line.key)?.unit ?? null;
      const values = measure
        ? `${formatSignal(measure.valueThen, unit, currency)} → ${formatSignal(measure.valueNow, unit, currency)}`
        : '';
      return { label: name(line.key), values };
    }
    case 'data':
      return {
        label: 'Data appeared or vanished',
        values: [
          ...listed('appeared', change.data.appeared.map(name)),
          ...listed('vanished', change.data.vanished.map(name)),
        ].join('; '),
      };
    case 'limits':
      return {
        label: 'Caps and floors',
        values: [
          ...listed('started', change.limits.started.map(reason)),
          ...listed('ended', change.limits.ended.map(reason)),
        ].join('; '),
      };
    case 'model':
      return { label: 'Model change', values: 'the old facts under the new profile' };
  }
}
