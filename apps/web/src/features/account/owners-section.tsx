import type { AccountDetail, UpdateAccount } from '@steward/shared/accounts';
import { useMe } from '../../lib/me.js';
import classes from './account-side.module.css';
import { useEditAccount } from './edit-account.js';
import { OwnerSelect } from './owner-select.js';

type OwnerChange = Pick<UpdateAccount, 'csmUserId' | 'amUserId'>;

/** Who looks after the account; those who may assign it change it here. */
export function OwnersSection({ account, editable }: { account: AccountDetail; editable: boolean }) {
  const mayAssign = useMe().permissions.includes('accounts:assign') && editable;
  const edit = useEditAccount(account.id);
  const save = (change: OwnerChange, before: OwnerChange, said: string) => edit.mutate({ change, before, said });
  return (
    <section aria-label="Owners">
      <h2 className={classes.title}>Owners</h2>
      <dl className={classes.list}>
        <dt>CSM</dt>
        <dd>
          <OwnerSelect
            label="CSM"
            field="account.csm"
            owner={account.csm}
            editable={mayAssign}
            onChange={(csmUserId) => save({ csmUserId }, { csmUserId: account.csm?.userId ?? null }, 'CSM changed')}
          />
        </dd>
        <dt>Account manager</dt>
        <dd>
          <OwnerSelect
            label="Account manager"
            field="account.am"
            owner={account.am}
            editable={mayAssign}
            onChange={(amUserId) =>
              save({ amUserId }, { amUserId: account.am?.userId ?? null }, 'Account manager changed')
            }
          />
        </dd>
      </dl>
    </section>
  );
}
