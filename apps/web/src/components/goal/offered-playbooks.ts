import { KIND_WORDS } from '@steward/shared/goal-words';
import { PLAYBOOK_KINDS, type Playbook } from '@steward/shared/playbooks';

/** Playbooks that may be started, in groups: the one that is offered first, then by kind and name. */
export function offeredPlaybooks(
  playbooks: readonly Playbook[],
  offeredId: string | null,
): { group: string; items: { value: string; label: string }[] }[] {
  const usable = playbooks.filter(({ enabled, problems }) => enabled && problems.length === 0);
  const offered = usable.filter(({ id }) => id === offeredId);
  const rest = usable.filter((each) => !offered.includes(each));
  const groups = [
    { group: 'Offered by the rule', of: offered },
    ...PLAYBOOK_KINDS.map((kind) => ({
      group: KIND_WORDS[kind],
      of: rest.filter(({ definition }) => definition.kind === kind),
    })),
  ];
  return groups
    .filter(({ of }) => of.length > 0)
    .map(({ group, of }) => ({
      group,
      items: of.map(({ id, definition }) => ({ value: id, label: definition.name })),
    }));
}
