import { describeRule } from '@steward/shared/describe';
import type { TierSetDraft } from '@steward/shared/model-drafts';
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
import { TierDryRunPanel, TierEffect, TierVersionEffect } from '../dry-run/tier-dry-run.js';
import { useTierDryRun } from '../dry-run/use-dry-run.js';
import classes from '../editor-parts.module.css';
import { NumberField } from '../number-field.js';
import { useUnfinished } from '../use-unfinished.js';
import {
  BLANK_TIERS,
  colorValue,
  MOST_TIERS,
  tierAt,
  tierFacts,
  tierFactsShort,
  withNewTier,
  withoutTier,
  withTier,
} from './tier-draft.js';
import { TierFields } from './tier-fields.js';
import { TIERS_PART } from './tiers-part.js';

const AFTER = 'All accounts are put into tiers anew.';

/** The tiers being written: their order, what each says, and where accounts would go. */
export function TierEditor({ loaded }: { loaded: PartState<TierSetDraft> }) {
  const draft = useModelDraft<TierSetDraft>(TIERS_PART, loaded, BLANK_TIERS);
  const { body, change } = draft;
  const catalogue = useCatalogue();
  const unfinished = useUnfinished();
  const dryRun = useTierDryRun(body, draft.published?.version ?? null);
  const [publishing, setPublishing] = useState(false);
  const [shownProblems, setShownProblems] = useState(0);
  useUndoKeys(draft.undo, draft.redo);
  const problems = draft.draft?.problems ?? [];
  const publishedKeys = new Set(draft.publishedBody?.tiers.map(({ key }) => key) ?? []);
  const last = body.tiers.length - 1;
  const halfWritten = body.tiers.filter(({ key }) => unfinished.keys.has(key)).length;
  const showProblems = () => setShownProblems((now) => now + 1);
  return (
    <>
      <DraftBar
        draft={draft}
        unfinished={halfWritten}
        onProblems={showProblems}
        onPublish={() => {
          setPublishing(true);
          dryRun.run();
        }}
      />
      <div className={classes.body}>
        <div className={classes.main}>
          <p className={classes.lead}>
            The first tier whose condition an account meets is its own; the last one takes the rest. Their order is the
            order in which they are tried.
          </p>
          <DefinitionList
            label="Tiers"
            one="tier"
            items={body.tiers}
            keyOf={({ key }) => key}
            nameOf={({ label, key }) => label || key}
            fixedAtEnd={1}
            shownProblems={shownProblems}
            wrongIn={(index) =>
              problemsWithin(problems, `tiers.${index}`).filter(({ severity }) => severity === 'error').length +
              (unfinished.keys.has(body.tiers[index]?.key ?? '') ? 1 : 0)
            }
            line={(tier, index) => (
              <>
                <span className={classes.swatch} style={{ background: colorValue(tier.color) }} />
                <span className={classes.name}>{tier.label || 'Without a name'}</span>
                <span className={classes.words}>
                  {index === last
                    ? 'all others'
                    : tier.rule === null
                      ? 'no condition yet'
                      : describeRule(tier.rule, catalogue, [])}
                </span>
                <span className={classes.facts} title={tierFacts(tier)}>
                  {tierFactsShort(tier)}
                </span>
              </>
            )}
            fields={(tier, index) => (
              <TierFields
                tier={tier}
                place={`tiers.${index}`}
                isFallback={index === last}
                isKeyFixed={publishedKeys.has(tier.key)}
                takenKeys={body.tiers.map(({ key }) => key)}
                problems={problems}
                onChange={(next, gesture) => {
                  if (next.key !== undefined) unfinished.rename(tier.key, next.key);
                  change(withTier(body, index, next), gesture === null ? null : `${tier.key} ${gesture}`);
                }}
                onUnfinished={(isUnfinished) => unfinished.mark(tier.key, isUnfinished)}
              />
            )}
            onMove={(from, to) => change({ ...body, tiers: moved(body.tiers, from, to) }, null)}
            onRemove={(index) => (index === last ? null : () => change(withoutTier(body, index), null))}
            onAdd={
              body.tiers.length >= MOST_TIERS
                ? null
                : () => {
                    const { body: next, key } = withNewTier(body);
                    change(next, null);
                    return key;
                  }
            }
          />
          <div className={classes.row} style={{ marginTop: 22 }}>
            <NumberField
              label="Falls only after"
              suffix=" days"
              w={130}
              min={1}
              max={30}
              required
              error={problemAt(problems, 'holdDays')}
              value={body.holdDays}
              onChange={(holdDays) => change({ ...body, holdDays }, 'hold')}
            />
            <p className={classes.beside}>
              An account rises at once. It falls once no better tier’s condition held on any of these days.
            </p>
          </div>
        </div>
        <aside className={classes.side} aria-label="What it would do">
          <TierDryRunPanel dryRun={dryRun} />
          <VersionList
            part={TIERS_PART}
            mayWrite
            after={AFTER}
            effectOf={(version) => <TierVersionEffect version={version} />}
            onRolledBack={() => void draft.reload()}
          />
        </aside>
      </div>
      {publishing ? (
        <PublishDialog
          draft={draft}
          unfinished={halfWritten}
          nameOf={(path) => tierAt(body, path)}
          after={AFTER}
          onClose={() => setPublishing(false)}
        >
          <TierEffect dryRun={dryRun} />
        </PublishDialog>
      ) : null}
    </>
  );
}
