import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RuleBuilder } from '../../components/rule-builder/rule-builder.js';
import { RulePreview } from '../../components/rule-builder/rule-preview.js';
import { errorsOfRefusal, useRulePreview } from '../../components/rule-builder/use-rule-preview.js';
import { Dialog } from '../../components/ui/dialog.js';
import { toastError } from '../../components/ui/toast.js';
import { toastWithOffer } from '../../components/ui/toast-with-offer.js';
import { useUnsaved } from '../../components/ui/use-unsaved.js';
import { useMe } from '../../lib/me.js';
import { filtersOfRule, ruleOfFilters } from './filter-rule.js';
import classes from './filter-rule-dialog.module.css';
import type { AccountFilters } from './filters.js';
import { useSaveSegment } from './save-segment.js';

interface FilterRuleDialogProps {
  filters: AccountFilters;
  catalogue: readonly CatalogueField[];
  segments: readonly { id: string; name: string }[];
  onApply: (filters: AccountFilters) => void;
  onClose: () => void;
}

/** The whole filter as a rule, to be changed freely, used on the list, or kept as a segment. */
export function FilterRuleDialog({ filters, catalogue, segments, onApply, onClose }: FilterRuleDialogProps) {
  const { user, permissions } = useMe();
  const [rule, setRule] = useState<Rule>(() => ruleOfFilters(filters, user.id) ?? { kind: 'all', rules: [] });
  const [isComplete, setComplete] = useState(true);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const { isDirty } = useUnsaved({ rule, isComplete, name });
  const preview = useRulePreview({ of: 'account', rule, purpose: 'filter' });
  const navigate = useNavigate();
  const saving = useSaveSegment();
  const refused = errorsOfRefusal(saving.error);
  return (
    <Dialog isDirty={isDirty} onClose={onClose} size={900} title="Filter as a rule">
      <Stack gap="md">
        <RuleBuilder
          of="account"
          purpose="filter"
          value={rule}
          catalogue={catalogue}
          segments={segments}
          errors={refused.length > 0 ? refused : preview.errors}
          withoutValue={preview.withoutValue}
          onChange={(next) => {
            setComplete(next !== null);
            if (next !== null) setRule(next);
            saving.reset();
          }}
        />
        <RulePreview of="account" preview={preview} complete={isComplete} />
        <Group justify="space-between" align="flex-end" className={classes.foot}>
          {permissions.includes('segments:write') ? (
            <Group
              component="form"
              gap="xs"
              align="flex-end"
              onSubmit={(event) => {
                event.preventDefault();
                saving.mutate(
                  { name: name.trim(), rule, visibility: isShared ? 'shared' : 'private' },
                  {
                    onSuccess: ({ id }) => {
                      toastWithOffer(
                        `The segment “${name.trim()}” was saved`,
                        'Open it',
                        () => void navigate({ to: '/segments/$segmentId', params: { segmentId: id } }),
                      );
                      onClose();
                    },
                    onError: (error) => toastError('The segment could not be saved', error),
                  },
                );
              }}
            >
              <TextInput
                label="Save as segment"
                placeholder="Name of the segment"
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Switch
                label="Shared"
                mb={6}
                checked={isShared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
              <Button
                type="submit"
                variant="default"
                disabled={!isComplete || name.trim() === ''}
                loading={saving.isPending}
              >
                Save as segment
              </Button>
            </Group>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              disabled={!isComplete || preview.errors.length > 0}
              onClick={() => {
                onApply({ ...filtersOfRule(rule), text: filters.text, parts: filters.parts });
                onClose();
              }}
            >
              Use on the list
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
