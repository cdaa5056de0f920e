import { KIND_WORDS } from '@steward/shared/goal-words';
import type { Playbook } from '@steward/shared/playbooks';
import { dueWords } from '../../../components/goal/due-words.js';
import { capital, ROLE_WORDS } from '../../../components/goal/goal-words.js';
import frame from '../../../components/ui/frame.module.css';
import { PageHeader } from '../../../components/ui/page-header.js';
import { Section } from '../../../components/ui/section.js';
import { plural } from '../../../lib/format.js';
import { EffectPanel } from './effect-panel.js';
import classes from './playbook-form.module.css';
import { PlaybookTitle } from './playbook-title.js';
import { PlaybookVersionList } from './playbook-versions.js';
import { startsWords } from './playbook-words.js';

/** What a playbook says, for those who start it but do not change it. */
export function PlaybookAbout({ playbook }: { playbook: Playbook }) {
  const { definition, words } = playbook;
  return (
    <div className={frame.page}>
      <PageHeader
        title={<PlaybookTitle title={definition.name} />}
        aside={`${KIND_WORDS[definition.kind]}, version ${playbook.version}${playbook.enabled ? '' : ', switched off'}`}
      />
      <div className={classes.body}>
        <div className={classes.form}>
          <Section title="What it is for">
            <p style={{ whiteSpace: 'pre-line', maxWidth: 640, margin: 0 }}>{definition.purpose}</p>
          </Section>
          <Section title="Target">
            <p className={classes.words}>
              {capital(words.target)}, within {plural(definition.durationDays, 'day')}. Owned by the account’s{' '}
              {ROLE_WORDS[definition.ownerRole]}. {startsWords(playbook)}.
            </p>
          </Section>
          <Section title="Tasks" note={plural(definition.tasks.length, 'task')}>
            <ol className={classes.rows} style={{ maxWidth: 820 }}>
              {definition.tasks.map((task) => (
                <li key={task.key}>
                  <strong>{task.title}</strong>{' '}
                  <span className={classes.dim}>
                    {dueWords(task.due)} · {ROLE_WORDS[task.role]}
                    {task.required ? '' : ' · optional'}
                  </span>
                  {words.completesWhen[task.key] ? (
                    <div className={classes.dim}>Completes itself when {words.completesWhen[task.key]}</div>
                  ) : null}
                  <div style={{ whiteSpace: 'pre-line' }}>{task.guidance}</div>
                </li>
              ))}
            </ol>
          </Section>
        </div>
        <aside className={classes.aside} aria-label="How it does">
          <EffectPanel id={playbook.id} />
          <PlaybookVersionList playbook={playbook} onTake={null} />
        </aside>
      </div>
    </div>
  );
}
