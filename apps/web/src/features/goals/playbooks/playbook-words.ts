import type { CatalogueField } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import { describeTarget } from '@steward/shared/describe-target';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { Playbook, PlaybookDefinition } from '@steward/shared/playbooks';
import { dueWords } from '../../../components/goal/due-words.js';
import { ROLE_WORDS } from '../../../components/goal/goal-words.js';
import { plural } from '../../../lib/format.js';

/** What starts it: “Starts when an account enters Slipping, or by hand”. */
export function startsWords({ definition, triggerNames }: Pick<Playbook, 'definition' | 'triggerNames'>): string {
  const { segmentIds, alertRuleIds } = definition.triggers;
  const nameOf = (id: string) => triggerNames[id] ?? 'something that is gone';
  const parts = [
    segmentIds.length > 0 ? `an account enters ${segmentIds.map(nameOf).join(' or ')}` : null,
    alertRuleIds.length > 0 ? `an alert “${alertRuleIds.map(nameOf).join('” or “')}” opens` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Started by hand' : `Starts when ${parts.join(', or ')}`;
}

interface Named {
  catalogue: readonly CatalogueField[];
  segments: readonly { id: string; name: string }[];
  playbooks: readonly { id: string; name: string }[];
  rules: readonly { id: string; name: string }[];
}

/** What each part of a playbook says, in words, for comparing versions: by place, in the order that people read it. */
function linesOf(
  definition: PlaybookDefinition,
  { catalogue, segments, playbooks, rules }: Named,
): Map<string, string> {
  const { run, triggers } = definition;
  const nameIn = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name ?? 'something that is gone';
  const lines = new Map<string, string>([
    ['Name', definition.name],
    ['Kind', KIND_WORDS[definition.kind]],
    ['Purpose', definition.purpose],
    ['Target', describeTarget(definition.target, catalogue)],
    ['Duration', plural(definition.durationDays, 'day')],
    ['Owner', ROLE_WORDS[definition.ownerRole]],
    ['Starts on entering', triggers.segmentIds.map((id) => nameIn(segments, id)).join(', ') || 'no segment'],
    ['Starts on alerts of', triggers.alertRuleIds.map((id) => nameIn(rules, id)).join(', ') || 'no rule'],
    [
      'Again on an account',
      run.againAfterDays === null ? 'never by itself' : `${plural(run.againAfterDays, 'day')} after the last ended`,
    ],
    ['At once on an account', run.oneAtATime ? 'one goal' : 'several goals'],
    [
      'When its condition stops',
      run.cancelWhenConditionStops
        ? `it is cancelled${run.cancelOpenTasks ? ' with its open tasks' : ', and open tasks stay'}`
        : 'it goes on',
    ],
  ]);
  definition.tasks.forEach(({ key, title, guidance, due, role, required, completesWhen }, index) => {
    const place = `Task “${title}”`;
    lines.set(
      `task ${key}`,
      [
        `${place}: ${dueWords(due)}, ${ROLE_WORDS[role]}, ${required ? 'required' : 'optional'}`,
        completesWhen === null
          ? null
          : `completes itself when ${describeRule(completesWhen, catalogue, segments, playbooks)}`,
      ]
        .filter((part) => part !== null)
        .join('; '),
    );
    lines.set(`guidance ${key}`, guidance);
    lines.set(`order ${key}`, String(index + 1));
  });
  return lines;
}

/** What a version changed against the one before, each in a sentence; empty: nothing that people read. */
export function changesInWords(before: PlaybookDefinition, after: PlaybookDefinition, named: Named): string[] {
  const [was, is] = [linesOf(before, named), linesOf(after, named)];
  const titleOf = (key: string) => after.tasks.find((task) => task.key === key)?.title ?? key;
  const changes: string[] = [];
  for (const [place, now] of is) {
    const then = was.get(place);
    if (then === now) continue;
    const [what, key = ''] = place.split(' ');
    if (what === 'order') continue;
    if (what === 'guidance') {
      if (then !== undefined) changes.push(`Guidance of “${titleOf(key)}” rewritten`);
    } else if (what === 'task') changes.push(then === undefined ? `Added: ${now}` : `${now} (was: ${then})`);
    else if (place === 'Purpose') changes.push('Purpose rewritten');
    else changes.push(`${place}: ${now} (was: ${then ?? 'nothing'})`);
  }
  for (const task of before.tasks) {
    if (!after.tasks.some(({ key }) => key === task.key)) changes.push(`Removed: task “${task.title}”`);
  }
  const common = (one: PlaybookDefinition, other: PlaybookDefinition) =>
    one.tasks.filter(({ key }) => other.tasks.some((task) => task.key === key)).map(({ key }) => key);
  if (common(before, after).join() !== common(after, before).join()) changes.push('Tasks in another order');
  return changes;
}
