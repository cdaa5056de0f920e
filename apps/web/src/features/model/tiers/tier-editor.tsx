import { describeRule } from '@steward/shared/describe';
import type { TierSetDraft } from '@steward/shared/model-drafts';
import type { PartState } from '../../../components/model-version/model-part.js';
import { problemAt } from '../../../components/model-version/problems.js';
import { useModelDraft } from '../../../components/model-version/use-model-draft.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { DefinitionEditor } from '../definition-editor.js';
import { TierDryRunPanel, TierEffect, TierVersionEffect } from '../dry-run/tier-dry-run.js';
import { useTierDryRun } from '../dry-run/use-dry-run.js';
import classes from '../editor-parts.module.css';
import { NumberField } from '../number-field.js';
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

/** The tiers being written: their order, what each says, and where accounts would go. */
export function TierEditor({ loaded }: { loaded: PartState<TierSetDraft> }) {
  const draft = useModelDraft<TierSetDraft>(TIERS_PART, loaded, BLANK_TIERS);
  const { body, change } = draft;
  const catalogue = useCatalogue();
  const dryRun = useTierDryRun(body, draft.published?.version ?? null);
  const last = body.tiers.length - 1;
  return (
    <DefinitionEditor
      draft={draft}
      lead="The first tier whose condition an account meets is its own; the last one takes the rest. Their order is the order in which they are tried."
      one="tier"
      list="tiers"
      itemsOf={({ tiers }) => tiers}
      withItems={(tiers) => ({ ...body, tiers })}
      withItem={(index, next) => withTier(body, index, next)}
      without={(index) => withoutTier(body, index)}
      withNew={() => withNewTier(body)}
      most={MOST_TIERS}
      fixedAtEnd={1}
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
      fields={(props, index) => <TierFields {...props} isFallback={index === last} />}
      onTry={dryRun.run}
      dryRun={<TierDryRunPanel dryRun={dryRun} />}
      effect={<TierEffect dryRun={dryRun} />}
      effectOf={(version) => <TierVersionEffect version={version} />}
      after="All accounts are put into tiers anew."
      nameOf={(path) => tierAt(body, path)}
    >
      <div className={classes.row} style={{ marginTop: 22 }}>
        <NumberField
          label="Falls only after"
          suffix=" days"
          w={130}
          min={1}
          max={30}
          required
          error={problemAt(draft.draft?.problems ?? [], 'holdDays')}
          value={body.holdDays}
          onChange={(holdDays) => change({ ...body, holdDays }, 'hold')}
        />
        <p className={classes.beside}>
          An account rises at once. It falls once no better tier’s condition held on any of these days.
        </p>
      </div>
    </DefinitionEditor>
  );
}
