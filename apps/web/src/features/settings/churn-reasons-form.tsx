import type { ChurnReason, ChurnReasonList } from '@steward/shared/leaving';
import { ReasonsForm } from './reasons-form.js';
import { unsavedKey, useSaveChurnReasons } from './sales-lists.js';

/** Why customers leave, and whether we can do something about it. */
export function ChurnReasonsForm({ list }: { list: ChurnReasonList }) {
  const save = useSaveChurnReasons();
  return (
    <ReasonsForm<ChurnReason>
      title="Churn reasons"
      note="Asked for when a customer leaves or a renewal is lost; what was recorded keeps its words"
      stored={{ revision: list.revision, items: list.reasons }}
      question="Can we influence it?"
      questionOf={(label) => `Can we influence ${label}`}
      isYes={({ canInfluence }) => canInfluence}
      withAnswer={(canInfluence) => ({ canInfluence })}
      newItem={() => ({ key: unsavedKey(), label: '', canInfluence: true })}
      lineOf={({ label, canInfluence }) => `${label}, which we ${canInfluence ? 'can' : 'cannot'} influence`}
      save={save}
      onSave={({ revision, items }, saved) =>
        save.mutate(
          { revision, reasons: items },
          { onSuccess: (made) => saved({ revision: made.revision, items: made.reasons }) },
        )
      }
    />
  );
}
