import type { CatalogueField, FieldCatalogue } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import type { Rule } from '@steward/shared/rules';
import type { SegmentPreview } from '@steward/shared/segment-preview';
import type { SegmentOf } from '@steward/shared/segments';
import { createContext, type RefObject, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { usePlaybookNames } from '../../lib/catalogue.js';
import { changed, inserted, neighbourOf, nodeIn, placeOf, removed } from './draft-moves.js';
import { type DraftNode, draftOfRule, pathsOf, ruleOfDraft } from './rule-draft.js';

export interface RuleError {
  /** Within the rule: `rules.1.value`, empty for the whole. */
  path: string;
  message: string;
}

export type RulePurpose = 'segment' | 'filter';

export interface NamedSegment {
  id: string;
  name: string;
}

export interface BuilderProps {
  of: SegmentOf;
  value: Rule;
  /** Null while a condition is not finished. */
  onChange: (rule: Rule | null) => void;
  catalogue: readonly CatalogueField[];
  /** “Me” and “my team” are for filters only; fields known as of now only are not for segments. */
  purpose: RulePurpose;
  segments: readonly NamedSegment[];
  /** The segment that is being changed: it cannot rest on itself. */
  exceptSegment?: string;
  /** False where a rule is computed before segments are. */
  withSegments?: boolean;
  errors?: readonly RuleError[];
  withoutValue?: SegmentPreview['withoutValue'];
}

interface Removal {
  node: DraftNode;
  groupId: string;
  index: number;
  words: string;
}

export interface Builder {
  root: DraftNode;
  of: SegmentOf;
  catalogue: readonly CatalogueField[];
  purpose: RulePurpose;
  segments: readonly NamedSegment[];
  playbooks: FieldCatalogue['playbooks'];
  withSegments: boolean;
  errorsOf: (id: string) => readonly string[];
  /** How many of those found have no value in the condition's field; null: that is not so. */
  withoutValueOf: (id: string) => number | null;
  set: (root: DraftNode, focus?: Focus) => void;
  change: (id: string, change: (node: DraftNode) => DraftNode) => void;
  remove: (id: string) => void;
  undo: () => void;
  removal: Removal | null;
  say: (words: string) => void;
  said: string;
  box: RefObject<HTMLDivElement | null>;
}

/** What takes the focus once the change is drawn: the part's first input, or the button of its menu. */
interface Focus {
  id: string;
  on: 'input' | 'menu';
}

const BuilderContext = createContext<Builder | null>(null);
export const BuilderProvider = BuilderContext.Provider;

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error('a part of the rule builder stands outside of it');
  return builder;
}

/** The state of a builder: the draft of the rule, what was removed last, and where the focus goes. */
export function useRuleDraft(props: BuilderProps, start?: () => DraftNode): Builder {
  const {
    value,
    onChange,
    of,
    catalogue,
    purpose,
    segments: all,
    exceptSegment,
    errors,
    withoutValue,
    withSegments = true,
  } = props;
  const [root, setRoot] = useState(() => start?.() ?? draftOfRule(value));
  const [removal, setRemoval] = useState<Removal | null>(null);
  const [said, say] = useState('');
  const [focus, setFocus] = useState<Focus | null>(null);
  const emitted = useRef(JSON.stringify(value));
  const given = useRef(emitted.current);
  const box = useRef<HTMLDivElement>(null);
  const playbooks = usePlaybookNames();

  const text = JSON.stringify(value);
  // A page may hand back what was emitted, or go on giving the rule it began with: neither is news.
  if (text !== given.current) {
    given.current = text;
    if (text !== emitted.current) {
      emitted.current = text;
      setRoot(draftOfRule(value));
      setRemoval(null);
    }
  }
  useEffect(() => {
    if (focus === null || box.current === null) return;
    const part = box.current.querySelector(`[data-node="${focus.id}"]`);
    const wanted = focus.on === 'menu' ? '[data-menu]' : 'input:not([type=hidden]), button';
    const target = part?.querySelector<HTMLElement>(wanted) ?? box.current.querySelector<HTMLElement>('[data-add]');
    target?.focus();
    setFocus(null);
  }, [focus]);

  const set = (next: DraftNode, then?: Focus) => {
    setRoot(next);
    if (then) setFocus(then);
    const rule = ruleOfDraft(next);
    if (rule !== null) emitted.current = JSON.stringify(rule);
    onChange(rule);
  };
  const segments = useMemo(() => all.filter(({ id }) => id !== exceptSegment), [all, exceptSegment]);
  const paths = useMemo(() => pathsOf(root), [root]);

  return {
    root,
    of,
    catalogue,
    purpose,
    segments,
    playbooks,
    withSegments,
    removal,
    said,
    say,
    box,
    set,
    errorsOf: (id) => errorsAt(root, id, paths, errors ?? []),
    withoutValueOf: (id) => {
      const at = `rule.${paths.get(id) ?? ''}`.replace(/\.$/, '');
      return withoutValue?.find(({ path }) => path === at)?.count ?? null;
    },
    change: (id, change) => {
      setRemoval(null);
      set(changed(root, id, change));
    },
    remove: (id) => {
      const place = placeOf(root, id);
      const node = nodeIn(root, id);
      if (place === null || node === null) return;
      const rule = ruleOfDraft(node);
      const words = rule === null ? 'An unfinished condition' : `“${describeRule(rule, catalogue, all, playbooks)}”`;
      setRemoval({ node, groupId: place.parent.id, index: place.index, words });
      say(`${words} was removed`);
      set(removed(root, id), { id: neighbourOf(root, id), on: 'menu' });
    },
    undo: () => {
      if (removal === null) return;
      setRemoval(null);
      say(`${removal.words} is back`);
      set(inserted(root, removal.groupId, removal.index, removal.node), { id: removal.node.id, on: 'menu' });
    },
  };
}

/** What is wrong with a part itself: not with the parts within it, which say so themselves. */
function errorsAt(
  root: DraftNode,
  id: string,
  paths: ReadonlyMap<string, string>,
  errors: readonly RuleError[],
): string[] {
  const own = paths.get(id);
  if (own === undefined || errors.length === 0) return [];
  const owner = (path: string): string | undefined => {
    const [best] = [...paths.entries()]
      .filter(([, at]) => at === '' || path === at || path.startsWith(`${at}.`))
      .sort(([, a], [, b]) => b.length - a.length);
    // Of parts at one place, the inmost: a group around a single condition has its path.
    return [...paths.entries()].filter(([, at]) => at === best?.[1]).at(-1)?.[0];
  };
  return nodeIn(root, id) === null ? [] : errors.filter(({ path }) => owner(path) === id).map(({ message }) => message);
}
