/** Writes a migration out of what changed in the schema: `npx drizzle-kit generate`. The store applies them at start. */

import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/platform/store/schema.ts',
  out: './src/platform/store/migrations',
});
