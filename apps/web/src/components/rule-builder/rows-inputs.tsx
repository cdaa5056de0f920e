import { Select } from '@mantine/core';
import { type Quantifier, RELATED_WORDS } from '@steward/shared/related';
import classes from './builder.module.css';
import { rangeProblem } from './leaf-draft.js';
import { NumberOperand } from './number-operand.js';
import { type DraftRows, ROWS } from './rule-draft.js';

interface RowsInputsProps {
  rows: DraftRows;
  inPortal: boolean;
  onChange: (rows: DraftRows) => void;
}

/** One, none, each or at least so many of the account's rows; the conditions on them stand below. */
export function RowsInputs({ rows, inPortal, onChange }: RowsInputsProps) {
  const { one, many } = RELATED_WORDS[rows.of];
  const data: { value: Quantifier; label: string }[] = [
    { value: 'any', label: `there is ${one}` },
    { value: 'none', label: `there is no ${one.replace(/^an? /, '')}` },
    { value: 'all', label: `all ${many} are` },
    { value: 'atLeast', label: `there are at least … ${many}` },
  ];
  return (
    <>
      <Select
        aria-label="How many"
        className={classes.grow}
        comboboxProps={{ withinPortal: inPortal, position: 'bottom-start' }}
        data={data}
        value={rows.quantifier}
        onChange={(quantifier) =>
          onChange({ ...rows, quantifier: (quantifier ?? 'any') as Quantifier, n: quantifier === 'atLeast' ? 2 : null })
        }
      />
      {rows.quantifier === 'atLeast' ? (
        <NumberOperand
          aria-label="Number of rows"
          w={72}
          allowDecimal={false}
          value={rows.n}
          problem={rangeProblem(rows.n, ROWS)}
          onChange={(n) => onChange({ ...rows, n })}
        />
      ) : null}
      <span className={classes.word}>{rows.quantifier === 'all' ? 'such that' : 'where'}</span>
    </>
  );
}
