import { MultiSelect, TextInput } from '@mantine/core';
import type { ModelProblem } from '@steward/shared/model-versions';
import { problemAt, problemsWithin, warningAt } from '../../../components/model-version/problems.js';
import { ModelRule } from '../../../components/rule-builder/model-rule.js';
import classes from '../editor-parts.module.css';
import { KeyInput } from '../key-input.js';
import { NumberField } from '../number-field.js';
import { freeStageKey, type StageDraft } from './stage-draft.js';

interface StageFieldsProps {
  stage: StageDraft;
  /** `stages.0`. */
  place: string;
  isKeyFixed: boolean;
  /** Those before it: it may fall back to them. */
  earlier: readonly StageDraft[];
  takenKeys: readonly string[];
  problems: readonly ModelProblem[];
  onChange: (change: Partial<StageDraft>, gesture: string | null) => void;
  onUnfinished: (isUnfinished: boolean) => void;
}

/** All that a stage says. */
export function StageFields(props: StageFieldsProps) {
  const { stage, place, isKeyFixed, earlier, takenKeys, problems, onChange, onUnfinished } = props;
  const errorOf = (field: string) => problemAt(problems, `${place}.${field}`);
  const ruleProblems = problemsWithin(problems, `${place}.rule`).filter(({ severity }) => severity === 'error');
  const fallsBack = problemsWithin(problems, `${place}.fallsBackTo`)[0]?.message;
  const warning = warningAt(problems, `${place}.rule`) ?? warningAt(problems, place);
  return (
    <>
      <div className={classes.row}>
        <TextInput
          label="Name"
          required
          w={220}
          maxLength={60}
          error={errorOf('label')}
          value={stage.label}
          onChange={(event) => onChange({ label: event.currentTarget.value }, 'label')}
          onBlur={() => {
            const key = freeStageKey(
              takenKeys.filter((each) => each !== stage.key).map((each) => ({ key: each })),
              stage.label,
            );
            if (!isKeyFixed && /^stage(_\d+)?$/.test(stage.key) && stage.label.trim() !== '') onChange({ key }, null);
          }}
        />
        {isKeyFixed ? (
          <TextInput label="Key" w={150} value={stage.key} readOnly title="History and rules know it by this" />
        ) : (
          <KeyInput
            key={stage.key}
            label="Key"
            w={150}
            value={stage.key}
            taken={takenKeys}
            error={errorOf('key')}
            onChange={(key) => onChange({ key }, null)}
          />
        )}
      </div>
      <div>
        <p className={classes.label}>An account may enter when</p>
        <ModelRule
          purpose="stage"
          value={stage.rule}
          errors={ruleProblems.filter(({ path }) => path !== '')}
          onChange={(rule) => onChange({ rule }, 'rule')}
          onUnfinished={onUnfinished}
        />
        {ruleProblems
          .filter(({ path }) => path === '')
          .map(({ message }) => (
            <p key={message} className={classes.error}>
              {message}
            </p>
          ))}
      </div>
      {warning === undefined ? null : <p className={classes.quiet}>{warning}</p>}
      <div className={classes.row}>
        <NumberField
          label="Behind after"
          description="Empty: no expectation"
          suffix=" days"
          w={150}
          min={1}
          max={3650}
          error={errorOf('expectedDays')}
          value={stage.expectedDays}
          onChange={(expectedDays) => onChange({ expectedDays }, 'expected')}
        />
        <NumberField
          label="Stuck after"
          description="Empty: never stuck"
          suffix=" days"
          w={150}
          min={1}
          max={3650}
          error={errorOf('stuckDays')}
          value={stage.stuckDays}
          onChange={(stuckDays) => onChange({ stuckDays }, 'stuck')}
        />
        <MultiSelect
          label="Falls back to"
          description="Earlier stages; none: an account never goes back by itself"
          w={330}
          clearable
          error={fallsBack}
          data={[
            ...earlier.map(({ key, label }) => ({ value: key, label: label || key })),
            // What is no earlier stage any more stays to be seen, and taken off.
            ...stage.fallsBackTo
              .filter((key) => earlier.every((each) => each.key !== key))
              .map((key) => ({ value: key, label: `${key} (not earlier)` })),
          ]}
          value={stage.fallsBackTo}
          onChange={(fallsBackTo) => onChange({ fallsBackTo }, null)}
        />
      </div>
    </>
  );
}
