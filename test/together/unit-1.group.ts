import { thirdTogether } from '../support/together.js';

thirdTogether('unit', 1);
