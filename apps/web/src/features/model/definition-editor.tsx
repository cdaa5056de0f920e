import type { ModelProblem } from '@steward/shared/model-versions';
import { type ReactNode, useState } from 'react';
import { DraftBar } from '../../components/model-version/draft-bar.js';
import { moved } from '../../components/model-version/ordered-list.js';
import { problemsWithin } from '../../components/model-version/problems.js';
import { PublishDialog } from '../../components/model-version/publish-dialog.js';
import type { ModelDraft } from '../../components/model-version/use-model-draft.js';
import { useUndoKeys } from '../../components/model-version/use-undo-keys.js';
import { VersionList } from '../../components/model-version/version-list.js';
import type { DefinitionFieldsProps } from './definition-fields.js';
import { DefinitionList } from './definition-list.js';
import classes from './editor-parts.module.css';
import { useUnfinished } from './use-unfinished.js';

interface DefinitionEditorProps<B, T extends { key: string; label: string }> {
  draft: ModelDraft<B>;
  lead: string;
  /** “tier”. */
  one: string;
  /** Where they stand in the body: `tiers`. */
  list: string;
  itemsOf: (body: B) => readonly T[];
  /** The body with these instead. */
  withItems: (items: T[]) => B;
  withItem: (index: number, change: Partial<T>) => B;
  without: (index: number) => B;
  withNew: () => { body: B; key: string };
  most: number;
  /** How many at the end keep their place, and stay. */
  fixedAtEnd?: number;
  line: (item: T, index: number) => ReactNode;
  fields: (props: DefinitionFieldsProps<T>, index: number) => ReactNode;
  /** What the body says beside them. */
  children: ReactNode;
  /** Tries out what is written. */
  onTry: () => void;
  dryRun: ReactNode;
  /** The dry run in short, where publishing is asked for. */
  effect: ReactNode;
  effectOf: (version: number) => ReactNode;
  /** What a version does when it is published: “All accounts are put into tiers anew.” */
  after: string;
  /** What the place of a problem is called. */
  nameOf: (path: string) => string | null;
}

/** Definitions being written: their order, what each says, where accounts would go, and the versions before. */
export function DefinitionEditor<B, T extends { key: string; label: string }>(props: DefinitionEditorProps<B, T>) {
  const { draft, lead, one, list, itemsOf, fixedAtEnd = 0, after, nameOf } = props;
  const { body, change } = draft;
  const unfinished = useUnfinished();
  const [publishing, setPublishing] = useState(false);
  const [shownProblems, setShownProblems] = useState(0);
  useUndoKeys(draft.undo, draft.redo);
  const items = itemsOf(body);
  const problems: readonly ModelProblem[] = draft.draft?.problems ?? [];
  const publishedKeys = new Set(draft.publishedBody === null ? [] : itemsOf(draft.publishedBody).map(({ key }) => key));
  const halfWritten = items.filter(({ key }) => unfinished.keys.has(key)).length;
  const stays = (index: number): boolean => items.length === 1 || index >= items.length - fixedAtEnd;
  return (
    <>
      <DraftBar
        draft={draft}
        unfinished={halfWritten}
        onProblems={() => setShownProblems((now) => now + 1)}
        onPublish={() => {
          setPublishing(true);
          props.onTry();
        }}
      />
      <div className={classes.body}>
        <div className={classes.main}>
          <p className={classes.lead}>{lead}</p>
          <DefinitionList
            label={`${one.charAt(0).toUpperCase()}${one.slice(1)}s`}
            one={one}
            items={items}
            keyOf={({ key }) => key}
            nameOf={({ label, key }) => label || key}
            fixedAtEnd={fixedAtEnd}
            shownProblems={shownProblems}
            wrongIn={(index) =>
              problemsWithin(problems, `${list}.${index}`).filter(({ severity }) => severity === 'error').length +
              (unfinished.keys.has(items[index]?.key ?? '') ? 1 : 0)
            }
            line={props.line}
            fields={(item, index) =>
              props.fields(
                {
                  item,
                  place: `${list}.${index}`,
                  isKeyFixed: publishedKeys.has(item.key),
                  takenKeys: items.map(({ key }) => key),
                  problems,
                  onChange: (next, gesture) => {
                    if (next.key !== undefined) unfinished.rename(item.key, next.key);
                    change(props.withItem(index, next), gesture === null ? null : `${item.key} ${gesture}`);
                  },
                  onUnfinished: (isUnfinished) => unfinished.mark(item.key, isUnfinished),
                },
                index,
              )
            }
            onMove={(from, to) => change(props.withItems(moved(items, from, to)), null)}
            onRemove={(index) => (stays(index) ? null : () => change(props.without(index), null))}
            onAdd={
              items.length >= props.most
                ? null
                : () => {
                    const { body: next, key } = props.withNew();
                    change(next, null);
                    return key;
                  }
            }
          />
          {props.children}
        </div>
        <aside className={classes.side} aria-label="What it would do">
          {props.dryRun}
          <VersionList
            part={draft.part}
            mayWrite
            after={after}
            effectOf={props.effectOf}
            onRolledBack={() => void draft.reload()}
          />
        </aside>
      </div>
      {publishing ? (
        <PublishDialog
          draft={draft}
          unfinished={halfWritten}
          nameOf={nameOf}
          after={after}
          onClose={() => setPublishing(false)}
        >
          {props.effect}
        </PublishDialog>
      ) : null}
    </>
  );
}
