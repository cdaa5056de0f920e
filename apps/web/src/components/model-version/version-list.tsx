import { Button, Checkbox, Skeleton } from '@mantine/core';
import type { VersionEntry } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { errorText } from '../../lib/api.js';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import frame from '../ui/frame.module.css';
import { Section } from '../ui/section.js';
import { Differences } from './differences.js';
import { versionNote } from './draft-words.js';
import { type ModelPart, versionsQuery } from './model-part.js';
import classes from './model-version.module.css';
import { RollBackDialog } from './roll-back-dialog.js';

interface VersionListProps {
  part: ModelPart;
  /** False for those who look on. */
  mayWrite: boolean;
  after: string;
  /** What follows for accounts when a version applies again. */
  effectOf?: (version: number) => ReactNode;
  onRolledBack?: () => void;
}

/** Every version that was published: what it changed, compared with any other, and the way back to it. */
export function VersionList({ part, mayWrite, after, effectOf, onRolledBack }: VersionListProps) {
  const { data, error } = useQuery(versionsQuery(part));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [asked, setAsked] = useState<VersionEntry | null>(null);
  const versions = data?.versions ?? [];
  const current = versions.find(({ state }) => state === 'published') ?? null;
  const [older, newer] = chosen.toSorted((a, b) => a - b);
  const choose = (version: number) =>
    setChosen((now) => (now.includes(version) ? now.filter((each) => each !== version) : [...now.slice(-1), version]));
  return (
    <Section title="Versions" note={versions.length > 1 ? 'Tick two to compare them' : null}>
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {data || error ? null : <Skeleton h={80} />}
      {data && versions.length === 0 ? <p className={classes.dim}>Nothing was published yet.</p> : null}
      {older === undefined || newer === undefined ? null : (
        <Compared part={part} from={older} to={newer} onClose={() => setChosen([])} />
      )}
      <ol className={classes.versions} aria-label="Versions">
        {versions.map((entry, place) => (
          <VersionRow
            key={entry.version}
            part={part}
            entry={entry}
            before={versions[place + 1]?.version ?? null}
            isChosen={versions.length > 1 ? chosen.includes(entry.version) : null}
            onChoose={() => choose(entry.version)}
            onRollBack={mayWrite && current !== null && entry !== current ? () => setAsked(entry) : null}
          />
        ))}
      </ol>
      {asked && current ? (
        <RollBackDialog
          part={part}
          to={asked}
          current={current}
          after={after}
          onClose={() => setAsked(null)}
          onDone={onRolledBack}
        >
          {effectOf?.(asked.version)}
        </RollBackDialog>
      ) : null}
    </Section>
  );
}

interface VersionRowProps {
  part: ModelPart;
  entry: VersionEntry;
  before: number | null;
  /** Null where there is nothing to compare with. */
  isChosen: boolean | null;
  onChoose: () => void;
  onRollBack: (() => void) | null;
}

function VersionRow({ part, entry, before, isChosen, onChoose, onRollBack }: VersionRowProps) {
  const { timeZone } = useMe().workspace;
  const { version, state, publishedAt, publishedBy } = entry;
  const [isOpen, setOpen] = useState(false);
  const note = versionNote(entry);
  return (
    <li className={classes.version}>
      {isChosen === null ? null : (
        <Checkbox size="16px" aria-label={`Compare version ${version}`} checked={isChosen} onChange={onChoose} />
      )}
      <div className={classes.versionText}>
        <span className={classes.versionName}>
          Version {version}
          {state === 'published' ? <span className={frame.mark}>now</span> : null}
        </span>{' '}
        <span className={classes.dim}>
          {formatInstant(publishedAt, timeZone)} · {publishedBy?.name ?? 'Steward'}
        </span>
        {note === null ? null : <div className={classes.versionNote}>{note}</div>}
        {isOpen && before !== null ? <Differences part={part} from={before} to={version} /> : null}
      </div>
      <span className={classes.versionActions}>
        {before === null ? (
          <span className={classes.dim}>the first</span>
        ) : (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={isOpen}
            aria-label={`What version ${version} changed`}
            onClick={() => setOpen(!isOpen)}
          >
            What changed
          </Button>
        )}
        {onRollBack === null ? null : (
          <Button variant="subtle" size="compact-xs" aria-label={`Go back to version ${version}`} onClick={onRollBack}>
            Go back to it…
          </Button>
        )}
      </span>
    </li>
  );
}

function Compared({ part, from, to, onClose }: { part: ModelPart; from: number; to: number; onClose: () => void }) {
  return (
    <section className={classes.compared} aria-label={`From version ${from} to version ${to}`}>
      <div className={classes.comparedHead}>
        <h3 className={classes.heading}>
          From version {from} to version {to}
        </h3>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={onClose}>
          Close
        </Button>
      </div>
      <Differences part={part} from={from} to={to} />
    </section>
  );
}
