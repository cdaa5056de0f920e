import { Link } from '@tanstack/react-router';
import { useMe } from '../../lib/me.js';
import classes from './accounts-page.module.css';

/** Says that the accounts are made up; leads who may to where they are removed. */
export function SampleMark() {
  const mayRemove = useMe().permissions.includes('workspace:write');
  const words = 'Sample data';
  return mayRemove ? (
    <Link
      to="/settings/workspace"
      className={classes.sampleMark}
      title="These accounts are made up. Remove them under Settings."
    >
      {words}
    </Link>
  ) : (
    <span className={classes.sampleMark} title="These accounts are made up">
      {words}
    </span>
  );
}
