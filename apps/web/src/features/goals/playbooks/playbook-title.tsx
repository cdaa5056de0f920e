import { Link } from '@tanstack/react-router';
import frame from '../../../components/ui/frame.module.css';
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
      <Link to="/goals" className={frame.crumb}>
        Goals
      </Link>
      {slash}
      <Link to="/goals/playbooks" className={frame.crumb}>
        Playbooks
      </Link>
      {slash}
      {title}
    </>
  );
}
