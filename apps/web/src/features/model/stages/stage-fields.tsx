import { MultiSelect } from '@mantine/core';
import { problemAt, problemsWithin } from '../../../components/model-version/problems.js';
import { DefinitionFields, type DefinitionFieldsProps } from '../definition-fields.js';
import { NumberField } from '../number-field.js';
import { freeStageKey, type StageDraft } from './stage-draft.js';

interface StageFieldsProps extends DefinitionFieldsProps<StageDraft> {
  /** Those before it: it may fall back to them. */
  earlier: readonly StageDraft[];
}

const KEY_WORDS = { label: 'Key', title: 'History and rules know it by this', width: 150 };

/** All that a stage says. */
export function StageFields(props: StageFieldsProps) {
  const { item: stage, place, isKeyFixed, earlier, takenKeys, problems, onChange } = props;
  const errorOf = (field: string) => problemAt(problems, `${place}.${field}`);
  const fallsBack = problemsWithin(problems, `${place}.fallsBackTo`)[0]?.message;
  /** A new stage is known by its first name. */
  const takeKey = () => {
    if (isKeyFixed || !/^stage(_\d+)?$/.test(stage.key) || stage.label.trim() === '') return;
    const others = takenKeys.filter((each) => each !== stage.key).map((key) => ({ key }));
    onChange({ key: freeStageKey(others, stage.label) }, null);
  };
  return (
    <DefinitionFields
      {...props}
      purpose="stage"
      ruleTitle="An account may enter when"
      keyWords={KEY_WORDS}
      onNamed={takeKey}
    >
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
    </DefinitionFields>
  );
}
