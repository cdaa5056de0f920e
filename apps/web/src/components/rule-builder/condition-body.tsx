import { Select } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.js';
import { EventInputs } from './event-inputs.js';
import { OperandInputs } from './operand-inputs.js';
import { type LeafOperator, OPERATOR_WORDS, operatorsOf } from './operators.js';
import { RowsInputs } from './rows-inputs.js';
import { changedCondition, conditionOn, type DraftBody, type DraftNode, newEvent, rowsOf } from './rule-draft.js';
import { SubjectPicker } from './subject-picker.js';
import { EVENT, rowsOfSubject, rowsSubject, SEGMENT } from './subjects.js';

interface ConditionBodyProps {
  node: DraftNode;
  /** Of the account, or of the rows that the condition is about. */
  fields: readonly CatalogueField[];
  ofRows: boolean;
  inPortal: boolean;
}

function subjectOf(body: DraftBody): string | null {
  switch (body.kind) {
    case 'field':
      return body.field;
    case 'event':
      return EVENT;
    case 'member':
      return SEGMENT;
    case 'rows':
      return rowsSubject(body.of);
    case 'group':
      return null;
  }
}

function bodyAbout(subject: string, fields: readonly CatalogueField[], ofRows: boolean): DraftBody | null {
  if (subject === EVENT) return newEvent();
  if (subject === SEGMENT) return { kind: 'member', segment: null, is: true };
  const rows = rowsOfSubject(subject);
  if (rows !== null) return rowsOf(rows);
  const field = fields.find(({ key }) => key === subject);
  return field === undefined ? null : conditionOn(field, ofRows);
}

/** One condition as a sentence of inputs: what it is about, what it says, and what it compares with. */
export function ConditionBody({ node, fields, ofRows, inPortal }: ConditionBodyProps) {
  const { change, errorsOf } = useBuilder();
  const { body } = node;
  const set = (next: DraftBody) => change(node.id, (each) => ({ ...each, body: next }));
  return (
    <>
      <SubjectPicker
        fields={fields}
        value={subjectOf(body)}
        ofRows={ofRows}
        inPortal={inPortal}
        error={errorsOf(node.id).length > 0}
        onChange={(subject) => {
          const next = bodyAbout(subject, fields, ofRows);
          if (next !== null && subject !== subjectOf(body)) set(next);
        }}
      />
      {body.kind === 'field' ? (
        <FieldInputs node={node} fields={fields} ofRows={ofRows} inPortal={inPortal} />
      ) : body.kind === 'event' ? (
        <EventInputs draft={body.draft} inPortal={inPortal} onChange={(draft) => set({ kind: 'event', draft })} />
      ) : body.kind === 'member' ? (
        <MemberInputs segment={body.segment} is={body.is} inPortal={inPortal} onChange={set} />
      ) : body.kind === 'rows' ? (
        <RowsInputs rows={body} inPortal={inPortal} onChange={set} />
      ) : null}
    </>
  );
}

function FieldInputs({ node, fields, ofRows, inPortal }: ConditionBodyProps) {
  const { change, purpose } = useBuilder();
  const { body } = node;
  if (body.kind !== 'field') return null;
  const field = fields.find(({ key }) => key === body.field);
  if (field === undefined) return null;
  const { draft } = body;
  // What a rule says already is offered too, where another way to say it is more usual.
  const operators = [...new Set([...operatorsOf(field, { ofRows }), draft.op])];
  const set = (next: Partial<typeof draft>) =>
    change(node.id, (each) =>
      each.body.kind === 'field' ? { ...each, body: changedCondition(each.body, field, next) } : each,
    );
  return (
    <>
      <Select
        aria-label="Condition"
        w={168}
        value={draft.op}
        comboboxProps={{ withinPortal: inPortal, width: 230, position: 'bottom-start' }}
        maxDropdownHeight={340}
        data={operators.map((op) => ({ value: op, label: OPERATOR_WORDS[op] }))}
        onChange={(op) => set({ op: (op ?? 'isSet') as LeafOperator })}
      />
      <OperandInputs
        field={field}
        catalogue={fields}
        purpose={purpose}
        draft={draft}
        inPortal={inPortal}
        onChange={set}
      />
    </>
  );
}

interface MemberInputsProps {
  segment: string | null;
  is: boolean;
  inPortal: boolean;
  onChange: (body: DraftBody) => void;
}

function MemberInputs({ segment, is, inPortal, onChange }: MemberInputsProps) {
  const { segments } = useBuilder();
  const inList = { withinPortal: inPortal, position: 'bottom-start' } as const;
  const gone = segment !== null && !segments.some(({ id }) => id === segment) ? [segment] : [];
  return (
    <>
      <Select
        aria-label="Condition"
        w={100}
        comboboxProps={inList}
        data={[
          { value: 'in', label: 'is in' },
          { value: 'out', label: 'is not in' },
        ]}
        value={is ? 'in' : 'out'}
        onChange={(next) => onChange({ kind: 'member', segment, is: next !== 'out' })}
      />
      <Select
        aria-label="Segment"
        className={classes.grow}
        placeholder="Choose a segment"
        searchable
        nothingFoundMessage="No segment is called so"
        comboboxProps={inList}
        data={[
          ...gone.map((id) => ({ value: id, label: 'A segment that is gone' })),
          ...segments.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={segment}
        onChange={(next) => onChange({ kind: 'member', segment: next, is })}
      />
    </>
  );
}
