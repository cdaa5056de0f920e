import { Link } from '@tanstack/react-router';
import classes from './signals.module.css';

export function SignalTitle({ title }: { title: string }) {
  return (
    <>
      <Link to="/health/signals" className={classes.crumb}>
        Signals
      </Link>{' '}
      / {title}
    </>
  );
}
