import { Alert, Button, Checkbox, Group, Skeleton, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError, errorText } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { Dialog } from '../ui/dialog.js';
import { toast } from '../ui/toast.js';
import { ChangeList } from './change-list.js';
import { newerThan } from './draft-words.js';
import { diffQuery, type ModelPart, usePublish } from './model-part.js';
import classes from './model-version.module.css';
import { errorsOf, problemSentences, warningsOf } from './problems.js';
import type { ModelDraft } from './use-model-draft.js';

interface PublishDialogProps<B> {
  draft: ModelDraft<B>;
  /** What the screen itself still misses. */
  unfinished?: number;
  /** What the place of a problem is called: `tiers.0.label` → “Tier 1”. */
  nameOf?: (path: string) => string | null;
  /** What follows for accounts: the dry run in short. */
  children?: ReactNode;
  /** “All accounts are put into tiers anew.” */
  after: string;
  onClose: () => void;
}

/** What changes, in words, what is to be weighed, and why; then it applies. */
export function PublishDialog<B>({
  draft,
  unfinished = 0,
  nameOf = () => null,
  children,
  after,
  onClose,
}: PublishDialogProps<B>) {
  const { part, draft: kept, published, keeping, flush } = draft;
  const [note, setNote] = useState('');
  const newer = newerThan(kept, published);
  const [over, setOver] = useState<number | null>(null);
  const publish = usePublish(part);
  // What is published is what is kept: the last keys pressed have to be.
  useEffect(() => void flush(), [flush]);
  const isKept = keeping === 'idle' && kept !== null;
  // Once it is published there is no draft to compare, though others' pages are told of it before this one closes.
  const isGone = publish.isPending || publish.isSuccess;
  const diff = useQuery({ ...diffQuery(part, undefined, 'draft', kept?.revision), enabled: isKept && !isGone });
  const errors = errorsOf(kept?.problems ?? []);
  const warnings = warningsOf(kept?.problems ?? []);
  const isSame = diff.data?.changes.length === 0;
  const isSound = errors.length === 0 && unfinished === 0;
  const mayPublish = isKept && isSound && diff.data !== undefined && !isSame && (newer === null || over === newer);
  const submit = () => {
    if (kept === null || !mayPublish) return;
    publish.mutate(
      { revision: kept.revision, note: note.trim() === '' ? null : note.trim(), over: newer },
      {
        onSuccess: async ({ version }) => {
          onClose();
          toast(`Version ${version} of ${part.name} is published. ${after}`);
          await draft.reload();
        },
        onError: async (error) => {
          if (error instanceof ApiError && error.code === 'PUBLISHED_MEANWHILE') await draft.reload();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={`Publish ${part.name}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !publish.isPending) submit();
        }}
      >
        <Stack gap="sm">
          {unfinished > 0 || errors.length > 0 ? (
            <Alert variant="light" color="red" role="alert" p="xs" title="It cannot be published yet">
              <ul className={classes.plainList}>
                {unfinished > 0 ? <li>{plural(unfinished, 'condition is', 'conditions are')} not finished.</li> : null}
                {problemSentences(errors, nameOf).map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </Alert>
          ) : null}
          {warnings.length > 0 ? (
            <Alert variant="default" p="xs" title="To be weighed">
              <ul className={classes.plainList}>
                {problemSentences(warnings, nameOf).map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </Alert>
          ) : null}
          {newer !== null && kept !== null ? (
            <NewerVersion part={part} basedOn={kept.basedOn} newer={newer} over={over} onOver={setOver} />
          ) : null}
          <div>
            <h3 className={classes.heading}>What changes</h3>
            {diff.error ? <p role="alert">{errorText(diff.error)}</p> : null}
            {diff.data ? (
              <ChangeList
                changes={diff.data.changes}
                label="What changes"
                same="The draft says what is published already: there is nothing to publish."
              />
            ) : diff.error || keeping === 'moved' || keeping === 'failed' ? null : (
              <Skeleton h={60} />
            )}
          </div>
          {children}
          <Textarea
            label="Why"
            description="Stands with the version, for those who come later"
            data-autofocus
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {publish.error ? (
            <Alert variant="light" color="red" role="alert" p="xs" title="It was not published">
              {errorText(publish.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Not yet
            </Button>
            <Button type="submit" loading={publish.isPending} disabled={!mayPublish}>
              Publish
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface NewerVersionProps {
  part: ModelPart;
  basedOn: number | null;
  newer: number;
  /** The version that the person lets go; null: none yet. */
  over: number | null;
  onOver: (version: number | null) => void;
}

/** Another version was published since the draft was begun: what it changed, and whether the draft may replace it. */
function NewerVersion({ part, basedOn, newer, over, onOver }: NewerVersionProps) {
  const diff = useQuery({ ...diffQuery(part, basedOn ?? undefined, newer), enabled: basedOn !== null });
  return (
    <Alert
      variant="light"
      color="orange"
      role="alert"
      p="xs"
      title={`Version ${newer} was published after this draft was begun`}
    >
      <Stack gap="xs">
        {diff.error ? <p>{errorText(diff.error)}</p> : null}
        {diff.data ? (
          <ChangeList
            changes={diff.data.changes}
            label={`What version ${newer} changed`}
            same={`Version ${newer} says the same as version ${basedOn}, from which the draft was begun.`}
          />
        ) : null}
        <Checkbox
          label={`Publish over version ${newer}: what it changed goes, unless the draft says it too`}
          checked={over === newer}
          onChange={(event) => onOver(event.currentTarget.checked ? newer : null)}
        />
      </Stack>
    </Alert>
  );
}
