/** The part of autocannon that is used here; it comes without types. */

declare module 'autocannon' {
  namespace autocannon {
    interface Options {
      readonly url: string;
      readonly method?: 'GET' | 'POST';
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly connections?: number;
      /** Requests in all. */
      readonly amount?: number;
    }
    interface Result {
      readonly non2xx: number;
      readonly errors: number;
    }
    interface Run {
      on(
        event: 'response',
        listener: (client: unknown, statusCode: number, bytes: number, responseMs: number) => void,
      ): void;
    }
  }
  function autocannon(
    options: autocannon.Options,
    done: (error: Error | null, result: autocannon.Result) => void,
  ): autocannon.Run;
  export default autocannon;
}
