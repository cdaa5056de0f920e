import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { describeTarget } from '@steward/shared/describe-target';
import type { GoalTarget } from '@steward/shared/playbooks';
import { fieldOf } from '../../../lib/catalogue.js';
import { lowerFirst } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { type TargetDraft, targetOf } from './playbook-draft.js';
import classes from './playbook-form.module.css';

interface TargetFieldsProps {
  target: TargetDraft;
  catalogue: readonly CatalogueField[];
  onChange: (target: TargetDraft) => void;
  errorOf: (place: string) => string | undefined;
}

const KINDS: { value: GoalTarget['kind']; label: string }[] = [
  { value: 'signal', label: 'A signal' },
  { value: 'deal', label: 'A deal won' },
  { value: 'tasks', label: 'All required tasks' },
];
const BEGINNINGS: Record<GoalTarget['kind'], TargetDraft> = {
  signal: { kind: 'signal', field: null, op: 'gte', value: null },
  deal: { kind: 'deal', dealKind: 'expansion' },
  tasks: { kind: 'tasks' },
};
const NUMBERS: ReadonlySet<CatalogueField['type']> = new Set(['number', 'money', 'percent']);

/** The numeric fields of the catalogue, by topic. */
function measurable(catalogue: readonly CatalogueField[]) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { key, label, group, type } of catalogue) {
    if (NUMBERS.has(type)) groups.set(group, [...(groups.get(group) ?? []), { value: key, label }]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}

/** What a goal is to reach. */
export function TargetFields({ target, catalogue, onChange, errorOf }: TargetFieldsProps) {
  const currency = useCurrency();
  const whole = targetOf(target);
  const field = target.kind === 'signal' && target.field !== null ? fieldOf(catalogue, target.field) : null;
  const unit = field?.type === 'percent' ? '%' : field?.type === 'money' ? currency : null;
  const gone = target.kind === 'signal' && target.field !== null && field === null && catalogue.length > 0;
  return (
    <>
      <SegmentedControl
        aria-label="What is to be reached"
        data={KINDS}
        value={target.kind}
        onChange={(kind) => onChange(BEGINNINGS[kind as GoalTarget['kind']])}
      />
      {target.kind === 'signal' ? (
        <div className={classes.sentence}>
          <Select
            label="Measured"
            searchable
            placeholder="Signal or field"
            w={250}
            data={[
              ...(gone ? [{ value: target.field ?? '', label: `${target.field} (gone)` }] : []),
              ...measurable(catalogue),
            ]}
            error={errorOf('target.field') ?? (gone ? 'It was deleted' : undefined)}
            value={target.field}
            onChange={(next) => onChange({ ...target, field: next })}
          />
          <Select
            label="Reaches"
            w={110}
            data={[
              { value: 'gte', label: 'at least' },
              { value: 'lte', label: 'at most' },
            ]}
            value={target.op}
            onChange={(op) => op !== null && onChange({ ...target, op: op as 'gte' | 'lte' })}
          />
          <NumberInput
            label="Value"
            w={130}
            suffix={unit === null ? undefined : ` ${unit}`}
            thousandSeparator=","
            error={errorOf('target.value')}
            value={target.value ?? ''}
            onChange={(value) => onChange({ ...target, value: typeof value === 'number' ? value : null })}
          />
        </div>
      ) : null}
      {target.kind === 'deal' ? (
        <Select
          label="Which deal"
          description="One that is won on or after the goal’s start, and is not linked to another goal"
          w={380}
          data={[
            { value: 'expansion', label: 'An expansion deal' },
            { value: 'renewal', label: 'A renewal deal' },
            { value: 'new', label: 'A new-business deal' },
          ]}
          value={target.dealKind}
          onChange={(dealKind) =>
            dealKind !== null && onChange({ kind: 'deal', dealKind: dealKind as 'expansion' | 'renewal' | 'new' })
          }
        />
      ) : null}
      {whole === null ? null : (
        <p className={classes.words}>
          Achieved when {lowerFirst(describeTarget(whole, catalogue))}
          {whole.kind === 'signal' ? ', on two closed days in a row.' : '.'}
        </p>
      )}
    </>
  );
}
