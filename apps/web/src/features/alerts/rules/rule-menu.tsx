import { ItemMenu } from '../../../components/ui/item-menu.js';
import { useCopyRule, useRemoveRule } from './change-rules.js';
import type { ListedRule } from './get-rules.js';

/** What may be done with a rule; a built-in one is switched off rather than deleted. */
export function RuleMenu({ rule }: { rule: ListedRule }) {
  const copy = useCopyRule();
  const remove = useRemoveRule();
  return (
    <ItemMenu
      name={rule.name}
      edit={`/alerts/rules/${rule.id}`}
      onCopy={() => copy.mutate(rule)}
      remove={
        rule.key === null
          ? {
              run: (onGone) => remove.mutate(rule.id, { onSuccess: onGone }),
              isPending: remove.isPending,
              follows:
                'Its live alerts end, and its versions and quality figures are gone. Nothing brings them back. To keep those, switch it off instead.',
            }
          : null
      }
    />
  );
}
