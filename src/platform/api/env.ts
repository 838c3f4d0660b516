/** What every handler finds in its context. */

import type { Dialler } from '../phone/dialler.ts';
import type { Store } from '../store/store.ts';
import type { KeyHolder } from '../store/keys.ts';
import type { Logger } from './log.ts';

export interface PlatformEnv {
  Variables: {
    readonly store: Store;
    readonly dialler: Dialler;
    readonly logger: Logger;
    readonly requestId: string;
    /** As `https://host`, no slash at the end. */
    readonly publicOrigin: string;
    /** Whose key the request carries; below `/v1` only. */
    readonly holder: KeyHolder;
  };
}
