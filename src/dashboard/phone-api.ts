/** What a telephone asks of the platform that its page came from: which calls ring, picking one up, declining it. */

/** A call that rings. */
export interface RingingCall {
  readonly id: string;
  readonly assistantId: string;
  /** Whom it is to, E.164. */
  readonly number: string;
  /** Whom it is from, E.164. */
  readonly from: string;
}

/** As a call's record says it. */
export type PhoneStatus =
  'queued' | 'ringing' | 'in_progress' | 'completed' | 'busy' | 'no_answer' | 'declined' | 'failed';

/** An answer that is no yes; 0 where there was none. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

interface CallRecord {
  readonly id: string;
  readonly assistant_id: string;
  readonly phone: { readonly number: string; readonly from: string; readonly status: PhoneStatus };
}

const CALLS = '/v1/calls';

/** Methods throw an `ApiError`, or the signal's reason. */
export class PhoneApi {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** The latest first. */
  async ringing(signal: AbortSignal): Promise<RingingCall[]> {
    const calls = await this.#ask<CallRecord[]>('GET', '?type=phone&status=ringing', signal);
    return calls.map(({ id, assistant_id, phone: { number, from } }) => ({
      id,
      assistantId: assistant_id,
      number,
      from,
    }));
  }

  async status(id: string, signal: AbortSignal): Promise<PhoneStatus> {
    return (await this.#ask<CallRecord>('GET', `/${id}`, signal)).phone.status;
  }

  /** Where its socket is. Throws with status 409 where somebody else was sooner. */
  async answer(id: string, signal: AbortSignal): Promise<{ readonly url: string }> {
    return (await this.#ask<{ gateway: { url: string } }>('POST', `/${id}/answer`, signal)).gateway;
  }

  /** As `answer`. */
  async decline(id: string, signal: AbortSignal): Promise<void> {
    await this.#ask('POST', `/${id}/decline`, signal);
  }

  async #ask<Data>(method: string, path: string, signal: AbortSignal): Promise<Data> {
    const init: RequestInit = { method, headers: { 'X-API-Key': this.#key }, cache: 'no-store', signal };
    let status = 0;
    let body: { readonly message: string; readonly data: Data };
    try {
      const response = await fetch(CALLS + path, init);
      status = response.status;
      body = (await response.json()) as typeof body;
    } catch (cause) {
      signal.throwIfAborted();
      throw new ApiError(status, 'The platform could not be reached.', { cause });
    }
    if (status >= 400) throw new ApiError(status, `${body.message}.`);
    return body.data;
  }
}
