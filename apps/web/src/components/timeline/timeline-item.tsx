import { ActionIcon, UnstyledButton } from '@mantine/core';
import type { TimelineEntry } from '@steward/shared/timeline';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { dayAndTimeOf } from '../../lib/zoned-instant.js';
import { useRemoveTouch } from '../touch/log-touch.js';
import classes from './timeline.module.css';
import { TimelineLink } from './timeline-link.js';
import { iconOf, KIND_WORDS, newsOf } from './timeline-words.js';

const EditTouchDialog = lazy(() =>
  import('../touch/edit-touch-dialog.js').then((module) => ({ default: module.EditTouchDialog })),
);

/** Touches of feeds keep the ids that they have there. */
const LOGGED_HERE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Longer ones are folded until they are asked for. */
const LONG = 320;

interface TimelineItemProps {
  entry: TimelineEntry;
  accountId: string;
  /** False where the page shows the past. */
  editable: boolean;
}

export function TimelineItem({ entry, accountId, editable }: TimelineItemProps) {
  const { user, permissions, workspace } = useMe();
  const [unfolded, setUnfolded] = useState(false);
  const Icon = iconOf(entry);
  const isTouch = entry.kind === 'touchpoint';
  // The server decides whether they may; those of others and of feeds offer nothing.
  const mayEdit =
    isTouch &&
    editable &&
    LOGGED_HERE.test(entry.subjectId ?? '') &&
    permissions.includes('touchpoints:write') &&
    (entry.by?.userId === user.id || user.role === 'admin');
  const isLong = (entry.text?.length ?? 0) > LONG || (entry.text?.split('\n').length ?? 0) > 4;
  return (
    <li className={classes.entry} data-touch={isTouch || undefined} data-news={newsOf(entry)}>
      <span className={classes.icon} title={KIND_WORDS[entry.kind]}>
        <Icon size={14} aria-hidden />
      </span>
      <div>
        <p className={classes.title}>
          <TimelineLink entry={entry} accountId={accountId} />
          {entry.with.length > 0 ? <span className={classes.dim}> with {entry.with.join(', ')}</span> : null}
          {entry.by ? <span className={classes.dim}> · {entry.by.name}</span> : null}
        </p>
        {entry.text ? (
          <p className={classes.text} data-folded={(isLong && !unfolded) || undefined}>
            {entry.text}
          </p>
        ) : null}
        {isLong ? (
          <UnstyledButton fz={12.5} c="dimmed" mih={24} onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? 'Less' : 'All of it'}
          </UnstyledButton>
        ) : null}
        {entry.links.length > 0 ? (
          <span className={classes.links}>
            {entry.links.map((link) => (
              <a key={link} href={link} target="_blank" rel="noreferrer noopener">
                {link.replace(/^https?:\/\//, '')}
              </a>
            ))}
          </span>
        ) : null}
      </div>
      <span className={classes.side}>
        {mayEdit && entry.subjectId !== null ? <TouchButtons accountId={accountId} id={entry.subjectId} /> : null}
        {entry.dayOnly ? null : (
          <span className="tabular" title={formatInstant(entry.at, workspace.timeZone)}>
            {dayAndTimeOf(entry.at, workspace.timeZone).time}
          </span>
        )}
      </span>
    </li>
  );
}

function TouchButtons({ accountId, id }: { accountId: string; id: string }) {
  const [editing, setEditing] = useState(false);
  const remove = useRemoveTouch();
  return (
    <>
      <ActionIcon size={26} title="Edit" aria-label="Edit this touch" onClick={() => setEditing(true)}>
        <IconPencil size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={26}
        title="Remove"
        aria-label="Remove this touch"
        loading={remove.isPending}
        onClick={() => remove.mutate({ accountId, id })}
      >
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
      {editing ? (
        <Suspense fallback={null}>
          <EditTouchDialog accountId={accountId} id={id} onClose={() => setEditing(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
