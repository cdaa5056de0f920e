import { Select, Table } from '@mantine/core';
import { type FactKind, factKindInfo } from '@steward/shared/fact-kinds';
import type { ColumnMapping, ColumnProfile, ColumnSuggestion } from '@steward/shared/imports';
import { ColumnExtras } from './column-extras.js';
import { type MappingDraft, type MappingProblem, type TargetText, targetOf, withTarget } from './mapping-draft.js';
import classes from './mapping-table.module.css';

interface MappingTableProps {
  draft: MappingDraft;
  profiles: readonly ColumnProfile[];
  suggestions: readonly ColumnSuggestion[];
  problems: readonly MappingProblem[];
  onChange: (draft: MappingDraft) => void;
}

/** One row a column of the file: what stands in it, where it goes, and what else must be known to read it. */
export function MappingTable({ draft, profiles, suggestions, problems, onChange }: MappingTableProps) {
  const targets = targetOptions(draft.kind);
  const setColumn = (index: number, next: ColumnMapping) =>
    onChange({ ...draft, columns: draft.columns.map((column, at) => (at === index ? next : column)) });
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table aria-label="Columns of the file and where they go" verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column</Table.Th>
            <Table.Th w={90}>Looks like</Table.Th>
            <Table.Th w={230}>Goes to</Table.Th>
            <Table.Th>How to read it</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {draft.columns.map((column, index) => {
            const profile = profiles.find((each) => each.name === column.column);
            const suggestion = suggestions[index];
            const target = targetOf(column);
            const untouched = suggestion !== undefined && targetOf(suggestion.mapping) === target;
            return (
              <Table.Tr key={column.column} className={target === 'ignore' ? classes.ignored : undefined}>
                <Table.Td>
                  <div className={classes.column}>{column.column}</div>
                  <div className={classes.samples} title={profile?.samples.join(' · ')}>
                    {profile?.samples.join(' · ') || 'empty'}
                  </div>
                </Table.Td>
                <Table.Td>{profile?.type ?? ''}</Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`Where the column ${column.column} goes`}
                    searchable
                    data={targets}
                    value={target}
                    onChange={(next) => next && setColumn(index, withTarget(column, next as TargetText))}
                  />
                  {untouched && target !== 'ignore' ? (
                    <span className={classes.sure}>{matchText(suggestion)}</span>
                  ) : null}
                </Table.Td>
                <Table.Td>
                  <ColumnExtras
                    kind={draft.kind}
                    column={column}
                    profile={profile}
                    onChange={(next) => setColumn(index, next)}
                  />
                  {suggestion?.hint !== undefined && !target.startsWith('field:') ? (
                    <div className={classes.hint}>{suggestion.hint}</div>
                  ) : null}
                  {problems
                    .filter((problem) => problem.column === column.column)
                    .map((problem) => (
                      <div key={problem.text} className={classes.problem}>
                        {problem.text}
                      </div>
                    ))}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** From here on a match needs no second look. */
const SURE = 0.9;

function matchText({ mapping, confidence }: ColumnSuggestion): string {
  if (mapping.attribute !== undefined) return 'matches no field, kept as your own';
  return confidence >= SURE ? 'matched' : `matched, ${Math.round(confidence * 100)} % sure: look twice`;
}

function targetOptions(kind: FactKind) {
  const info = factKindInfo(kind);
  const other = [
    ...(info.takesMetrics ? [{ value: 'metric', label: 'A metric of its own' }] : []),
    ...(info.takesAttributes ? [{ value: 'attribute', label: kind === 'event' ? 'A property' : 'An attribute' }] : []),
    { value: 'ignore', label: 'Leave out' },
  ];
  return [
    {
      group: info.label,
      items: info.fields.map((field) => ({
        value: `field:${field.key}`,
        label: field.required ? `${field.label} (needed)` : field.label,
      })),
    },
    { group: 'Other', items: other },
  ];
}
