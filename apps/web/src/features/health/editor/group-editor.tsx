import { ActionIcon, Menu, TextInput } from '@mantine/core';
import type { DraftMeasure } from '@steward/shared/health-studio';
import type { SignalEntry } from '@steward/shared/model';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { IconDots } from '@tabler/icons-react';
import type { SignalFigures } from '../get-figures.js';
import { AddMeasure } from './add-measure.js';
import {
  movedBy,
  type SeenValues,
  withGroup,
  withMeasure,
  withMeasureIn,
  withNewMeasure,
  withoutGroup,
  withoutMeasure,
} from './draft-moves.js';
import classes from './editor.module.css';
import { MeasureEditor } from './measure-editor.js';
import { NumberField } from './number-field.js';
import { type GroupDraft, type Problem, problemOf, problemsWithin } from './profile-draft.js';
import { ShareBar } from './share-bar.js';
import type { Shares } from './shares.js';

export interface GroupContext {
  draft: ProfileDraft;
  shares: Shares;
  signals: ReadonlyMap<string, SignalEntry>;
  figures: ReadonlyMap<string, SignalFigures>;
  /** What the effect says of each measure. */
  effects: ReadonlyMap<string, DraftMeasure>;
  /** Where the values of a signal lie today; null: not known. */
  seen: (signal: string) => Promise<SeenValues | null>;
  /** Takes what is to be made of the draft as it is by then. */
  change: (next: ProfileDraft | ((draft: ProfileDraft) => ProfileDraft), about: string | null, said?: string) => void;
}

interface GroupEditorProps extends GroupContext {
  group: GroupDraft;
  /** With places within the group. */
  problems: readonly Problem[];
}

/** A group of measures: its name, what it counts for, and its measures. */
export function GroupEditor(props: GroupEditorProps) {
  const { group, problems, draft, shares, signals, figures, effects, change } = props;
  const { key, measures } = group;
  const name = group.label.trim() === '' ? 'the group' : group.label;
  const taken = new Set(draft.groups.flatMap((each) => each.measures.map(({ signal }) => signal)));
  const own = problemOf(problems, 'label') ?? problemOf(problems, 'weight') ?? problemOf(problems, 'measures');
  const labelOf = (signal: string) => signals.get(signal)?.label ?? signal;
  return (
    <section className={classes.group} aria-label={`Group ${name}`}>
      <div className={classes.groupHead}>
        <TextInput
          aria-label="Name of the group"
          className={classes.groupName}
          size="xs"
          maxLength={60}
          value={group.label}
          error={problemOf(problems, 'label') !== undefined}
          onChange={(event) => change(withGroup(draft, key, { label: event.currentTarget.value }), `label ${key}`)}
        />
        <NumberField
          aria-label={`Weight of the group ${name}`}
          w={64}
          min={0}
          max={1_000_000}
          value={group.weight}
          error={problemOf(problems, 'weight') !== undefined}
          onChange={(weight) => change(withGroup(draft, key, { weight }), `weight ${key}`)}
        />
        <ShareBar share={shares.groups.get(key) ?? 0} title="Of the score, where every group has data" />
        <GroupMenu {...props} name={name} />
      </div>
      {own === undefined ? null : <p className={classes.wrong}>{own}</p>}
      <ul className={classes.measures} aria-label={`Measures of ${name}`}>
        {measures.map((measure, index) => (
          <MeasureEditor
            key={measure.signal}
            measure={measure}
            signal={signals.get(measure.signal) ?? null}
            share={shares.measures.get(measure.signal) ?? 0}
            figures={figures.get(measure.signal) ?? null}
            remark={effects.get(measure.signal)?.remark ?? null}
            problems={problemsWithin(problems, `measures.${index}`)}
            otherGroups={draft.groups.filter((each) => each.key !== key)}
            onChange={(part, about) => change(withMeasure(draft, measure.signal, part), about)}
            onMove={(by) =>
              change(
                withGroup(draft, key, { measures: movedBy(measures, (each) => each.signal === measure.signal, by) }),
                null,
              )
            }
            onMoveTo={(to) => change(withMeasureIn(draft, measure.signal, to), null)}
            onRemove={() =>
              change(withoutMeasure(draft, measure.signal), null, `The measure “${labelOf(measure.signal)}” is removed`)
            }
          />
        ))}
      </ul>
      <AddMeasure
        group={name}
        signals={[...signals.values()]}
        taken={taken}
        onAdd={async (signal) => {
          const values = await props.seen(signal.key);
          change((now) => withNewMeasure(now, key, signal, values), null);
        }}
      />
    </section>
  );
}

function GroupMenu({ group: { key }, name, draft, change }: GroupEditorProps & { name: string }) {
  const move = (by: -1 | 1) =>
    change({ ...draft, groups: movedBy(draft.groups, (each) => each.key === key, by) }, null);
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <ActionIcon aria-label={`More for the group ${name}`}>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => move(-1)}>Move up</Menu.Item>
        <Menu.Item onClick={() => move(1)}>Move down</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => change(withoutGroup(draft, key), null, `The group “${name}” is removed`)}>
          Remove with its measures
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
