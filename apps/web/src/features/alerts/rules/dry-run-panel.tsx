import { Alert, Button } from '@mantine/core';
import type { AlertDryRun, AlertDryRunAnswer } from '@steward/shared/alert-rules';
import type { Band } from '@steward/shared/common';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { BandShape } from '../../../components/ui/band.js';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { fieldOf, useCatalogue } from '../../../lib/catalogue.js';
import { formatMoney, formatMoneyCompact, formatNumber, formatScore, plural } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import type { useDryRun } from './get-rules.js';
import classes from './rule-form.module.css';
import { caughtWords, pastWords, todayWords } from './rule-words.js';

interface DryRunPanelProps {
  dryRun: ReturnType<typeof useDryRun>;
  /** Null while a condition is not finished. */
  asked: AlertDryRun | null;
}

/** What the rule would find today, and would have found before. */
export function DryRunPanel({ dryRun, asked }: DryRunPanelProps) {
  const { data, error, isPending, variables } = dryRun;
  const isStale = data !== undefined && JSON.stringify(variables) !== JSON.stringify(asked);
  return (
    <Section
      title="Dry run"
      note="Nothing is raised"
      aside={
        <Button
          variant="default"
          disabled={asked === null}
          loading={isPending}
          onClick={() => asked !== null && dryRun.mutate(asked)}
        >
          {data === undefined ? 'Run' : 'Run again'}
        </Button>
      }
    >
      <div role="status" aria-busy={isPending}>
        {error ? <p className={classes.found}>{errorText(error)}</p> : null}
        {data === undefined && !error ? (
          <p className={classes.dim}>
            How many accounts it would fire on today, how often it would have fired in the last 90 days, and how often
            that was before a churn.
          </p>
        ) : null}
        {isStale ? <p className={classes.dim}>The rule has changed since this was found.</p> : null}
        {data ? <Found answer={data} /> : null}
      </div>
    </Section>
  );
}

function Found({ answer }: { answer: AlertDryRunAnswer }) {
  const currency = useCurrency();
  const catalogue = useCatalogue();
  const { today, past, nowOnlyFields } = answer;
  const caught = caughtWords(past);
  const named = nowOnlyFields.map((key) => fieldOf(catalogue, key)?.label ?? key).join(', ');
  return (
    <>
      <p className={classes.found}>
        <strong>{todayWords(today)}</strong>{' '}
        <span className={classes.dim}>
          of {formatNumber(today.inScope)}
          {today.arrMinor === null ? '' : `, with ${formatMoney(today.arrMinor, currency)} ARR`}
        </span>
      </p>
      <p className={classes.found}>{pastWords(past)}</p>
      {caught === null ? null : <p className={classes.found}>{caught}</p>}
      {past !== null && past.days < past.daysAsked ? (
        <p className={classes.dim}>
          {plural(past.daysAsked, 'day')} were asked for; these are the days that are kept, or could be looked at in
          time.
        </p>
      ) : null}
      {named === '' ? null : (
        <p className={classes.dim}>Known as of now only, and taken so for the past as well: {named}.</p>
      )}
      {today.wouldHold ? (
        <Alert variant="default" p="xs" mt="sm" icon={<IconAlertTriangle size={15} aria-hidden />}>
          So many at once would be held until an admin decides, unless they are there when the rule starts.
        </Alert>
      ) : null}
      {today.sample.length === 0 ? null : (
        <>
          <ul className={classes.accounts} aria-label="Accounts it would fire on today">
            {today.sample.map(({ id, name, tier, score, band, arrMinor }) => (
              <li key={id}>
                <BandShape band={(band ?? 'unknown') as Band} />
                <span className="tabular" title="Health score">
                  {formatScore(score)}
                </span>
                <Link to="/accounts/$accountId" params={{ accountId: id }} target="_blank" title={name}>
                  {name}
                </Link>
                <span className={classes.dim}>{tier}</span>
                <span className="tabular" title={formatMoney(arrMinor, currency)}>
                  {formatMoneyCompact(arrMinor, currency)}
                </span>
              </li>
            ))}
          </ul>
          {today.accounts > today.sample.length ? (
            <p className={classes.dim}>and {plural(today.accounts - today.sample.length, 'smaller one')}</p>
          ) : null}
        </>
      )}
    </>
  );
}
