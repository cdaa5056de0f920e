import type { AccountPlan } from '@steward/shared/account-plan';
import { useForgetWriting, useIsWritten, useKeptWriting } from '../../lib/kept-writing.js';
import { MentionTextarea } from '../touch/mention-textarea.js';
import { type Mentioned, stillNamed } from '../touch/mentions.js';
import { KeptNotice } from '../ui/kept-notice.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { useSavePlan } from './get-plan.js';
import { PlanDialog } from './plan-dialog.js';

interface NoteDraft {
  note: string;
  mentioned: Mentioned[];
}

const isNoteDraft = (value: unknown): value is NoteDraft => {
  const draft = value as Partial<NoteDraft> | null;
  return typeof draft?.note === 'string' && Array.isArray(draft.mentioned);
};

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
  const restsOn = useRestsOn(plan, ({ note }) => note);
  const writing = useKeptWriting(
    'a pinned note',
    accountId,
    () => ({ note: plan.note ?? '', mentioned: plan.mentions }),
    isNoteDraft,
  );
  const { note, mentioned } = writing.draft;
  const forget = useForgetWriting('a pinned note');
  const isWritten = useIsWritten('a pinned note');
  const close = () => {
    forget(accountId);
    onClose();
  };
  return (
    <PlanDialog
      title="Pinned note"
      isDirty={() => isWritten(accountId)}
      isPending={save.isPending}
      restsOn={restsOn}
      theirLines={({ note }) => (note === null ? [] : [note])}
      onClose={close}
      onSave={() =>
        save.mutate(
          {
            plan: restsOn.on,
            change: {
              note: note.trim() === '' ? null : note.trim(),
              mentions: stillNamed(note, mentioned).map(({ userId }) => userId),
            },
            said: note.trim() === '' ? 'Note taken down' : 'Note pinned',
          },
          { onSuccess: close },
        )
      }
    >
      {writing.isKept ? <KeptNotice onStartAnew={writing.startAnew} /> : null}
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
        onChange={(text) => writing.setDraft((now) => ({ ...now, note: text }))}
        onMention={(person) => writing.setDraft((now) => ({ ...now, mentioned: [...now.mentioned, person] }))}
      />
    </PlanDialog>
  );
}
