import type { Playbook } from '@steward/shared/playbooks';
import { ItemMenu } from '../../../components/ui/item-menu.js';
import { plural } from '../../../lib/format.js';
import { useCopyPlaybook, useRemovePlaybook } from './change-playbooks.js';

/** What may be done with a playbook; a ready-made one is switched off rather than deleted. */
export function PlaybookMenu({ playbook }: { playbook: Playbook }) {
  const { id, key, definition, goals } = playbook;
  const copy = useCopyPlaybook();
  const remove = useRemovePlaybook();
  const runOn = goals.live > 0 ? ` ${plural(goals.live, 'goal')} of it run on by what it says now.` : '';
  return (
    <ItemMenu
      name={definition.name}
      edit={`/goals/playbooks/${id}`}
      onCopy={() => copy.mutate(playbook)}
      remove={
        key === null
          ? {
              run: (onGone) => remove.mutate(playbook, { onSuccess: onGone }),
              isPending: remove.isPending,
              follows: `It starts no more goals, and nothing brings it back.${runOn} To keep it for later, switch it off instead.`,
            }
          : null
      }
    />
  );
}
