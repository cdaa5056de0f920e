import { Checkbox, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import type { SetPulse } from '@steward/shared/accounts';

const VALUES = ['1', '2', '3', '4', '5', '6'] as const;
const WORDS: Record<(typeof VALUES)[number], string> = {
  1: 'Severe risk',
  2: 'At risk',
  3: 'Concerned',
  4: 'Content',
  5: 'Satisfied',
  6: 'Extremely satisfied',
};

/** Codes are kept; words are shown. */
const REASONS = [
  { value: 'adoption', label: 'Adoption' },
  { value: 'value', label: 'Value not seen' },
  { value: 'sponsor', label: 'Sponsor or champion left' },
  { value: 'support', label: 'Support' },
  { value: 'product', label: 'Product gaps or bugs' },
  { value: 'price', label: 'Price or budget' },
  { value: 'competitor', label: 'Competitor' },
  { value: 'relationship', label: 'Relationship' },
];

export interface PulseDraft {
  value: (typeof VALUES)[number];
  reasons: string[];
  note: string;
}

export const NEW_PULSE: PulseDraft = { value: '4', reasons: [], note: '' };

const lacksReason = ({ value, reasons }: PulseDraft): boolean => Number(value) <= 3 && reasons.length === 0;

/** Null while it is not complete. */
export function pulseOf(draft: PulseDraft): SetPulse | null {
  if (lacksReason(draft)) return null;
  const note = draft.note.trim();
  return { value: Number(draft.value), reasons: draft.reasons, note: note === '' ? null : note };
}

interface PulseFieldsProps {
  pulse: PulseDraft;
  onChange: (pulse: PulseDraft) => void;
}

/** A person's own judgement; 1 to 3 need a reason. */
export function PulseFields({ pulse, onChange }: PulseFieldsProps) {
  return (
    <>
      <div>
        <SegmentedControl
          fullWidth
          aria-label="Pulse from 1, severe risk, to 6, extremely satisfied"
          data={[...VALUES]}
          value={pulse.value}
          onChange={(value) => onChange({ ...pulse, value: value as PulseDraft['value'] })}
        />
        <Text size="sm" mt={6}>
          {WORDS[pulse.value]}
        </Text>
      </div>
      <Checkbox.Group
        label={Number(pulse.value) <= 3 ? 'Reasons (at least one)' : 'Reasons'}
        value={pulse.reasons}
        onChange={(reasons) => onChange({ ...pulse, reasons })}
        error={lacksReason(pulse) ? 'Say why: a pulse of 1 to 3 needs a reason' : undefined}
      >
        <Group gap="sm" mt={6}>
          {REASONS.map((reason) => (
            <Checkbox key={reason.value} value={reason.value} label={reason.label} />
          ))}
        </Group>
      </Checkbox.Group>
      <Textarea
        label="Note"
        autosize
        minRows={2}
        maxLength={2000}
        value={pulse.note}
        onChange={(event) => onChange({ ...pulse, note: event.currentTarget.value })}
      />
    </>
  );
}
