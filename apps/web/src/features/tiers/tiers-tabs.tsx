import { Link } from '@tanstack/react-router';
import classes from './tiers.module.css';

/** How tiers do, and what they are. */
export function TiersTabs() {
  return (
    <nav className={classes.tabs} aria-label="Tiers">
      <Link to="/tiers" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
        Performance
      </Link>
    </nav>
  );
}
