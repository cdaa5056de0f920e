import { describeRule } from '@steward/shared/describe';
import type { StageSetDraft } from '@steward/shared/model-drafts';
import { VersionList } from '../../../components/model-version/version-list.js';
import { useCatalogue, usePlaybookNames } from '../../../lib/catalogue.js';
import classes from '../editor-parts.module.css';
import list from '../read-list.module.css';
import { STATUS_MOVES, stageFacts } from './stage-draft.js';
import { STAGES_PART } from './stages-part.js';

/** The stages as they are published, for those who look on. */
export function StageView({ body }: { body: StageSetDraft }) {
  const catalogue = useCatalogue();
  const playbooks = usePlaybookNames();
  const labelOf = (key: string) => body.stages.find((stage) => stage.key === key)?.label ?? key;
  return (
    <>
      <p className={classes.lead}>
        An account goes to the latest stage whose condition holds. It goes back only where its stage says so. A stage
        set by a person stays until it is unlocked.
      </p>
      <ol className={list.list} aria-label="Stages">
        {body.stages.map((stage) => (
          <li key={stage.key}>
            <div className={list.head}>
              <strong>{stage.label}</strong>
              <span className={classes.dim}>{stageFacts(stage, labelOf)}</span>
            </div>
            <p className={list.words}>
              {stage.rule === null ? '' : describeRule(stage.rule, catalogue, [], playbooks)}
            </p>
          </li>
        ))}
      </ol>
      <ul className={list.list} aria-label="Whatever the conditions say">
        {STATUS_MOVES.map(({ status, label }) => (
          <li key={status}>
            {label}: to {labelOf(body.onStatus[status])}
          </li>
        ))}
      </ul>
      <VersionList part={STAGES_PART} mayWrite={false} after="" />
    </>
  );
}
