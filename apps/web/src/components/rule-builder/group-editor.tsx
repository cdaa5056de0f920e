import { ActionIcon, Button, Select, UnstyledButton } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { relatedFields } from '@steward/shared/related';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Fragment, useMemo } from 'react';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.js';
import { ConditionBody } from './condition-body.js';
import { inserted } from './draft-moves.js';
import { rangeProblem } from './leaf-draft.js';
import { NumberOperand } from './number-operand.js';
import { RowMenu } from './row-menu.js';
import {
  conditionsOf,
  type DraftGroup,
  type DraftNode,
  type DraftRows,
  emptyCondition,
  newGroup,
} from './rule-draft.js';
import { useRowActions } from './use-row-actions.js';

interface PartProps {
  fields: readonly CatalogueField[];
  ofRows: boolean;
  inPortal: boolean;
}

interface GroupEditorProps extends PartProps {
  node: DraftNode;
  group: DraftGroup;
  /** `2.1`: the place of the group in the rule; empty for the whole. */
  place: string;
}

type Joint = 'all' | 'any' | 'atLeast' | 'none';
const JOINTS: { value: Joint; label: string }[] = [
  { value: 'all', label: 'All of' },
  { value: 'any', label: 'Any of' },
  { value: 'none', label: 'None of' },
  { value: 'atLeast', label: 'At least … of' },
];

const jointOf = ({ nots }: DraftNode, { of }: DraftGroup): Joint => (of === 'any' && nots === 1 ? 'none' : of);

/** Conditions and groups that belong together, how they are joined, and what adds more of them. */
export function GroupEditor({ node, group, place, ...part }: GroupEditorProps) {
  const { change, root, set } = useBuilder();
  const joint = jointOf(node, group);
  const setGroup = (next: Partial<DraftGroup>, nots = node.nots) =>
    change(node.id, (each) => ({ ...each, nots, body: { ...group, ...next } }));
  const join = (next: Joint) => {
    const nots = next === 'none' ? 1 : joint === 'none' ? 0 : node.nots;
    setGroup(
      { of: next === 'none' ? 'any' : next, n: next === 'atLeast' ? Math.min(2, group.nodes.length || 1) : 1 },
      nots,
    );
  };
  const add = (more: DraftNode) =>
    set(inserted(root, node.id, group.nodes.length, more), {
      id: more.body.kind === 'group' ? (more.body.nodes[0]?.id ?? more.id) : more.id,
      on: 'input',
    });
  return (
    <div className={classes.group}>
      <div className={classes.head}>
        {node.nots > (joint === 'none' ? 1 : 0) ? <NotPill id={node.id} times={node.nots} /> : null}
        <Select
          aria-label={place === '' ? 'How the conditions are joined' : `How group ${place} is joined`}
          w={118}
          comboboxProps={{ withinPortal: part.inPortal, position: 'bottom-start' }}
          data={JOINTS}
          value={joint}
          onChange={(next) => join((next ?? 'all') as Joint)}
        />
        {group.of === 'atLeast' ? (
          <>
            <NumberOperand
              aria-label="At least how many"
              w={60}
              allowDecimal={false}
              value={group.n}
              problem={rangeProblem(group.n, conditionsOf(group))}
              onChange={(n) => setGroup({ n })}
            />
            <span className={classes.word}>of {group.nodes.length}</span>
          </>
        ) : null}
        <span className={classes.word}>{part.ofRows ? 'these are true of it' : 'these conditions'}</span>
      </div>
      <Errors id={node.id} />
      {group.nodes.length === 0 ? (
        <p className={classes.none}>{emptyWords(part.ofRows, joint)}</p>
      ) : (
        <ol className={classes.rows}>
          {group.nodes.map((each, index) => (
            <Row key={each.id} node={each} place={place === '' ? `${index + 1}` : `${place}.${index + 1}`} {...part} />
          ))}
        </ol>
      )}
      <div className={classes.add}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          data-add
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => add(emptyCondition())}
        >
          Condition
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => add(newGroup(group.of === 'any' ? 'all' : 'any', [emptyCondition()]))}
        >
          Group
        </Button>
      </div>
    </div>
  );
}

function emptyWords(ofRows: boolean, joint: Joint): string {
  if (ofRows) return 'No condition: any row counts';
  return joint === 'all' ? 'No condition: everything matches' : 'No condition yet';
}

interface RowProps extends PartProps {
  node: DraftNode;
  place: string;
}

function Row({ node, place, ...part }: RowProps) {
  const actions = useRowActions(node.id);
  const { body } = node;
  const label = body.kind === 'group' ? `group ${place}` : `condition ${place}`;
  const denied = node.nots > 0;
  const tools = (
    <div className={classes.tools}>
      <RowMenu id={node.id} label={label} denied={denied} inPortal={part.inPortal} actions={actions} />
      <ActionIcon size="sm" aria-label={`Remove ${label}`} onClick={actions.remove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
  return (
    <li
      className={classes.row}
      data-node={node.id}
      aria-label={label.charAt(0).toUpperCase() + label.slice(1)}
      onKeyDown={actions.onKeyDown}
    >
      {body.kind === 'group' ? (
        <GroupEditor node={node} group={body} place={place} {...part} />
      ) : (
        <Fragment>
          <div className={classes.sentence}>
            {denied ? <NotPill id={node.id} times={node.nots} /> : null}
            <ConditionBody node={node} {...part} />
          </div>
          {body.kind === 'rows' ? <RowsRule rows={body} place={place} inPortal={part.inPortal} /> : null}
          <Errors id={node.id} />
          <WithoutValue node={node} />
        </Fragment>
      )}
      {tools}
    </li>
  );
}

/** The conditions on the rows themselves, over the fields that rows of this kind have. */
export function RowsRule({ rows, place, inPortal }: { rows: DraftRows; place: string; inPortal: boolean }) {
  const { catalogue, playbooks } = useBuilder();
  const fields = useMemo(() => {
    const own = (key: string) => catalogue.find((field) => field.key === key);
    return relatedFields(rows.of, { own, playbooks });
  }, [rows.of, catalogue, playbooks]);
  const { inner } = rows;
  return inner.body.kind === 'group' ? (
    <GroupEditor node={inner} group={inner.body} place={place} fields={fields} ofRows inPortal={inPortal} />
  ) : null;
}

function NotPill({ id, times }: { id: string; times: number }) {
  const { change } = useBuilder();
  return (
    <UnstyledButton
      className={classes.not}
      aria-label="Not; take it away"
      title="Take “not” away"
      onClick={() => change(id, (node) => ({ ...node, nots: node.nots - 1 }))}
    >
      {times > 1 ? `not × ${times}` : 'not'}
      <IconX size={11} aria-hidden />
    </UnstyledButton>
  );
}

export function Errors({ id }: { id: string }) {
  const errors = useBuilder().errorsOf(id);
  return errors.length === 0 ? null : (
    <p className={classes.error} role="alert">
      {errors.join(' · ')}
    </p>
  );
}

/** A denial also takes in who has no value at all: that is said, with their number. */
function WithoutValue({ node }: { node: DraftNode }) {
  const { withoutValueOf, of } = useBuilder();
  const count = withoutValueOf(node.id);
  if (count === null || count === 0) return null;
  const whom = of === 'account' ? (count === 1 ? 'account' : 'accounts') : count === 1 ? 'contact' : 'contacts';
  return (
    <p className={classes.note}>
      Includes {count.toLocaleString('en-US')} {whom} without a value
    </p>
  );
}
