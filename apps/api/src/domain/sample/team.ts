import type { Role } from '@steward/shared/common';

export interface SamplePerson {
  email: string;
  fullName: string;
  role: Role;
  /** E-mail of the person's manager. */
  manager: string | null;
  /** How often this person gets in touch, against the cadence that the tier asks for. */
  diligence: number;
}

/** The sample company's customer-success team. The first of each role is the one whose sign-in is shown. */
export const SAMPLE_TEAM: readonly SamplePerson[] = [
  { email: 'admin@sample.example', fullName: 'Ingrid Admin', role: 'admin', manager: null, diligence: 1 },
  { email: 'manager@sample.example', fullName: 'Marta Lindqvist', role: 'manager', manager: null, diligence: 1 },
  { email: 'manager.two@sample.example', fullName: 'Owen Achterberg', role: 'manager', manager: null, diligence: 1 },
  {
    email: 'csm@sample.example',
    fullName: 'Carla Mendes',
    role: 'csm',
    manager: 'manager@sample.example',
    diligence: 1.2,
  },
  {
    email: 'csm.dev@sample.example',
    fullName: 'Dev Raman',
    role: 'csm',
    manager: 'manager@sample.example',
    diligence: 0.9,
  },
  {
    email: 'csm.greta@sample.example',
    fullName: 'Greta Holm',
    role: 'csm',
    manager: 'manager@sample.example',
    diligence: 1.1,
  },
  {
    email: 'csm.tomas@sample.example',
    fullName: 'Tomas Vega',
    role: 'csm',
    manager: 'manager.two@sample.example',
    diligence: 0.6,
  },
  {
    email: 'csm.yuki@sample.example',
    fullName: 'Yuki Mori',
    role: 'csm',
    manager: 'manager.two@sample.example',
    diligence: 1,
  },
  { email: 'am@sample.example', fullName: 'Amir Sadeghi', role: 'am', manager: 'manager@sample.example', diligence: 1 },
  {
    email: 'am.lotte@sample.example',
    fullName: 'Lotte Brandt',
    role: 'am',
    manager: 'manager.two@sample.example',
    diligence: 1,
  },
  { email: 'viewer@sample.example', fullName: 'Vito Ferro', role: 'viewer', manager: null, diligence: 1 },
];

export const SAMPLE_CSMS = SAMPLE_TEAM.filter(({ role }) => role === 'csm');
export const SAMPLE_AMS = SAMPLE_TEAM.filter(({ role }) => role === 'am');
