import type { AlertEvent } from '@steward/shared/alerts';
import type { ReactNode } from 'react';
import { formatDay, formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import classes from './alert-facts.module.css';
import { eventText } from './event-text.js';

interface AlertEventsProps<Event extends AlertEvent> {
  events: readonly Event[];
  /** Which alert it is of, where they are of several. */
  about?: (event: Event) => ReactNode;
}

/** What became of alerts, newest first. */
export function AlertEvents<Event extends AlertEvent>({ events, about }: AlertEventsProps<Event>) {
  const { timeZone } = useMe().workspace;
  return (
    <ul className={classes.events}>
      {events.map((event) => (
        <li key={event.id}>
          <span className={classes.day} title={formatInstant(event.at, timeZone)}>
            {formatDay(event.day)}
          </span>
          <span>
            {eventText(event)}
            {event.by ? <span className={classes.dim}> by {event.by}</span> : null}
            {about ? <div className={classes.dim}>{about(event)}</div> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
