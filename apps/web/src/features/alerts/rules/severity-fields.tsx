import { Select } from '@mantine/core';
import { ALERT_SEVERITIES, type AlertSeverity } from '@steward/shared/alerts';
import { SEVERITY_WORDS } from '../../../components/alert/alert-words.js';
import type { RuleDraft } from './rule-draft.js';
import classes from './rule-form.module.css';

interface SeverityFieldsProps {
  draft: Pick<RuleDraft, 'severity' | 'tierSeverity'>;
  tiers: readonly { value: string; label: string }[];
  onChange: (change: Partial<RuleDraft>) => void;
  errorOf: (field: string) => string | undefined;
}

const OPTIONS = ALERT_SEVERITIES.toReversed().map((value) => ({ value, label: SEVERITY_WORDS[value] }));

/** How severe its alerts are, and on which tiers more or less so. */
export function SeverityFields({ draft, tiers, onChange, errorOf }: SeverityFieldsProps) {
  const setTier = (tier: string, severity: string | null) => {
    const { [tier]: _before, ...others } = draft.tierSeverity;
    onChange({ tierSeverity: severity === null ? others : { ...others, [tier]: severity as AlertSeverity } });
  };
  return (
    <div className={classes.pair}>
      <Select
        label="Severity"
        data={OPTIONS}
        error={errorOf('severity')}
        value={draft.severity}
        onChange={(severity) => {
          if (severity !== null) onChange({ severity: severity as AlertSeverity });
        }}
      />
      {tiers.map(({ value: tier, label }) => (
        <Select
          key={tier}
          label={`On ${label}`}
          placeholder={SEVERITY_WORDS[draft.severity]}
          clearable
          clearButtonProps={{ 'aria-label': `On ${label}: as all others` }}
          data={OPTIONS}
          error={errorOf(`tierSeverity.${tier}`)}
          value={draft.tierSeverity[tier] ?? null}
          onChange={(severity) => setTier(tier, severity)}
        />
      ))}
    </div>
  );
}
