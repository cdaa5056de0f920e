import type { Segment } from '@steward/shared/segments';
import frame from '../../components/ui/frame.module.css';
import classes from './segments.module.css';

/** What kind of segment it is, beside its name; that it is shared goes without saying. */
export function SegmentMarks({ segment }: { segment: Pick<Segment, 'key' | 'visibility' | 'of'> }) {
  const marks = [
    segment.key === null ? null : { word: 'built in', title: 'Comes with Steward' },
    segment.visibility === 'shared' ? null : { word: 'private', title: 'Seen by its owner alone' },
    segment.of === 'contact' ? { word: 'contacts', title: 'Its members are contacts' } : null,
  ].filter((mark) => mark !== null);
  return (
    <span className={classes.marks}>
      {marks.map(({ word, title }) => (
        <span key={word} className={frame.mark} title={title}>
          {word}
        </span>
      ))}
    </span>
  );
}
