import frame from '../ui/frame.module.css';

/** That the customer has left, beside the account's name where work for it goes on. */
export function ChurnedMark({ status }: { status: string }) {
  if (status !== 'churned') return null;
  return (
    <span className={frame.mark} title="The customer has left; goals and tasks stay until somebody ends them">
      churned
    </span>
  );
}
