import { describe, expect, it } from 'vitest';
import { idsOf } from '../../../../src/platform/voice/admission.ts';

describe('idsOf', () => {
  it('reads them from the request line', () => {
    expect(idsOf('/new-web-call/connection?assistant_id=a&call_id=c')).toEqual({ callId: 'c', assistantId: 'a' });
    expect(idsOf('/')).toEqual({ callId: '', assistantId: '' });
    expect(idsOf('//[')).toEqual({ callId: '', assistantId: '' });
  });
});
