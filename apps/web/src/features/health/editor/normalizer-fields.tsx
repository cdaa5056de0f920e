import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { SignalFigures } from '../get-figures.js';
import { CurvePreview } from './curve-preview.js';
import { inOtherWay, withBandAbove, withBandEnd, withoutBand } from './draft-moves.js';
import classes from './editor.module.css';
import { NumberField } from './number-field.js';
import { type NormalizerDraft, type Problem, problemOf } from './profile-draft.js';

const MOST_BANDS = 20;
const UNIT_SUFFIX: Record<string, string> = { percent: ' %', days: ' days', hours: ' h', times: ' ×' };

interface NormalizerFieldsProps {
  normalizer: NormalizerDraft;
  /** Of what it is the normaliser, for the names of the fields. */
  name: string;
  unit: string | null;
  figures: SignalFigures | null;
  /** With places within the normaliser. */
  problems: readonly Problem[];
  onChange: (normalizer: NormalizerDraft, about: string | null) => void;
}

/** How a value becomes 0 to 100: by a line between two anchors, or by bands; with the curve over what accounts have. */
export function NormalizerFields({ normalizer, name, unit, figures, problems, onChange }: NormalizerFieldsProps) {
  const suffix = UNIT_SUFFIX[unit ?? ''];
  return (
    <div className={classes.normalizer}>
      <div className={classes.normalizerFields}>
        <SegmentedControl
          size="xs"
          aria-label={`How ${name} is scored`}
          data={[
            { value: 'linear', label: 'By a line' },
            { value: 'bands', label: 'By bands' },
          ]}
          value={normalizer.kind}
          onChange={(kind) => kind !== normalizer.kind && onChange(inOtherWay(normalizer), null)}
        />
        {normalizer.kind === 'linear' ? (
          <div className={classes.anchors}>
            <NumberField
              label="0 points at"
              suffix={suffix}
              value={normalizer.from}
              error={problemOf(problems, 'from')}
              onChange={(from) => onChange({ ...normalizer, from }, 'from')}
            />
            <NumberField
              label="100 points at"
              suffix={suffix}
              value={normalizer.to}
              error={problemOf(problems, 'to')}
              onChange={(to) => onChange({ ...normalizer, to }, 'to')}
            />
            <Button
              variant="default"
              size="xs"
              onClick={() => onChange({ ...normalizer, from: normalizer.to, to: normalizer.from }, null)}
            >
              Turn around
            </Button>
          </div>
        ) : (
          <BandFields bands={normalizer.bands} suffix={suffix} problems={problems} onChange={onChange} />
        )}
        {problemOf(problems, '') || problemOf(problems, 'bands') ? (
          <p className={classes.wrong} role="alert">
            {problemOf(problems, '') ?? problemOf(problems, 'bands')}
          </p>
        ) : null}
      </div>
      <CurvePreview normalizer={normalizer} unit={unit} figures={figures} />
    </div>
  );
}

interface BandFieldsProps {
  bands: Extract<NormalizerDraft, { kind: 'bands' }>['bands'];
  suffix: string | undefined;
  problems: readonly Problem[];
  onChange: (normalizer: NormalizerDraft, about: string | null) => void;
}

function BandFields({ bands, suffix, problems, onChange }: BandFieldsProps) {
  const set = (next: BandFieldsProps['bands'], about: string | null) => onChange({ kind: 'bands', bands: next }, about);
  const last = bands.length - 1;
  return (
    <>
      <ol className={classes.bands} aria-label="Bands, from low values up">
        {bands.map((band, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a band is known by its place alone
          <li key={index}>
            {index === last ? (
              <span className={classes.bandRest}>{last === 0 ? 'Any value' : 'From there on'}</span>
            ) : (
              <NumberField
                aria-label={`Band ${index + 1} ends under`}
                prefix="under "
                suffix={suffix}
                value={band.to}
                error={problemOf(problems, `bands.${index}.to`) ?? problemOf(problems, `bands.${index}`)}
                onChange={(to) => set(withBandEnd(bands, index, to), `end ${index}`)}
              />
            )}
            <NumberField
              aria-label={`Points of band ${index + 1}`}
              suffix=" points"
              min={0}
              max={100}
              clampBehavior="strict"
              value={band.score}
              error={problemOf(problems, `bands.${index}.score`)}
              onChange={(score) =>
                set(
                  bands.map((each, at) => (at === index ? { ...each, score } : each)),
                  `score ${index}`,
                )
              }
            />
            <ActionIcon
              aria-label={`Remove band ${index + 1}`}
              disabled={bands.length === 1}
              onClick={() => set(withoutBand(bands, index), null)}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {bands.length < MOST_BANDS ? (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => set(withBandAbove(bands), null)}
        >
          Add a band
        </Button>
      ) : null}
    </>
  );
}
