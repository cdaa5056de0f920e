import type { AccountDetail } from '@steward/shared/accounts';
import { useState } from 'react';
import { HandOverDialog } from '../../components/plan/hand-over-dialog.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import classes from './account-side.module.css';
import { OwnerSelect } from './owner-select.js';

const ROLES = [
  { role: 'csm', label: 'CSM', field: 'account.csm' },
  { role: 'am', label: 'Account manager', field: 'account.am' },
] as const;

interface Asked {
  role: 'csm' | 'am';
  to: { userId: string; name: string } | null;
}

/** Who looks after the account; those who may assign it hand it over here. */
export function OwnersSection({ account, editable }: { account: AccountDetail; editable: boolean }) {
  const mayAssign = useMe().permissions.includes('accounts:assign') && editable;
  const catalogue = useCatalogue();
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <section aria-label="Owners">
      <h2 className={classes.title}>Owners</h2>
      <dl className={classes.list}>
        {ROLES.map(({ role, label, field }) => (
          <div key={role} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>
              <OwnerSelect
                label={label}
                field={field}
                owner={account[role]}
                editable={mayAssign}
                onChange={(userId) => {
                  if (userId === (account[role]?.userId ?? null)) return;
                  const name = fieldOf(catalogue, field)?.options?.find(({ value }) => value === userId)?.label;
                  setAsked({ role, to: userId === null ? null : { userId, name: name ?? userId } });
                }}
              />
            </dd>
          </div>
        ))}
      </dl>
      {asked ? <HandOverDialog account={account} {...asked} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}
