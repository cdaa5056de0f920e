import { Select } from '@mantine/core';
import { problemAt } from '../../../components/model-version/problems.js';
import { humanize } from '../../../lib/catalogue.js';
import { DefinitionFields, type DefinitionFieldsProps } from '../definition-fields.js';
import classes from '../editor-parts.module.css';
import { NumberField } from '../number-field.js';
import { colorValue, TIER_COLORS, type TierDraft } from './tier-draft.js';

interface TierFieldsProps extends DefinitionFieldsProps<TierDraft> {
  isFallback: boolean;
}

const KEY_WORDS = { label: 'Short', title: 'Accounts and reports know it by this', width: 80 };

/** All that a tier says. */
export function TierFields({ isFallback, ...props }: TierFieldsProps) {
  const { item: tier, place, problems, onChange } = props;
  const errorOf = (field: string) => problemAt(problems, `${place}.${field}`);
  return (
    <DefinitionFields
      {...props}
      purpose="tier"
      ruleTitle={isFallback ? null : 'Accounts that'}
      withoutRule="Takes all accounts that no tier above it takes."
      keyWords={KEY_WORDS}
      beside={
        <Select
          label="Colour"
          w={140}
          data={TIER_COLORS.map((value) => ({ value, label: humanize(value) }))}
          value={tier.color}
          error={errorOf('color')}
          leftSection={<span className={classes.swatch} style={{ background: colorValue(tier.color) }} />}
          renderOption={({ option }) => (
            <span className={classes.option}>
              <span className={classes.swatch} style={{ background: colorValue(option.value) }} />
              {option.label}
            </span>
          )}
          onChange={(color) => color !== null && onChange({ color }, null)}
        />
      }
    >
      <NumberField
        label="Touch every"
        description="Empty: none expected"
        suffix=" days"
        w={150}
        min={1}
        max={365}
        error={errorOf('cadenceDays')}
        value={tier.cadenceDays}
        onChange={(cadenceDays) => onChange({ cadenceDays }, 'cadence')}
      />
      <NumberField
        label="Answer within"
        description="Business hours, Mon–Fri 9–17"
        suffix=" hours"
        w={180}
        min={1}
        max={1000}
        decimals={1}
        required
        error={errorOf('responseHours')}
        value={tier.responseHours}
        onChange={(responseHours) => onChange({ responseHours }, 'hours')}
      />
      <NumberField
        label="Accounts an owner"
        description="More counts as overloaded"
        w={170}
        min={1}
        max={100_000}
        required
        error={errorOf('targetAccounts')}
        value={tier.targetAccounts}
        onChange={(targetAccounts) => onChange({ targetAccounts }, 'target')}
      />
    </DefinitionFields>
  );
}
