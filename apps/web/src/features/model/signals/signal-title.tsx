import { Link } from '@tanstack/react-router';
import frame from '../../../components/ui/frame.module.css';

export function SignalTitle({ title }: { title: string }) {
  return (
    <>
      <Link to="/health/signals" className={frame.crumb}>
        Signals
      </Link>{' '}
      / {title}
    </>
  );
}
