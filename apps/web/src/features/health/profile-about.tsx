import { Table } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import type { ProfileBody } from '@steward/shared/health';
import frame from '../../components/ui/frame.module.css';
import { Section } from '../../components/ui/section.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { ShareBar } from './editor/share-bar.js';
import { sharesOf } from './editor/shares.js';
import type { ProfileFigures } from './get-figures.js';
import classes from './health.module.css';
import parts from './parts.module.css';
import { bandsWords, connectedWords, coverageWords, normalizerWords, pulseWords } from './words.js';

interface ProfileAboutProps {
  body: ProfileBody;
  /** How its accounts stand today; null: not known, or it scores nobody. */
  figures: ProfileFigures | null;
}

/** Who is scored by a profile, in words. */
export function useScopeWords(): (body: ProfileBody, isDefault: boolean) => string {
  const catalogue = useCatalogue();
  return ({ scope }, isDefault) => {
    if (isDefault) return 'All accounts that no profile before it takes';
    return scope === null ? 'All accounts' : describeRule(scope, catalogue, []);
  };
}

/** What a profile says, for those who read it. */
export function ProfileAbout({ body, figures }: ProfileAboutProps) {
  const catalogue = useCatalogue();
  return (
    <>
      <Section
        title="Measures"
        note={figures ? connectedWords(figures.connectedMeasures, figures.countedMeasures) : null}
      >
        <MeasureTable body={body} notConnected={figures?.notConnected ?? []} />
      </Section>
      <Section title="Caps and floors" note="After the measures; the lowest cap wins over any floor">
        {body.limits.length === 0 ? <p className={parts.dim}>None: the score is what the measures say.</p> : null}
        <ul className={parts.limits} aria-label="Caps and floors">
          {body.limits.map(({ key, kind, at, reason, rule, skipInQuietPeriods }) => {
            const today = figures?.limits.find((each) => each.key === key);
            return (
              <li key={key} className={parts.limit}>
                <div className={parts.limitHead}>
                  <span className={classes.grow}>
                    <strong>
                      {kind === 'cap' ? 'Cap' : 'Floor'} at {formatNumber(at, 2)}
                    </strong>{' '}
                    {reason}
                    <span className={parts.limitRule}>
                      {describeRule(rule, catalogue, [])}
                      {skipInQuietPeriods ? '; not in quiet periods' : ''}
                    </span>
                  </span>
                  {today ? (
                    <span className={parts.dim} title="Today">
                      holds on {plural(today.holds, 'account')}
                    </span>
                  ) : null}
                </div>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title="Bands and thresholds">
        <ul className={classes.plain}>
          <li>{bandsWords(body.bands)}</li>
          <li>{coverageWords(body.minCoverage)}</li>
          <li>{pulseWords(body.pulseGap)}</li>
        </ul>
      </Section>
    </>
  );
}

/** Measures by group, with what each counts for. */
function MeasureTable({ body, notConnected }: { body: ProfileBody; notConnected: readonly string[] }) {
  const catalogue = useCatalogue();
  const currency = useCurrency();
  const shares = sharesOf(body);
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label="Measures" verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Signal</Table.Th>
            <Table.Th>Points out of 100</Table.Th>
            <Table.Th w={150}>Share of the score</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {body.groups.map((group) => (
          <Table.Tbody key={group.key}>
            <Table.Tr className={parts.groupRow}>
              <Table.Th colSpan={2} scope="rowgroup">
                {group.label}
              </Table.Th>
              <Table.Td>
                <ShareBar share={shares.groups.get(group.key) ?? 0} />
              </Table.Td>
            </Table.Tr>
            {group.measures.map(({ signal, weight, normalizer }) => {
              const field = fieldOf(catalogue, signal);
              return (
                <Table.Tr key={signal}>
                  <Table.Th scope="row" className={parts.rowHead} title={field?.description || undefined}>
                    {field?.label ?? signal}
                    {notConnected.includes(signal) ? <span className={frame.mark}>not connected</span> : null}
                    {weight === 0 ? <span className={frame.mark}>never counted</span> : null}
                  </Table.Th>
                  <Table.Td>{normalizerWords(normalizer, field?.unit ?? null, currency)}</Table.Td>
                  <Table.Td>
                    <ShareBar share={shares.measures.get(signal) ?? 0} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}
