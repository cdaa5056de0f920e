import type { TimelineEntry } from '@steward/shared/timeline';
import { Link } from '@tanstack/react-router';

/** What the entry says, leading to what it is about where that has a place of its own. */
export function TimelineLink({ entry, accountId }: { entry: TimelineEntry; accountId: string }) {
  const { kind, title, subjectId } = entry;
  const style = { color: 'inherit' };
  if (subjectId === null) return <>{title}</>;
  switch (kind) {
    case 'alert':
      return (
        <Link to="/alerts" search={{ open: `${accountId}~${subjectId}`, scope: 'all' }} style={style}>
          {title}
        </Link>
      );
    case 'task':
      return (
        <Link to="/goals/tasks" search={{ open: `${accountId}~${subjectId}`, scope: 'all' }} style={style}>
          {title}
        </Link>
      );
    case 'goal':
      return (
        <Link to="/goals" search={{ goal: `${accountId}~${subjectId}`, scope: 'all' }} style={style}>
          {title}
        </Link>
      );
    case 'segment':
      return (
        <Link to="/segments/$segmentId" params={{ segmentId: subjectId }} style={style}>
          {title}
        </Link>
      );
    default:
      return <>{title}</>;
  }
}
