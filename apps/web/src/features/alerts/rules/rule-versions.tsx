import type { AlertRuleDetail } from '@steward/shared/alert-rules';
import { describeRule } from '@steward/shared/describe';
import { ruleSchema } from '@steward/shared/rules';
import { Section } from '../../../components/ui/section.js';
import { useCatalogue, usePlaybookNames } from '../../../lib/catalogue.js';
import { formatInstant } from '../../../lib/days.js';
import { useMe } from '../../../lib/me.js';
import { useSegments } from '../../../lib/segments.js';
import classes from './rule-form.module.css';

/** What the rule asked before, newest first. */
export function RuleVersions({ versions }: { versions: AlertRuleDetail['versions'] }) {
  const catalogue = useCatalogue();
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  const { timeZone } = useMe().workspace;
  const inWords = (definition: Record<string, unknown>): string => {
    const parsed = ruleSchema.safeParse(definition.rule);
    return parsed.success
      ? describeRule(parsed.data, catalogue, segments, playbooks)
      : 'A condition of a kind that is gone';
  };
  return (
    <Section title="Versions" note="Another condition or other tiers make a new one, which begins anew">
      <ol className={classes.versions}>
        {versions.map(({ version, publishedAt, by, definition }, place) => (
          <li key={version}>
            <div className={classes.dim}>
              {place === 0 ? 'Now, since ' : ''}
              {formatInstant(publishedAt, timeZone)} · {by ?? 'Steward'}
            </div>
            {inWords(definition)}
            {Array.isArray(definition.tiers) ? (
              <span className={classes.dim}> · {definition.tiers.join(', ')}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}
