import { describeRule } from '@steward/shared/describe';
import type { TierSetDraft } from '@steward/shared/model-drafts';
import { VersionList } from '../../../components/model-version/version-list.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { plural } from '../../../lib/format.js';
import classes from '../editor-parts.module.css';
import list from '../read-list.module.css';
import { colorValue, tierFacts } from './tier-draft.js';
import { TIERS_PART } from './tiers-part.js';

/** The tiers as they are published, for those who look on. */
export function TierView({ body }: { body: TierSetDraft }) {
  const catalogue = useCatalogue();
  return (
    <>
      <p className={classes.lead}>
        The first tier whose condition an account meets is its own; the last one takes the rest. An account rises at
        once, and falls after {plural(body.holdDays ?? 0, 'day')}.
      </p>
      <ol className={list.list} aria-label="Tiers">
        {body.tiers.map((tier) => (
          <li key={tier.key}>
            <div className={list.head}>
              <span className={classes.swatch} style={{ background: colorValue(tier.color) }} />
              <strong>{tier.label}</strong>
              <span className={classes.dim}>{tierFacts(tier)}</span>
            </div>
            <p className={list.words}>
              {tier.rule === null ? 'All accounts that no tier above takes' : describeRule(tier.rule, catalogue, [])}
            </p>
          </li>
        ))}
      </ol>
      <VersionList part={TIERS_PART} mayWrite={false} after="" />
    </>
  );
}
