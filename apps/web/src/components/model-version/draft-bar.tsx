import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { errorText } from '../../lib/api.js';
import { formatInstant } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import frame from '../ui/frame.module.css';
import { keptWords, newerThan, publishedWords } from './draft-words.js';
import classes from './model-version.module.css';
import { errorsOf } from './problems.js';
import type { ModelDraft } from './use-model-draft.js';

interface DraftBarProps<B> {
  draft: ModelDraft<B>;
  /** What the screen itself still misses, as an unfinished condition; with the server's problems. */
  unfinished?: number;
  /** Beside Discard and Publish, as to try it out. */
  actions?: ReactNode;
  onProblems?: () => void;
  onPublish: () => void;
}

/** How far the draft is: kept or not, whose, what is wrong with it, and what may be done with it. */
export function DraftBar<B>({ draft, unfinished = 0, actions, onProblems, onPublish }: DraftBarProps<B>) {
  const { workspace, user } = useMe();
  const { keeping, draft: kept, published, mayUndo, mayRedo } = draft;
  const isDraft = kept !== null || keeping !== 'idle';
  const problems = errorsOf(kept?.problems ?? []).length + unfinished;
  return (
    <div className={classes.bar}>
      <section className={classes.barLine} aria-label={`Draft of ${draft.part.name}`}>
        <span className={frame.mark} data-draft={isDraft || undefined}>
          {isDraft ? 'Draft' : published === null ? 'Nothing published' : `Version ${published.version}`}
        </span>
        <span className={classes.barText} role="status">
          {isDraft
            ? keptWords(keeping, kept, user.id, (at) => formatInstant(at, workspace.timeZone))
            : publishedWords(published, (at) => formatInstant(at, workspace.timeZone))}
        </span>
        {problems > 0 && isDraft ? (
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            leftSection={<IconAlertTriangle size={13} aria-hidden />}
            onClick={onProblems}
          >
            {plural(problems, 'thing is', 'things are')} to be mended
          </Button>
        ) : null}
        <span className={classes.barActions}>
          {isDraft || mayUndo || mayRedo ? (
            <>
              <ActionIcon aria-label="Undo" title="Undo (Ctrl Z)" disabled={!mayUndo} onClick={draft.undo}>
                <IconArrowBackUp size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label="Redo" title="Redo (Ctrl Shift Z)" disabled={!mayRedo} onClick={draft.redo}>
                <IconArrowForwardUp size={15} aria-hidden />
              </ActionIcon>
            </>
          ) : null}
          {actions}
          {isDraft ? (
            <>
              <Button variant="default" disabled={keeping === 'saving'} onClick={() => void draft.discard()}>
                Discard draft
              </Button>
              <Button onClick={onPublish} disabled={keeping === 'moved' || keeping === 'failed'}>
                Publish…
              </Button>
            </>
          ) : null}
        </span>
      </section>
      <DraftNotes draft={draft} />
    </div>
  );
}

/** What the writer has to know before going on: somebody else was here, it could not be kept, another version is out. */
function DraftNotes<B>({ draft }: { draft: ModelDraft<B> }) {
  const { keeping, error, theirs, draft: kept, published } = draft;
  const { timeZone } = useMe().workspace;
  if (keeping === 'failed') {
    return (
      <p className={classes.note} role="alert" data-bad>
        What you wrote is not kept yet: {errorText(error)}
        <Button variant="default" size="compact-xs" onClick={draft.retry}>
          Try again
        </Button>
      </p>
    );
  }
  if (keeping === 'moved') {
    const by = theirs?.draft?.savedBy?.name ?? null;
    return (
      <p className={classes.note} role="alert" data-bad>
        {theirs?.draft
          ? `${by ?? 'Somebody else'} saved this draft at ${formatInstant(theirs.draft.savedAt, timeZone)}.`
          : 'Somebody else published or discarded this draft meanwhile.'}{' '}
        What you wrote is still here, and not kept.
        <Button variant="default" size="compact-xs" onClick={draft.takeTheirs}>
          {theirs?.draft ? 'Show what they saved' : 'Show what is published'}
        </Button>
        <Button variant="default" size="compact-xs" onClick={draft.keepMine}>
          {theirs?.draft ? 'Keep mine over it' : 'Begin a new draft with mine'}
        </Button>
      </p>
    );
  }
  if (kept !== null && published !== null && newerThan(kept, published) !== null) {
    return (
      <p className={classes.note}>
        Version {published.version} was published after this draft was begun
        {kept.basedOn === null ? '' : ` from version ${kept.basedOn}`}. Publish… shows what it changed; discard the
        draft to begin anew from it.
      </p>
    );
  }
  return null;
}
