import { UnstyledButton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatNumber } from '../../lib/format.js';
import classes from './changed-pill.module.css';
import type { LiveRows } from './use-live-rows.js';

/** Says quietly that rows changed in place, so that their order and who is among them may be renewed. */
export function ChangedPill({ changed, refresh }: LiveRows) {
  return (
    <div className={classes.place} role="status">
      {changed > 0 ? (
        <UnstyledButton className={classes.pill} onClick={refresh}>
          <IconRefresh size={13} aria-hidden />
          {formatNumber(changed)} changed, refresh
        </UnstyledButton>
      ) : null}
    </div>
  );
}
