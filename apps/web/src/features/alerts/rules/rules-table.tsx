import { Switch, Table, VisuallyHidden } from '@mantine/core';
import type { AlertRuleQuality } from '@steward/shared/alert-rules';
import { Link } from '@tanstack/react-router';
import { KIND_WORDS, SEVERITY_WORDS } from '../../../components/alert/alert-words.js';
import { SeverityMark } from '../../../components/alert/severity-mark.js';
import frame from '../../../components/ui/frame.module.css';
import { useCatalogue } from '../../../lib/catalogue.js';
import { formatMoney, formatMoneyCompact } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { useSwitchRule } from './change-rules.js';
import type { ListedRule } from './get-rules.js';
import { reasonInFields } from './reason-example.js';
import { RuleMenu } from './rule-menu.js';
import {
  type Figure,
  falseAlarmFigure,
  firedFigure,
  inTimeFigure,
  keptFigure,
  OWNER_WORDS,
  outcomeFigure,
  tiersWords,
} from './rule-words.js';
import classes from './rules.module.css';

interface RulesTableProps {
  rules: readonly ListedRule[];
  /** By rule; null while it is not known. */
  quality: ReadonlyMap<string, AlertRuleQuality> | null;
  mayWrite: boolean;
}

const HEADS = [
  { text: 'Fired', width: 64, title: 'Alerts that it raised in the last 90 days' },
  { text: 'In time', width: 76, title: 'Acknowledged within the business hours that the account’s tier promises' },
  { text: 'Outcomes', width: 128, title: 'What became of them' },
  { text: 'False alarms', width: 92, title: 'Of those that people resolved' },
  { text: 'ARR kept', width: 86, title: 'Resolved as successful, and still a customer 90 days later' },
] as const;

/** Rules with what they say and what they are worth, one a row. */
export function RulesTable({ rules, quality, mayWrite }: RulesTableProps) {
  const catalogue = useCatalogue();
  const change = useSwitchRule();
  return (
    <Table.ScrollContainer minWidth={1080} type="native">
      <Table aria-label="Alert rules" highlightOnHover verticalSpacing={6} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Rule</Table.Th>
            <Table.Th w={92}>Kind</Table.Th>
            <Table.Th w={108}>Severity</Table.Th>
            <Table.Th w={84}>For</Table.Th>
            {HEADS.map(({ text, width, title }) => (
              <Table.Th key={text} ta="right" w={width} title={title}>
                {text}
              </Table.Th>
            ))}
            <Table.Th w={58}>On</Table.Th>
            {mayWrite ? (
              <Table.Th w={48}>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            ) : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.id}>
              <Table.Td>
                <div className={frame.nameLine}>
                  <Link to="/alerts/rules/$ruleId" params={{ ruleId: rule.id }} className={frame.name}>
                    {rule.name}
                  </Link>
                  {rule.key === null ? null : (
                    <span className={frame.mark} title="Comes with Steward">
                      built in
                    </span>
                  )}
                  {rule.hold === null ? null : <span className={frame.mark}>held</span>}
                </div>
                <div className={classes.reason} title={reasonInFields(rule.reason, catalogue)}>
                  {reasonInFields(rule.reason, catalogue)}
                </div>
              </Table.Td>
              <Table.Td>{KIND_WORDS[rule.kind]}</Table.Td>
              <Table.Td>
                <SeverityMark severity={rule.severity} word />
                {bumpsOf(rule).map((bump) => (
                  <div key={bump} className={classes.counts}>
                    {bump}
                  </div>
                ))}
              </Table.Td>
              <Table.Td>
                <div title="Tiers that it applies to">{tiersWords(rule.tiers)}</div>
                <div className={classes.counts} title="The owner who gets its alerts">
                  {OWNER_WORDS[rule.ownerRole]}
                </div>
              </Table.Td>
              <Figures quality={quality?.get(rule.id) ?? null} />
              <Table.Td>
                <Switch
                  size="xs"
                  aria-label={`${rule.name} is on`}
                  checked={rule.enabled}
                  disabled={!rule.mayEdit || (change.isPending && change.variables.rule.id === rule.id)}
                  onChange={(event) => change.mutate({ rule, enabled: event.currentTarget.checked })}
                />
              </Table.Td>
              {mayWrite ? (
                <Table.Td>
                  <RuleMenu rule={rule} />
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Severities of their own by tier, such as “T1, T2: critical”. */
function bumpsOf({ tierSeverity }: ListedRule): string[] {
  const tiersOf = new Map<string, string[]>();
  for (const [tier, severity] of Object.entries(tierSeverity)) {
    const word = SEVERITY_WORDS[severity].toLowerCase();
    tiersOf.set(word, [...(tiersOf.get(word) ?? []), tier]);
  }
  return [...tiersOf].map(([word, tiers]) => `${tiers.join(', ')}: ${word}`);
}

function Figures({ quality }: { quality: AlertRuleQuality | null }) {
  const currency = useCurrency();
  if (quality === null) return HEADS.map(({ text }) => <Table.Td key={text} />);
  const kept = keptFigure(quality, (minor) => formatMoneyCompact(minor, currency));
  const exact = quality.arrKeptMinor === null ? '' : `${formatMoney(quality.arrKeptMinor, currency)}. `;
  const figures: Figure[] = [
    firedFigure(quality),
    inTimeFigure(quality),
    outcomeFigure(quality),
    falseAlarmFigure(quality),
    { ...kept, meaning: `${exact}${kept.meaning}` },
  ];
  return figures.map(({ value, counts, meaning }, place) => (
    <Table.Td key={HEADS[place]?.text} ta="right" className="tabular" title={meaning}>
      {value}
      {counts === null ? null : <div className={classes.counts}>{counts}</div>}
    </Table.Td>
  ));
}
