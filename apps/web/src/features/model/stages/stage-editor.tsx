import { Select } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import type { StageSetDraft } from '@steward/shared/model-drafts';
import type { PartState } from '../../../components/model-version/model-part.js';
import { problemAt } from '../../../components/model-version/problems.js';
import { useModelDraft } from '../../../components/model-version/use-model-draft.js';
import { useCatalogue, usePlaybookNames } from '../../../lib/catalogue.js';
import { DefinitionEditor } from '../definition-editor.js';
import { StageDryRunPanel, StageEffect, StageVersionEffect } from '../dry-run/stage-dry-run.js';
import { useStageDryRun } from '../dry-run/use-dry-run.js';
import classes from '../editor-parts.module.css';
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

/** The stages being written: their order, what each asks, and where accounts would go. */
export function StageEditor({ loaded }: { loaded: PartState<StageSetDraft> }) {
  const draft = useModelDraft<StageSetDraft>(STAGES_PART, loaded, BLANK_STAGES);
  const { body, change } = draft;
  const catalogue = useCatalogue();
  const playbooks = usePlaybookNames();
  const dryRun = useStageDryRun(body, draft.published?.version ?? null);
  const problems = draft.draft?.problems ?? [];
  const labelOf = (key: string) => body.stages.find((stage) => stage.key === key)?.label || key;
  return (
    <DefinitionEditor
      draft={draft}
      lead="An account goes to the latest stage whose condition holds. It goes back only where its stage says so. A stage set by a person stays until it is unlocked."
      one="stage"
      list="stages"
      itemsOf={({ stages }) => stages}
      withItems={(stages) => ({ ...body, stages })}
      withItem={(index, next) => withStage(body, index, next)}
      without={(index) => withoutStage(body, index)}
      withNew={() => withNewStage(body)}
      most={MOST_STAGES}
      line={(stage) => (
        <>
          <span className={classes.name}>{stage.label || 'Without a name'}</span>
          <span className={classes.words}>
            {stage.rule === null ? 'no condition yet' : describeRule(stage.rule, catalogue, [], playbooks)}
          </span>
          <span className={classes.facts}>{stageFacts(stage, labelOf)}</span>
        </>
      )}
      fields={(props, index) => <StageFields {...props} earlier={body.stages.slice(0, index)} />}
      onTry={dryRun.run}
      dryRun={<StageDryRunPanel dryRun={dryRun} />}
      effect={<StageEffect dryRun={dryRun} />}
      effectOf={(version) => <StageVersionEffect version={version} />}
      after="All accounts are put into stages anew."
      nameOf={(path) => stageAt(body, path)}
    >
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
    </DefinitionEditor>
  );
}
