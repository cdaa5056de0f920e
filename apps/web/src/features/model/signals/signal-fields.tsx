import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import {
  type BetterDirection,
  betterDirections,
  type FloorKind,
  floorKinds,
  type SignalUnit,
} from '@steward/shared/signals';
import { Section } from '../../../components/ui/section.js';
import classes from '../editor-parts.module.css';
import { NumberField } from '../number-field.js';
import { ComputeFields } from './compute-fields.js';
import { keyOfLabel, type SignalDraft } from './signal-draft.js';
import { BETTER_WORDS, UNITS } from './signal-words.js';

interface SignalFieldsProps {
  draft: SignalDraft;
  /** Its key is given: values are kept under it. */
  isKept: boolean;
  errorOf: (place: string) => string | undefined;
  onChange: (change: Partial<SignalDraft>) => void;
}

const FLOOR_WORDS: Record<FloorKind, string> = {
  none: 'is compared, however little there was',
  contacts: 'is not compared under the floor of contacts',
  events: 'is not compared under the floor of events',
  tickets: 'is not compared under the floor of tickets',
  money: 'is not compared under the floor of money',
};

/** All that a signal of one's own says. */
export function SignalFields({ draft, isKept, errorOf, onChange }: SignalFieldsProps) {
  return (
    <>
      <Section title="What it is called">
        <div className={classes.stack}>
          <div className={classes.row}>
            <TextInput
              label="Name"
              required
              w={300}
              maxLength={80}
              autoFocus={!isKept}
              error={errorOf('label')}
              value={draft.label}
              onChange={(event) => onChange({ label: event.currentTarget.value })}
            />
            <TextInput
              label="Key"
              description={isKept ? 'Stays: values are kept under it' : 'What rules and the API know it by'}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w={260}
              maxLength={80}
              readOnly={isKept}
              placeholder={keyOfLabel(draft.label) || 'own.…'}
              error={errorOf('key')}
              value={draft.key}
              onChange={(event) => onChange({ key: event.currentTarget.value })}
            />
          </div>
          <Textarea
            label="What it means"
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            error={errorOf('description')}
            value={draft.description}
            onChange={(event) => onChange({ description: event.currentTarget.value })}
          />
        </div>
      </Section>
      <Section title="How it is computed">
        <div className={classes.stack}>
          <ComputeFields
            label="Over"
            leaf={draft.leaf}
            place={draft.isRatio ? 'compute.of' : 'compute'}
            errorOf={errorOf}
            onChange={(leaf) => onChange({ leaf })}
          />
          <Switch
            label="Divided by something else"
            checked={draft.isRatio}
            onChange={(event) => onChange({ isRatio: event.currentTarget.checked })}
          />
          {draft.isRatio ? (
            <>
              <ComputeFields
                label="Divided by"
                leaf={draft.over}
                place="compute.over"
                errorOf={errorOf}
                onChange={(over) => onChange({ over })}
              />
              <Select
                label="Shown as"
                w={200}
                data={[
                  { value: 'percent', label: 'percent' },
                  { value: 'times', label: 'times (×)' },
                ]}
                value={draft.ratioAs}
                onChange={(ratioAs) => ratioAs !== null && onChange({ ratioAs: ratioAs as SignalDraft['ratioAs'] })}
              />
            </>
          ) : null}
          <div className={classes.row}>
            <Switch
              mt={4}
              label="A window of its own, not the workspace’s"
              checked={draft.hasOwnWindow}
              onChange={(event) => onChange({ hasOwnWindow: event.currentTarget.checked })}
            />
            {draft.hasOwnWindow ? (
              <NumberField
                label="Window"
                suffix=" days"
                w={130}
                min={1}
                max={400}
                error={errorOf('windowDays')}
                value={draft.windowDays}
                onChange={(windowDays) => onChange({ windowDays })}
              />
            ) : null}
          </div>
          <Switch
            label="As a change against an earlier window"
            checked={draft.isChange}
            onChange={(event) => onChange({ isChange: event.currentTarget.checked })}
          />
          {draft.isChange ? (
            <div className={classes.row}>
              <Select
                label="Against"
                w={230}
                data={[
                  { value: 'before', label: 'the window before' },
                  { value: 'earlier', label: 'the same window earlier' },
                ]}
                value={draft.isEarlier ? 'earlier' : 'before'}
                onChange={(against) => onChange({ isEarlier: against === 'earlier' })}
              />
              {draft.isEarlier ? (
                <NumberField
                  label="Earlier by"
                  suffix=" days"
                  w={130}
                  min={1}
                  max={800}
                  error={errorOf('change.daysEarlier')}
                  value={draft.daysEarlier}
                  onChange={(daysEarlier) => onChange({ daysEarlier })}
                />
              ) : null}
              <Select
                label="In"
                w={130}
                data={[
                  { value: 'percent', label: 'percent' },
                  { value: 'points', label: 'points' },
                ]}
                value={draft.changeAs}
                error={errorOf('change.as')}
                onChange={(changeAs) =>
                  changeAs !== null && onChange({ changeAs: changeAs as SignalDraft['changeAs'] })
                }
              />
              <Select
                label="An account with little"
                w={300}
                data={floorKinds.map((value) => ({ value, label: FLOOR_WORDS[value] }))}
                value={draft.floor}
                onChange={(floor) => floor !== null && onChange({ floor: floor as FloorKind })}
              />
            </div>
          ) : null}
        </div>
      </Section>
      <Section title="How it reads">
        <div className={classes.row}>
          <Select
            label="Unit"
            w={200}
            data={UNITS}
            value={draft.unit}
            error={errorOf('unit')}
            onChange={(unit) => unit !== null && onChange({ unit: unit as SignalUnit })}
          />
          <Select
            label="Good news"
            w={200}
            data={betterDirections.map((value) => ({ value, label: BETTER_WORDS[value] }))}
            value={draft.better}
            onChange={(better) => better !== null && onChange({ better: better as BetterDirection })}
          />
        </div>
      </Section>
    </>
  );
}
