import type { Rule } from '@steward/shared/rules';
import fc from 'fast-check';
import {
  duplicated,
  indented,
  inserted,
  moved,
  neighbourOf,
  nodeIn,
  outdented,
  placeOf,
  removed,
} from './draft-moves.js';
import { type DraftNode, draftOfRule, emptyCondition, pathsOf, ruleOfDraft, unfinishedIn } from './rule-draft.js';

const on = (field: string): Rule => ({ kind: 'compare', field, op: 'isSet' });
const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });
const any = (...rules: Rule[]): Rule => ({ kind: 'any', rules });
const not = (rule: Rule): Rule => ({ kind: 'not', rule });
const owes = (rule: Rule): Rule => ({ kind: 'related', of: 'invoice', quantifier: 'any', rule });

/** The id of the condition on a field. */
function idOf(root: DraftNode, field: string): string {
  const { body } = root;
  if (body.kind === 'field') return body.field === field ? root.id : '';
  const within = body.kind === 'group' ? body.nodes : body.kind === 'rows' ? [body.inner] : [];
  return within.map((node) => idOf(node, field)).find((id) => id !== '') ?? '';
}
const change = (rule: Rule, by: (root: DraftNode) => DraftNode): Rule | null => ruleOfDraft(by(draftOfRule(rule)));

const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 'c').map(on),
    fc.array(tie('rule'), { maxLength: 3 }).map((rules) => all(...rules)),
    fc.array(tie('rule'), { maxLength: 3 }).map((rules) => any(...rules)),
    fc
      .array(tie('rule'), { minLength: 1, maxLength: 3 })
      .map((rules): Rule => ({ kind: 'atLeast', n: Math.min(2, rules.length), rules })),
    tie('rule').map(not),
    tie('rule').map(owes),
    fc.constant<Rule>({ kind: 'member', segment: '0d7f0b0e-8d3a-5c55-9b0f-52f1d6f6f2a4', is: true }),
    fc.constant<Rule>({ kind: 'eventCount', event: 'export', op: 'gte', count: 3, inLastDays: 14 }),
  ) as fc.Arbitrary<Rule>,
}));

it('a rule that is opened and left as it is stays the same', () => {
  fc.assert(
    fc.property(rule, (given) => {
      expect(ruleOfDraft(draftOfRule(given))).toEqual(given);
    }),
  );
});

it.each<[Rule, string]>([
  [all(on('a'), any(on('x'))), 'rules.1.rules.0'],
  [not(all(on('x'))), 'rule.rules.0'],
  [on('x'), ''],
  [not(not(on('x'))), 'rule.rule'],
  [all(owes(on('x'))), 'rules.0.rule'],
  [all(not(owes(all(on('x'))))), 'rules.0.rule.rule.rules.0'],
])('the server’s words for a place find the condition: %#', (given, path) => {
  const root = draftOfRule(given);
  expect(pathsOf(root).get(idOf(root, 'x'))).toBe(path);
});

it('an unfinished condition makes no rule, and is counted', () => {
  const root = draftOfRule(all(on('a'), any(on('b'))));
  const group = root.body.kind === 'group' ? root.body.nodes[1]?.id : undefined;
  const unfinished = inserted(root, group ?? '', 1, emptyCondition());
  expect(ruleOfDraft(unfinished)).toBeNull();
  expect(unfinishedIn(unfinished)).toBe(1);
});

it('conditions move within their group, and not beyond it', () => {
  const given = all(on('a'), on('b'), on('c'));
  expect(change(given, (root) => moved(root, idOf(root, 'c'), -1))).toEqual(all(on('a'), on('c'), on('b')));
  expect(change(given, (root) => moved(root, idOf(root, 'a'), -1))).toEqual(given);
});

it('into the group beside it, else into one of its own', () => {
  expect(change(all(any(on('a')), on('b')), (root) => indented(root, idOf(root, 'b')))).toEqual(
    all(any(on('a'), on('b'))),
  );
  expect(change(all(on('b'), any(on('a'))), (root) => indented(root, idOf(root, 'b')))).toEqual(
    all(any(on('b'), on('a'))),
  );
  expect(change(all(on('a'), on('b')), (root) => indented(root, idOf(root, 'b')))).toEqual(all(on('a'), any(on('b'))));
});

it('out of its group, which goes when nothing is left in it; never out of the rows that it is about', () => {
  expect(change(all(any(on('a'), on('b'))), (root) => outdented(root, idOf(root, 'a')))).toEqual(
    all(any(on('b')), on('a')),
  );
  expect(change(all(any(on('a'))), (root) => outdented(root, idOf(root, 'a')))).toEqual(all(on('a')));
  const ofRows = all(owes(all(on('a'), on('b'))));
  expect(change(ofRows, (root) => outdented(root, idOf(root, 'a')))).toEqual(ofRows);
});

it('what is removed comes back to its place', () => {
  const root = draftOfRule(all(on('a'), any(on('b'), on('c'))));
  const id = idOf(root, 'b');
  const place = placeOf(root, id);
  const node = nodeIn(root, id);
  const without = removed(root, id);
  expect(ruleOfDraft(without)).toEqual(all(on('a'), any(on('c'))));
  expect(neighbourOf(root, id)).toBe(idOf(root, 'c'));
  expect(place && node && ruleOfDraft(inserted(without, place.parent.id, place.index, node))).toEqual(
    all(on('a'), any(on('b'), on('c'))),
  );
});

it('a copy stands beside it and is a part of its own', () => {
  const root = draftOfRule(all(owes(all(on('a')))));
  const [first] = root.body.kind === 'group' ? root.body.nodes : [];
  const { root: twice, copy } = duplicated(root, first?.id ?? '');
  expect(ruleOfDraft(twice)).toEqual(all(owes(all(on('a'))), owes(all(on('a')))));
  expect(ruleOfDraft(removed(twice, copy ?? ''))).toEqual(all(owes(all(on('a')))));
  expect(new Set(pathsOf(twice).keys()).size).toBe(pathsOf(twice).size);
});
