import { Alert, Button, Radio, SegmentedControl, Select } from '@mantine/core';
import {
  OUTCOMES,
  type Outcome,
  type StudioConfig,
  type StudioHistory,
  type StudioRunKind,
} from '@steward/shared/health-studio';
import { useState } from 'react';
import frame from '../../../components/ui/frame.module.css';
import { errorText } from '../../../lib/api.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { NumberField } from '../editor/number-field.js';
import parts from '../parts.module.css';
import { OUTCOME_WORDS } from './run-words.js';
import classes from './runs.module.css';

interface RunFormProps {
  kind: StudioRunKind;
  history: StudioHistory;
  /** What is tried, in words: “the draft as it stands”. */
  what: string;
  /** False while something of the draft is missing. */
  isWhole: boolean;
  isPending: boolean;
  error: Error | null;
  onRun: (config: StudioConfig) => void;
}

const LEAST_DAYS = 14;
const MOST_DAYS = 365;

/** What history is asked. */
export function RunForm({ kind, history, what, isWhole, isPending, error, onRun }: RunFormProps) {
  const [outcome, setOutcome] = useState<Outcome>('churn');
  const [horizonDays, setHorizon] = useState<number | null>(90);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [accounts, setAccounts] = useState<StudioConfig['accounts']>('all');
  const months = history.months.map(({ day, churned }) => ({
    value: day.slice(0, 7),
    label: `${day.slice(0, 7)}${churned === 0 ? '' : ` · ${formatNumber(churned)} churned`}`,
  }));
  const isHorizonWrong = horizonDays === null || horizonDays < LEAST_DAYS || horizonDays > MOST_DAYS;
  const isTurned = from !== null && to !== null && from > to;
  const mayRun = isWhole && !isHorizonWrong && !isTurned && months.length > 0;
  return (
    <form
      className={classes.runForm}
      noValidate
      aria-label={kind === 'backtest' ? 'Backtest' : 'Suggest weights'}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayRun && horizonDays !== null) onRun({ outcome, horizonDays, from, to, accounts });
      }}
    >
      <div className={classes.runFields}>
        <div>
          <div className={frame.fieldName}>Outcome</div>
          <SegmentedControl
            size="xs"
            aria-label="Outcome"
            data={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
            value={outcome}
            onChange={(next) => setOutcome(next as Outcome)}
          />
        </div>
        <NumberField
          label="Within"
          suffix=" days"
          w={110}
          allowDecimal={false}
          value={horizonDays}
          error={isHorizonWrong ? `From ${LEAST_DAYS} to ${MOST_DAYS}` : undefined}
          onChange={setHorizon}
        />
        <Select
          label="From"
          size="xs"
          w={170}
          clearable
          placeholder="Newest 12 months"
          data={months}
          value={from}
          onChange={setFrom}
        />
        <Select
          label="To"
          size="xs"
          w={170}
          clearable
          placeholder="Newest judged"
          data={months}
          value={to}
          error={isTurned ? 'Lies before the first month' : undefined}
          onChange={setTo}
        />
        <Radio.Group
          label="Accounts"
          value={accounts}
          onChange={(next) => setAccounts(next as StudioConfig['accounts'])}
        >
          <div className={classes.outcomes}>
            <Radio size="xs" value="all" label="All live accounts" />
            <Radio size="xs" value="own" label="Those that it scores" />
          </div>
        </Radio.Group>
        <Button type="submit" loading={isPending} disabled={!mayRun}>
          {kind === 'backtest' ? 'Run backtest' : 'Suggest weights'}
        </Button>
      </div>
      <p className={parts.dim}>
        {isWhole
          ? `Tries ${what}. Each month-end is scored with what was known then; ${plural(history.churned, 'account')} churned in all.`
          : 'Something of the draft is missing or wrong: mend it first.'}
        {months.length === 0
          ? ' There are no month-ends to test against yet: history begins with the first closed month.'
          : ''}
      </p>
      {error ? (
        <Alert color="red" variant="light" role="alert" p="xs" title="It was not started">
          {errorText(error)}
        </Alert>
      ) : null}
    </form>
  );
}
