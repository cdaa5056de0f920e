import { Button } from '@mantine/core';
import type { Playbook, PlaybookDefinition } from '@steward/shared/playbooks';
import { useQuery } from '@tanstack/react-query';
import frame from '../../../components/ui/frame.module.css';
import { Section } from '../../../components/ui/section.js';
import { useCatalogue, usePlaybookNames } from '../../../lib/catalogue.js';
import { formatInstant } from '../../../lib/days.js';
import { useMe } from '../../../lib/me.js';
import { useSegments } from '../../../lib/segments.js';
import { alertRuleNamesQuery, versionsQuery } from './get-playbooks.js';
import classes from './playbook-form.module.css';
import { changesInWords } from './playbook-words.js';

interface PlaybookVersionsProps {
  playbook: Pick<Playbook, 'id' | 'version'>;
  /** Puts what an earlier version said into the form; null for those who look on. */
  onTake: ((definition: PlaybookDefinition, version: number) => void) | null;
}

/** What each version changed, newest first, and the way back to it. */
export function PlaybookVersionList({ playbook, onTake }: PlaybookVersionsProps) {
  const { timeZone } = useMe().workspace;
  const catalogue = useCatalogue();
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  const rules = useQuery(alertRuleNamesQuery).data ?? [];
  const { data: versions } = useQuery(versionsQuery(playbook.id));
  if (!versions) return null;
  return (
    <Section title="Versions" note="Goals that run go on with theirs">
      <ol className={classes.rows}>
        {versions.map(({ version, definition, publishedAt, by }, place) => {
          const before = versions[place + 1];
          const named = { catalogue, segments, playbooks, rules };
          const changes = before ? changesInWords(before.definition, definition, named) : [];
          return (
            <li key={version}>
              <div className={classes.rowHead}>
                <span>
                  Version {version}
                  {version === playbook.version ? ', now' : ''}
                </span>
                {onTake === null || version === playbook.version ? null : (
                  <Button variant="subtle" size="compact-xs" onClick={() => onTake(definition, version)}>
                    Take this one<span className={frame.said}> : version {version}</span>
                  </Button>
                )}
              </div>
              <div className={classes.dim}>
                {formatInstant(publishedAt, timeZone)} · {by ?? 'Steward'}
              </div>
              {before === undefined ? <div>The first</div> : null}
              {before !== undefined && changes.length === 0 ? <div>Nothing that people read</div> : null}
              {changes.map((change) => (
                <div key={change}>{change}</div>
              ))}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
