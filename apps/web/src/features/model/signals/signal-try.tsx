import { Alert, Button, Skeleton } from '@mantine/core';
import type { SignalDryRun } from '@steward/shared/signal-dry-run';
import { nullReasonTexts } from '@steward/shared/signals';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { formatSignal } from '../../../lib/signal-value.js';
import { SignalHistogram } from './signal-histogram.js';
import classes from './signals.module.css';

interface SignalTryProps {
  answer: SignalDryRun | null;
  error: Error | null;
  isPending: boolean;
  /** What is shown is of an earlier state. */
  isStale: boolean;
  onTry: () => void;
}

/** What the signal would say of today's accounts. */
export function SignalTry({ answer, error, isPending, isStale, onTry }: SignalTryProps) {
  return (
    <Section
      title="What it would say"
      note={answer ? `as of ${formatDay(answer.asOf)}` : null}
      aside={
        <Button
          variant="default"
          loading={isPending}
          leftSection={<IconPlayerPlay size={13} aria-hidden />}
          onClick={onTry}
        >
          {answer === null ? 'Try it out' : 'Try again'}
        </Button>
      }
    >
      {error ? (
        <Alert variant="light" color="red" role="alert" p="xs">
          {errorText(error)}
        </Alert>
      ) : null}
      {answer === null && !isPending && !error ? (
        <p className={classes.dim}>The values of today’s accounts, before anything is saved.</p>
      ) : null}
      {answer === null && isPending ? <Skeleton h={180} /> : null}
      {answer === null || error ? null : (
        <div data-stale={isStale || undefined} className={classes.answer}>
          {isStale ? (
            <p className={classes.note} role="status">
              You changed something since: this is of before.
            </p>
          ) : null}
          <SignalFigures run={answer} />
        </div>
      )}
    </Section>
  );
}

const WHY = {
  highest: 'The highest',
  lowest: 'The lowest',
  without: 'Some of those without a value',
  changed: 'Changed most',
} as const;

function SignalFigures({ run }: { run: SignalDryRun }) {
  const currency = useCurrency();
  const { after, unit, accounts, computed, isSample, changed, cautions, examples } = run;
  const value = (at: number | null) => formatSignal(at, unit, currency);
  const { summary } = after;
  return (
    <>
      <p className={classes.sum}>
        {formatNumber(after.withValue)} of {plural(computed, 'account')} have a value
        {summary === null
          ? '.'
          : summary.isConstant
            ? `: all of them ${value(summary.median)}.`
            : `; the median is ${value(summary.median)}, eight of ten lie between ${value(summary.p10)} and ${value(summary.p90)}.`}
      </p>
      {isSample ? (
        <p className={classes.dim}>
          A sample of {formatNumber(computed)} out of {plural(accounts, 'account')}, spread evenly.
        </p>
      ) : null}
      {changed === null ? null : (
        <p>{changed === 0 ? 'No account’s value changes.' : `The value of ${plural(changed, 'account')} changes.`}</p>
      )}
      {cautions.length === 0 ? null : (
        <ul className={classes.cautions}>
          {cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
      <SignalHistogram run={run} currency={currency} />
      {after.without.length === 0 ? null : (
        <>
          <h3 className={classes.heading}>Without a value</h3>
          <ul className={classes.list}>
            {after.without.map(({ reason, text, accounts: count }) => (
              <li key={reason}>
                {plural(count, 'account')}: {text}
              </li>
            ))}
          </ul>
        </>
      )}
      {(Object.keys(WHY) as (keyof typeof WHY)[]).map((why) => {
        const rows = examples.filter((each) => each.why === why);
        if (rows.length === 0) return null;
        return (
          <div key={why}>
            <h3 className={classes.heading}>{WHY[why]}</h3>
            <ul className={classes.examples} aria-label={WHY[why]}>
              {rows.map(({ id, name, after: now, before }) => (
                <li key={id}>
                  <Link to="/accounts/$accountId" params={{ accountId: id }} className={classes.account}>
                    {name}
                  </Link>
                  <span className="tabular">
                    {before === null || (before.value === now.value && before.nullReason === now.nullReason)
                      ? null
                      : `${valueWords(before, value)} → `}
                    {valueWords(now, value)}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}

type ValueOrReason = SignalDryRun['examples'][number]['after'];
const valueWords = ({ value, nullReason }: ValueOrReason, format: (value: number | null) => string): string =>
  value === null && nullReason !== null ? nullReasonTexts[nullReason] : format(value);
