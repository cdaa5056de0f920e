import { Select } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import type { StageSetDraft } from '@steward/shared/model-drafts';
import { useState } from 'react';
import { DraftBar } from '../../../components/model-version/draft-bar.js';
import type { PartState } from '../../../components/model-version/model-part.js';
import { moved } from '../../../components/model-version/ordered-list.js';
import { problemAt, problemsWithin } from '../../../components/model-version/problems.js';
import { PublishDialog } from '../../../components/model-version/publish-dialog.js';
import { useModelDraft } from '../../../components/model-version/use-model-draft.js';
import { useUndoKeys } from '../../../components/model-version/use-undo-keys.js';
import { VersionList } from '../../../components/model-version/version-list.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { DefinitionList } from '../definition-list.js';
import { StageDryRunPanel, StageEffect, StageVersionEffect } from '../dry-run/stage-dry-run.js';
import { useStageDryRun } from '../dry-run/use-dry-run.js';
import classes from '../editor-parts.module.css';
import { useUnfinished } from '../use-unfinished.js';
import {
  BLANK_STAGES,
  MOST_STAGES,
  STATUS_MOVES,
  stageAt,
  stageFacts,
  withNewStage,
  withoutStage,
  withStage,
} from './stage-draft.js';
import { StageFields } from './stage-fields.js';
import { STAGES_PART } from './stages-part.js';

const AFTER = 'All accounts are put into stages anew.';

/** The stages being written: their order, what each asks, and where accounts would go. */
export function StageEditor({ loaded }: { loaded: PartState<StageSetDraft> }) {
  const draft = useModelDraft<StageSetDraft>(STAGES_PART, loaded, BLANK_STAGES);
  const { body, change } = draft;
  const catalogue = useCatalogue();
  const unfinished = useUnfinished();
  const dryRun = useStageDryRun(body, draft.published?.version ?? null);
  const [publishing, setPublishing] = useState(false);
  const [shownProblems, setShownProblems] = useState(0);
  useUndoKeys(draft.undo, draft.redo);
  const problems = draft.draft?.problems ?? [];
  const publishedKeys = new Set(draft.publishedBody?.stages.map(({ key }) => key) ?? []);
  const labelOf = (key: string) => body.stages.find((stage) => stage.key === key)?.label || key;
  const halfWritten = body.stages.filter(({ key }) => unfinished.keys.has(key)).length;
  return (
    <>
      <DraftBar
        draft={draft}
        unfinished={halfWritten}
        onProblems={() => setShownProblems((now) => now + 1)}
        onPublish={() => {
          setPublishing(true);
          dryRun.run();
        }}
      />
      <div className={classes.body}>
        <div className={classes.main}>
          <p className={classes.lead}>
            An account goes to the latest stage whose condition holds. It goes back only where its stage says so. A
            stage set by a person stays until it is unlocked.
          </p>
          <DefinitionList
            label="Stages"
            one="stage"
            items={body.stages}
            keyOf={({ key }) => key}
            nameOf={({ label, key }) => label || key}
            shownProblems={shownProblems}
            wrongIn={(index) =>
              problemsWithin(problems, `stages.${index}`).filter(({ severity }) => severity === 'error').length +
              (unfinished.keys.has(body.stages[index]?.key ?? '') ? 1 : 0)
            }
            line={(stage) => (
              <>
                <span className={classes.name}>{stage.label || 'Without a name'}</span>
                <span className={classes.words}>
                  {stage.rule === null ? 'no condition yet' : describeRule(stage.rule, catalogue, [])}
                </span>
                <span className={classes.facts}>{stageFacts(stage, labelOf)}</span>
              </>
            )}
            fields={(stage, index) => (
              <StageFields
                stage={stage}
                place={`stages.${index}`}
                isKeyFixed={publishedKeys.has(stage.key)}
                earlier={body.stages.slice(0, index)}
                takenKeys={body.stages.map(({ key }) => key)}
                problems={problems}
                onChange={(next, gesture) => {
                  if (next.key !== undefined) unfinished.rename(stage.key, next.key);
                  change(withStage(body, index, next), gesture === null ? null : `${stage.key} ${gesture}`);
                }}
                onUnfinished={(isUnfinished) => unfinished.mark(stage.key, isUnfinished)}
              />
            )}
            onMove={(from, to) => change({ ...body, stages: moved(body.stages, from, to) }, null)}
            onRemove={(index) => (body.stages.length === 1 ? null : () => change(withoutStage(body, index), null))}
            onAdd={
              body.stages.length >= MOST_STAGES
                ? null
                : () => {
                    const { body: next, key } = withNewStage(body);
                    change(next, null);
                    return key;
                  }
            }
          />
          <fieldset className={classes.statuses}>
            <legend>Whatever the conditions say</legend>
            <div className={classes.row}>
              {STATUS_MOVES.map(({ status, label }) => (
                <Select
                  key={status}
                  label={label}
                  w={190}
                  data={body.stages.map(({ key, label: name }) => ({ value: key, label: name || key }))}
                  value={body.onStatus[status]}
                  error={problemAt(problems, `onStatus.${status}`)}
                  onChange={(key) =>
                    key !== null && change({ ...body, onStatus: { ...body.onStatus, [status]: key } }, null)
                  }
                />
              ))}
            </div>
          </fieldset>
        </div>
        <aside className={classes.side} aria-label="What it would do">
          <StageDryRunPanel dryRun={dryRun} />
          <VersionList
            part={STAGES_PART}
            mayWrite
            after={AFTER}
            effectOf={(version) => <StageVersionEffect version={version} />}
            onRolledBack={() => void draft.reload()}
          />
        </aside>
      </div>
      {publishing ? (
        <PublishDialog
          draft={draft}
          unfinished={halfWritten}
          nameOf={(path) => stageAt(body, path)}
          after={AFTER}
          onClose={() => setPublishing(false)}
        >
          <StageEffect dryRun={dryRun} />
        </PublishDialog>
      ) : null}
    </>
  );
}
