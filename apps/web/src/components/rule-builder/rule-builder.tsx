import { Button } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import classes from './builder.module.css';
import { type BuilderProps, BuilderProvider, useRuleDraft } from './builder-context.js';
import { GroupEditor } from './group-editor.js';
import { ruleOfDraft, unfinishedIn } from './rule-draft.js';

/** Writes a rule: nested groups of conditions, what they say in words, and what is wrong beside where it stands. */
export function RuleBuilder(props: BuilderProps) {
  const builder = useRuleDraft(props);
  const { root, playbooks, removal, undo, said, box } = builder;
  const rule = ruleOfDraft(root);
  const unfinished = unfinishedIn(root);
  const onKeyDown = (event: KeyboardEvent) => {
    const inText = event.target instanceof HTMLInputElement && event.target.value !== '';
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && removal !== null && !inText) {
      event.preventDefault();
      undo();
    }
  };
  return (
    <BuilderProvider value={builder}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears Ctrl Z of the inputs within */}
      <div className={classes.builder} ref={box} onKeyDown={onKeyDown}>
        {root.body.kind === 'group' ? (
          <div data-node={root.id}>
            <GroupEditor node={root} group={root.body} place="" fields={props.catalogue} ofRows={false} inPortal />
          </div>
        ) : null}
        <div className={classes.foot}>
          <p className={classes.words}>
            {rule === null
              ? unfinishedWords(unfinished)
              : describeRule(rule, props.catalogue, props.segments, playbooks)}
          </p>
          {removal === null ? null : (
            <div className={classes.removal}>
              <span>{removal.words} was removed</span>
              <Button
                variant="default"
                size="compact-xs"
                leftSection={<IconArrowBackUp size={13} aria-hidden />}
                onClick={undo}
              >
                Undo
              </Button>
            </div>
          )}
        </div>
        <span className={classes.said} role="status">
          {said}
        </span>
      </div>
    </BuilderProvider>
  );
}

const unfinishedWords = (count: number): string =>
  count <= 1 ? 'One condition is not finished' : `${count} conditions are not finished`;
