import { Button, Group } from '@mantine/core';
import { type PlaybookDefinition, START_REFUSAL_WORDS, type StartRefusal } from '@steward/shared/playbooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PlannedGoalView } from '../../../components/goal/planned-goal.js';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { formatMoney, formatMoneyCompact, formatNumber, plural } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { AccountPicker } from './account-picker.js';
import type { useDryRunOnAccount, useDryRunToday } from './get-playbooks.js';
import classes from './playbook-form.module.css';

interface DryRunProps {
  /** Null while something is missing. */
  definition: PlaybookDefinition | null;
  /** Of one that is kept already; null: a new one. */
  playbookId: string | null;
  onTried: () => void;
}

/** What a goal of it would be on one account. */
export function DryRunOnAccount({
  definition,
  playbookId,
  onTried,
  run,
}: DryRunProps & { run: ReturnType<typeof useDryRunOnAccount> }) {
  const [account, setAccount] = useState<{ id: string; name: string } | null>(null);
  const { data, error, isPending, variables } = run;
  const isStale = data !== undefined && JSON.stringify(variables?.definition) !== JSON.stringify(definition);
  const go = (accountId: string) => {
    onTried();
    if (definition !== null) run.mutate({ definition, playbookId, accountId, startDay: null });
  };
  return (
    <Section title="Dry run on one account" note="Nothing is kept">
      <Group gap={6} wrap="nowrap" mb="xs">
        <AccountPicker
          value={account}
          onChange={(next) => {
            setAccount(next);
            go(next.id);
          }}
        />
        <Button
          variant="default"
          loading={isPending}
          disabled={account === null}
          onClick={() => account !== null && go(account.id)}
        >
          {data === undefined ? 'Run' : 'Run again'}
        </Button>
      </Group>
      <div aria-busy={isPending}>
        {error ? <p className={classes.found}>{errorText(error)}</p> : null}
        {data === undefined && !error ? (
          <p className={classes.dim}>
            {definition === null && account !== null
              ? 'Fill in what is missing first.'
              : 'Which tasks it would have there, on which days and whose, and whether it would start at all.'}
          </p>
        ) : null}
        {isStale ? <p className={classes.dim}>The playbook has changed since this was found.</p> : null}
        {data ? <PlannedGoalView planned={data} /> : null}
      </div>
    </Section>
  );
}

/** Who would get it today by its triggers. */
export function DryRunToday({
  definition,
  playbookId,
  onTried,
  run,
}: DryRunProps & { run: ReturnType<typeof useDryRunToday> }) {
  const currency = useCurrency();
  const { data, error, isPending, variables } = run;
  const isStale = data !== undefined && JSON.stringify(variables?.definition) !== JSON.stringify(definition);
  const triggers = definition?.triggers;
  const byHand = triggers !== undefined && triggers.segmentIds.length + triggers.alertRuleIds.length === 0;
  const refused = data
    ? (Object.entries(data.refused) as [StartRefusal, number][]).filter(([, count]) => count > 0)
    : [];
  return (
    <Section
      title="Who would get it today"
      note="Nothing is started"
      aside={
        <Button
          variant="default"
          loading={isPending}
          disabled={byHand}
          onClick={() => {
            onTried();
            if (definition !== null) run.mutate({ definition, playbookId });
          }}
        >
          {data === undefined ? 'Find out' : 'Again'}
        </Button>
      }
    >
      <div role="status" aria-busy={isPending}>
        {error ? <p className={classes.found}>{errorText(error)}</p> : null}
        {data === undefined && !error ? (
          <p className={classes.dim}>
            {byHand
              ? 'Nobody: people start it. Give it a segment or an alert rule that starts it.'
              : 'The accounts that meet one of its triggers now.'}
          </p>
        ) : null}
        {isStale ? <p className={classes.dim}>The playbook has changed since this was found.</p> : null}
        {data ? (
          <>
            <p className={classes.found}>
              <strong>{plural(data.wouldStart, 'account')}</strong> of {plural(data.accounts, 'account')} that{' '}
              {data.accounts === 1 ? 'meets' : 'meet'} a trigger.{' '}
              <span className={classes.dim}>
                Accounts that are there when it is saved do not start by themselves: only those that come after.
              </span>
            </p>
            {refused.map(([code, count]) => (
              <p key={code} className={classes.found}>
                {formatNumber(count)} not: <span className={classes.dim}>{START_REFUSAL_WORDS[code]}</span>
              </p>
            ))}
            <ul className={classes.rows} aria-label="Accounts that meet a trigger">
              {data.rows.map(({ account, because, refusal }) => (
                <li key={account.id}>
                  <div className={classes.rowHead}>
                    <Link to="/accounts/$accountId" params={{ accountId: account.id }} target="_blank">
                      {account.name}
                    </Link>
                    <span className={`${classes.dim} tabular`} title={formatMoney(account.arrMinor, currency)}>
                      {formatMoneyCompact(account.arrMinor, currency)}
                    </span>
                  </div>
                  <div className={classes.dim}>
                    {because}
                    {refusal === null ? '' : ` · ${START_REFUSAL_WORDS[refusal]}`}
                  </div>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </Section>
  );
}
