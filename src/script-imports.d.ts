/** What `import x from './x.worklet.ts?script'` gives: the plugin in `vite.config.ts` makes it. */
declare module '*?script' {
  const script: {
    /** The stable name under which the built script lies beside the bundle. */
    readonly file: string;
    /** The same script as self-contained text, for a blob; rejects where its chunk can't be fetched. */
    readonly source: () => Promise<string>;
  };
  export default script;
}
