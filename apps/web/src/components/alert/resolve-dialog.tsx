import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { ALERT_OUTCOMES, type AlertOutcome } from '@steward/shared/alerts';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../ui/dialog.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { OUTCOME_WORDS } from './alert-words.js';

const MEANINGS: Record<AlertOutcome, string> = {
  successful: 'The risk is gone, or the chance was taken',
  unsuccessful: 'It was real, and could not be turned',
  falseAlarm: 'There was nothing to it: the rule is judged by these',
};

interface ResolveDialogProps {
  what: string;
  isPending: boolean;
  /** Why it could not be done so far. */
  refusal: ReactNode;
  onResolve: (outcome: AlertOutcome, note: string | null) => void;
  onClose: () => void;
}

/** Ends alerts with what came of them. */
export function ResolveDialog({ what, isPending, refusal, onResolve, onClose }: ResolveDialogProps) {
  const [outcome, setOutcome] = useState<AlertOutcome | null>(null);
  const [note, setNote] = useState('');
  const { isDirty } = useUnsaved({ outcome, note });
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Resolve: ${what}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (outcome !== null) onResolve(outcome, note.trim() === '' ? null : note.trim());
        }}
      >
        <Stack gap="sm">
          {refusal}
          <Radio.Group
            label="What came of it"
            required
            value={outcome}
            onChange={(next) => setOutcome(next as AlertOutcome)}
          >
            <Stack gap={8} mt={6}>
              {ALERT_OUTCOMES.map((each, place) => (
                <Radio
                  key={each}
                  value={each}
                  size="xs"
                  label={OUTCOME_WORDS[each]}
                  description={MEANINGS[each]}
                  data-autofocus={place === 0 ? true : undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
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
            <Button type="submit" loading={isPending} disabled={outcome === null}>
              Resolve
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
