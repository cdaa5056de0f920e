import { VisuallyHidden } from '@mantine/core';
import type { ProfileBody } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { DraftBar } from '../../components/model-version/draft-bar.js';
import { errorsOf } from '../../components/model-version/problems.js';
import { PublishDialog } from '../../components/model-version/publish-dialog.js';
import type { ModelDraft } from '../../components/model-version/use-model-draft.js';
import { useUndoKeys } from '../../components/model-version/use-undo-keys.js';
import type { PickedAccount } from '../../components/touch/account-picker.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import type { GroupContext } from './editor/group-editor.js';
import { problemsIn } from './editor/profile-draft.js';
import { ProfileEditor } from './editor/profile-editor.js';
import { EffectPanel } from './effect/effect-panel.js';
import { effectWords } from './effect/effect-words.js';
import { type Tried, useDraftEffect } from './effect/get-effect.js';
import { measuredSignals, overviewQuery, useSeenValues, useSignalFigures } from './get-figures.js';
import { useSignals } from './get-profiles.js';
import classes from './health.module.css';
import parts from './parts.module.css';

export const AFTER_PUBLISHING = 'All accounts are scored anew.';

const route = getRouteApi('/shell/health/$profileId');
const NOBODY: ReadonlySet<string> = new Set();

interface ProfileTabProps {
  profile: ProfileEntry;
  draft: ModelDraft<ProfileDraft>;
  /** The draft where it is whole. */
  body: ProfileBody | null;
  tried: Tried;
  mayTry: boolean;
}

/** The profile as it is written, beside what it would change. */
export function ProfileTab({ profile, draft, body, tried, mayTry }: ProfileTabProps) {
  const { account: accountId } = route.useSearch();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<PickedAccount | null>(null);
  const [unfinished, setUnfinished] = useState(NOBODY);
  const [isPublishing, setPublishing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useUndoKeys(draft.undo, draft.redo);

  const signals = useSignals();
  const figures = useSignalFigures(measuredSignals(draft.body), mayTry);
  const seen = useSeenValues(mayTry);
  const overview = useQuery(overviewQuery).data;

  const state = useDraftEffect(tried, mayTry ? body : null, accountId ?? null);
  const account =
    picked ?? (state.effect?.account ? { id: state.effect.account.accountId, name: state.effect.account.name } : null);
  const problems = useMemo(
    () => problemsIn(draft.body, [...errorsOf(draft.draft?.problems ?? []), ...state.problems]),
    [draft.body, draft.draft, state.problems],
  );
  const latest = useRef(draft.body);
  latest.current = draft.body;
  const change: GroupContext['change'] = useCallback(
    (next, about, said) => {
      const takeBack = draft.change(typeof next === 'function' ? next(latest.current) : next, about);
      if (said !== undefined) undoToast(said, takeBack);
    },
    [draft.change],
  );
  const onUnfinished = useCallback((place: string, isUnfinished: boolean) => {
    setUnfinished((now) => {
      if (now.has(place) === isUnfinished) return now;
      const next = new Set(now);
      if (isUnfinished) next.add(place);
      else next.delete(place);
      return next;
    });
  }, []);
  // Undo brings back whole conditions: what was being written is gone with the builder.
  const [seenRound, setSeenRound] = useState(draft.round);
  if (seenRound !== draft.round) {
    setSeenRound(draft.round);
    setUnfinished(NOBODY);
  }
  const toProblem = () => {
    const wrong = form.current?.querySelector<HTMLElement>(
      '[aria-invalid=true], [data-wrong] [aria-expanded=false], [data-wrong]',
    );
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  };
  return (
    <>
      <div className={classes.barPlace}>
        <DraftBar
          draft={draft}
          unfinished={unfinished.size}
          onProblems={toProblem}
          onPublish={() => setPublishing(true)}
        />
      </div>
      <div className={classes.body}>
        <div ref={form} className={classes.formScroll}>
          <ProfileEditor
            draft={draft.body}
            isDefault={profile.isDefault}
            round={draft.round}
            problems={problems}
            signals={signals}
            figures={figures}
            effects={state.effect?.measures ?? []}
            today={overview?.profiles.find(({ profileId }) => profileId === profile.id) ?? null}
            unfinished={unfinished}
            onUnfinished={onUnfinished}
            seen={seen}
            change={change}
          />
        </div>
        {mayTry ? (
          <aside className={classes.effectAside} aria-label="What it would change">
            <EffectPanel
              state={state}
              account={account}
              isUnfinished={body === null || unfinished.size > 0}
              onAccount={(next) => {
                setPicked(next);
                void navigate({ to: '.', search: (now) => ({ ...now, account: next?.id }), replace: true });
              }}
            />
          </aside>
        ) : (
          <VisuallyHidden>What it would change is shown to admins and managers.</VisuallyHidden>
        )}
      </div>
      {isPublishing ? (
        <PublishDialog
          draft={draft}
          unfinished={unfinished.size}
          after={AFTER_PUBLISHING}
          onClose={() => setPublishing(false)}
        >
          {state.effect && !state.isStale ? <p className={parts.text}>{effectWords(state.effect)}</p> : null}
        </PublishDialog>
      ) : null}
    </>
  );
}
