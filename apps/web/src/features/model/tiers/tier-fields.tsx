import { Select, TextInput } from '@mantine/core';
import type { ModelProblem } from '@steward/shared/model-versions';
import { problemAt, problemsWithin, warningAt } from '../../../components/model-version/problems.js';
import { ModelRule } from '../../../components/rule-builder/model-rule.js';
import { humanize } from '../../../lib/catalogue.js';
import classes from '../editor-parts.module.css';
import { KeyInput } from '../key-input.js';
import { NumberField } from '../number-field.js';
import { colorValue, TIER_COLORS, type TierDraft } from './tier-draft.js';

interface TierFieldsProps {
  tier: TierDraft;
  /** `tiers.0`. */
  place: string;
  isFallback: boolean;
  /** It was published: what accounts and alerts are known by does not change. */
  isKeyFixed: boolean;
  problems: readonly ModelProblem[];
  takenKeys: readonly string[];
  onChange: (change: Partial<TierDraft>, gesture: string | null) => void;
  onUnfinished: (isUnfinished: boolean) => void;
}

/** All that a tier says. */
export function TierFields(props: TierFieldsProps) {
  const { tier, place, isFallback, isKeyFixed, problems, takenKeys, onChange, onUnfinished } = props;
  const errorOf = (field: string) => problemAt(problems, `${place}.${field}`);
  const ruleProblems = problemsWithin(problems, `${place}.rule`).filter(({ severity }) => severity === 'error');
  const ofWhole = ruleProblems.filter(({ path }) => path === '').map(({ message }) => message);
  const warning = warningAt(problems, `${place}.rule`) ?? warningAt(problems, place);
  return (
    <>
      <div className={classes.row}>
        <TextInput
          label="Name"
          required
          w={200}
          maxLength={60}
          error={errorOf('label')}
          value={tier.label}
          onChange={(event) => onChange({ label: event.currentTarget.value }, 'label')}
        />
        {isKeyFixed ? (
          <TextInput label="Short" w={80} value={tier.key} readOnly title="Accounts and reports know it by this" />
        ) : (
          <KeyInput
            key={tier.key}
            value={tier.key}
            taken={takenKeys}
            error={errorOf('key')}
            onChange={(key) => onChange({ key }, null)}
          />
        )}
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
      </div>
      {isFallback ? (
        <p className={classes.quiet}>Takes all accounts that no tier above it takes.</p>
      ) : (
        <div>
          <p className={classes.label}>Accounts that</p>
          <ModelRule
            purpose="tier"
            value={tier.rule}
            errors={ruleProblems.filter(({ path }) => path !== '')}
            onChange={(rule) => onChange({ rule }, 'rule')}
            onUnfinished={onUnfinished}
          />
          {ofWhole.map((message) => (
            <p key={message} className={classes.error}>
              {message}
            </p>
          ))}
        </div>
      )}
      {warning === undefined ? null : <p className={classes.quiet}>{warning}</p>}
      <div className={classes.row}>
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
      </div>
    </>
  );
}
