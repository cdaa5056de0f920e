import { Button } from '@mantine/core';
import type { SignalEntry } from '@steward/shared/model';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '../../../components/ui/page-header.js';
import { Section } from '../../../components/ui/section.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { useMe } from '../../../lib/me.js';
import classes from '../editor-parts.module.css';
import { SignalTitle } from './signal-title.js';
import { SignalUses } from './signal-uses.js';
import { BETTER_WORDS, definitionWords, UNIT_NAMES } from './signal-words.js';

/** A signal for those who look on: a built-in one, or one of the workspace's own. */
export function SignalAbout({ signal }: { signal: SignalEntry }) {
  const catalogue = useCatalogue();
  const mayWrite = useMe().permissions.includes('model:write');
  const words = definitionWords(signal, catalogue);
  return (
    <>
      <PageHeader
        title={<SignalTitle title={signal.label} />}
        aside={signal.key}
        actions={
          <Button variant="default" component={Link} to="/health/signals">
            Back to the signals
          </Button>
        }
      />
      <div className={classes.page}>
        <p className={classes.who}>
          {signal.builtIn
            ? 'Built in: it is the same in every workspace. Add one of your own to compute something else.'
            : mayWrite
              ? 'Retired: it is no longer computed, and its number is kept.'
              : 'Admins change signals; your role may look at them.'}
        </p>
        <Section title="What it means">
          <p>{words}</p>
          {signal.description !== words && signal.description !== '' ? <p>{signal.description}</p> : null}
          <p className={classes.dim}>
            In {UNIT_NAMES[signal.unit]}. {BETTER_WORDS[signal.better]}.
          </p>
        </Section>
        <SignalUses signal={signal} />
      </div>
    </>
  );
}
