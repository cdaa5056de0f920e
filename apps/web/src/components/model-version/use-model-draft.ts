import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useMe } from '../../lib/me.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';
import { DraftKeeper, type DraftState } from './draft-keeper.js';
import { discardDraft, loadPart, type ModelPart, type PartState, partQuery, saveDraft } from './model-part.js';

export interface ModelDraft<B> extends DraftState<B> {
  part: ModelPart;
  /** Of one's own: nobody else began or saved it. Told by who saved last. */
  isMine: boolean;
  /** What typing in one field changes is one step for undo; null is a step of its own. Answers how to take this one back. */
  change: (body: B, gesture: string | null) => () => void;
  undo: () => void;
  redo: () => void;
  retry: () => void;
  keepMine: () => void;
  takeTheirs: () => void;
  discard: () => Promise<void>;
  /** Resolves when all that was written is kept, or cannot be. */
  flush: () => Promise<void>;
  /** Reads all anew, as after publishing. */
  reload: () => Promise<void>;
}

/**
 * The shared draft of a part of the model, kept as it is written. `loaded` is what `partQuery` answered; `blank` stands
 * where nothing is published and no draft is begun.
 */
export function useModelDraft<B>(part: ModelPart, loaded: PartState<B>, blank: B): ModelDraft<B> {
  const queryClient = useQueryClient();
  const me = useMe().user.id;
  const [keeper] = useState(() => {
    const key = partQuery<B>(part).queryKey;
    // A page that comes back begins with what was kept last, not with what it read first.
    const remember = (change: Partial<PartState<B>>) => {
      void queryClient.cancelQueries({ queryKey: key });
      queryClient.setQueryData<PartState<B>>(key, (now) => (now === undefined ? now : { ...now, ...change }));
    };
    return new DraftKeeper<B>(loaded, blank, {
      save: async (body, revision) => {
        const answer = await saveDraft(part, body, revision);
        remember(answer);
        return answer;
      },
      discard: async (revision) => {
        await discardDraft(part, revision);
        remember({ draft: null });
      },
      load: () => loadPart<B>(part),
    });
  });
  const state = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  useEffect(() => keeper.adopt(loaded), [keeper, loaded]);
  useEffect(() => {
    const flush = () => void keeper.flush();
    // The last moment at which a browser surely lets a page send something.
    document.addEventListener('visibilitychange', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [keeper]);
  const actions = useMemo(
    () => ({
      change: (body: B, gesture: string | null) => {
        keeper.change(body, gesture);
        return () => {
          if (!keeper.undoStep(body)) toast('More was changed since: Undo above the draft takes back step by step');
        };
      },
      undo: () => keeper.undo(),
      redo: () => keeper.redo(),
      retry: () => keeper.retry(),
      keepMine: () => keeper.keepMine(),
      takeTheirs: () => keeper.takeTheirs(),
      flush: () => keeper.flush(),
      reload: () => keeper.reload(),
      discard: async () => {
        try {
          const body = await keeper.discard();
          if (body === null) return;
          undoToast(`The draft of ${part.name} is discarded`, () => {
            keeper.restore(body);
            toast('The draft is back');
          });
        } catch (error) {
          toastError('The draft was not discarded', error);
        }
      },
    }),
    [keeper, part.name],
  );
  return { ...state, ...actions, part, isMine: (state.draft?.savedBy?.id ?? me) === me };
}
