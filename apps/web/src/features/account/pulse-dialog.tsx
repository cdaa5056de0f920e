import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useJudgeAccount } from './judge-account.js';

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

interface PulseDialogProps {
  id: string;
  opened: boolean;
  onClose: () => void;
}

/** A person's own judgement of the account; 1 to 3 need a reason. */
export function PulseDialog({ id, opened, onClose }: PulseDialogProps) {
  const [value, setValue] = useState<(typeof VALUES)[number]>('4');
  const [reasons, setReasons] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const judge = useJudgeAccount(id);
  const needsReason = Number(value) <= 3;
  return (
    <Modal opened={opened} onClose={onClose} title="Set the pulse">
      <Stack gap="sm">
        <div>
          <SegmentedControl
            fullWidth
            aria-label="Pulse from 1, severe risk, to 6, extremely satisfied"
            data={[...VALUES]}
            value={value}
            onChange={(next) => setValue(next as typeof value)}
          />
          <Text size="sm" mt={6}>
            {WORDS[value]}
          </Text>
        </div>
        <Checkbox.Group
          label={needsReason ? 'Reasons (at least one)' : 'Reasons'}
          value={reasons}
          onChange={setReasons}
          error={needsReason && reasons.length === 0 ? 'Say why: a pulse of 1 to 3 needs a reason' : undefined}
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
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={judge.isPending}
            disabled={needsReason && reasons.length === 0}
            onClick={() =>
              judge.mutate(
                {
                  what: 'pulse',
                  body: { value: Number(value), reasons, note: note.trim() === '' ? null : note.trim() },
                },
                { onSuccess: onClose },
              )
            }
          >
            Set pulse
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
