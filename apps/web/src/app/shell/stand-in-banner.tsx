import { IconUsers } from '@tabler/icons-react';
import { Fragment } from 'react';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import classes from './shell.module.css';

/** Says whose work is one's own meanwhile, on every page, because every page of what is "mine" holds it. */
export function StandInBanner() {
  const { standsInFor } = useMe();
  if (standsInFor.length === 0) return null;
  return (
    <div className={classes.banner} role="status">
      <IconUsers size={15} aria-hidden />
      <span>
        You stand in for{' '}
        {standsInFor.map(({ userId, name, toDay }, place) => (
          <Fragment key={userId}>
            {place === 0 ? null : place === standsInFor.length - 1 ? ' and ' : ', '}
            <strong>{name}</strong> until {formatDay(toDay)}
          </Fragment>
        ))}
        : “mine” includes their accounts and work.
      </span>
    </div>
  );
}
