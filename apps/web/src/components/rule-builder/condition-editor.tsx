import { Button, Text } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import type { Rule } from '@steward/shared/rules';
import { useState } from 'react';
import classes from './builder.module.css';
import { BuilderProvider, type NamedSegment, useRuleDraft } from './builder-context.js';
import { ConditionBody } from './condition-body.js';
import { GroupEditor, RowsRule } from './group-editor.js';
import { emptyCondition, newGroup, ruleOfDraft } from './rule-draft.js';

interface ConditionEditorProps {
  catalogue: readonly CatalogueField[];
  segments: readonly NamedSegment[];
  /** The condition to change; none for a new one. */
  rule?: Rule;
  onDone: (rule: Rule) => void;
}

const NOTHING: Rule = { kind: 'all', rules: [] };

/** One condition of a filter, within a popover: the same inputs as in the builder. A group opens as a whole. */
export function ConditionEditor({ catalogue, segments, rule: before, onDone }: ConditionEditorProps) {
  const [value, setValue] = useState(before ?? NOTHING);
  const builder = useRuleDraft(
    {
      of: 'account',
      purpose: 'filter',
      catalogue,
      segments,
      value,
      onChange: (rule) => {
        if (rule !== null) setValue(rule);
      },
    },
    before === undefined ? () => newGroup('all', [emptyCondition()], true) : undefined,
  );
  const { root, playbooks, box } = builder;
  const { body } = root;
  if (body.kind !== 'group') return null;
  const [only] = body.plain && body.nodes.length === 1 ? body.nodes : [];
  const isSingle = only !== undefined && only.body.kind !== 'group' && only.nots === 0;
  const rule = ruleOfDraft(root);
  const part = { fields: catalogue, ofRows: false, inPortal: false };
  return (
    <BuilderProvider value={builder}>
      {/* A list opens over the rest when its box has the focus, so a condition to change begins with the whole. */}
      <div
        className={classes.single}
        data-wide={isSingle && only.body.kind === 'field' ? undefined : ''}
        ref={box}
        tabIndex={-1}
        data-autofocus={before ? true : undefined}
      >
        {isSingle ? (
          <>
            <div className={classes.sentence} data-node={only.id}>
              <ConditionBody node={only} {...part} />
            </div>
            {only.body.kind === 'rows' ? <RowsRule rows={only.body} place="" inPortal={false} /> : null}
          </>
        ) : (
          <GroupEditor node={root} group={body} place="" {...part} />
        )}
        {rule === null ? null : (
          <Text size="xs" role="status">
            {describeRule(rule, catalogue, segments, playbooks)}
          </Text>
        )}
        <Button disabled={rule === null} onClick={() => rule !== null && onDone(rule)}>
          {before ? 'Change condition' : 'Add condition'}
        </Button>
      </div>
    </BuilderProvider>
  );
}
