import { Link } from '@tanstack/react-router';
import frame from '../../../components/ui/frame.module.css';
import classes from './rules.module.css';

/** Where the page stands: below the inbox, below the list of rules. */
export function RuleTitle({ title }: { title?: string }) {
  const slash = (
    <span className={classes.dim} aria-hidden>
      {' / '}
    </span>
  );
  return (
    <>
      <Link to="/alerts" className={frame.crumb}>
        Alerts
      </Link>
      {slash}
      {title === undefined ? (
        'Rules'
      ) : (
        <>
          <Link to="/alerts/rules" className={frame.crumb}>
            Rules
          </Link>
          {slash}
          {title}
        </>
      )}
    </>
  );
}
