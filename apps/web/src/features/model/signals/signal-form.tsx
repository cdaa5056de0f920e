import { Alert } from '@mantine/core';
import type { SignalEntry } from '@steward/shared/model';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormActions } from '../../../components/ui/form-actions.js';
import { LeaveGuard } from '../../../components/ui/leave-guard.js';
import { NotSaved } from '../../../components/ui/not-saved.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { toast } from '../../../components/ui/toast.js';
import { useUnsaved } from '../../../components/ui/use-unsaved.js';
import { ApiError } from '../../../lib/api.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import classes from '../editor-parts.module.css';
import { useSaveSignal, useSignalDryRun } from './get-signals.js';
import { changedDraft, draftOfSignal, missingIn, NEW_SIGNAL, type SignalDraft, signalOfDraft } from './signal-draft.js';
import { SignalFields } from './signal-fields.js';
import { SignalTitle } from './signal-title.js';
import { SignalTry } from './signal-try.js';
import { SignalHistoryList, SignalUses } from './signal-uses.js';
import { definitionWords } from './signal-words.js';

interface SignalFormProps {
  /** Null: a new one. */
  signal: SignalEntry | null;
  /** Takes what is saved now in place of what is written here. */
  onLoadAnew?: () => void;
}

/** A signal of one's own being made or changed, with what it would say. */
export function SignalForm({ signal, onLoadAnew }: SignalFormProps) {
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  // What is being written rests on what was loaded first, however it is read again meanwhile.
  const [loaded] = useState(signal);
  const [draft, setDraft] = useState<SignalDraft>(() => (loaded === null ? NEW_SIGNAL : draftOfSignal(loaded)));
  const [tried, setTried] = useState(false);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const { isDirty, markSaved } = useUnsaved(draft);
  const save = useSaveSignal(loaded);
  const dryRun = useSignalDryRun();
  const definition = signalOfDraft(draft);
  const errors = { ...placesOf(save.error ?? dryRun.error), ...(tried ? missingIn(draft) : {}) };
  const onTry = () => {
    setTried(true);
    if (definition === null) return;
    setAskedFor(JSON.stringify(definition));
    dryRun.mutate({ replaces: loaded?.key ?? null, definition });
  };
  const submit = () => {
    setTried(true);
    if (definition === null) return;
    save.mutate(definition, {
      onSuccess: () => {
        markSaved();
        toast(`${definition.label} is saved. Its values are computed with the next run.`);
        void navigate({ to: '/health/signals' });
      },
    });
  };
  return (
    <form
      className={classes.formPage}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <PageHeader
        title={<SignalTitle title={loaded?.label ?? 'New signal'} />}
        actions={
          <FormActions
            back="/health/signals"
            save={loaded === null ? 'Create signal' : 'Save'}
            isPending={save.isPending}
          />
        }
      />
      <div className={`${classes.body} ${classes.page}`}>
        <div className={classes.main}>
          {save.error ? <NotSaved what="The signal" error={save.error} onLoadAnew={onLoadAnew} /> : null}
          {tried && definition === null ? (
            <Alert variant="default" role="alert" p="xs" mt="md">
              Something is still missing: it is marked below.
            </Alert>
          ) : null}
          <SignalFields
            draft={draft}
            isKept={loaded !== null}
            errorOf={(place) => errors[place]}
            onChange={(change) => setDraft((now) => changedDraft(now, change))}
          />
          {definition === null ? null : (
            <p className={classes.who} role="status">
              {definitionWords(definition, catalogue)}
            </p>
          )}
        </div>
        <aside className={classes.side} aria-label="What it would say">
          <SignalTry
            answer={dryRun.data ?? null}
            error={dryRun.error}
            isPending={dryRun.isPending}
            isStale={definition === null || JSON.stringify(definition) !== askedFor}
            onTry={onTry}
          />
          {loaded === null ? null : (
            <>
              <SignalUses signal={loaded} />
              <SignalHistoryList signalKey={loaded.key} />
            </>
          )}
        </aside>
      </div>
    </form>
  );
}

/** What the server refuses, by its place: `compute.metric`; a dry run names them within its definition. */
function placesOf(error: Error | null): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const places = Object.fromEntries(
    error.details.map(({ path, message }) => [(path ?? '').replace(/^definition\./, ''), message]),
  );
  return error.code === 'SIGNAL_KEY_TAKEN' ? { ...places, key: error.message } : places;
}
