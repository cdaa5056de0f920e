import { Checkbox, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import type { SetPulse } from '@steward/shared/accounts';
import { useQuery } from '@tanstack/react-query';
import { pulseReasonsQuery } from './set-pulse.js';

const VALUES = ['1', '2', '3', '4', '5', '6'] as const;
export const PULSE_WORDS: Record<(typeof VALUES)[number], string> = {
  1: 'Severe risk',
  2: 'At risk',
  3: 'Concerned',
  4: 'Content',
  5: 'Satisfied',
  6: 'Extremely satisfied',
};

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
  const offered = useQuery(pulseReasonsQuery).data?.reasons.filter(({ active }) => active) ?? [];
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
          {PULSE_WORDS[pulse.value]}
        </Text>
      </div>
      <Checkbox.Group
        label={Number(pulse.value) <= 3 ? 'Reasons (at least one)' : 'Reasons'}
        value={pulse.reasons}
        onChange={(reasons) => onChange({ ...pulse, reasons })}
        error={lacksReason(pulse) ? 'Say why: a pulse of 1 to 3 needs a reason' : undefined}
      >
        <Group gap="sm" mt={6}>
          {offered.map(({ key, label }) => (
            <Checkbox key={key} value={key} label={label} />
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
