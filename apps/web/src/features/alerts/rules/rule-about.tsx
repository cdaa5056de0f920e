import type { AlertRuleDetail } from '@steward/shared/alert-rules';
import { describeRule } from '@steward/shared/describe';
import { KIND_WORDS, SEVERITY_WORDS } from '../../../components/alert/alert-words.js';
import { SeverityMark } from '../../../components/alert/severity-mark.js';
import frame from '../../../components/ui/frame.module.css';
import { PageHeader } from '../../../components/ui/page-header.js';
import { Section } from '../../../components/ui/section.js';
import { useCatalogue, usePlaybookNames } from '../../../lib/catalogue.js';
import { plural } from '../../../lib/format.js';
import { useSegments } from '../../../lib/segments.js';
import { reasonInFields } from './reason-example.js';
import classes from './rule-form.module.css';
import { RuleTitle } from './rule-title.js';
import { RuleVersions } from './rule-versions.js';
import { CHANNEL_WORDS, OWNER_WORDS, tiersWords } from './rule-words.js';

/** What a rule says, for those who do not change it. */
export function RuleAbout({ rule }: { rule: AlertRuleDetail }) {
  const catalogue = useCatalogue();
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  const byTier = Object.entries(rule.tierSeverity).map(([tier, severity]) => `${tier}: ${SEVERITY_WORDS[severity]}`);
  const facts = [
    { term: 'Kind', says: KIND_WORDS[rule.kind] },
    { term: 'Reason', says: reasonInFields(rule.reason, catalogue) },
    { term: 'Fires when', says: describeRule(rule.rule, catalogue, segments, playbooks) },
    {
      term: 'Clears when',
      says:
        rule.clearRule === null ? 'it no longer holds' : describeRule(rule.clearRule, catalogue, segments, playbooks),
    },
    { term: 'Severity', says: <SeverityMark severity={rule.severity} word /> },
    ...(byTier.length === 0 ? [] : [{ term: 'By tier', says: byTier.join(', ') }]),
    { term: 'Tiers', says: tiersWords(rule.tiers) },
    { term: 'Goes to', says: `The ${OWNER_WORDS[rule.ownerRole]}` },
    { term: 'Cool-down', says: plural(rule.coolDownDays, 'day') },
    { term: 'Quiet periods', says: rule.skipInQuietPeriods ? 'Raises nothing in them' : 'Raises alerts in them, too' },
    { term: 'Channels', says: rule.channels.map((channel) => CHANNEL_WORDS[channel]).join(', ') || 'The inbox alone' },
  ];
  return (
    <div className={frame.page}>
      <PageHeader title={<RuleTitle title={rule.name} />} aside={rule.enabled ? 'On' : 'Off'} />
      <div className={classes.form}>
        <Section title="What it says">
          <dl className={classes.facts}>
            {facts.map(({ term, says }) => (
              <FactRow key={term} term={term} says={says} />
            ))}
          </dl>
        </Section>
        <RuleVersions versions={rule.versions} />
      </div>
    </div>
  );
}

function FactRow({ term, says }: { term: string; says: React.ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{says}</dd>
    </>
  );
}
