import { Link } from '@tanstack/react-router';
import classes from './playbook-form.module.css';

/** Where the page stands: below the goals, below the list of playbooks. */
export function PlaybookTitle({ title }: { title: string }) {
  const slash = (
    <span className={classes.dim} aria-hidden>
      {' / '}
    </span>
  );
  return (
    <>
      <Link to="/goals" className={classes.crumb}>
        Goals
      </Link>
      {slash}
      <Link to="/goals/playbooks" className={classes.crumb}>
        Playbooks
      </Link>
      {slash}
      {title}
    </>
  );
}
