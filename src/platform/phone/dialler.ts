/**
 * Who makes telephones ring. The platform hands a call to a `Dialler` and hears of it through the `PhoneDesk` that it
 * gave; its sound then comes over the voice gateway, like that of every call. A carrier's adapter is written against
 * these; `simulated-dialler.ts` is the embedded one.
 */

import type { Gateway } from '../../protocol/rest.ts';
import type { Provider } from '../store/providers.ts';

export interface OutboundCall {
  readonly callId: string;
  readonly organisationId: string;
  /** The number that was bought, E.164. */
  readonly from: string;
  /** Whom to call, E.164. */
  readonly to: string;
  /** Whom `from` was bought of. */
  readonly provider: Provider;
  /** Where its sound is taken, from the moment when it is answered on, for a minute. */
  readonly gateway: Gateway;
}

/** Why nobody was reached. */
export type Unreached = 'busy' | 'no_answer' | 'declined' | 'failed';

/**
 * What a dialler reports. Calls are named by their ids, since a carrier may tell another node than the one that dialled.
 * Each answers false where the call is further than that, or over: nothing changes then, and whoever has somebody on the
 * line hangs up.
 */
export interface PhoneDesk {
  rings(callId: string): Promise<boolean>;
  /** Picked up: the gateway takes its socket now. A call that was not said to ring does so first. */
  answered(callId: string): Promise<boolean>;
  failed(callId: string, reason: Unreached): Promise<boolean>;
}

export interface Dialler {
  /** How long it lets a telephone ring, in ms. What rings longer was lost with its node, and ends as `no_answer`. */
  readonly ringsForMs: number;
  /** Whether its calls are answered over the API, and on no telephone. */
  readonly simulated: boolean;
  /** Resolves when the call is under way. Where it rejects, the call has failed. */
  dial(call: OutboundCall): Promise<void>;
  /** Reports nothing more once it resolves. Safe twice. */
  close(): Promise<void>;
}

export type OpenDialler = (desk: PhoneDesk) => Dialler;
