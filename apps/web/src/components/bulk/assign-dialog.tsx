import { SegmentedControl, Select, Text } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

const NOBODY = { value: 'nobody', label: 'Nobody' };

interface AssignDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'assign' }>) => void;
}

/** Gives accounts to a person; who may not, claims free ones and gives their own back. */
export function AssignDialog({ onChange, ...frame }: AssignDialogProps) {
  const { user, permissions, seesAllAccounts } = useMe();
  const catalogue = useCatalogue();
  const mayAssign = permissions.includes('accounts:assign');
  const [role, setRole] = useState<'csm' | 'am'>(user.role === 'am' ? 'am' : 'csm');
  const [owner, setOwner] = useState<string | null>(mayAssign ? null : user.id);
  const people = (fieldOf(catalogue, `account.${role}`)?.options ?? [])
    .filter(({ acts }) => acts)
    .map(({ value, label }) => ({ value, label }));
  const me = { value: user.id, label: `${user.fullName} (you)` };
  return (
    <BulkDialog
      {...frame}
      title="Assign an owner"
      yes="Assign"
      ready={owner !== null}
      onYes={() => onChange({ kind: 'assign', role, userId: owner === NOBODY.value ? null : owner })}
    >
      <SegmentedControl
        aria-label="In which role"
        data={[
          { value: 'csm', label: 'CSM' },
          { value: 'am', label: 'Account manager' },
        ]}
        value={role}
        onChange={(next) => setRole(next as typeof role)}
      />
      <Select
        label="Owner"
        placeholder="Choose a person"
        searchable
        data-autofocus
        data={mayAssign ? [...people, NOBODY] : [me, NOBODY]}
        value={owner}
        onChange={setOwner}
      />
      {mayAssign ? null : (
        <Text size="xs" c="dimmed">
          You may claim accounts that have no owner and give your own back. Others are left alone.
        </Text>
      )}
      {seesAllAccounts ? null : (
        <Text size="xs" c="dimmed">
          Accounts that only other people own afterwards may leave your sight.
        </Text>
      )}
    </BulkDialog>
  );
}
