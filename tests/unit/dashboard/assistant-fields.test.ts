import { describe, expect, it } from 'vitest';
import { assistantChanges, assistantDraft } from '../../../src/dashboard/assistant-fields.ts';

const SAM = {
  name: 'Sam',
  language: 'English',
  temperature: 0.7,
  emotion: true,
  max_duration_s: 600,
  site_url: 'https://a.example/',
};

describe('an assistant’s form', () => {
  it('changes nothing by being opened', () => {
    expect(assistantChanges(assistantDraft(SAM), assistantDraft(SAM))).toEqual({});
  });

  it('sends numbers as numbers, switches as switches, and null for what was taken back', () => {
    const draft = { ...assistantDraft(SAM), temperature: '0', emotion: false, max_tokens: '400', site_url: '' };
    expect(assistantChanges(draft, assistantDraft(SAM))).toEqual({
      temperature: 0,
      emotion: false,
      max_tokens: 400,
      site_url: null,
    });
  });

  it('takes back nothing that an assistant can’t be without', () => {
    const draft = { ...assistantDraft(SAM), name: ' ', max_duration_s: '' };
    expect(assistantChanges(draft, assistantDraft(SAM))).toEqual({});
  });
});
