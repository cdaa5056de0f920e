import { Button, Table } from '@mantine/core';
import type { SuggestedWeights } from '@steward/shared/health-studio';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconInfoCircle } from '@tabler/icons-react';
import { Delta } from '../../../components/ui/delta.js';
import { Section } from '../../../components/ui/section.js';
import { formatDay } from '../../../lib/days.js';
import { formatPercent, plural } from '../../../lib/format.js';
import parts from '../parts.module.css';
import { estimateWords } from './run-words.js';
import classes from './runs.module.css';

const MARKS = { beats: IconCircleCheck, does_not_beat: IconInfoCircle, cannot_tell: IconHelpCircle } as const;

interface WeightsViewProps {
  result: SuggestedWeights;
  /** The draft measures what was calculated with. */
  isSame: boolean;
  onTake: ((body: NonNullable<SuggestedWeights['body']>) => void) | null;
}

/** Suggested weights beside the present ones, with how both did on later months. */
export function WeightsView({ result, isSame, onTake }: WeightsViewProps) {
  const { refusal, verdict, warnings, present, suggested, difference, body, fitted, judged } = result;
  if (refusal !== null) {
    return (
      <p className={classes.verdict} data-kind="cannot_tell">
        <IconHelpCircle size={20} aria-hidden />
        <span>{refusal}</span>
      </p>
    );
  }
  const Mark = MARKS[verdict.kind];
  return (
    <>
      <p className={classes.verdict} data-kind={verdict.kind}>
        <Mark size={20} aria-hidden />
        <span>{verdict.sentence}</span>
      </p>
      {warnings.length === 0 ? null : (
        <ul className={classes.warnings} aria-label="How far to trust it">
          {warnings.map((warning) => (
            <li key={warning}>
              <IconAlertTriangle size={14} aria-hidden />
              {warning}
            </li>
          ))}
        </ul>
      )}
      <dl className={classes.figures}>
        <Figure term="AUC as it is" says={estimateWords(present)} means={periodWords('Judged on', judged)} />
        <Figure
          term="AUC with suggested weights"
          says={estimateWords(suggested)}
          means={periodWords('Fitted on', fitted)}
        />
        <Figure
          term="Difference"
          says={estimateWords(difference)}
          means="Where its interval holds 0, the weights are no better than the present ones."
        />
      </dl>
      <Section title="Shares of the score" note="Present and suggested">
        <ShareTable result={result} />
      </Section>
      {body === null ? null : (
        <div className={classes.take}>
          {onTake === null ? (
            <p className={parts.dim}>Admins take suggested weights into the draft.</p>
          ) : (
            <>
              <Button onClick={() => onTake(body)}>Take into the draft</Button>
              <span className={parts.dim}>
                {isSame
                  ? 'Only weights change, and only in the draft.'
                  : 'The draft measures something else by now: taking them brings back the measures that were calculated with. Undo takes it out again.'}
              </span>
            </>
          )}
        </div>
      )}
    </>
  );
}

function periodWords(word: string, period: SuggestedWeights['judged']): string {
  const [first] = period?.days ?? [];
  const last = period?.days.at(-1);
  if (!period || first === undefined || last === undefined) return '';
  return `${word} ${formatDay(first)} to ${formatDay(last)}: ${plural(period.eventAccounts, 'account')} with the outcome.`;
}

function Figure({ term, says, means }: { term: string; says: string; means: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="tabular">{says}</dd>
      <dd className={parts.dim}>{means}</dd>
    </div>
  );
}

function ShareTable({ result: { groups, measures } }: { result: SuggestedWeights }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label="Present and suggested shares" verticalSpacing={5} maw={820}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Measure</Table.Th>
            <Table.Th ta="right" w={90}>
              Present
            </Table.Th>
            <Table.Th ta="right" w={90}>
              Suggested
            </Table.Th>
            <Table.Th ta="right" w={90}>
              Change
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        {groups.map((group) => (
          <Table.Tbody key={group.key}>
            <ShareRow label={group.label} share={group} isGroup remark={null} />
            {measures
              .filter((measure) => measure.group === group.key)
              .map((measure) => (
                <ShareRow key={measure.signal} label={measure.label} share={measure} remark={measure.remark} />
              ))}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}

interface ShareRowProps {
  label: string;
  share: { presentShare: number; suggestedShare: number };
  isGroup?: boolean;
  remark: string | null;
}

function ShareRow({ label, share: { presentShare, suggestedShare }, isGroup = false, remark }: ShareRowProps) {
  return (
    <Table.Tr className={isGroup ? parts.groupRow : undefined}>
      <Table.Th scope={isGroup ? 'rowgroup' : 'row'} className={isGroup ? undefined : parts.rowHead}>
        {label}
        {remark === null ? null : <div className={parts.dim}>{remark}</div>}
      </Table.Th>
      <Table.Td ta="right" className="tabular">
        {formatPercent(presentShare, 1)}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatPercent(suggestedShare, 1)}
      </Table.Td>
      <Table.Td ta="right">
        <Delta change={suggestedShare - presentShare} digits={1} better="none" />
      </Table.Td>
    </Table.Tr>
  );
}
