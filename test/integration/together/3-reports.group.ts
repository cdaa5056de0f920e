import { together } from '../../support/together.js';

together('reports');
