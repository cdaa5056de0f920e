import { thirdTogether } from '../support/together.js';

thirdTogether('web', 2);
