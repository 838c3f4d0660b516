/** Lets browsers go first, which play and record in real time beside the tests in Node. */

import { constants, setPriority } from 'node:os';

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
