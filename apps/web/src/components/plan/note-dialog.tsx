import type { AccountPlan } from '@steward/shared/account-plan';
import { useState } from 'react';
import { MentionTextarea } from '../touch/mention-textarea.js';
import { type Mentioned, stillNamed } from '../touch/mentions.js';
import { useSavePlan } from './get-plan.js';
import { PlanDialog } from './plan-dialog.js';

/** The note that stands on top of the account, for everybody who opens it. */
export function NoteDialog({
  accountId,
  plan,
  onClose,
}: {
  accountId: string;
  plan: AccountPlan;
  onClose: () => void;
}) {
  const save = useSavePlan(accountId);
  const [note, setNote] = useState(plan.note ?? '');
  const [mentioned, setMentioned] = useState<Mentioned[]>(plan.mentions);
  return (
    <PlanDialog
      title="Pinned note"
      isPending={save.isPending}
      onClose={onClose}
      onSave={() =>
        save.mutate(
          {
            plan,
            change: {
              note: note.trim() === '' ? null : note.trim(),
              mentions: stillNamed(note, mentioned).map(({ userId }) => userId),
            },
            said: note.trim() === '' ? 'Note taken down' : 'Note pinned',
          },
          { onSuccess: onClose },
        )
      }
    >
      <MentionTextarea
        accountId={accountId}
        label="What everybody who opens the account should know"
        description="@ names a colleague; left empty the note is taken down"
        data-autofocus
        autosize
        minRows={4}
        maxRows={16}
        maxLength={5000}
        value={note}
        onChange={setNote}
        onMention={(person) => setMentioned((now) => [...now, person])}
      />
    </PlanDialog>
  );
}
