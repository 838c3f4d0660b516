/** What every handler finds in its context. */

import type { Summaries } from '../analysis/summaries.ts';
import type { Dialler } from '../phone/dialler.ts';
import type { Store } from '../store/store.ts';
import type { KeyHolder } from '../store/keys.ts';
import type { Logger } from './log.ts';

export interface PlatformEnv {
  Variables: {
    readonly store: Store;
    readonly dialler: Dialler;
    readonly logger: Logger;
    readonly summaries: Summaries;
    readonly requestId: string;
    /** As `https://host`, no slash at the end. */
    readonly publicOrigin: string;
    /** Where the request comes from; null where nobody knows. */
    readonly clientAddress: string | null;
    /** Whose key the request carries; below `/v1` only. */
    readonly holder: KeyHolder;
  };
}
